"""``/api``: the agency dialect. Fixed words stand before ids."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from billing.invoices.api import InvoiceLineViewSet, InvoiceViewSet
from billing.mapping.api import MappingRuleViewSet
from billing.payments.api import PaymentViewSet
from budgets.budgets.api import BudgetViewSet
from budgets.lines.api import BudgetLineViewSet
from budgets.services.api import ServiceTypeViewSet

router = SimpleRouter(trailing_slash=False)

router.register("budgets", BudgetViewSet, basename="api-budget")
router.register("service-types", ServiceTypeViewSet, basename="api-service-type")
router.register("invoices", InvoiceViewSet, basename="api-invoice")

CHANGE = {"put": "update", "patch": "partial_update", "delete": "destroy"}
COLLECTION = {"get": "list", "post": "create"}

billing_routes = [
    path("invoices/mapping-rules", MappingRuleViewSet.as_view({"get": "list"})),
    path("invoices/mapping-rules/<service_type_id>", MappingRuleViewSet.as_view({"put": "upsert"})),
    path("invoices/<pk>/line-items/reorder", InvoiceLineViewSet.as_view({"put": "reorder"})),
    path("invoices/<pk>/line-items", InvoiceLineViewSet.as_view(COLLECTION)),
    path("invoices/<pk>/line-items/<item_pk>", InvoiceLineViewSet.as_view(CHANGE)),
    path("invoices/<pk>/payments", PaymentViewSet.as_view(COLLECTION)),
    path("invoices/<pk>/payments/<payment_pk>", PaymentViewSet.as_view(CHANGE)),
]

budget_routes = [
    path("budgets/<budget_pk>/line-items/reorder", BudgetLineViewSet.as_view({"put": "reorder"})),
    path("budgets/<budget_pk>/line-items", BudgetLineViewSet.as_view(COLLECTION)),
    path(
        "budgets/<budget_pk>/line-items/<pk>",
        BudgetLineViewSet.as_view({"get": "retrieve", **CHANGE}),
    ),
]

urlpatterns = [
    *budget_routes,
    *billing_routes,
    *router.urls,
]
