"""The calls to Xero through its own SDK; the only module that imports it.

The SDK sends; what comes back is read by ``parsing``, because the SDK makes floats of money. Left
to itself it would repeat a call that timed out, sleep on 429, wait for ever, and refresh tokens
without a lock: ``Wire`` takes all of that away from it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial

import urllib3
from django.conf import settings
from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient, Configuration
from xero_python.exceptions import ApiException, HTTPStatusException
from xero_python.rest import RESTClientObject

from agency.errors import BusinessError
from billing.xero import answers, breaker, building, limits, parsing, searching, tokens
from billing.xero import values as v
from billing.xero.answers import Answer
from billing.xero.errors import ReconnectNeededError, RefusedError, XeroUnavailableError
from billing.xero.gateway import IDS_AT_ONCE, PAGE, require_outside
from billing.xero.models import Connection

DECIMALS = 4  # of a unit amount; Xero rounds to 2 without it
LONGEST_PATIENCE = 2  # seconds a worker waits for a free slot


def _nothing(_) -> None:
    return None


def _all(name: str, parse: Callable) -> Callable:
    return partial(answers.read, name=name, parse=parse)


def _one(name: str, parse: Callable) -> Callable:
    return partial(answers.read_one, name=name, parse=parse)


INVOICE, INVOICES = (way("Invoices", parsing.invoice) for way in (_one, _all))
PAYMENT, PAYMENTS = (way("Payments", parsing.payment) for way in (_one, _all))
NOTE, NOTES = (way("CreditNotes", parsing.credit_note) for way in (_one, _all))
CONTACT, CONTACTS = (way("Contacts", parsing.contact) for way in (_one, _all))
ACCOUNTS = _all("Accounts", parsing.account)
TAX_RATES = _all("TaxRates", parsing.tax_rate)
ORGANISATION = _one("Organisations", parsing.organisation)
URLS = _all("OnlineInvoices", parsing.online_url)


@cache
def _rest() -> RESTClientObject:
    """The pool of connections of this process, which sends each request once."""
    rest = RESTClientObject(Configuration())
    rest.pool_manager.connection_pool_kw["retries"] = False
    return rest


class Wire(ApiClient):
    """The SDK's transport for one client of ours, with our token, time-out and headers."""

    def __init__(self, timeout: float) -> None:
        super().__init__(Configuration())
        self.rest_client = _rest()
        self.timeout = timeout
        self.token = ""

    def update_params_for_auth(self, headers, querys, auth_settings) -> None:
        headers["Authorization"] = f"Bearer {self.token}"

    def request(self, method, url, headers=None, **options):
        headers = {name: value for name, value in headers.items() if value != ""}
        # a pair: the SDK overlooks a float, and waits for ever then
        options |= {"_preload_content": False, "_request_timeout": (self.timeout, self.timeout)}
        return super().request(method, url, headers=headers, **options)


