"""The same answers by hand: one psycopg connection, prepared statements, orjson.

Only the SQL is free of the product; it rounds money and writes JSON with the same two functions,
so that what is compared is the way from the request to the rows and back.
"""

from datetime import date
from decimal import Decimal

import psycopg
from psycopg.rows import dict_row

from agency import money
from agency.api.json import dumps
from bench import statements as sql

SEARCHED = ("name", "domain", "email", "city")
INVOICE_MONEY = ["subtotal", "discount", "tax", "total", "amount", "amount_paid"]
INVOICE_MONEY += ["amount_credited", "amount_due", "cogs", "profit"]
LINE_MONEY = ["amount", "discount_share", "tax_amount", "total"]
BUDGET_MONEY = [
    "total_amount",
    "spent_amount",
    "budget_amount",
    "burned_amount",
    "invoiced_amount",
    "remaining_amount",
]


def connected(conninfo: str) -> psycopg.Connection:
    """A connection that prepares each statement when it comes for the second time."""
    return psycopg.connect(
        conninfo, autocommit=True, prepare_threshold=1, options="-c timezone=UTC"
    )


def as_money(rows: list[dict], names: list[str], currency: str | None = None) -> list[dict]:
    for row in rows:
        for name in names:
            if row[name] is not None:
                row[name] = money.shown(row[name], currency or row["currency"])
    return rows


def as_hours(rows: list[dict], *names: str) -> None:
    for row in rows:
        for name in names:
            row[name] = money.plain(Decimal(row[name]) / money.MINUTES_PER_HOUR)


