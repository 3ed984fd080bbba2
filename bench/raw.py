"""The same answers by hand: one psycopg connection, prepared statements, orjson."""

from decimal import Decimal

import orjson
import psycopg
from psycopg.rows import dict_row

from agency import money
from agency.api.json import dumps

OUT = "('finalised', 'approved', 'sent')"
INVOICE = f"""
SELECT i.id::text AS id, i.number AS invoice_number,
  CASE WHEN i.balance = 0 AND i.status IN {OUT} THEN 'paid'
       WHEN i.due_on < %(today)s AND i.status IN {OUT} THEN 'overdue' ELSE i.status END AS status,
  CASE WHEN i.balance = 0 AND i.status IN {OUT} THEN 'paid'
       WHEN i.amount_paid = 0 THEN 'unpaid' ELSE 'partial' END AS payment_status,
  i.customer_id::text AS company_id, c.name AS company_name,
  i.contact_id::text AS contact_id,
  CASE WHEN i.contact_id IS NOT NULL
       THEN trim(k.first_name || ' ' || k.last_name) END AS contact_name,
  i.budget_id::text AS budget_id, b.name AS budget_name,
  i.project_id::text AS project_id, p.name AS project_name, b.deal_id::text AS deal_id,
  i.po_number, i.currency, i.issued_on AS issued_date, i.due_on AS due_date, i.subject, i.notes,
  i.subtotal, i.discount, i.tax, i.total, i.total AS amount, i.amount_paid, i.amount_credited,
  i.balance AS amount_due, i.source, i.cogs, i.profit, i.margin_pct,
  i.xero_invoice_id, i.xero_status, NULL AS xero_url, i.sent_at,
  i.created_by_id::text AS created_by, i.created_at, i.updated_at
FROM billing_invoice i
LEFT JOIN crm_customer c ON c.id = i.customer_id
LEFT JOIN crm_contact k ON k.id = i.contact_id
LEFT JOIN budgets_budget b ON b.id = i.budget_id
LEFT JOIN crm_project p ON p.id = i.project_id
WHERE i.hidden_at IS NULL"""
MONEY = (
    "subtotal discount tax total amount amount_paid amount_credited amount_due cogs profit".split()
)
LINES = """
SELECT l.id::text AS id, l.invoice_id::text AS invoice_id, l.description, l.quantity, l.unit,
  l.unit_price, l.amount, l.discount_share, l.tax_type, l.tax_rate, l.tax AS tax_amount,
  l.gross AS total, l.service_type_id::text AS service_type_id, s.name AS service_type_name,
  l.budget_line_id::text AS budget_line_item_id, l.xero_account_code, l.position,
  l.created_at, l.updated_at
FROM billing_invoiceline l LEFT JOIN budgets_servicetype s ON s.id = l.service_type_id
WHERE l.invoice_id = %(pk)s ORDER BY l.position, l.id"""
PAYMENTS = """
SELECT y.id::text AS id, y.invoice_id::text AS invoice_id, y.amount, %(currency)s AS currency,
  y.paid_on AS date, y.mode_id::text AS payment_mode_id, m.name AS payment_mode, y.reference,
  y.note, y.bank_amount, y.source, y.recorded_by_id::text AS recorded_by, y.created_at,
  y.updated_at
FROM billing_payment y LEFT JOIN reference_paymentmode m ON m.id = y.mode_id
WHERE y.invoice_id = %(pk)s AND y.reversed_at IS NULL ORDER BY y.paid_on, y.id"""


def as_money(rows: list[dict], names: list[str], currency: str | None = None) -> list[dict]:
    for row in rows:
        for name in names:
            if row[name] is not None:
                row[name] = money.shown(row[name], currency or row["currency"])
    return rows


