"""Issued invoices are frozen by the database itself: against the admin, the shell, and defects.

What is printed, taxed or owed never changes on an issued or voided invoice. Going back to draft
drops the snapshot and is the one way to open it again; a voided one lets go of a budget that is
deleted. On SQLite the tests empty tables with
DELETE, so there the guard against removal stands in the operations alone.
"""

from django.db import migrations

OUT = "('finalised', 'approved', 'sent', 'voided')"
INVOICE_COLUMNS = [
    "customer_id", "contact_id", "project_id", "number", "currency", "issued_on",
    "due_on", "subject", "client_note", "terms", "prices_include_tax", "subtotal", "discount",
    "tax", "adjustment", "total", "snapshot", "base_currency", "exchange_rate",
    "exchange_rate_on", "base_total",
]  # fmt: skip
LINE_COLUMNS = [
    "invoice_id", "description", "long_description", "quantity", "unit", "unit_price", "discount",
    "amount", "discount_share", "tax_type", "tax_rate", "net", "tax", "gross", "position",
]  # fmt: skip
MESSAGE = "An issued invoice is frozen."


def invoice_differs(operator: str) -> str:
    budget = f"OLD.budget_id {operator} NEW.budget_id"
    let_go = "OLD.status = 'voided' AND NEW.budget_id IS NULL"
    return f"{differs(INVOICE_COLUMNS, operator)} OR ({budget} AND NOT ({let_go}))"


def differs(columns: list[str], operator: str) -> str:
    return " OR ".join(f'OLD."{name}"{cast(name, operator)} {operator} NEW."{name}"{cast(name, operator)}' for name in columns)


def cast(name: str, operator: str) -> str:
    return "::text" if name == "snapshot" and operator.startswith("IS DISTINCT") else ""


def postgresql(execute) -> None:
    changed = invoice_differs("IS DISTINCT FROM")
    line_changed = differs(LINE_COLUMNS, "IS DISTINCT FROM")
    execute(f"""
        CREATE FUNCTION billing_keep_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.status IN {OUT} THEN
                    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation';
                END IF;
                RETURN OLD;
            END IF;
            IF OLD.status IN {OUT} AND NEW.status <> 'draft' AND ({changed}) THEN
                RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""")
    execute(f"""
        CREATE FUNCTION billing_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE owner bigint;
        BEGIN
            IF TG_OP = 'UPDATE' AND NOT ({line_changed}) THEN RETURN NEW; END IF;
            owner := CASE WHEN TG_OP = 'INSERT' THEN NEW.invoice_id ELSE OLD.invoice_id END;
            IF EXISTS (SELECT 1 FROM billing_invoice WHERE id = owner AND status IN {OUT}) THEN
                RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$""")
    execute(
        "CREATE TRIGGER billing_invoice_frozen BEFORE UPDATE OR DELETE ON billing_invoice"
        " FOR EACH ROW EXECUTE FUNCTION billing_keep_invoice()"
    )
    execute(
        "CREATE TRIGGER billing_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON"
        " billing_invoiceline FOR EACH ROW EXECUTE FUNCTION billing_keep_line()"
    )


def sqlite(execute) -> None:
    changed = invoice_differs("IS NOT")
    line_changed = differs(LINE_COLUMNS, "IS NOT")
    out = f"(SELECT status FROM billing_invoice WHERE id = {{owner}}) IN {OUT}"
    stop = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    execute(
        "CREATE TRIGGER billing_invoice_frozen BEFORE UPDATE ON billing_invoice WHEN OLD.status IN"
        f" {OUT} AND NEW.status <> 'draft' AND ({changed}) {stop}"
    )
    execute(
        "CREATE TRIGGER billing_line_frozen_insert BEFORE INSERT ON billing_invoiceline"
        f" WHEN {out.format(owner='NEW.invoice_id')} {stop}"
    )
    execute(
        "CREATE TRIGGER billing_line_frozen_update BEFORE UPDATE ON billing_invoiceline"
        f" WHEN {out.format(owner='OLD.invoice_id')} AND ({line_changed}) {stop}"
    )


def create(apps, schema_editor) -> None:
    make = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    make(schema_editor.execute)


DROP = {
    "postgresql": [
        "DROP TRIGGER billing_line_frozen ON billing_invoiceline",
        "DROP TRIGGER billing_invoice_frozen ON billing_invoice",
        "DROP FUNCTION billing_keep_line()",
        "DROP FUNCTION billing_keep_invoice()",
    ],
    "sqlite": [
        "DROP TRIGGER billing_line_frozen_update",
        "DROP TRIGGER billing_line_frozen_insert",
        "DROP TRIGGER billing_invoice_frozen",
    ],
}


def remove(apps, schema_editor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("billing", "0004_initial")]
    operations = [migrations.RunPython(create, remove)]
