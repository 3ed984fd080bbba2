"""Tell those who look after the books that something needs their eyes."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind
from billing.bookkeeping.models import Difference

KEY = "xero-differences"


def keepers() -> list:
    """The active people who may mend every invoice."""
    people = get_user_model().objects.filter(is_active=True).select_related("role")
    return [
        person
        for person in people
        if person.has_perm("invoices:manage") and person.role and person.role.scope == "all"
    ]


def tell_of(anew: int) -> None:
    """Tell them, once for a whole run, where something differs that did not before."""
    if not anew:
        return
    number = Difference.objects.open().count()
    if number:
        what = "1 difference" if number == 1 else f"{number} differences"
        text = f"Xero and Agency disagree: {what} to look at."
        with transaction.atomic():
            path = reverse("reconciliation")
            notices.tell(keepers(), Kind.WORK, text, path=path, key=KEY)
