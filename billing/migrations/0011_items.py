"""The catalogue of items, and the groups that every installation starts with."""

import agency.sql
import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


GROUPS = ["General", "Consulting", "Design", "Development", "Hosting and licences"]


def fill(apps, schema_editor):
    for name in GROUPS:
        apps.get_model("billing", "ItemGroup").objects.create(name=name)


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0010_fixed_cost_lines'),
        ('reference', '0004_calling_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', models.CharField(max_length=300, verbose_name='name')),
                ('long_description', models.TextField(blank=True, max_length=10000)),
                ('rate', agency.sql.MoneyField(decimal_places=4, help_text='Per unit, net of tax, in the currency of the document that takes it', max_digits=19, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='price')),
                ('unit', models.CharField(blank=True, max_length=30)),
                ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('tax', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.tax')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='billing.itemgroup')),
            ],
            options={
                'ordering': ['description', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rate__gte', 0)), name='item_rate_not_negative')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
