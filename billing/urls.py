"""The pages of invoices and payments."""

from django.urls import path

from billing.invoices import budgeting, editing
from billing.invoices.record import InvoiceView
from billing.invoices.views import InvoiceListView
from billing.payments import views as payments

urlpatterns = [
    path("invoices", InvoiceListView.as_view(), name="invoice-list"),
    path("invoices/new", editing.NewInvoice.as_view(), name="invoice-new"),
    path("invoices/preview", editing.PreviewTotals.as_view(), name="invoice-preview"),
    path("invoices/<int:pk>", InvoiceView.as_view(), name="invoice-page"),
    path("invoices/<int:pk>/edit", editing.EditInvoice.as_view(), name="invoice-edit"),
    path("invoices/<int:pk>/finalise", editing.Finalise.as_view(), name="invoice-finalise"),
    path("invoices/<int:pk>/approve", editing.Approve.as_view(), name="invoice-approve"),
    path("invoices/<int:pk>/void", editing.Void.as_view(), name="invoice-void"),
    path("invoices/<int:pk>/delete", editing.Delete.as_view(), name="invoice-delete"),
    path("invoices/<int:pk>/send", editing.Send.as_view(), name="invoice-send"),
    path("invoices/<int:pk>/pdf", editing.Pdf.as_view(), name="invoice-pdf"),
    path("invoices/<int:pk>/payments/new", payments.NewPayment.as_view(), name="payment-new"),
    path("payments/<int:pk>/edit", payments.EditPayment.as_view(), name="payment-edit"),
    path("payments/<int:pk>/delete", payments.DeletePayment.as_view(), name="payment-delete"),
    path("budgets/<int:pk>/invoice", budgeting.InvoiceBudget.as_view(), name="budget-invoice"),
    path(
        "customers/<int:pk>/panels/invoices",
        budgeting.CustomerInvoices.as_view(),
        name="customer-invoices",
    ),
    path(
        "projects/<int:pk>/panels/invoices",
        budgeting.ProjectInvoices.as_view(),
        name="project-invoices",
    ),
    path(
        "budgets/<int:pk>/panels/invoices",
        budgeting.BudgetInvoices.as_view(),
        name="budget-invoices",
    ),
]