class Raw:
    """Each measured answer; writes are one transaction each."""

    def __init__(self, connection, *, today: date, staff: int) -> None:
        self.connection, self.today, self.staff = connection, today, staff

    def rows(self, statement: str, **values) -> list[dict]:
        with self.connection.cursor(row_factory=dict_row) as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    # -- reading ----------------------------------------------------------------------------------
    def invoice_list(self) -> bytes:
        found = self.rows(
            f"{sql.INVOICE} ORDER BY i.issued_on DESC, i.id DESC LIMIT 50", today=self.today
        )
        self.rows(sql.INVOICE_COUNT)
        return dumps({"invoices": as_money(found, INVOICE_MONEY)})

    def invoice(self, pk: int) -> dict:
        found = self.rows(f"{sql.INVOICE} AND i.id = %(pk)s", today=self.today, pk=pk)
        return as_money(found, INVOICE_MONEY)[0]

    def invoice_detail(self, pk: int) -> bytes:
        invoice = self.invoice(pk)
        lines = as_money(self.rows(sql.LINES, pk=pk), LINE_MONEY, invoice["currency"])
        for line in lines:
            line["quantity"] = money.plain(line["quantity"])
            line["unit_price"] = money.plain(line["unit_price"], 2)
            line["tax_rate"] = money.plain(line["tax_rate"])
        payments = as_money(self.rows(sql.PAYMENTS, pk=pk), ["amount"])
        invoice |= {"xero_synced_at": None, "xero_stale": False}
        return dumps({"invoice": invoice, "line_items": lines, "payments": payments, "credits": []})

    def budget_list(self, limit: int | None) -> bytes:
        if limit is None:
            found = self.rows(sql.BUDGETS.format(**sql.OF_ALL))
        else:
            ids = [row["id"] for row in self.rows(sql.PAGE, limit=limit)]
            found = self.rows(sql.BUDGETS.format(**sql.OF_PAGE), ids=ids)
            self.rows(sql.BUDGET_COUNT)
        as_money(found, BUDGET_MONEY)
        as_hours(found, "logged_hours", "unapproved_hours")
        return dumps({"budgets": found})

    def customer_search(self, word: str) -> bytes:
        text = " || ' ' || ".join(f"c.{name}" for name in SEARCHED)
        found = f"upper({text}) LIKE %(word)s"
        word = f"%{word.upper()}%"
        companies = self.rows(sql.CUSTOMERS.format(found=found), word=word)
        if len(companies) == 50:
            self.rows(sql.CUSTOMER_COUNT.format(found=found), word=word)
        return dumps({"companies": companies})

    # -- writing ----------------------------------------------------------------------------------
    def create_invoice(self, budget_id: int) -> bytes:
        """Number, invoice, ten lines copied from the budget, history."""
        with self.connection.transaction():
            [budget] = self.rows(sql.LOCKED_BUDGET, pk=budget_id)
            lines = self.rows(sql.BUDGET_LINES, pk=budget_id)
            for line in lines:
                line["tax"] = money.rounded(line["amount"] / 10, budget["currency"])
            pk = self.insert_invoice(budget, lines)
            rows = dumps([{name: line[name] for name in COPIED} for line in lines]).decode()
            self.rows(sql.INSERT_LINES, invoice=pk, rows=rows)
            self.note(pk, "created")
        return dumps({"invoice": self.invoice(pk)})

    def insert_invoice(self, budget: dict, lines: list[dict]) -> int:
        [counter] = self.rows(sql.NEXT_NUMBER, year=self.today.year)
        net = sum(line["amount"] for line in lines)
        tax = sum(line["tax"] for line in lines)
        [made] = self.rows(
            sql.INSERT_INVOICE,
            number=f"INV-RAW-{counter['last']:07}",
            customer=budget["customer_id"],
            budget=budget["id"],
            currency=budget["currency"],
            today=self.today,
            net=net,
            tax=tax,
            total=net + tax,
            staff=self.staff,
            subject=budget["name"],
        )
        return made["id"]

    def note(self, pk: int, verb: str) -> None:
        self.rows(sql.INSERT_EVENT, pk=pk, label="bench", staff=self.staff, verb=verb)

    def record_payment(self, pk: int, amount: Decimal) -> bytes:
        with self.connection.transaction():
            [invoice] = self.rows(sql.LOCKED_INVOICE, pk=pk)
            if amount > invoice["balance"]:
                raise ValueError(amount)
            values = {"amount": amount, "today": self.today, "staff": self.staff}
            [made] = self.rows(sql.INSERT_PAYMENT, pk=pk, **values)
            self.rows(sql.SETTLE, pk=pk, amount=amount)
            self.note(pk, "payment_recorded")
        [payment] = as_money(
            self.rows(f"{sql.PAYMENT} WHERE y.id = %(pk)s", pk=made["id"]), ["amount"]
        )
        return dumps({"payment": payment, "invoice": self.invoice(pk)})

    def log_time(self, entries: list[dict]) -> bytes:
        """Rate and place of each entry from its budget line; all in three statements and a read."""
        with self.connection.transaction():
            asked = list({int(entry["line_item_id"]) for entry in entries})
            known = {line["id"]: line for line in self.rows(sql.PRICED_LINES, lines=asked)}
            rows = dumps([time_row(entry, known[int(entry["line_item_id"])]) for entry in entries])
            made = self.rows(sql.INSERT_TIME, staff=self.staff, rows=rows.decode())
            ids = [row["id"] for row in made]
            self.rows(sql.INSERT_TIME_EVENTS, staff=self.staff, ids=ids)
        found = as_money(self.rows(sql.TIME, ids=ids), ["amount"])
        as_hours(found, "hours")
        for row in found:
            row["rate"] = money.plain(row["rate"], 2)
        return dumps({"time_entry": found[0]} if len(found) == 1 else {"time_entries": found})


COPIED = ("id", "description", "quantity", "unit_price", "amount", "tax", "position")


def time_row(entry: dict, line: dict) -> dict:
    minutes = money.minutes_of(Decimal(str(entry["hours"])))
    return {
        "date": entry["date"],
        "minutes": minutes,
        "budget_id": line["budget_id"],
        "budget_line_id": line["id"],
        "project_id": line["project_id"],
        "customer_id": line["customer_id"],
        "rate": line["unit_price"],
        "currency": line["currency"],
        "amount": money.time_amount(minutes, line["unit_price"], line["currency"]),
    }
