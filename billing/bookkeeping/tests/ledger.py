"""A server that answers reads of invoices as Xero prints them, from what a test has put there."""

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

from billing.xero.tests.scripted import Script

INVOICES = "/api.xro/2.0/Invoices"


def printed(day: date) -> str:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return f"/Date({int(moment.timestamp()) * 1000}+0000)/"


class Ledger(Script):
    """``put`` says what Xero has; reads by id, by a list of ids and by pages see it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, dict] = {}

    def put(self, xero_id: str, number: str, *, total="110.00", paid=(), **values) -> None:
        """An approved invoice with payments of (id, amount, day)."""
        sums = sum(float(amount) for _, amount, _ in paid)
        self.rows[xero_id] = {
            "Type": "ACCREC",
            "InvoiceID": xero_id,
            "InvoiceNumber": number,
            "Status": "AUTHORISED",
            "Contact": {"ContactID": "contact-1", "Name": "Harbour & Vine"},
            "CurrencyCode": "AUD",
            "Date": printed(date(2026, 11, 2)),
            "SubTotal": 100.00,
            "TotalTax": 10.00,
            "Total": float(total),
            "AmountDue": float(total) - sums,
            "AmountPaid": sums,
            "AmountCredited": 0,
            "Payments": [
                {"PaymentID": pk, "Amount": float(amount), "Date": printed(on)}
                for pk, amount, on in paid
            ],
        } | values

    def answer(self, path: str):
        if not path.startswith(INVOICES):
            return super().answer(path)
        if any(status >= 400 for status, *_ in self.queues.get(INVOICES, ())):
            return super().answer(path)
        split = urlsplit(path)
        query = parse_qs(split.query)
        single = split.path.removeprefix(INVOICES).strip("/")
        rows = list(self.rows.values())
        if single:
            rows = [self.rows[single]] if single in self.rows else []
        elif "IDs" in query:
            rows = [self.rows[pk] for pk in query["IDs"][0].split(",") if pk in self.rows]
        elif int(query.get("page", ["1"])[0]) > 1:
            rows = []
        if single and not rows:
            return 404, {}, b"The resource cannot be found", False
        body = json.dumps({"Invoices": rows}).encode()
        return 200, {"Content-Type": "application/json"}, body, False

    @property
    def calls(self) -> int:
        return len([one for one in self.asked if one.path.startswith(INVOICES)])
