"""Every page of the admin opens: lists, their search, the forms to add and to change."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from agency.tests.office import work_of

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OPEN = re.compile(r'<(?:input|select|textarea)[^>]* name="(?!csrf|_|\w+_FORMS)([\w-]+)"')


def address(model, page: str, *keys) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=keys)


@pytest.fixture
def executive(staff):
    return staff("executive", is_staff=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_model_is_listed_searched_and_opened(model, page, executive):
    work_of(executive)
    client = page(executive)

    record = model._default_manager.first()
    pages = [address(model, "changelist"), f"{address(model, 'changelist')}?q=1"]
    pages += [address(model, "change", record.pk)] if record else []

    assert [(path, client.get(path).status_code) for path in pages] == [
        (path, 200) for path in pages
    ]
    assert client.get(address(model, "add")).status_code in {200, 403}


def test_of_an_invoice_only_notes_and_the_po_number_are_open(page, executive):
    issued = work_of(executive).issued

    html = page(executive).get(f"/admin/billing/invoice/{issued.pk}/change/").content.decode()

    form = html[html.index('id="invoice_form"') :]
    assert {name for name in OPEN.findall(form) if "-" not in name} == {"notes", "po_number"}
    assert "Payments" in html
