"""``/api``: the agency dialect. Fixed words stand before ids."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from agency.api import reference
from agency.records.events.api import HistoryViewSet
from agency.staff.api_me import MeView
from billing.credit_notes.api import ApplicationViewSet, CreditNoteViewSet, RefundViewSet
from billing.entry.api import InvoiceViewSet
from billing.expenses.api import ExpenseViewSet
from billing.invoices.api import InvoiceLineViewSet
from billing.mapping.api import MappingRuleViewSet
from billing.payments.api import PaymentViewSet
from budgets.budgets.api import BudgetViewSet
from budgets.lines.api import BudgetLineViewSet
from budgets.services.api import ServiceTypeViewSet
from crm.contacts.api import ContactViewSet
from crm.customers.api import CompanyViewSet
from crm.deals.api import DealViewSet
from crm.engagements.api import EngagementViewSet
from crm.onboarding.api import OnboardingViewSet
from crm.projects.api import MilestoneViewSet, ProjectViewSet
from crm.tasks.api import TaskViewSet
from crm.timesheets.api import TimeEntryViewSet

router = SimpleRouter(trailing_slash=False)

router.register("companies", CompanyViewSet, basename="api-company")
router.register("contacts", ContactViewSet, basename="api-contact")
router.register("deals", DealViewSet, basename="api-deal")
router.register("projects", ProjectViewSet, basename="api-project")
router.register("tasks", TaskViewSet, basename="api-task")

router.register("budgets", BudgetViewSet, basename="api-budget")
router.register("service-types", ServiceTypeViewSet, basename="api-service-type")
router.register("time", TimeEntryViewSet, basename="api-time")
router.register("invoices", InvoiceViewSet, basename="api-invoice")
router.register("credit-notes", CreditNoteViewSet, basename="api-credit-note")
router.register("expenses", ExpenseViewSet, basename="api-expense")

CHANGE = {"put": "update", "patch": "partial_update", "delete": "destroy"}
KEPT = {"get": "retrieve", "put": "update", "patch": "partial_update"}  # never deleted
COLLECTION = {"get": "list", "post": "create"}

billing_routes = [
    path("invoices/mapping-rules", MappingRuleViewSet.as_view({"get": "list"})),
    path("invoices/mapping-rules/<service_type_id>", MappingRuleViewSet.as_view({"put": "upsert"})),
    path("invoices/<pk>/line-items/reorder", InvoiceLineViewSet.as_view({"put": "reorder"})),
    path("invoices/<pk>/line-items", InvoiceLineViewSet.as_view(COLLECTION)),
    path("invoices/<pk>/line-items/<item_pk>", InvoiceLineViewSet.as_view(CHANGE)),
    path("invoices/<pk>/payments", PaymentViewSet.as_view(COLLECTION)),
    path("invoices/<pk>/payments/<payment_pk>", PaymentViewSet.as_view(CHANGE)),
    path("credit-notes/<pk>/applications", ApplicationViewSet.as_view({"get": "list"})),
    path(
        "credit-notes/<pk>/applications/<application_pk>",
        ApplicationViewSet.as_view({"delete": "destroy"}),
    ),
    path("credit-notes/<pk>/refunds/<refund_pk>", RefundViewSet.as_view({"delete": "destroy"})),
]

budget_routes = [
    path("budgets/<budget_pk>/line-items/reorder", BudgetLineViewSet.as_view({"put": "reorder"})),
    path("budgets/<budget_pk>/line-items", BudgetLineViewSet.as_view(COLLECTION)),
    path(
        "budgets/<budget_pk>/line-items/<pk>",
        BudgetLineViewSet.as_view({"get": "retrieve", **CHANGE}),
    ),
]

client_routes = [
    path("projects/<project_pk>/milestones/reorder", MilestoneViewSet.as_view({"put": "reorder"})),
    path("projects/<project_pk>/milestones", MilestoneViewSet.as_view(COLLECTION)),
    path(
        "projects/<project_pk>/milestones/<pk>",
        MilestoneViewSet.as_view({"get": "retrieve", **CHANGE}),
    ),
    path("engagements", EngagementViewSet.as_view(COLLECTION)),
    path("engagements/<pk>", EngagementViewSet.as_view(KEPT)),
    path("clients/<pk>/onboarding", OnboardingViewSet.as_view({"get": "retrieve"})),
    path("clients/<pk>/onboarding/<key>", OnboardingViewSet.as_view({"put": "update"})),
]

platform_routes = [
    path("me", MeView.as_view()),
    path("history/<resource_type>/<resource_id>", HistoryViewSet.as_view({"get": "retrieve"})),
    *reference.routes,
]

urlpatterns = [
    *platform_routes,
    *client_routes,
    *budget_routes,
    *billing_routes,
    *router.urls,
]
