"""Points whatever names one record at another, locked row by row in one order."""

from collections import Counter

from django.db.models import BigIntegerField, Case, F, Model, QuerySet, Value, When
from django.utils import timezone

from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.merging import references
from crm.onboarding.models import OnboardingMilestone

# These are joined one by one: an address or a milestone stands once a customer.
JOINED = (Contact, OnboardingMilestone)


def rows_of(customer: Customer) -> list[tuple[str, QuerySet]]:
    """(name of the key, rows) of everything that is moved as it is, one kind after the other."""
    return [
        (name, model._base_manager.filter(**{name: customer.pk}))
        for model, name in references.keys_to(Customer)
        if model not in JOINED
    ]


def move(gone: Customer, stays: Customer, twins: dict[int, int]) -> Counter:
    """Move all rows of a customer, and name the joined contacts by the one that stays.

    Both keys of a row change in one statement: an issued invoice lets go of a contact only while
    it follows a merge. ``twins`` is {contact: the one that stays}. Answers how many of each kind.
    """
    moved: Counter = Counter()
    for name, rows in rows_of(gone):
        if stands_alone(rows.model, name, stays):
            rows.delete()
            continue
        contacts = {
            key: renamed(key, twins) for key in references.keys_among(rows.model, Contact) if twins
        }
        moved[words_of(rows.model)] += write(rows, {name: stays.pk, **contacts})
    moved.update(hang(gone, stays))
    return +moved


def stands_alone(model: type[Model], name: str, stays: Customer) -> bool:
    """Whether there is one such row a customer, and the one that stays has its own."""
    is_single = model._meta.get_field(name).unique
    return is_single and model._base_manager.filter(**{name: stays.pk}).exists()


def hang(gone: Model, stays: Model) -> Counter:
    """Notes, comments, files and tasks about one record are about the other from now on."""
    moved: Counter = Counter()
    for rows in references.about(gone):
        number = write(rows, {"subject_id": stays.pk})
        if not references.keys_among(rows.model, type(gone)):  # a task was counted by its key
            moved[words_of(rows.model)] += number
    return moved


def follow(contact: Contact, twin: Contact) -> None:
    """Let whatever still names a joined contact name its twin."""
    for model, name in references.keys_to(Contact):
        write(model._base_manager.filter(**{name: contact.pk}), {name: twin.pk})
    hang(contact, twin)


def write(rows: QuerySet, values: dict) -> int:
    """Lock the rows by their keys and set the values; their age is renewed, so ETags change."""
    keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    if any(field.name == "updated_at" for field in rows.model._meta.concrete_fields):
        values = {**values, "updated_at": timezone.now()}
    return rows.update(**values)


def renamed(key: str, twins: dict[int, int]) -> Case:
    cases = [When(**{key: old}, then=Value(new)) for old, new in twins.items()]
    return Case(*cases, default=F(key), output_field=BigIntegerField())


def words_of(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
