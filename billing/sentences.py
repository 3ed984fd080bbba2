"""How history says what happens to an invoice, a credit note and an expense."""

from decimal import Decimal

from agency.records.events import words
from agency.ui import formats


def teach() -> None:
    say = words.say
    say("finalised", "finalised it, number given", icon="lock", whole=True)
    say("approved", "approved it", icon="check", tone="good", whole=True)
    say("sent", "marked it as sent", icon="send", whole=True)
    say("voided", "voided it", icon="ban", tone="bad", whole=True)
    say("reopened", "took it back to draft", icon="undo-2", whole=True)
    say("marked_completed", "marked it as completed", icon="check-check", whole=True)
    say("marked_open", "marked it as not completed", icon="undo-2", whole=True)
    say("payment_recorded", payment("recorded"), icon="banknote", tone="good", whole=True)
    say("payment_corrected", payment("corrected"), icon="banknote")
    say("payment_deleted", payment("took back"), icon="banknote", tone="bad", whole=True)
    (say("credit_note_matched", "found the credit note in the books", icon="link", whole=True),)
    say("payment_matched", "found a payment in the books", icon="link", whole=True)
    say("credit_followed", "took over what is credited in the books", icon="undo-2")
    say("difference_accepted", "left a difference to Xero as it is", icon="check")
    say("xero_linked", "linked it to an invoice in Xero", icon="link", whole=True)
    say("xero_unlinked", "let go of the invoice in Xero", icon="link-2-off", whole=True)
    say("xero_status_changed", "changed its state in Xero", icon="refresh-cw")
    say("push_asked", "asked for it to go to Xero", icon="cloud-upload")
    say("pushed_to_xero", "brought it into Xero", icon="cloud-check", tone="good", whole=True)
    say("not_pushed", "could not bring it into Xero", icon="cloud-alert", tone="bad")
    say("differs_in_xero", "found other figures in Xero", icon="scale", tone="bad")
    say("mailed_by_xero", "had Xero mail it", icon="send", whole=True)
    say("deleted_in_xero", "took it out of Xero, back to draft", icon="undo-2", whole=True)
    say("contact_linked", "found the contact in Xero", icon="link")
    say("contact_ask", "asked which contact in Xero it is", icon="circle-help")
    say("contact_broken", "lost the contact in Xero", icon="link-2-off", tone="bad")
    say("issued", "issued it, number given", icon="lock", whole=True)
    say("credit_note_issued", noted("issued"), icon="receipt", whole=True)
    say("credit_applied", moving("credit", "credited"), icon="receipt", tone="good", whole=True)
    say(
        "credit_unapplied", moving("credit", "took back the"), icon="undo-2", tone="bad", whole=True
    )
    say("refunded", moving("refund", "paid back"), icon="banknote", whole=True)
    say("refund_deleted", moving("refund", "took back the"), icon="undo-2", tone="bad", whole=True)
    say("line_item_added", line("added"), icon="plus", whole=True)
    say("line_item_updated", line("changed"), icon="pencil")
    say("line_item_removed", line("removed"), icon="minus", whole=True)
    say("line_items_reordered", "reordered the lines", icon="arrow-up-down", whole=True)
    say("invoiced", moved("put it on"), icon="receipt-text", tone="good", whole=True)
    say("released", moved("took it off"), icon="undo-2", whole=True)
    say("connected", "connected it", icon="plug", tone="good")
    say("disconnected", "disconnected it", icon="unplug", whole=True)
    say("consent_ended", "ended its consent: it must be connected again", icon="unplug", tone="bad")
    say("books_changed", "read what has changed there", icon="book-open-check")
    say("line_items_changed", "changed the lines", icon="pencil", whole=True)


def payment(what: str):
    """Such as: recorded a payment of AUD 6,000.00."""

    def sentence(event) -> str:
        before, after = words.pair(event.changes.get("payment"))
        amount = (after or before or {}).get("amount")
        if amount is None:
            return f"{what} a payment"
        currency = event.changes.get("currency", "")
        shown = formats.amount(Decimal(amount), currency)
        return f"{what} a payment of {currency}\N{NO-BREAK SPACE}{shown}"

    return sentence


def line(what: str):
    """Such as: added the line “UX design”. Budgets name their lines, invoices describe them."""

    def sentence(event) -> str:
        before, after = words.pair(event.changes.get("line"))
        shown = after or before
        named = shown.get("description") or shown.get("name") if isinstance(shown, dict) else ""
        return f"{what} the line “{named}”" if named else f"{what} a line"

    return sentence


def moved(what: str):
    """Such as: put it on INV-2026-00012."""

    def sentence(event) -> str:
        before, after = words.pair(event.changes.get("invoice"))
        return f"{what} {(after or before or {}).get('name', 'an invoice')}"

    return sentence


def noted(what: str):
    """Such as: issued the credit note CN-2026-00012."""

    def sentence(event) -> str:
        return f"{what} the credit note {event.changes.get('credit_note', {}).get('name', '')}"

    return sentence


def moving(key: str, what: str):
    """Such as: credited AUD 60.00 with CN-2026-00001, or on INV-2026-00012."""

    def sentence(event) -> str:
        before, after = words.pair(event.changes.get(key))
        currency = event.changes.get("currency", "")
        shown = formats.amount(Decimal((after or before)["amount"]), currency)
        kind = "refund of " if key == "refund" and before else "credit of " if before else ""
        said = f"{what} {kind}{currency}\N{NO-BREAK SPACE}{shown}"
        for name, word in (("credit_note", "with"), ("invoice", "on")):
            if other := event.changes.get(name):
                return f"{said} {word} {other['name']}"
        return said

    return sentence
