"""What an expense can be noted under from the start; all of them can be edited."""

from django.db import migrations

CATEGORIES = [
    ("General", "What fits nowhere else"),
    ("Travel", "Fares, fuel, parking and hotels"),
    ("Office supplies", ""),
    ("Software and hosting", "Licences, domains, servers"),
    ("Stock and fonts", "Pictures, footage, music, typefaces"),
    ("Printing and freight", ""),
    ("Subcontractors", "Work that others do for us"),
    ("Advertising", "Media that is booked for a customer"),
    ("Meals and entertainment", ""),
]


def create(apps, schema_editor):
    categories = apps.get_model("billing", "ExpenseCategory").objects
    for name, description in CATEGORIES:
        categories.create(name=name, description=description)


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_expenses")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
