"""The five roles that every installation starts with; all of them can be edited."""

from django.db import migrations

ROLES = [
    ("executive", "Executive", "all", {"*": "manage"}),
    ("head", "Head", "all", {"*": "update"}),
    ("manager", "Manager", "team", {"*": "update"}),
    ("lead", "Lead", "own", {"*": "view", "time": "update"}),
    ("employee", "Employee", "own", {"*": "view", "time": "update"}),
]


def create(apps, schema_editor):
    for position, (key, name, scope, grants) in enumerate(ROLES):
        apps.get_model("staff", "Role").objects.create(
            key=key, name=name, scope=scope, grants=grants, position=position
        )


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
