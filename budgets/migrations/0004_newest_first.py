from django.db import migrations, models


class Migration(migrations.Migration):
    """A page of budgets is read off an index, not joined whole and then cut."""

    dependencies = [("budgets", "0003_initial")]

    operations = [
        migrations.AddIndex(
            model_name="budget",
            index=models.Index(fields=["-created_at", "-id"], name="budget_newest_first"),
        )
    ]
