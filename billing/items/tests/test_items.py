"""The catalogue through its operations: what holds through every door."""

from decimal import Decimal

import pytest

from agency.errors import BusinessError, ConflictError
from agency.records.history import history_of
from agency.reference.models import Tax
from agency.reference.taxes import operations as taxes
from billing.invoices import operations as invoices
from billing.invoices.tests.factories import make_customer
from billing.items import group_operations as groups
from billing.items import operations as items
from billing.items.models import Item, ItemGroup
from billing.items.shell import line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff()


@pytest.fixture
def consulting(jane):
    return items.create(
        by=jane,
        description="Consulting hour",
        rate=Decimal("150.125"),
        unit="hour",
        group=ItemGroup.objects.get(name="Consulting"),
        tax=Tax.objects.get(code="EXEMPTEXPORT"),
    )


def test_an_installation_starts_with_groups():
    assert list(ItemGroup.objects.values_list("pk", "name"))[:2] == [
        (1, "General"),
        (2, "Consulting"),
    ]


def test_an_item_is_added_and_changed_and_history_says_so(jane, consulting):
    items.update(consulting, by=jane, rate=Decimal(175), unit="hour")
    changed, created = history_of(consulting)
    assert (created.verb, created.changes) == (
        "created",
        {"description": [None, "Consulting hour"], "rate": [None, "150.125"]},
    )
    assert (changed.verb, changed.changes) == ("updated", {"rate": ["150.1250", "175"]})


@pytest.mark.parametrize(
    ("field", "value"),
    [("description", ""), ("rate", Decimal(-1)), ("rate", Decimal("NaN")), ("unit", "x" * 31)],
)
def test_what_makes_no_sense_is_refused_by_name(jane, field, value):
    with pytest.raises(BusinessError) as refused:
        items.create(by=jane, **{"description": "Hosting", "rate": Decimal(20), field: value})
    assert refused.value.field == field
    assert not Item.objects.exists()


def test_a_retired_tax_stays_where_it_is_but_is_not_chosen_anew(jane, consulting):
    retired = taxes.update(consulting.tax, by=jane, is_active=False)
    items.update(consulting, by=jane, tax=retired, rate=Decimal(160))
    assert Item.objects.get().rate == 160
    with pytest.raises(BusinessError) as refused:
        items.create(by=jane, description="Hosting", rate=Decimal(20), tax=retired)
    assert refused.value.field == "tax"


def test_a_line_keeps_what_it_took_when_the_item_changes_or_goes(jane, consulting):
    started = line_of(consulting)
    assert started == {
        "description": "Consulting hour",
        "unit": "hour",
        "unit_price": "150.125",
        "tax_type": "EXEMPTEXPORT",
    }
    row = {**started, "unit_price": Decimal(started["unit_price"]), "quantity": Decimal(2)}
    invoice = invoices.create(by=jane, customer=make_customer(), lines=[row])

    items.update(consulting, by=jane, rate=Decimal(999))
    items.delete(Item.objects.get(), by=jane)

    line = invoice.lines.get()
    assert (line.description, line.unit, line.unit_price, line.amount) == (
        "Consulting hour",
        "hour",
        Decimal("150.125"),
        Decimal("300.25"),
    )
    assert not Item.objects.exists()
    assert history_of(consulting)[0].verb == "deleted"


def test_a_line_starts_with_the_usual_tax_where_the_items_is_retired_or_missing(jane, consulting):
    taxes.update(consulting.tax, by=jane, is_active=False)
    hosting = items.create(by=jane, description="Hosting", rate=Decimal(20))
    assert [line_of(Item.objects.get(pk=pk))["tax_type"] for pk in (consulting.pk, hosting.pk)] == [
        "",
        "",
    ]


def test_a_group_has_a_name_of_its_own_and_goes_only_when_empty(jane, consulting):
    training = groups.create(by=jane, name="Training")
    for name in ("consulting", "CONSULTING"):
        with pytest.raises(ConflictError):
            groups.update(training, by=jane, name=name)
    with pytest.raises(ConflictError) as refused:
        groups.delete(consulting.group, by=jane)
    assert str(refused.value) == "“Consulting” is in use; it cannot be deleted."
    groups.delete(groups.update(training, by=jane, name="Workshops"), by=jane)
    assert set(ItemGroup.objects.values_list("name", flat=True)) == {
        "General",
        "Consulting",
        "Design",
        "Development",
        "Hosting and licences",
    }
