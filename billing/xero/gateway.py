"""What we ask of Xero, in our own words, and the one way to reach it.

``gateway()`` gives the client of the connected organisation. Each method is one call to Xero (the
iterators one a page) unless it says otherwise; each raises ``errors`` and nothing else. Never call
one inside a transaction: ``require_outside`` says so before anything is sent.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db import connection

from billing.xero import values as v

IDS_AT_ONCE = 40  # more ids make an address that Xero's servers refuse
PAGE = 1000  # the most documents a page holds


class Gateway(Protocol):
    """The calls; ``key`` is the idempotency key, remembered by Xero for six minutes."""

    tenant_id: str

    # -- invoices ---------------------------------------------------------------------------------
    def create_invoice(self, draft: v.InvoiceDraft, *, key: str) -> v.RemoteInvoice:
        """PUT: a number that is taken is refused, never overwritten."""

    def set_invoice_status(self, invoice_id: str, status: str, *, key: str) -> v.RemoteInvoice:
        """POST id and status alone, then read again what became of it: two calls."""

    def invoice(self, invoice_id: str) -> v.RemoteInvoice: ...

    def invoices(self, ids: Sequence[str]) -> list[v.RemoteInvoice]:
        """Those that exist, in chunks of ``IDS_AT_ONCE``; a failed chunk raises."""

    def invoices_by_number(self, number: str) -> list[v.RemoteInvoice]:
        """Sales invoices that bear exactly that number, voided and deleted ones too."""

    def invoices_changed_since(self, moment: datetime) -> Iterator[list[v.RemoteInvoice]]: ...

    def email_invoice(self, invoice_id: str, *, key: str) -> None: ...

    def invoice_pdf(self, invoice_id: str) -> bytes: ...

    def online_url(self, invoice_id: str) -> str:
        """Where the client sees it; empty where Xero has none."""

    # -- payments and credit ----------------------------------------------------------------------
    def create_payment(self, draft: v.PaymentDraft, *, key: str) -> v.RemotePayment: ...

    def delete_payment(self, payment_id: str, *, key: str) -> v.RemotePayment: ...

    def payments_of(self, invoice_id: str) -> list[v.RemotePayment]: ...

    def create_credit_note(self, draft: v.CreditNoteDraft, *, key: str) -> v.RemoteCreditNote: ...

    def credit_note(self, note_id: str) -> v.RemoteCreditNote: ...

    def credit_notes_by_number(self, number: str) -> list[v.RemoteCreditNote]: ...

    def set_credit_note_status(
        self, note_id: str, status: str, *, key: str
    ) -> v.RemoteCreditNote: ...

    def allocate(
        self, note_id: str, invoice_id: str, amount: Decimal, on: date, *, key: str
    ) -> None: ...

    # -- contacts ---------------------------------------------------------------------------------
    def contact(self, contact_id: str) -> v.Contact: ...

    def contacts_by_number(self, number: str) -> list[v.Contact]: ...

    def contacts_by_name(self, name: str) -> list[v.Contact]:
        """Those whose name is the same but for case and spaces; archived ones too."""

    def contacts_by_email(self, email: str) -> list[v.Contact]: ...

    def create_contact(self, draft: v.ContactDraft, *, key: str) -> v.Contact: ...

    # -- the books --------------------------------------------------------------------------------
    def accounts(self) -> list[v.Account]: ...

    def tax_rates(self) -> list[v.TaxRate]: ...

    def organisation(self) -> v.Organisation: ...


def gateway(timeout: float | None = None) -> Gateway:
    """The way to the connected organisation. Raises ``NotConnectedError``.

    ``timeout`` is how many seconds a call may take; ``settings.XERO_TIMEOUT`` without it. A
    person who waits for a page is given ``settings.XERO_LIVE_TIMEOUT``.
    """
    from billing.xero.client import connected  # noqa: PLC0415 the SDK is slow to load

    return connected(timeout)


def is_connected() -> bool:
    """Whether an organisation is connected and its consent still holds; asks nobody."""
    from billing.xero.models import Connection  # noqa: PLC0415 models load after this module

    return Connection.objects.usable().exists()


def require_outside() -> None:
    """Raise ``RuntimeError`` inside a transaction, but for the one that a test is wrapped in.

    Rows would stay locked while Xero thinks, and a rollback would forget what it was told.
    """
    blocks = getattr(connection, "atomic_blocks", [])
    if not all(block._from_testcase for block in blocks):
        raise RuntimeError("Xero is not called inside a transaction.")