class Raw:
    """Hand-written statements for each measured work."""

    def __init__(self, conninfo: str, today) -> None:
        self.connection = psycopg.connect(
            conninfo, autocommit=True, row_factory=dict_row, prepare_threshold=1
        )
        self.today = today

    def rows(self, sql: str, **values) -> list[dict]:
        return self.connection.execute(sql, values).fetchall()

    def invoice_list(self) -> bytes:
        sql = f"{INVOICE} ORDER BY i.issued_on DESC, i.id DESC LIMIT 50"
        rows = as_money(self.rows(sql, today=self.today), MONEY)
        self.rows("SELECT count(*) FROM billing_invoice WHERE hidden_at IS NULL")
        return dumps({"invoices": rows})

    def invoice_detail(self, pk: int) -> bytes:
        [invoice] = as_money(self.rows(f"{INVOICE} AND i.id = %(pk)s", today=self.today, pk=pk), MONEY)
        currency = invoice["currency"]
        lines = self.rows(LINES, pk=pk)
        as_money(lines, ["amount", "discount_share", "tax_amount", "total"], currency)
        for line in lines:
            line["quantity"] = money.plain(line["quantity"])
            line["unit_price"] = money.plain(line["unit_price"], 2)
            line["tax_rate"] = money.plain(line["tax_rate"])
        payments = as_money(self.rows(PAYMENTS, pk=pk, currency=currency), ["amount"], currency)
        return dumps({"invoice": invoice, "line_items": lines, "payments": payments})

    def create_invoice(self, budget: int, staff: int) -> bytes:
        """Number, invoice, ten lines copied from the budget, history: one transaction."""
        with self.connection.transaction():
            [budget_row] = self.rows("SELECT * FROM budgets_budget WHERE id = %(pk)s FOR UPDATE", pk=budget)
            [counter] = self.rows(COUNTER)
            lines = self.rows("SELECT * FROM budgets_budgetline WHERE budget_id = %(pk)s ORDER BY position", pk=budget)
            net = sum(line["amount"] for line in lines)
            tax = sum(money.rounded(line["amount"] / 10, "AUD") for line in lines)
            [invoice] = self.rows(
                INSERT_INVOICE,
                number=f"INV-RAW-{counter['last']:07}",
                customer=budget_row["customer_id"],
                budget=budget,
                today=self.today,
                net=net,
                tax=tax,
                total=net + tax,
                staff=staff,
                subject=budget_row["name"],
            )
            with self.connection.cursor() as cursor:
                cursor.executemany(INSERT_LINE, [line_values(invoice["id"], line) for line in lines])
            self.rows(INSERT_EVENT, pk=invoice["id"], staff=staff, verb="created")
        [shown] = as_money(
            self.rows(f"{INVOICE} AND i.id = %(pk)s", today=self.today, pk=invoice["id"]), MONEY
        )
        return dumps({"invoice": shown})

    def record_payment(self, pk: int, staff: int) -> bytes:
        with self.connection.transaction():
            [invoice] = self.rows("SELECT * FROM billing_invoice WHERE id = %(pk)s FOR UPDATE", pk=pk)
            [payment] = self.rows(INSERT_PAYMENT, pk=pk, today=self.today, staff=staff)
            paid = invoice["amount_paid"] + Decimal("0.01")
            self.rows(SETTLE, pk=pk, paid=paid, balance=invoice["total"] - paid)
            self.rows(INSERT_EVENT, pk=pk, staff=staff, verb="payment_recorded")
        [shown] = as_money(self.rows(f"{INVOICE} AND i.id = %(pk)s", today=self.today, pk=pk), MONEY)
        return dumps({"payment": payment, "invoice": shown})

    def budget_list(self) -> bytes:
        return orjson.dumps(self.rows(BUDGETS), default=str)

    def customer_search(self, text: str) -> bytes:
        return orjson.dumps(self.rows(CUSTOMERS, text=f"%{text}%"), default=str)


