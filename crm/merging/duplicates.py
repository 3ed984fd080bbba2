"""Which customers may be the same company, entered twice."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from crm.contacts.models import Contact
from crm.customers.models import Customer

# Words that say what kind of company it is, not which.
KINDS = re.compile(
    r"pty|ltd|limited|inc|llc|llp|plc|co|company|corp|gmbh|ag|bv|sa|sarl|oy|ab|as|proprietary"
    r"|the|and|group|holdings"
)
ENOUGH = 200  # customers that share a word of the name, looked at one by one
SHOWN = 10


@dataclass(frozen=True)
class Suggestion:
    """A customer that may be the same one, and why."""

    customer: Customer
    reasons: list[str]


def plain_name(name: str) -> str:
    """A name without case, signs, and the words for a kind of company: “harbour vine”."""
    words = re.findall(r"\w+", name.casefold().replace("'", "").replace("’", ""))
    return " ".join(word for word in words if not KINDS.fullmatch(word)) or " ".join(words)


def plain_number(number: str) -> str:
    """An ABN or VAT number without blanks and signs."""
    return re.sub(r"\W", "", number).upper()


def suggestions(customer: Customer, staff) -> list[Suggestion]:
    """Customers that this person sees and that may be the same one, the surest first."""
    others = Customer.objects.visible_to(staff).unmerged().exclude(pk=customer.pk)
    addresses = set(
        Contact.objects.filter(customer=customer)
        .exclude(email="")
        .order_by()
        .values_list(Lower("email"), flat=True)
    )
    people = Contact.objects.alias(plain=Lower("email")).filter(plain__in=addresses).order_by()
    shared = set(people.exclude(customer=customer).values_list("customer", flat=True))
    found = [
        Suggestion(other, reasons)
        for other in candidates(others, customer, shared)
        if (reasons := reasons_of(customer, other, shared))
    ]
    return sorted(found, key=lambda one: (-len(one.reasons), one.customer.name))[:SHOWN]


def candidates(others, customer: Customer, shared: set[int]):
    """Those that may agree in something; names and numbers are compared afterwards."""
    alike = Q(pk__in=shared)
    for name in ("domain", "email"):
        if value := getattr(customer, name):
            alike |= Q(**{f"{name}__iexact": value})
    if number := plain_number(customer.tax_number):
        alike |= Q(tax_number__iregex=r"^\W*" + r"\W*".join(map(re.escape, number)) + r"\W*$")
    sure = list(others.filter(alike).order_by("name")[:ENOUGH])
    word = max(plain_name(customer.name).split(), key=len, default="")
    by_name = others.matching(word) if word else others.none()
    known = {one.pk for one in sure}
    return [*sure, *(one for one in by_name.order_by("name")[:ENOUGH] if one.pk not in known)]


def reasons_of(customer: Customer, other: Customer, shared: set[int]) -> list[str]:
    """In what the two agree."""
    number = plain_number(customer.tax_number)
    checks = {
        "same tax number": number and number == plain_number(other.tax_number),
        "same e-mail": customer.email and customer.email.lower() == other.email.lower(),
        "same domain": customer.domain and customer.domain.lower() == other.domain.lower(),
        "same name": plain_name(customer.name) == plain_name(other.name),
        "same person": other.pk in shared,
    }
    return [reason for reason, holds in checks.items() if holds]
