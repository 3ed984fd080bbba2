"""The admin: the same rights, the same operations, and nothing that opens an account."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models.fields.files import FieldFile
from django.urls import reverse

from agency.records.history import history_of
from agency.reference.models import (
    Currency,
    ExchangeRate,
    NumberCounter,
    NumberSeries,
    Organisation,
    Tax,
)
from agency.staff import keys
from agency.staff.models import ApiKey, Department, Role, Staff, Team

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label in {"staff", "reference"}]


@pytest.fixture
def boss(staff):
    return staff("executive", is_staff=True)


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def path(model, pk=None) -> str:
    return f"{list_of(model)}{pk}/change/" if pk else f"{list_of(model)}add/"


def fields_of(client, address) -> dict:
    """What the form shows, as a browser would send it back; inlines have no rows to send."""
    context = client.get(address).context
    sent = {}
    for bound in context["adminform"].form:
        value = bound.value()
        if value is not None and value is not False and not isinstance(value, FieldFile):
            sent[bound.html_name] = value
    for formset in context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return sent


def test_every_model_of_people_and_reference_is_there(db):
    labels = ("staff", "reference")
    models = {model for label in labels for model in apps.get_app_config(label).get_models()}
    assert models == set(OURS)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_lists_open_search_and_filter(page, boss, model):
    client = page(boss)
    assert client.get(list_of(model)).status_code == 200
    found = client.get(f"{list_of(model)}?q=a")
    assert found.status_code == 200
    assert admin.site._registry[model].search_fields or model is Organisation


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_who_lacks_the_right_sees_nothing(page, staff, model):
    nobody = staff(time="manage", is_staff=True)
    assert page(nobody).get(list_of(model)).status_code == 403


def test_who_does_not_open_the_admin_is_turned_away_whatever_their_role(page, staff):
    assert page(staff("executive")).get(list_of(Role), follow=True).status_code == 403


@pytest.mark.parametrize("model", [Staff, Role, Team, Department, NumberSeries])
def test_a_change_asks_for_what_its_page_asks_for(page, staff, model):
    deputy = page(staff(staff="update", settings="update", is_staff=True))
    assert deputy.get(list_of(model)).status_code == 200
    assert deputy.get(path(model)).status_code == 403
    row = model.objects.first()
    if row:
        assert deputy.post(path(model, row.pk), {"name": "Hacked"}).status_code == 403


def test_a_person_is_changed_through_the_operation(page, boss, staff):
    mia, client = staff("employee", first_name="Mia"), page(boss)
    address = path(Staff, mia.pk)
    client.post(address, fields_of(client, address) | {"title": "Designer"})
    mia.refresh_from_db()
    assert mia.title == "Designer"
    [event] = history_of(mia)
    assert (event.verb, event.by, event.through, event.changes) == (
        "updated",
        boss,
        "admin",
        {"title": ["", "Designer"]},
    )
    sent = fields_of(client, address)
    sent.pop("is_active")
    client.post(address, sent)
    mia.refresh_from_db()
    assert not mia.is_active
    assert history_of(mia)[0].verb == "deactivated"


def test_a_person_is_taken_on_without_a_password(page, boss):
    client, design = page(boss), Department.objects.create(name="Design")
    sent = fields_of(client, path(Staff)) | {
        "first_name": "Ana",
        "email": "ANA@example.com",
        "role": Role.objects.get(key="lead").pk,
        "departments": [design.pk],
    }
    client.post(path(Staff), sent)
    ana = Staff.objects.get(email="ana@example.com")
    assert (ana.has_usable_password(), list(ana.departments.all())) == (False, [design])
    assert history_of(ana).last().verb == "created"


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(page, boss, staff):
    client, address = page(boss), path(Staff, boss.pk)
    sent = fields_of(client, address) | {"first_name": "Typed"}
    sent.pop("is_active")
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert "Nobody would be left" in answer.content.decode()
    assert "Typed" in answer.content.decode()
    boss.refresh_from_db()
    assert (boss.is_active, boss.first_name) == (True, "Kim")

    deputy = staff(staff="manage", time="update", is_staff=True, **{"*": "view"})
    mia, client = staff("employee"), page(deputy)
    address = path(Staff, mia.pk)
    sent = fields_of(client, address) | {"role": Role.objects.get(key="executive").pk}
    assert "You cannot grant" in client.post(address, sent).content.decode()
    mia.refresh_from_db()
    assert mia.role.key == "employee"


def test_no_page_of_the_admin_holds_a_password_or_a_secret(page, boss, staff):
    mia = staff("employee")
    key, secret = keys.create(mia, name="Zapier", by=mia)
    client = page(boss)
    pages = [path(Staff, mia.pk), list_of(ApiKey), path(ApiKey, key.pk)]
    shown = "".join(client.get(address).content.decode() for address in pages)
    assert "Zapier" in shown
    for hidden in (secret, key.digest, mia.password, 'name="password"'):
        assert hidden not in shown
    assert client.get(path(ApiKey)).status_code == 403


def test_keys_are_revoked_and_people_let_go_in_a_row(page, boss, staff):
    mia = staff("employee")
    key, secret = keys.create(mia, name="Zapier", by=mia)
    client = page(boss)
    client.post(list_of(ApiKey), {"action": "revoke", "_selected_action": [key.pk]})
    assert keys.owner_of(secret) is None
    rows = [mia.pk, boss.pk]
    body = {"action": "deactivate", "_selected_action": rows}
    answer = client.post(list_of(Staff), body, follow=True)
    assert "Nobody would be left" in answer.content.decode()
    assert [Staff.objects.get(pk=pk).is_active for pk in rows] == [False, True]


def test_everybodys_keys_are_for_those_who_manage_the_settings(page, staff):
    viewer = page(staff(settings="update", staff="view", is_staff=True))
    assert viewer.get(list_of(ApiKey)).status_code == 403


def test_a_role_is_changed_by_levels(page, boss):
    client, lead = page(boss), Role.objects.get(key="lead")
    sent = fields_of(client, path(Role, lead.pk)) | {"level_invoices": "update", "scope": "team"}
    client.post(path(Role, lead.pk), sent)
    lead.refresh_from_db()
    assert (lead.grants, lead.scope) == (
        {"*": "view", "time": "update", "invoices": "update"},
        "team",
    )
    client.post(path(Role), {"name": "Guest", "scope": "own", **dict.fromkeys(levels(), "none")})
    assert Role.objects.get(name="Guest").grants == {}


def levels() -> list[str]:
    from agency.staff.roles.admin import LEVELS

    return list(LEVELS)


def test_a_shipped_role_is_not_deleted(page, boss):
    lead = Role.objects.get(key="lead")
    address = f"{list_of(Role)}{lead.pk}/delete/"
    answer = page(boss).post(address, {"post": "yes"}, follow=True)
    assert "belongs to the product" in answer.content.decode()
    assert Role.objects.filter(key="lead").exists()


def test_a_team_is_made_with_its_members_through_the_operation(page, boss, staff):
    mia = staff("employee")
    body = {"name": "Web", "lead": mia.pk, "members": [mia.pk]}
    page(boss).post(path(Team), body)
    team = Team.objects.get()
    assert list(team.members.all()) == [mia]
    assert [event.verb for event in history_of(team)] == ["members_changed", "created"]


def test_the_organisation_is_saved_and_its_period_closed_by_a_manager(page, boss, staff):
    client, address = page(boss), path(Organisation, 1)
    client.post(address, fields_of(client, address) | {"abn": "51 824 753 556"})
    assert Organisation.objects.get().abn == "51824753556"
    head = page(staff("head", is_staff=True))
    head.post(address, fields_of(head, address) | {"locked_before": "2026-01-01"})
    assert Organisation.objects.get().locked_before is None
    answer = client.post(address, fields_of(client, address) | {"abn": "51824753557"})
    assert "valid ABN" in answer.content.decode()
    assert client.get(path(Organisation)).status_code == 403


def test_rates_and_taxes_go_through_their_operations(page, boss):
    client, dollar = page(boss), Currency.objects.get(code="USD")
    body = {"currency": dollar.pk, "on": "2026-06-30", "rate": "1.5", "source": "RBA"}
    client.post(path(ExchangeRate), body)
    rate = ExchangeRate.objects.get()
    client.post(path(ExchangeRate, rate.pk), {"rate": "1.6", "source": "RBA"})
    rate.refresh_from_db()
    assert (rate.currency, rate.rate) == (dollar, Decimal("1.6"))
    client.post(f"{list_of(ExchangeRate)}{rate.pk}/delete/", {"post": "yes"})
    assert not ExchangeRate.objects.exists()

    tax = Tax.objects.get(code="EXEMPTOUTPUT")
    sent = fields_of(client, path(Tax, tax.pk)) | {"is_default": "on"}
    client.post(path(Tax, tax.pk), sent)
    assert [one.code for one in Tax.objects.filter(is_default=True)] == ["EXEMPTOUTPUT"]


def test_counters_are_only_looked_at(page, boss):
    series = NumberSeries.objects.get(key="invoice")
    counter = NumberCounter.objects.create(series=series, year=2026, last=7)
    client = page(boss)
    assert "7" in client.get(list_of(NumberCounter)).content.decode()
    assert client.post(path(NumberCounter, counter.pk), {"last": 1}).status_code == 403
    assert client.get(path(NumberCounter)).status_code == 403
    sent = fields_of(client, path(NumberSeries, series.pk)) | {"pattern": "R-{seq:04}"}
    client.post(path(NumberSeries, series.pk), sent)
    series.refresh_from_db()
    counter.refresh_from_db()
    assert (series.pattern, counter.last) == ("R-{seq:04}", 7)


def test_nothing_of_the_sign_in_library_is_edited_here(page, boss):
    client = page(boss)
    paths = ("account/emailaddress", "mfa/authenticator", "auth/group")
    assert {client.get(f"/admin/{part}/").status_code for part in paths} == {404}
