"""What somebody does in Xero itself, behind our back: pay, void, credit, archive, lock."""

from datetime import date
from decimal import Decimal

from billing.xero.simulator import invoices, settling
from billing.xero.simulator.books import Books, new_id
from billing.xero.simulator.refusals import Invalid


class Acts:
    """Each act takes the books as somebody at their desk would leave them."""

    books: Books

    def invoice(self, key: str) -> dict:
        """The one invoice with that id or number; of two with one number the living one."""
        found = [
            one
            for one in self.books.invoices.values()
            if key in {one["InvoiceID"], one["InvoiceNumber"]}
        ]
        return min(found, key=lambda one: one["Status"] == "DELETED")

    def numbered(self, number: str) -> list[dict]:
        """All invoices that bear a number and are not deleted: more than one is a disaster."""
        return [one for one in invoices.live(self.books) if one["InvoiceNumber"] == number]

    def pay(self, key: str, amount=None, *, on: str = "", reference: str = "") -> dict:
        with self.books.lock:
            invoice = self.invoice(key)
            raw = {
                "Invoice": {"InvoiceID": invoice["InvoiceID"]},
                "Account": {"Code": "090"},
                "Amount": invoice["AmountDue"] if amount is None else Decimal(str(amount)),
                "Date": on or str(self.books.today()),
                "Reference": reference,
            }
            return settling.pay(self.books, raw)

    def unpay(self, payment_id: str) -> dict:
        with self.books.lock:
            return settling.unpay(self.books, self.books.payments[payment_id])

    def move(self, key: str, status: str) -> dict:
        with self.books.lock:
            invoice = self.invoice(key)
            invoices.move(self.books, invoice, status)
            return invoice

    def authorise(self, key: str) -> dict:
        return self.move(key, "AUTHORISED")

    def void(self, key: str) -> dict:
        return self.move(key, "VOIDED")

    def delete(self, key: str) -> dict:
        return self.move(key, "DELETED")

    def change(self, key: str, **values) -> dict:
        """Edit an invoice that nothing is paid of: ``LineItems=[…]``, ``InvoiceNumber="…"``."""
        with self.books.lock:
            invoice = self.invoice(key)
            invoices.change(self.books, invoice, values)
            return invoice

    def credit(self, key: str, amount, *, kind: str = "CreditNote") -> dict:
        """Credit an invoice with a note, an Overpayment or a Prepayment of that amount."""
        with self.books.lock:
            invoice, amount = self.invoice(key), Decimal(str(amount))
            note = {
                "CreditNoteID": new_id(),
                "CreditNoteNumber": f"CN-X{len(self.books.notes) + 1:04}",
                "Type": "ACCRECCREDIT",
                "Contact": invoice["Contact"],
                "CurrencyCode": invoice["CurrencyCode"],
                "LineItems": [],
                "Date": self.books.today(),
                "SubTotal": amount,
                "TotalTax": Decimal(0),
                "Total": amount,
                "Status": "AUTHORISED",
                "RemainingCredit": amount,
                "Allocations": [],
            } | ({} if kind == "CreditNote" else {"Kind": kind})
            self.books.notes[note["CreditNoteID"]] = note
            raw = {"Invoice": {"InvoiceID": invoice["InvoiceID"]}, "Amount": amount}
            try:
                settling.allocate(self.books, note, raw)
            except Invalid:
                del self.books.notes[note["CreditNoteID"]]
                raise
            return note

    def uncredit(self, note_id: str) -> None:
        """Take all that a note pays off its invoices."""
        with self.books.lock:
            note = self.books.notes[note_id]
            touched = [one["Invoice"]["InvoiceID"] for one in note["Allocations"]]
            note |= {"Allocations": [], "RemainingCredit": note["Total"], "Status": "AUTHORISED"}
            for key in touched:
                settling.follow(self.books, self.books.invoices[key])

    def contact(self, name: str, **values) -> dict:
        """A contact that was in Xero before us."""
        with self.books.lock:
            made = {"ContactID": new_id(), "Name": name, "ContactStatus": "ACTIVE"} | values
            self.books.contacts[made["ContactID"]] = self.books.touch(made)
            return made

    def archive_contact(self, contact_id: str) -> None:
        with self.books.lock:
            contact = self.books.contacts[contact_id]
            self.books.touch(contact)["ContactStatus"] = "ARCHIVED"

    def merge_contacts(self, gone: str, kept: str) -> None:
        """The one that goes is archived and says which one it became."""
        with self.books.lock:
            contact = self.books.contacts[gone]
            contact |= {"ContactStatus": "ARCHIVED", "MergedToContactID": kept}
            self.books.touch(contact)

    def archive_account(self, code: str) -> None:
        with self.books.lock:
            self.books.account(code)["Status"] = "ARCHIVED"

    def lock_until(self, on: str | date | None) -> None:
        with self.books.lock:
            day = date.fromisoformat(on) if isinstance(on, str) and on else on or None
            self.books.organisation["PeriodLockDate"] = day

    def rename(self, name: str) -> None:
        self.books.organisation["Name"] = name
