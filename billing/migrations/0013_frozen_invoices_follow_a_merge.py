"""An issued invoice is filed under another customer only where the two were merged.

Nothing printed changes: the snapshot keeps the buyer. Along ``merged_into`` the invoice follows to
the customer that took over, and in the same statement to a contact of that customer.
"""

from importlib import import_module

from django.db import migrations

frozen = import_module("billing.migrations.0005_frozen_once_issued")

FOLLOWING = ("customer_id", "contact_id")
PRINTED = [name for name in frozen.INVOICE_COLUMNS if name not in FOLLOWING]
TO_THE_OTHER = (
    "EXISTS (SELECT 1 FROM crm_customer"
    " WHERE id = OLD.customer_id AND merged_into_id = NEW.customer_id)"
)
TO_ITS_PEOPLE = (
    "EXISTS (SELECT 1 FROM crm_contact"
    " WHERE id = NEW.contact_id AND customer_id = NEW.customer_id)"
)


def invoice_differs(operator: str) -> str:
    budget = f"OLD.budget_id {operator} NEW.budget_id"
    let_go = "OLD.status = 'voided' AND NEW.budget_id IS NULL"
    customer = f"OLD.customer_id {operator} NEW.customer_id AND NOT {TO_THE_OTHER}"
    contact = f"OLD.contact_id {operator} NEW.contact_id"
    followed = f"{TO_THE_OTHER} AND {TO_ITS_PEOPLE}"
    return (
        f"{frozen.differs(PRINTED, operator)} OR ({budget} AND NOT ({let_go}))"
        f" OR ({customer}) OR ({contact} AND NOT ({followed}))"
    )


def create(apps, schema_editor) -> None:
    write = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    write(schema_editor.execute, invoice_differs)


def restore(apps, schema_editor) -> None:
    write = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    write(schema_editor.execute, frozen.invoice_differs)


def postgresql(execute, differs) -> None:
    changed = differs("IS DISTINCT FROM")
    execute(f"""
        CREATE OR REPLACE FUNCTION billing_keep_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.status IN {frozen.OUT} THEN
                    RAISE EXCEPTION '{frozen.MESSAGE}' USING ERRCODE = 'check_violation';
                END IF;
                RETURN OLD;
            END IF;
            IF OLD.status IN {frozen.OUT} AND NEW.status <> 'draft' AND ({changed}) THEN
                RAISE EXCEPTION '{frozen.MESSAGE}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""")


def sqlite(execute, differs) -> None:
    execute("DROP TRIGGER IF EXISTS billing_invoice_frozen")
    execute(
        "CREATE TRIGGER billing_invoice_frozen BEFORE UPDATE ON billing_invoice"
        f" WHEN OLD.status IN {frozen.OUT} AND NEW.status <> 'draft' AND ({differs('IS NOT')})"
        f" BEGIN SELECT RAISE(ABORT, '{frozen.MESSAGE}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("billing", "0012_engagement_of_an_invoice"), ("crm", "0010_customers_merged")]
    operations = [migrations.RunPython(create, restore)]
