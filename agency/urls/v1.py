"""``/api/v1``: the CRM dialect. Fixed words stand before ids."""

from django.urls import path

from agency.reference.countries.api_v1 import CountryViewSet
from agency.reference.currencies.api_v1 import CurrencyViewSet
from agency.reference.modes.api_v1 import PaymentModeViewSet
from agency.reference.taxes.api_v1 import TaxViewSet
from agency.staff.api_auth import LoginView, LogoutView, RefreshView
from agency.staff.teams.api_v1 import DepartmentViewSet
from billing.invoices.api_v1 import CustomerInvoices, InvoiceV1ViewSet
from billing.items.api_v1 import ItemGroupViewSet, ItemV1ViewSet
from billing.payments.api_v1 import InvoicePayments, PaymentV1ViewSet
from crm.contacts.api_v1 import ContactV1ViewSet, CustomerContacts
from crm.customers.api_v1 import CustomerV1ViewSet
from crm.projects.api_v1 import CustomerProjects, ProjectV1ViewSet
from crm.timesheets.api_v1 import TimesheetV1ViewSet

LIST = {"get": "list"}
COLLECTION = {"get": "list", "post": "create"}
RECORD = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


def resource(name: str, view) -> list:
    """The routes of a resource: its list and its record."""
    return [path(name, view.as_view(COLLECTION)), path(f"{name}/<pk>", view.as_view(RECORD))]


look_ups = [
    path("countries", CountryViewSet.as_view(LIST)),
    path("currencies", CurrencyViewSet.as_view(LIST)),
    path("departments", DepartmentViewSet.as_view(LIST)),
    path("item-groups", ItemGroupViewSet.as_view(LIST)),
    path("payment-modes", PaymentModeViewSet.as_view(LIST)),
    path("taxes", TaxViewSet.as_view(LIST)),
]
client_routes = [
    *resource("customers", CustomerV1ViewSet),
    path("customers/<parent_pk>/contacts", CustomerContacts.as_view(LIST)),
    *resource("contacts", ContactV1ViewSet),
]
work_routes = [
    *resource("projects", ProjectV1ViewSet),
    path("customers/<parent_pk>/projects", CustomerProjects.as_view(LIST)),
    *resource("timesheets", TimesheetV1ViewSet),
]
platform_routes = [
    path("auth/login", LoginView.as_view()),
    path("auth/refresh", RefreshView.as_view()),
    path("auth/logout", LogoutView.as_view()),
]

money_routes = [
    path("customers/<parent_pk>/invoices", CustomerInvoices.as_view(LIST)),
    *resource("invoices", InvoiceV1ViewSet),
    path("invoices/<pk>/send", InvoiceV1ViewSet.as_view({"post": "send"})),
    path("invoices/<pk>/complete", InvoiceV1ViewSet.as_view({"post": "complete"})),
    path("invoices/<pk>/uncomplete", InvoiceV1ViewSet.as_view({"post": "uncomplete"})),
    path("invoices/<pk>/pdf", InvoiceV1ViewSet.as_view({"get": "pdf"})),
    path("invoices/<parent_pk>/payments", InvoicePayments.as_view(LIST)),
    *resource("payments", PaymentV1ViewSet),
    path("items/groups", ItemGroupViewSet.as_view(LIST)),
    *resource("items", ItemV1ViewSet),
]

urlpatterns = [*platform_routes, *look_ups, *client_routes, *work_routes, *money_routes]
