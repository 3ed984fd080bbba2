"""Teamwork's dialect, at the root of the site."""

from django.urls import path

from agency.reference.currencies.api_teamwork import CurrencyCodeViewSet
from billing.expenses.api_teamwork import ExpenseTeamworkViewSet
from billing.invoices.api_teamwork import InvoiceTeamworkViewSet
from crm.timesheets.api_teamwork import TimeEntryTeamworkViewSet

LIST, ONE = {"get": "list"}, {"get": "retrieve"}
COLLECTION = {"get": "list", "post": "create"}
RECORD = {"get": "retrieve", "put": "update", "delete": "destroy"}


def verb(name: str):
    """A PUT on an invoice that is one step."""
    return path(f"invoices/<pk>/{name}.json", InvoiceTeamworkViewSet.as_view({"put": name}))


urlpatterns = [
    path("currencycodes.json", CurrencyCodeViewSet.as_view(LIST)),
    path("invoices.json", InvoiceTeamworkViewSet.as_view(COLLECTION)),
    path("invoices/<pk>.json", InvoiceTeamworkViewSet.as_view(RECORD)),
    verb("complete"),
    verb("uncomplete"),
    verb("lineitems"),
    path("projects/<project_pk>/invoices.json", InvoiceTeamworkViewSet.as_view(COLLECTION)),
    path("expenses.json", ExpenseTeamworkViewSet.as_view(COLLECTION)),
    path("expenses/<pk>.json", ExpenseTeamworkViewSet.as_view(RECORD)),
    path("projects/<project_pk>/expenses.json", ExpenseTeamworkViewSet.as_view(COLLECTION)),
    path("time_entries.json", TimeEntryTeamworkViewSet.as_view(LIST)),
    path("time_entries/<pk>.json", TimeEntryTeamworkViewSet.as_view(ONE)),
    path("projects/<project_pk>/time_entries.json", TimeEntryTeamworkViewSet.as_view(COLLECTION)),
]
