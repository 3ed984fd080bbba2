"""What the bookkeeping adds to the shell: reconciliation under Money, its lists under Settings."""

from django.conf import settings

from agency.ui import areas, navigation, panels
from agency.ui.views import BulkAction
from billing.bookkeeping import choosing, paying
from billing.bookkeeping.models import Difference
from billing.invoices.views import InvoiceListView
from billing.payments import books


def register() -> None:
    books.keep_with(paying.tell, paying.hears)
    navigation.add(
        "Money",
        "Reconciliation",
        "reconciliation",
        "scale",
        permission="invoices:view",
        order=60,
        count=differences,
        within=("posting-list",),
        shown=is_in_use,
    )
    for label, url, icon, text, permission in (
        ("Accounts in Xero", "xero-account-list", "book-open", ACCOUNTS, "invoices:view"),
        ("Taxes in Xero", "xero-tax-list", "percent", TAXES, "invoices:view"),
    ):
        areas.add("Money", label, url, icon, text, permission=permission, order=60)
    for label, url, icon, text, permission in (
        ("Contacts in Xero", "xero-contact-list", "contact", CONTACTS, "invoices:view"),
        ("Sync log", "posting-list", "cloud-upload", POSTINGS, "invoices:view"),
        ("Calls to Xero", "xero-call-list", "arrow-right-left", CALLS, "settings:manage"),
    ):
        areas.add("Connections", label, url, icon, text, permission=permission, order=60)
    panels.add(
        "invoice",
        "xero",
        "Xero",
        "invoice-xero",
        permission="invoices:view",
        place="rail",
        order=60,
    )
    if PUSH not in InvoiceListView.bulk_actions:
        InvoiceListView.bulk_actions.append(PUSH)


PUSH = BulkAction(
    key="push",
    label="Push to Xero",
    icon="cloud-upload",
    run=choosing.in_background,
    done="on the way to Xero",
    allows=choosing.can_push,
)
ACCOUNTS = "Which account each service type is booked to"
TAXES = "Our tax codes beside those of the books"
CONTACTS = "Which contact a company is there, where it is not sure"
POSTINGS = "How far each document is on its way to Xero"
CALLS = "What was asked of Xero, and what it said"


def is_in_use(staff) -> bool:
    """Whether Xero is set up for this installation at all."""
    return bool(settings.XERO_CLIENT_ID)


def differences(staff) -> int:
    """How many open ones this person sees."""
    return Difference.objects.visible_to(staff).open().count()
