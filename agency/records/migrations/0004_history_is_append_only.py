"""History cannot be rewritten, not even past the models.

PostgreSQL refuses UPDATE and DELETE of an event. SQLite refuses UPDATE only: Django's ``flush``
empties a table there by DELETE, where PostgreSQL truncates it, so DELETE is left to the models'
own guard. On SQLite a later change of the table rebuilds it without the trigger: repeat this step
after such a migration.
"""

from django.db import migrations

POSTGRES = """
CREATE OR REPLACE FUNCTION records_event_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'History is append-only.' USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_event_append_only BEFORE UPDATE OR DELETE ON records_event
    FOR EACH ROW EXECUTE FUNCTION records_event_is_append_only();
"""
POSTGRES_UNDO = """
DROP TRIGGER IF EXISTS records_event_append_only ON records_event;
DROP FUNCTION IF EXISTS records_event_is_append_only();
"""
SQLITE = """
CREATE TRIGGER records_event_append_only BEFORE UPDATE ON records_event
BEGIN SELECT RAISE(ABORT, 'History is append-only.'); END;
"""
SQLITE_UNDO = "DROP TRIGGER IF EXISTS records_event_append_only;"


def forbid(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    editor.execute(POSTGRES if postgres else SQLITE, params=None)


def allow(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    editor.execute(POSTGRES_UNDO if postgres else SQLITE_UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_effects_queued")]

    operations = [migrations.RunPython(forbid, allow)]
