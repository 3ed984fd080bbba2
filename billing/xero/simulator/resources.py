"""``/api.xro/2.0``: which call does what, and the envelope around its answer."""

import re
from collections.abc import Callable

from billing.xero.simulator import contacts, invoices, queries, settling
from billing.xero.simulator.asked import Asked
from billing.xero.simulator.books import Books
from billing.xero.simulator.refusals import Invalid, missing, validation

_routes: list[tuple[str, re.Pattern, Callable]] = []


def route(method: str, pattern: str):
    def register(function: Callable) -> Callable:
        _routes.append((method, re.compile(f"^/api.xro/2.0/{pattern}$"), function))
        return function

    return register


def answer(books: Books, asked: Asked):
    """What the API says to a call: a dict, or bytes of a PDF. Raises ``Refusal``."""
    for method, pattern, function in _routes:
        found = pattern.match(asked.path)
        if found and method == asked.method:
            with books.lock:
                return function(books, asked, *found.groups())
    raise missing()


def each(asked: Asked, name: str, write: Callable) -> dict:
    """Carry out every element; one that is invalid fails the call, or bears its own errors.

    The second with ``summarizeErrors=false``, where the answer is 200 all the same.
    """
    body = asked.json
    elements = body.get(name) if isinstance(body.get(name), list) else [body]
    done, is_bad = [], False
    for raw in elements:
        try:
            done.append(write(raw) | {"StatusAttributeString": "OK"})
        except Invalid as error:
            is_bad = True
            marks = {"StatusAttributeString": "ERROR", "HasErrors": True}
            done.append(dict(raw) | marks | {"ValidationErrors": error.errors})
    if is_bad and asked.query.get("summarizeErrors", "true") != "false":
        raise validation([one for one in done if one.get("HasErrors")])
    return {"Status": "OK", name: done}


# -- invoices -------------------------------------------------------------------------------------
def _write_invoice(books: Books, raw: dict, *, create: bool, key: str = "") -> dict:
    return invoices.shown(books, invoices.write(books, raw, create=create, key=key))


@route("PUT", "Invoices")
def create_invoices(books: Books, asked: Asked) -> dict:
    return each(asked, "Invoices", lambda raw: _write_invoice(books, raw, create=True))


@route("POST", "Invoices")
def upsert_invoices(books: Books, asked: Asked) -> dict:
    return each(asked, "Invoices", lambda raw: _write_invoice(books, raw, create=False))


@route("POST", "Invoices/([^/]+)")
def update_invoice(books: Books, asked: Asked, key: str) -> dict:
    return each(asked, "Invoices", lambda raw: _write_invoice(books, raw, create=False, key=key))


@route("GET", "Invoices/([^/]+)")
def get_invoice(books: Books, asked: Asked, key: str):
    found = invoices.known(books, {}, key)
    if "pdf" in asked.headers.get("accept", ""):
        return invoices.pdf(found)
    return {"Status": "OK", "Invoices": [invoices.shown(books, found)]}


@route("GET", "Invoices")
def list_invoices(books: Books, asked: Asked) -> dict:
    query = asked.query
    ids, numbers = queries.ids(query), queries.values(query, "InvoiceNumbers")
    statuses, fits = queries.values(query, "Statuses"), queries.where(query.get("where", ""))
    found = [
        one
        for one in queries.changed(books.invoices.values(), asked)
        if (not ids or one["InvoiceID"] in ids)
        and (not numbers or one["InvoiceNumber"] in numbers)
        and (not statuses or one["Status"] in statuses)
        and fits(one)
    ]
    found.sort(key=lambda one: one["UpdatedDateUTC"])
    rows, is_paged = queries.page(found, query)
    shown = [invoices.shown(books, one, with_lines=is_paged) for one in rows]
    return {"Status": "OK", "Invoices": shown}


@route("POST", "Invoices/([^/]+)/Email")
def email_invoice(books: Books, asked: Asked, key: str) -> dict:
    try:
        invoices.mail(books, books.one(books.invoices, key))
    except Invalid as error:
        raise validation([{"InvoiceID": key, "ValidationErrors": error.errors}]) from error
    return {}


