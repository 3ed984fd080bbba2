"""The pages of expenses, invoices, payments and credit notes."""

from django.urls import path

from billing.bookkeeping import account_views as xero_lists
from billing.bookkeeping import contact_views as xero_contacts
from billing.bookkeeping import log_views as xero_log
from billing.bookkeeping import panel_views as xero_steps
from billing.bookkeeping import views as reconciling
from billing.bookkeeping.webhook import XeroWebhook
from billing.credit_notes import drafting as notes
from billing.credit_notes import panels as credit_panels
from billing.credit_notes import steps as note_steps
from billing.credit_notes.record import CreditNoteView
from billing.credit_notes.views import CreditNoteListView
from billing.expenses import editing as expenses
from billing.expenses import settings as expense_settings
from billing.expenses import views as expense_views
from billing.expenses.record import ExpenseView
from billing.invoices import adding, budgeting, client, editing
from billing.invoices.record import InvoiceView
from billing.invoices.views import InvoiceListView
from billing.items import group_views as groups
from billing.items import views as items
from billing.payments import views as payments
from billing.receivables import panels
from billing.xero.urls import urlpatterns as xero

urlpatterns = [
    *xero,
    path("i/<str:token>", client.ClientInvoice.as_view(), name="client-invoice"),
    path("i/<str:token>/pdf", client.ClientPdf.as_view(), name="client-invoice-pdf"),
    path("webhooks/xero", XeroWebhook.as_view(), name="xero-webhook"),
    path("reconciliation", reconciling.Reconciliation.as_view(), name="reconciliation"),
    path(
        "reconciliation/compare",
        reconciling.CompareEverything.as_view(),
        name="reconciliation-compare",
    ),
    path(
        "reconciliation/<int:pk>/<slug:step>",
        reconciling.MendDifference.as_view(),
        name="difference-mend",
    ),
    path("settings/xero-contacts", xero_contacts.ContactList.as_view(), name="xero-contact-list"),
    path(
        "settings/xero-contacts/<int:pk>/use",
        xero_contacts.UseContact.as_view(),
        name="xero-contact-use",
    ),
    path(
        "settings/xero-contacts/<int:pk>/new",
        xero_contacts.NewContact.as_view(),
        name="xero-contact-new",
    ),
    path(
        "settings/xero-contacts/<int:pk>/again",
        xero_contacts.LookAgain.as_view(),
        name="xero-contact-again",
    ),
    path("sync-log", xero_log.PostingList.as_view(), name="posting-list"),
    path("settings/xero-calls", xero_log.CallList.as_view(), name="xero-call-list"),
    path("settings/xero-accounts", xero_lists.AccountList.as_view(), name="xero-account-list"),
    path(
        "settings/xero-accounts/<int:pk>",
        xero_lists.EditAccount.as_view(),
        name="xero-account-edit",
    ),
    path("settings/xero-taxes", xero_lists.TaxRateList.as_view(), name="xero-tax-list"),
    path("expenses", expense_views.ExpenseListView.as_view(), name="expense-list"),
    path("expenses/new", expenses.NewExpense.as_view(), name="expense-new"),
    path("expenses/<int:pk>", ExpenseView.as_view(), name="expense-page"),
    path("expenses/<int:pk>/edit", expenses.EditExpense.as_view(), name="expense-edit"),
    path("expenses/<int:pk>/delete", expenses.DeleteExpense.as_view(), name="expense-delete"),
    path(
        "settings/expense-categories",
        expense_settings.CategoryList.as_view(),
        name="expense-category-list",
    ),
    path(
        "settings/expense-categories/new",
        expense_settings.NewCategory.as_view(),
        name="expense-category-new",
    ),
    path(
        "settings/expense-categories/<int:pk>",
        expense_settings.EditCategory.as_view(),
        name="expense-category-edit",
    ),
    path("home/receivables", panels.Receivables.as_view(), name="home-receivables"),
    path("home/revenue", panels.Revenue.as_view(), name="home-revenue"),
    path("home/uninvoiced", panels.Uninvoiced.as_view(), name="home-uninvoiced"),
    path("invoices", InvoiceListView.as_view(), name="invoice-list"),
    path("invoices/new", editing.NewInvoice.as_view(), name="invoice-new"),
    path("invoices/preview", editing.PreviewTotals.as_view(), name="invoice-preview"),
    path("invoices/<int:pk>", InvoiceView.as_view(), name="invoice-page"),
    path("invoices/<int:pk>/edit", editing.EditInvoice.as_view(), name="invoice-edit"),
    path("invoices/<int:pk>/add-time", adding.AddTime.as_view(), name="invoice-add-time"),
    path(
        "invoices/<int:pk>/add-expenses",
        adding.AddExpenses.as_view(),
        name="invoice-add-expenses",
    ),
    path("invoices/<int:pk>/notes", editing.EditNotes.as_view(), name="invoice-notes"),
    path("invoices/<int:pk>/finalise", editing.Finalise.as_view(), name="invoice-finalise"),
    path("invoices/<int:pk>/approve", editing.Approve.as_view(), name="invoice-approve"),
    path("invoices/<int:pk>/complete", editing.Complete.as_view(), name="invoice-complete"),
    path("invoices/<int:pk>/uncomplete", editing.Uncomplete.as_view(), name="invoice-uncomplete"),
    path("invoices/<int:pk>/void", editing.Void.as_view(), name="invoice-void"),
    path("invoices/<int:pk>/delete", editing.Delete.as_view(), name="invoice-delete"),
    path("invoices/<int:pk>/send", editing.Send.as_view(), name="invoice-send"),
    path("invoices/<int:pk>/pdf", editing.Pdf.as_view(), name="invoice-pdf"),
    path("invoices/<int:pk>/payments/new", payments.NewPayment.as_view(), name="payment-new"),
    path("invoices/<int:pk>/credit", notes.CreditInvoice.as_view(), name="invoice-credit"),
    path(
        "invoices/<int:pk>/panels/credits",
        credit_panels.InvoiceCredits.as_view(),
        name="invoice-credits",
    ),
    path("invoices/<int:pk>/panels/xero", xero_steps.InvoiceInXero.as_view(), name="invoice-xero"),
    path("invoices/<int:pk>/xero/push", xero_steps.Push.as_view(), name="invoice-xero-push"),
    path("invoices/<int:pk>/xero/sync", xero_steps.Sync.as_view(), name="invoice-xero-sync"),
    path(
        "invoices/<int:pk>/xero/approve", xero_steps.Approve.as_view(), name="invoice-xero-approve"
    ),
    path("invoices/<int:pk>/xero/send", xero_steps.Send.as_view(), name="invoice-xero-send"),
    path("invoices/<int:pk>/xero/void", xero_steps.Void.as_view(), name="invoice-xero-void"),
    path("invoices/<int:pk>/xero/delete", xero_steps.Delete.as_view(), name="invoice-xero-delete"),
    path("credit-notes", CreditNoteListView.as_view(), name="credit-note-list"),
    path("credit-notes/new", notes.NewCreditNote.as_view(), name="credit-note-new"),
    path("credit-notes/preview", notes.PreviewNote.as_view(), name="credit-note-preview"),
    path("credit-notes/<int:pk>", CreditNoteView.as_view(), name="credit-note-page"),
    path("credit-notes/<int:pk>/edit", notes.EditCreditNote.as_view(), name="credit-note-edit"),
    path("credit-notes/<int:pk>/notes", note_steps.EditNotes.as_view(), name="credit-note-notes"),
    path("credit-notes/<int:pk>/issue", note_steps.Issue.as_view(), name="credit-note-issue"),
    path("credit-notes/<int:pk>/void", note_steps.Void.as_view(), name="credit-note-void"),
    path("credit-notes/<int:pk>/delete", note_steps.Delete.as_view(), name="credit-note-delete"),
    path("credit-notes/<int:pk>/apply", note_steps.Apply.as_view(), name="credit-note-apply"),
    path(
        "credit-notes/<int:pk>/refund", note_steps.RefundNote.as_view(), name="credit-note-refund"
    ),
    path("credit-notes/<int:pk>/pdf", note_steps.Pdf.as_view(), name="credit-note-pdf"),
    path(
        "credit-applications/<int:pk>/delete",
        note_steps.TakeOff.as_view(),
        name="credit-application-delete",
    ),
    path("refunds/<int:pk>/delete", note_steps.DeleteRefund.as_view(), name="refund-delete"),
    path(
        "customers/<int:pk>/panels/credit-notes",
        credit_panels.CustomerCreditNotes.as_view(),
        name="customer-credit-notes",
    ),
    path("items", items.ItemList.as_view(), name="item-list"),
    path("items/new", items.NewItem.as_view(), name="item-new"),
    path("items/<int:pk>", items.EditItem.as_view(), name="item-edit"),
    path("settings/item-groups", groups.ItemGroupList.as_view(), name="item-group-list"),
    path("settings/item-groups/new", groups.NewItemGroup.as_view(), name="item-group-new"),
    path("settings/item-groups/<int:pk>", groups.EditItemGroup.as_view(), name="item-group-edit"),
    path("payments/<int:pk>/edit", payments.EditPayment.as_view(), name="payment-edit"),
    path("payments/<int:pk>/delete", payments.DeletePayment.as_view(), name="payment-delete"),
    path("budgets/<int:pk>/invoice", budgeting.InvoiceBudget.as_view(), name="budget-invoice"),
    path(
        "customers/<int:pk>/panels/expenses",
        expense_views.CustomerExpenses.as_view(),
        name="customer-expenses",
    ),
    path(
        "projects/<int:pk>/panels/expenses",
        expense_views.ProjectExpenses.as_view(),
        name="project-expenses",
    ),
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
        "engagements/<int:pk>/panels/invoices",
        budgeting.EngagementInvoices.as_view(),
        name="engagement-invoices",
    ),
    path(
        "budgets/<int:pk>/panels/invoices",
        budgeting.BudgetInvoices.as_view(),
        name="budget-invoices",
    ),
]
