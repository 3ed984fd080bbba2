"""The trigram index behind the search of customers, on PostgreSQL where it is allowed."""

from django.db import migrations
from django.db.transaction import atomic
from django.db.utils import DatabaseError

# As ``matching`` writes it: UPPER((name || ' ' || …)::text) LIKE UPPER('%word%').
TEXT = "name || ' ' || domain || ' ' || email || ' ' || city"
INDEX = (
    "CREATE INDEX IF NOT EXISTS crm_customer_search ON crm_customer "
    f"USING gin (UPPER(({TEXT})::text) gin_trgm_ops)"
)


def may_have_trigrams(connection) -> bool:
    """Whether pg_trgm is there, or could be made: many hosts leave extensions to themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return True
    try:
        with atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
    except DatabaseError:
        return False
    return True


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "postgresql" and may_have_trigrams(connection):
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS crm_customer_search")


class Migration(migrations.Migration):
    dependencies = [("crm", "0003_milestone_updated_at")]
    operations = [migrations.RunPython(create, drop)]