@route("GET", "Invoices/([^/]+)/OnlineInvoice")
def online_invoice(books: Books, asked: Asked, key: str) -> dict:
    return {"OnlineInvoices": [invoices.online_url(books.one(books.invoices, key))]}


# -- payments and credit --------------------------------------------------------------------------
@route("PUT", "Payments")
def create_payments(books: Books, asked: Asked) -> dict:
    return each(asked, "Payments", lambda raw: settling.pay(books, raw))


@route("POST", "Payments/([^/]+)")
def delete_payment(books: Books, asked: Asked, key: str) -> dict:
    payment = books.one(books.payments, key)
    return each(
        asked, "Payments", lambda raw: settling.unpay(books, payment, raw.get("Status", ""))
    )


@route("GET", "Payments(?:/([^/]+))?")
def payments(books: Books, asked: Asked, key: str | None) -> dict:
    if key:
        return {"Payments": [books.one(books.payments, key)]}
    fits = queries.where(asked.query.get("where", ""))
    return {"Payments": [one for one in books.payments.values() if fits(one)]}


def _write_note(books: Books, raw: dict, *, create: bool, key: str = "") -> dict:
    return settling.shown_note(settling.write_note(books, raw, create=create, key=key))


@route("PUT", "CreditNotes")
def create_notes(books: Books, asked: Asked) -> dict:
    return each(asked, "CreditNotes", lambda raw: _write_note(books, raw, create=True))


@route("POST", "CreditNotes/([^/]+)")
def update_note(books: Books, asked: Asked, key: str) -> dict:
    return each(asked, "CreditNotes", lambda raw: _write_note(books, raw, create=False, key=key))


@route("GET", "CreditNotes(?:/([^/]+))?")
def notes(books: Books, asked: Asked, key: str | None) -> dict:
    if key:
        return {"CreditNotes": [settling.shown_note(books.one(books.notes, key))]}
    fits = queries.where(asked.query.get("where", ""))
    kept = [one for one in books.notes.values() if "Kind" not in one and fits(one)]
    rows, is_paged = queries.page(kept, asked.query)
    return {"CreditNotes": [settling.shown_note(one, with_lines=is_paged) for one in rows]}


@route("PUT", "CreditNotes/([^/]+)/Allocations")
def allocate(books: Books, asked: Asked, key: str) -> dict:
    note = books.one(books.notes, key)
    return each(asked, "Allocations", lambda raw: settling.allocate(books, note, raw))


# -- contacts and the rest ------------------------------------------------------------------------
@route("PUT", "Contacts")
def create_contacts(books: Books, asked: Asked) -> dict:
    return each(asked, "Contacts", lambda raw: contacts.write(books, raw, create=True))


@route("POST", "Contacts(?:/([^/]+))?")
def upsert_contacts(books: Books, asked: Asked, key: str | None) -> dict:
    named = {"ContactID": key} if key else {}
    return each(asked, "Contacts", lambda raw: contacts.write(books, raw | named, create=False))


@route("GET", "Contacts(?:/([^/]+))?")
def list_contacts(books: Books, asked: Asked, key: str | None) -> dict:
    if key:
        return {"Contacts": [books.one(books.contacts, key)]}
    query, ids = asked.query, queries.ids(asked.query)
    fits = queries.where(query.get("where", ""))
    options = {
        "search": query.get("searchTerm", ""),
        "archived": query.get("includeArchived", "") == "true" or bool(ids),
    }
    found = [
        one
        for one in queries.changed(books.contacts.values(), asked)
        if contacts.matches(one, **options) and (not ids or one["ContactID"] in ids) and fits(one)
    ]
    return {"Contacts": queries.page(found, query)[0]}


@route("GET", "(Accounts|TaxRates|Organisation)")
def lists(books: Books, asked: Asked, what: str) -> dict:
    fits = queries.where(asked.query.get("where", ""))
    kept = {
        "Accounts": books.accounts,
        "TaxRates": books.tax_rates,
        "Organisation": [books.organisation],
    }[what]
    name = "Organisations" if what == "Organisation" else what
    return {name: [one for one in kept if fits(one)]}