COUNTER = """
UPDATE reference_numbercounter SET last = last + 1
WHERE id = (SELECT c.id FROM reference_numbercounter c
            JOIN reference_numberseries s ON s.id = c.series_id WHERE s.key = 'estimate' LIMIT 1)
RETURNING last"""
INSERT_INVOICE = """
INSERT INTO billing_invoice (number, customer_id, budget_id, status, currency, issued_on, po_number,
  subject, notes, client_note, terms, prices_include_tax, keeps_figures, subtotal, discount, tax,
  adjustment, total, amount_paid, amount_credited, balance, source, snapshot, base_currency,
  xero_status, created_by_id, created_at, updated_at)
VALUES (%(number)s, %(customer)s, %(budget)s, 'draft', 'AUD', %(today)s, '', %(subject)s, '', '', '',
  false, false, %(net)s, 0, %(tax)s, 0, %(total)s, 0, 0, %(total)s, 'manual', '{}', '', '',
  %(staff)s, now(), now()) RETURNING id"""
INSERT_LINE = """
INSERT INTO billing_invoiceline (invoice_id, description, long_description, quantity, unit,
  unit_price, discount, is_summed, amount, discount_share, tax_type, tax_rate, net, tax, gross,
  position, budget_line_id, xero_account_code, xero_line_id, created_at, updated_at)
VALUES (%(invoice)s, %(description)s, '', %(quantity)s, '', %(price)s, 0, false, %(amount)s, 0,
  'OUTPUT', 0.1, %(amount)s, %(tax)s, %(gross)s, %(position)s, %(line)s, '', '', now(), now())"""
INSERT_EVENT = """
INSERT INTO records_event (subject_type, subject_id, subject_label, happened_at, by_id, through,
  verb, changes) VALUES ('invoice', %(pk)s, 'bench', now(), %(staff)s, 'bench', %(verb)s, '{}')
RETURNING id"""
INSERT_PAYMENT = """
INSERT INTO billing_payment (invoice_id, amount, paid_on, reference, note, source, recorded_by_id,
  created_at, updated_at) VALUES (%(pk)s, 0.01, %(today)s, '', '', 'manual', %(staff)s, now(), now())
RETURNING id::text, amount"""
SETTLE = """
UPDATE billing_invoice SET amount_paid = %(paid)s, balance = %(balance)s, updated_at = now()
WHERE id = %(pk)s RETURNING id"""
BUDGETS = """
SELECT b.id, b.name, c.name AS company_name, l.n, l.spent, t.minutes, t.burned, t.waiting, i.net
FROM budgets_budget b LEFT JOIN crm_customer c ON c.id = b.customer_id
LEFT JOIN (SELECT budget_id, count(*) n, sum(amount) spent FROM budgets_budgetline GROUP BY 1) l
  ON l.budget_id = b.id
LEFT JOIN (SELECT budget_id, sum(minutes) minutes,
             sum(amount) FILTER (WHERE status = 'approved' AND is_billable) burned,
             sum(minutes) FILTER (WHERE status = 'draft') waiting
           FROM crm_timeentry WHERE budget_id IS NOT NULL GROUP BY 1) t ON t.budget_id = b.id
LEFT JOIN (SELECT v.budget_id, sum(x.net) net FROM billing_invoiceline x
           JOIN billing_invoice v ON v.id = x.invoice_id
           WHERE v.status <> 'voided' AND v.hidden_at IS NULL AND v.budget_id IS NOT NULL
           GROUP BY 1) i ON i.budget_id = b.id
ORDER BY b.created_at DESC, b.id DESC"""
CUSTOMERS = """
SELECT id, name, domain, email, phone, city, currency, is_active, owner_id, created_at, updated_at
FROM crm_customer WHERE name ILIKE %(text)s OR domain ILIKE %(text)s OR email ILIKE %(text)s
  OR city ILIKE %(text)s ORDER BY name, id LIMIT 50"""


def line_values(invoice: int, line: dict) -> dict:
    tax = money.rounded(line["amount"] / 10, "AUD")
    return {
        "invoice": invoice,
        "description": line["description"],
        "quantity": line["quantity"],
        "price": line["unit_price"],
        "amount": line["amount"],
        "tax": tax,
        "gross": line["amount"] + tax,
        "position": line["position"],
        "line": line["id"],
    }
