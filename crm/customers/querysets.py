"""Customers in the office's words."""

from django.apps import apps
from django.db.models import CharField, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Concat, Trim

from agency.sql import count_of
from agency.staff.scope import ScopedQuerySet
from crm.people import name_of
from crm.words import all_words

# One text for the trigram index on PostgreSQL; a word holds no space, so none spans two columns.
SEARCHED = Func(
    "name",
    "domain",
    "email",
    "city",
    template="(%(expressions)s)",
    arg_joiner=" || ' ' || ",
    output_field=TextField(),
)


class CustomerQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Customers that people own or made, and those above their work.

        The sets are asked for by ``IN``: each is worked out once, not once per customer.
        """
        mine = Q(owner__in=people) | Q(created_by__in=people)
        for label in ("crm.Project", "crm.Deal", "crm.Engagement", "budgets.Budget"):
            work = apps.get_model(label).objects.order_by()
            mine |= Q(pk__in=work.filter(work.touching(people)).values("customer"))
        return mine

    def active(self):
        return self.filter(is_active=True)

    def unmerged(self):
        return self.filter(merged_into=None)

    def matching(self, text: str):
        """Customers where each word stands in the name, domain, e-mail or city."""
        return self.alias(searched=SEARCHED).filter(all_words(text, ["searched"]))

    def listing(self):
        """What every list of customers shows, in one query."""
        rows = self.select_related("owner").annotate(owner_name=name_of("owner"))
        return rows.order_by("name", "pk")

    def with_contact(self):
        """Add ``contact_name`` and ``contact_email`` of the primary contact."""
        contacts = apps.get_model("crm", "Contact").objects.order_by()
        primary = contacts.filter(customer=OuterRef("pk"), is_primary=True)
        name = Trim(Concat("first_name", Value(" "), "last_name"), output_field=CharField())
        return self.annotate(
            contact_name=Subquery(primary.values(_shown=name)),
            contact_email=Subquery(primary.values(_shown=F("email"))),
        )

    def with_work(self):
        """Add ``open_projects``: how many are neither finished, cancelled nor archived."""
        projects = apps.get_model("crm", "Project").objects.open()
        return self.annotate(open_projects=count_of(projects, "customer"))