class Client:
    """Implements ``gateway.Gateway`` for the connected organisation."""

    def __init__(self, connection: Connection, timeout: float) -> None:
        self.connection = connection
        self.tenant_id = connection.tenant_id
        self.timeout = timeout
        self.wire = Wire(self.timeout)
        base = f"{settings.XERO_API_URL}/api.xro/2.0"
        self.api = AccountingApi(self.wire, base_url=base)

    # -- invoices ---------------------------------------------------------------------------------
    def create_invoice(self, draft: v.InvoiceDraft, *, key: str) -> v.RemoteInvoice:
        return self._ask(
            "PUT Invoices",
            INVOICE,
            self.api.create_invoices,
            {"Invoices": [building.invoice(draft)]},
            unitdp=DECIMALS,
            idempotency_key=key,
        )

    def set_invoice_status(self, invoice_id: str, status: str, *, key: str) -> v.RemoteInvoice:
        self._ask(
            f"POST Invoices/{invoice_id}",
            INVOICES,
            self.api.update_invoice,
            invoice_id,
            {"Invoices": [{"InvoiceID": invoice_id, "Status": status}]},
            unitdp=DECIMALS,
            idempotency_key=key,
        )
        return self.invoice(invoice_id)

    def invoice(self, invoice_id: str) -> v.RemoteInvoice:
        what = f"GET Invoices/{invoice_id}"
        return self._ask(what, INVOICE, self.api.get_invoice, invoice_id, unitdp=DECIMALS)

    def invoices(self, ids: Sequence[str]) -> list[v.RemoteInvoice]:
        found = []
        for start in range(0, len(ids), IDS_AT_ONCE):
            chunk = list(ids[start : start + IDS_AT_ONCE])
            found += self._invoices(f"GET Invoices ({len(chunk)} ids)", i_ds=chunk, page=1)
        return found

    def invoices_by_number(self, number: str) -> list[v.RemoteInvoice]:
        found = self._invoices("GET Invoices by number", page=1, **searching.by_number(number))
        return [one for one in found if one.number == number and one.type == "ACCREC"]

    def invoices_changed_since(self, moment: datetime) -> Iterator[list[v.RemoteInvoice]]:
        since = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        page, rows = 1, [None] * PAGE
        while len(rows) == PAGE:
            rows = self._invoices(
                f"GET Invoices changed, page {page}",
                if_modified_since=since,
                where=searching.SALES,
                order="UpdatedDateUTC",
                page=page,
                page_size=PAGE,
            )
            page += 1
            if rows:
                yield [one for one in rows if one.type == "ACCREC"]

    def _invoices(self, what: str, **options) -> list[v.RemoteInvoice]:
        return self._ask(what, INVOICES, self.api.get_invoices, unitdp=DECIMALS, **options)

    def email_invoice(self, invoice_id: str, *, key: str) -> None:
        what = f"POST Invoices/{invoice_id}/Email"
        self._ask(what, _nothing, self.api.email_invoice, invoice_id, {}, idempotency_key=key)

    def invoice_pdf(self, invoice_id: str) -> bytes:
        what = f"GET Invoices/{invoice_id} as PDF"
        return self._ask(what, answers.pdf, self.api.get_invoice_as_pdf, invoice_id)

    def online_url(self, invoice_id: str) -> str:
        what = f"GET Invoices/{invoice_id}/OnlineInvoice"
        try:
            found = self._ask(what, URLS, self.api.get_online_invoice, invoice_id)
        except RefusedError as no:
            if no.http_status in {400, 404}:  # such as a draft, which nobody but the staff sees
                return ""
            raise
        return found[0] if found else ""

    # -- payments and credit ----------------------------------------------------------------------
    def create_payment(self, draft: v.PaymentDraft, *, key: str) -> v.RemotePayment:
        body = {"Payments": [building.payment(draft)]}  # in the singular, the SDK would POST
        options = {"idempotency_key": key}
        made = self._ask("PUT Payments", PAYMENT, self.api.create_payments, body, **options)
        return made if made.invoice_id else made._replace(invoice_id=draft.invoice_id)

    def delete_payment(self, payment_id: str, *, key: str) -> v.RemotePayment:
        body = {"Status": "DELETED"}
        return self._ask(
            f"POST Payments/{payment_id}",
            PAYMENT,
            self.api.delete_payment,
            payment_id,
            body,
            idempotency_key=key,
        )

    def payments_of(self, invoice_id: str) -> list[v.RemotePayment]:
        where = searching.of_invoice(invoice_id)
        what = "GET Payments of an invoice"
        found = self._ask(what, PAYMENTS, self.api.get_payments, where=where)
        return [one for one in found if one.invoice_id == invoice_id]

    def create_credit_note(self, draft: v.CreditNoteDraft, *, key: str) -> v.RemoteCreditNote:
        return self._ask(
            "PUT CreditNotes",
            NOTE,
            self.api.create_credit_notes,
            {"CreditNotes": [building.credit_note(draft)]},
            unitdp=DECIMALS,
            idempotency_key=key,
        )

    def credit_note(self, note_id: str) -> v.RemoteCreditNote:
        what = f"GET CreditNotes/{note_id}"
        return self._ask(what, NOTE, self.api.get_credit_note, note_id, unitdp=DECIMALS)

    def credit_notes_by_number(self, number: str) -> list[v.RemoteCreditNote]:
        where = searching.equals("CreditNoteNumber", number)
        found = self._ask(
            "GET CreditNotes by number",
            NOTES,
            self.api.get_credit_notes,
            where=where,
            page=1,
            unitdp=DECIMALS,
        )
        return [one for one in found if one.number == number]

    def set_credit_note_status(self, note_id: str, status: str, *, key: str) -> v.RemoteCreditNote:
        self._ask(
            f"POST CreditNotes/{note_id}",
            NOTES,
            self.api.update_credit_note,
            note_id,
            {"CreditNotes": [{"CreditNoteID": note_id, "Status": status}]},
            unitdp=DECIMALS,
            idempotency_key=key,
        )
        return self.credit_note(note_id)

    def allocate(
        self, note_id: str, invoice_id: str, amount: Decimal, on: date, *, key: str
    ) -> None:
        self._ask(
            f"PUT CreditNotes/{note_id}/Allocations",
            _all("Allocations", _nothing),
            self.api.create_credit_note_allocation,
            note_id,
            {"Allocations": [building.allocation(invoice_id, amount, on)]},
            idempotency_key=key,
        )

    # -- contacts ---------------------------------------------------------------------------------
    def contact(self, contact_id: str) -> v.Contact:
        what = f"GET Contacts/{contact_id}"
        return self._ask(what, CONTACT, self.api.get_contact, contact_id)

    def contacts_by_number(self, number: str) -> list[v.Contact]:
        found = self._contacts("number", where=searching.equals("ContactNumber", number))
        return [one for one in found if one.number == number]

    def contacts_by_name(self, name: str) -> list[v.Contact]:
        found = self._contacts("name", search_term=searching.longest_word(name))
        return [one for one in found if searching.plain(one.name) == searching.plain(name)]

    def contacts_by_email(self, email: str) -> list[v.Contact]:
        found = self._contacts("e-mail", search_term=email.strip())
        return [one for one in found if searching.plain(one.email) == searching.plain(email)]

    def _contacts(self, by: str, **options) -> list[v.Contact]:
        return self._ask(
            f"GET Contacts by {by}",
            CONTACTS,
            self.api.get_contacts,
            include_archived="true",  # the SDK would write a bool as Python does
            page=1,
            page_size=PAGE,
            **options,
        )

    def create_contact(self, draft: v.ContactDraft, *, key: str) -> v.Contact:
        body = {"Contacts": [building.contact(draft)]}
        options = {"idempotency_key": key}
        return self._ask("PUT Contacts", CONTACT, self.api.create_contacts, body, **options)

    # -- the books --------------------------------------------------------------------------------
    def accounts(self) -> list[v.Account]:
        return self._ask("GET Accounts", ACCOUNTS, self.api.get_accounts)

    def tax_rates(self) -> list[v.TaxRate]:
        return self._ask("GET TaxRates", TAX_RATES, self.api.get_tax_rates)

    def organisation(self) -> v.Organisation:
        return self._ask("GET Organisation", ORGANISATION, self.api.get_organisations)

    # -- the way there ----------------------------------------------------------------------------
    def _ask(self, what: str, read: Callable, call: Callable, *values, **options):
        """What ``read`` makes of one call, whose token is renewed once where Xero refuses it."""
        require_outside()
        is_custom = self.connection.grant == Connection.Grant.CUSTOM
        tenant = "" if is_custom else self.tenant_id  # a custom connection opens one set of books
        send = partial(call, tenant, *values, _preload_content=False, **options)
        held = tokens.access_token()
        try:
            return self._sent(held, what, read, send)
        except answers.UnauthorisedError:
            held = tokens.renewed(held)
        try:
            return self._sent(held, what, read, send)
        except answers.UnauthorisedError:
            tokens.give_up(held)
            raise ReconnectNeededError from None

    def _sent(self, token: str, what: str, read: Callable, send: Callable):
        """Take a slot, call, judge and read the answer, and write down how it ended."""
        method, _, where = what.partition(" ")
        patience = min(LONGEST_PATIENCE, self.timeout / 4)
        slot = limits.take(self.connection, method, where, seconds=self.timeout, patience=patience)
        answer, message = None, "It was not finished."
        try:
            self.wire.token = token
            answer = self._answered(send)
            found, message = read(answers.checked(answer)), ""
        except answers.UnauthorisedError:
            message = "The access token was refused."
            raise
        except BusinessError as error:
            message = str(error)
            breaker.note(self.connection, error)
            raise
        else:
            breaker.note_success(self.connection)
            return found
        finally:
            limits.finish(slot, answer, message)

    def _answered(self, send: Callable) -> Answer:
        """What Xero answers, good or bad. The SDK's own errors print bodies: none gets out."""
        try:
            raw = send()
            return Answer(raw.status, raw.headers, raw.data)
        except HTTPStatusException as error:
            raw = error.http_resp.urllib3_response
            return Answer(raw.status, raw.headers, error.http_resp.data)
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            raise XeroUnavailableError("Xero cannot be reached.", sent=False) from None
        except (urllib3.exceptions.TimeoutError, TimeoutError):
            words = f"Xero did not answer within {self.timeout:g} seconds."
            raise XeroUnavailableError(words) from None
        except (urllib3.exceptions.HTTPError, ApiException, OSError):
            raise XeroUnavailableError("The connection to Xero broke off.") from None


def connected(timeout: float | None = None) -> Client:
    """The client of the connected organisation. Raises ``NotConnectedError``."""
    return Client(tokens.connection(), timeout or settings.XERO_TIMEOUT)
