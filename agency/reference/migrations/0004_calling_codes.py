"""The calling code of each country (ITU-T E.164)."""

from django.db import migrations, models


def fill(apps, schema_editor):
    from phonenumbers import country_code_for_region

    Country = apps.get_model("reference", "Country")
    countries = list(Country.objects.all())
    for country in countries:
        code = country_code_for_region(country.alpha2)
        country.calling_code = str(code) if code else ""
    Country.objects.bulk_update(countries, ["calling_code"])


class Migration(migrations.Migration):
    dependencies = [("reference", "0003_checked_particulars")]
    operations = [
        migrations.AddField(
            "country",
            "calling_code",
            models.CharField(blank=True, help_text="Without the plus sign", max_length=4),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
