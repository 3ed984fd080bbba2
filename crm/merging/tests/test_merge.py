"""Merging a customer that was entered twice."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from agency.errors import BusinessError, ConflictError
from agency.records.files.models import Attachment
from agency.records.history import history_of
from agency.records.notes.models import Comment, Note
from agency.tests.office import work_of
from billing.invoices.tests.factories import make_issued
from billing.models import Invoice
from crm.customers import operations as customers
from crm.customers.models import Customer
from crm.customers.tests.factories import make_contact, make_customer, make_deal, make_task
from crm.merging import operations, references
from crm.merging.jobs import bring_along
from crm.models import Contact, OnboardingMilestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane(staff):
    return staff()


def left_with(customer) -> list[str]:
    return [
        f"{model.__name__}.{name}"
        for model, name in references.keys_to(Customer)
        if model._base_manager.filter(**{name: customer.pk}).exists()
    ] + [rows.model.__name__ for rows in references.about(customer) if rows.exists()]


def test_all_that_a_customer_has_moves_and_is_counted(jane):
    work, stays = work_of(jane), make_customer(name="Acme")
    gone = work.customer
    make_task(customer=gone, subject_type="customer", subject_id=gone.pk)
    about = {"subject_type": "customer", "subject_id": gone.pk}
    for model in (Note, Comment):
        model.objects.create(body="Rang twice", created_by=jane, **about)
    Attachment.objects.create(name="brief.pdf", size=1, uploaded_by=jane, **about)

    result = operations.merge(gone, into=stays, by=jane)

    assert result == stays
    assert left_with(gone) == []
    gone.refresh_from_db()
    assert (gone.merged_into, gone.is_active) == (stays, False)
    moved = {
        "attachments": 1,
        "budgets": 1,
        "comments": 1,
        "contacts": 2,
        "credit notes": 2,
        "deals": 1,
        "engagements": 1,
        "expenses": 1,
        "invoices": 2,
        "notes": 1,
        "projects": 1,
        "tasks": 2,
        "time entries": 3,
    }
    told = history_of(stays).filter(verb="merged").get()
    assert (told.by, told.changes["moved"]) == (jane, moved)
    assert history_of(gone).filter(verb="merged_into").get().changes["moved"] == moved


def test_an_issued_invoice_is_filed_under_the_other_and_prints_as_it_was(jane):
    work, stays = work_of(jane), make_customer(name="Acme")
    before = Invoice.objects.filter(pk=work.issued.pk).values().get()

    operations.merge(work.customer, into=stays, by=jane)

    after = Invoice.objects.filter(pk=work.issued.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"customer_id", "updated_at"}
    assert after["snapshot"]["buyer"]["name"] == work.customer.name


def test_an_issued_invoice_follows_no_other_way(jane):
    work, other = work_of(jane), make_customer()
    contact = make_contact(work.customer)
    row = Invoice.objects.filter(pk=work.issued.pk)

    for values in ({"customer": other}, {"contact": contact}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**values)
    operations.merge(work.customer, into=make_customer(name="Acme"), by=jane)
    for values in ({"customer": other}, {"customer": work.customer}, {"contact": contact}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**values)


def test_contacts_of_one_address_become_one_and_invoices_name_it(jane):
    work, stays = work_of(jane), make_customer(name="Acme")
    prime = make_contact(stays, first_name="Ada", email="ada@acme.example", is_primary=True)
    twin = make_contact(stays, first_name="Sam", email="sam@acme.example")
    gone = make_contact(work.customer, first_name="S.", email="SAM@acme.example", phone="02 9000")
    deal = make_deal(customer=work.customer, contact=gone)
    Note.objects.create(body="n", created_by=jane, subject_type="contact", subject_id=gone.pk)
    invoice = make_issued(jane, customer=work.customer, contact=gone)

    operations.merge(work.customer, into=stays, by=jane)

    twin.refresh_from_db()
    invoice.refresh_from_db()
    deal.refresh_from_db()
    assert (twin.phone, twin.first_name, twin.customer) == ("02 9000", "Sam", stays)
    assert (deal.contact, invoice.contact, invoice.customer) == (twin, twin, stays)
    assert invoice.snapshot["buyer"]["name"] == work.customer.name
    assert Note.objects.get().subject == twin
    assert not Contact.objects.filter(pk=gone.pk).exists()
    assert [event.verb for event in history_of(gone)] == ["joined"]
    assert list(Contact.objects.filter(customer=stays, is_primary=True)) == [prime]
    assert Contact.objects.filter(customer=stays).count() == 4


def test_without_a_primary_contact_the_others_is_taken(jane):
    gone, stays = make_customer(), make_customer()
    twin = make_contact(stays, email="pat@acme.example")
    make_contact(gone, email="pat@acme.example", is_primary=True)

    operations.merge(gone, into=stays, by=jane)

    assert list(Contact.objects.filter(is_primary=True)) == [twin]


def test_a_milestone_is_complete_where_either_was_with_the_notes_of_both(jane):
    gone, stays = make_customer(), make_customer()
    now = timezone.now()
    tick(gone, "deal_won", completed_at=now, completed_by=jane, source="manual", notes="by Jane")
    tick(stays, "deal_won", notes="signed")
    tick(stays, "plan_agreed", completed_at=now)
    OnboardingMilestone.objects.create(
        customer=gone, stage="Setup", key="own", title="Own", position=99
    )

    operations.merge(gone, into=stays, by=jane)

    steps = {step.key: step for step in stays.onboarding.all()}
    done = {key for key, step in steps.items() if step.completed_at}
    assert (done, len(steps), gone.onboarding.count()) == ({"deal_won", "plan_agreed"}, 11, 0)
    won = steps["deal_won"]
    assert (won.completed_by, won.notes) == (jane, "signed\n\nby Jane")


def tick(customer, key, **values):
    assert customer.onboarding.filter(key=key).update(**values) == 1


def test_what_the_customer_lacks_is_taken_over_and_what_it_has_is_kept(jane):
    stays = make_customer(name="Acme", email="hello@acme.example", city="Perth")
    gone = make_customer(
        name="ACME Pty Ltd", email="old@acme.example", address="1 Bay St", city="Sydney",
        billing_city="Hobart", tax_number="51824753556", owner=jane,
    )  # fmt: skip

    operations.merge(gone, into=stays, by=jane)

    stays.refresh_from_db()
    kept = (stays.name, stays.email, stays.address, stays.city)
    assert kept == ("Acme", "hello@acme.example", "", "Perth")
    assert (stays.billing_city, stays.tax_number, stays.owner) == ("Hobart", "51824753556", jane)


def test_a_customer_merged_before_is_refused_and_nothing_changes(jane):
    gone, stays, third = make_customer(), make_customer(name="Acme"), make_customer()
    operations.merge(gone, into=stays, by=jane)
    deal = make_deal(customer=third)

    with pytest.raises(ConflictError, match="was merged into “Acme”"):
        operations.merge(gone, into=third, by=jane)
    with pytest.raises(ConflictError, match="was merged into “Acme”"):
        operations.merge(third, into=gone, by=jane)
    with pytest.raises(BusinessError, match="itself"):
        operations.merge(third, into=third, by=jane)
    with pytest.raises(ConflictError, match="was merged into “Acme”"):
        customers.activate(gone, by=jane)

    deal.refresh_from_db()
    third.refresh_from_db()
    assert (deal.customer, third.is_active, third.merged_into) == (third, True, None)


def test_merged_once_more_the_first_follows(jane):
    first, second, third = make_customer(), make_customer(), make_customer()
    operations.merge(first, into=second, by=jane)
    operations.merge(second, into=third, by=jane)

    assert set(third.merged.all()) == {first, second}


def test_what_comes_late_is_brought_along_once(jane):
    gone, stays = make_customer(), make_customer()
    operations.merge(gone, into=stays, by=jane)
    make_deal(customer=gone)
    make_contact(gone)

    assert (bring_along(), bring_along()) == (1, 0)
    assert left_with(gone) == []


def test_no_unique_rule_of_a_customer_is_left_to_a_plain_move():
    """Where something stands once a customer, it is joined, or the one that stays keeps its own."""
    plain = {
        model._meta.label
        for model, name in references.keys_to(Customer)
        if model._meta.get_field(name).unique
        or any(name in rule.fields for rule in model._meta.total_unique_constraints)
    }
    assert plain == {"crm.OnboardingMilestone", "billing.ContactLink"}


def test_every_key_to_a_customer_is_found():
    found = {(model, name) for model, name in references.keys_to(Customer)}
    expected = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Customer
    }
    assert found == expected
