"""Issued credit notes are frozen by the database itself, as issued invoices are.

What is printed or taxed never changes on an issued or voided note, nor do its lines. It is filed
under another customer only where the two were merged. On SQLite the tests empty tables with
DELETE, so there the guard against removal stands in the operations alone.
"""

from importlib import import_module

from django.db import migrations

frozen = import_module("billing.migrations.0005_frozen_once_issued")
following = import_module("billing.migrations.0013_frozen_invoices_follow_a_merge")

OUT = "('issued', 'voided')"
NOTE_COLUMNS = [
    "invoice_id", "number", "currency", "issued_on", "reference", "reason", "prices_include_tax",
    "subtotal", "discount", "tax", "total", "snapshot", "base_currency", "exchange_rate",
    "exchange_rate_on", "base_total", "issued_at",
]  # fmt: skip
LINE_COLUMNS = [
    "note_id", *(name for name in frozen.LINE_COLUMNS if name != "invoice_id"), "is_summed",
]  # fmt: skip
MESSAGE = "An issued credit note is frozen."


def note_differs(operator: str) -> str:
    customer = f"OLD.customer_id {operator} NEW.customer_id AND NOT {following.TO_THE_OTHER}"
    followed = f"{following.TO_THE_OTHER} AND {following.TO_ITS_PEOPLE}"
    contact = f"OLD.contact_id {operator} NEW.contact_id AND NOT ({followed})"
    back = f"NEW.status = 'draft' OR (OLD.status = 'voided' AND NEW.status {operator} 'voided')"
    return f"{frozen.differs(NOTE_COLUMNS, operator)} OR ({customer}) OR ({contact}) OR {back}"


def postgresql(execute) -> None:
    stop = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'"
    execute(f"""
        CREATE FUNCTION billing_keep_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.status IN {OUT} THEN {stop}; END IF;
                RETURN OLD;
            END IF;
            IF OLD.status IN {OUT} AND ({note_differs("IS DISTINCT FROM")}) THEN {stop}; END IF;
            RETURN NEW;
        END $$""")
    execute(f"""
        CREATE FUNCTION billing_keep_note_line() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE owner bigint;
        BEGIN
            IF TG_OP = 'UPDATE' AND NOT ({frozen.differs(LINE_COLUMNS, "IS DISTINCT FROM")})
                THEN RETURN NEW; END IF;
            owner := CASE WHEN TG_OP = 'INSERT' THEN NEW.note_id ELSE OLD.note_id END;
            IF EXISTS (SELECT 1 FROM billing_creditnote WHERE id = owner AND status IN {OUT}) THEN
                {stop};
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$""")
    execute(
        "CREATE TRIGGER billing_note_frozen BEFORE UPDATE OR DELETE ON billing_creditnote"
        " FOR EACH ROW EXECUTE FUNCTION billing_keep_note()"
    )
    execute(
        "CREATE TRIGGER billing_note_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON"
        " billing_creditnoteline FOR EACH ROW EXECUTE FUNCTION billing_keep_note_line()"
    )


def sqlite(execute) -> None:
    out = f"(SELECT status FROM billing_creditnote WHERE id = {{owner}}) IN {OUT}"
    stop = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    execute(
        "CREATE TRIGGER billing_note_frozen BEFORE UPDATE ON billing_creditnote WHEN OLD.status IN"
        f" {OUT} AND ({note_differs('IS NOT')}) {stop}"
    )
    execute(
        "CREATE TRIGGER billing_note_line_frozen_insert BEFORE INSERT ON billing_creditnoteline"
        f" WHEN {out.format(owner='NEW.note_id')} {stop}"
    )
    execute(
        "CREATE TRIGGER billing_note_line_frozen_update BEFORE UPDATE ON billing_creditnoteline"
        f" WHEN {out.format(owner='OLD.note_id')}"
        f" AND ({frozen.differs(LINE_COLUMNS, 'IS NOT')}) {stop}"
    )


def create(apps, schema_editor) -> None:
    make = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    make(schema_editor.execute)


DROP = {
    "postgresql": [
        "DROP TRIGGER billing_note_line_frozen ON billing_creditnoteline",
        "DROP TRIGGER billing_note_frozen ON billing_creditnote",
        "DROP FUNCTION billing_keep_note_line()",
        "DROP FUNCTION billing_keep_note()",
    ],
    "sqlite": [
        "DROP TRIGGER billing_note_line_frozen_update",
        "DROP TRIGGER billing_note_line_frozen_insert",
        "DROP TRIGGER billing_note_frozen",
    ],
}


def remove(apps, schema_editor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("billing", "0017_credit_notes"), ("crm", "0010_customers_merged")]
    operations = [migrations.RunPython(create, remove)]
