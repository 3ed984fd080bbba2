"""A page on which a person plays the bookkeeper in Xero, and sees what Xero holds."""

from html import escape
from urllib.parse import quote

from billing.xero.simulator.refusals import Invalid

PAGE = """<!doctype html><meta charset="utf-8"><title>Xero simulator</title>
<style>body{{font:15px system-ui;margin:2rem;max-width:70rem}}td,th{{padding:.3rem .6rem;
text-align:left;border-bottom:1px solid #ddd}}td.n{{text-align:right}}</style>
<h1>Xero simulator</h1><p><strong>This is not Xero.</strong> It keeps the books of
“{name}” while it runs.</p><p>{said}</p>
<table><tr><th>Invoice<th>Contact<th>Status<th>Total<th>Due<th></tr>{rows}</table>
<h2>Contacts</h2><ul>{contacts}</ul>
<h2>Lock date</h2><form method="post" action="/_simulator"><input type="date" name="key"
aria-label="Lock date" value="{locked}"> <button name="act" value="lock">Lock until then</button>
</form>"""
CONTACT = """<li>{name} ({state}) <form method="post" action="/_simulator" style="display:inline">
<input type="hidden" name="key" value="{id}"><button name="act" value="archive">Archive</button>
</form>"""
ROW = """<tr><td>{number}<td>{contact}<td>{status}<td class=n>{total}<td class=n>{due}<td>
<form method="post" action="/_simulator"><input type="hidden" name="key" value="{id}">
<button name="act" value="authorise">Approve</button> <button name="act" value="pay">Pay</button>
<button name="act" value="pay_half">Pay half</button> <button name="act" value="unpay">Delete
payment</button> <button name="act" value="credit">Credit</button>
<button name="act" value="overpay">Apply overpayment</button>
<button name="act" value="void">Void</button>
<button name="act" value="delete">Delete</button></form>"""


def page(simulator) -> str:
    books = simulator.books
    with books.lock:
        rows = "".join(row(one) for one in reversed(books.invoices.values()))
        names = "".join(
            CONTACT.format(
                name=escape(one["Name"]), state=one["ContactStatus"].lower(), id=one["ContactID"]
            )
            for one in books.contacts.values()
        )
    last = simulator.asked[-1].query.get("said", "") if simulator.asked else ""
    name = escape(books.organisation["Name"])
    locked = books.organisation.get("PeriodLockDate") or ""
    return PAGE.format(name=name, rows=rows, contacts=names, said=escape(last), locked=locked)


def row(invoice: dict) -> str:
    return ROW.format(
        id=escape(invoice["InvoiceID"]),
        number=escape(invoice["InvoiceNumber"]),
        contact=escape(invoice["Contact"]["Name"]),
        status=invoice["Status"],
        total=f"{invoice['CurrencyCode']} {invoice['Total']:,.2f}",
        due=f"{invoice['AmountDue']:,.2f}",
    )


def act(simulator, form: dict) -> str:
    """Do what a button says; the answer is shown on the page."""
    try:
        done = ACTS[form.get("act", "")](simulator, form.get("key", ""))
    except Invalid as error:
        return quote(" ".join(error.messages))
    except (KeyError, ValueError):
        return quote("There is nothing to do that to.")
    return quote(f"Done: {done}.")


def pay(simulator, key: str) -> str:
    simulator.pay(key)
    return "paid"


def pay_half(simulator, key: str) -> str:
    due = simulator.invoice(key)["AmountDue"]
    simulator.pay(key, f"{due / 2:.2f}")
    return "paid in part"


def unpay(simulator, key: str) -> str:
    payments = simulator.books.payments.values()
    mine = [
        one
        for one in payments
        if one["Invoice"]["InvoiceID"] == key and one["Status"] == "AUTHORISED"
    ]
    simulator.unpay(mine[-1]["PaymentID"] if mine else "")
    return "the last payment is deleted"


def credit(kind: str, word: str):
    """All that is still due, by that kind of credit."""

    def take(simulator, key: str) -> str:
        simulator.credit(key, simulator.invoice(key)["AmountDue"], kind=kind)
        return word

    return take


def lock(simulator, on: str) -> str:
    simulator.lock_until(on)
    return f"locked until {on}" if on else "not locked"


def archive(simulator, contact_id: str) -> str:
    simulator.archive_contact(contact_id)
    return "archived"


def step(name: str, word: str):
    def take(simulator, key: str) -> str:
        getattr(simulator, name)(key)
        return word

    return take


ACTS = {
    "pay": pay,
    "pay_half": pay_half,
    "unpay": unpay,
    "credit": credit("CreditNote", "credited"),
    "overpay": credit("Overpayment", "an overpayment is applied"),
    "lock": lock,
    "archive": archive,
    "authorise": step("authorise", "approved"),
    "void": step("void", "voided"),
    "delete": step("delete", "deleted"),
}
