"""Contacts in the office's words."""

from django.apps import apps
from django.db.models import CharField, Q, Value
from django.db.models.functions import Concat, Trim

from agency.staff.scope import ScopedQuerySet
from crm.words import all_words

SEARCHED = ("first_name", "last_name", "email", "customer__name")


class ContactQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Contacts of the customers that people work for."""
        customers = apps.get_model("crm", "Customer").objects.order_by()
        return Q(customer__in=customers.filter(customers.touching(people)).values("pk"))

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        return self.filter(all_words(text, SEARCHED))

    def listing(self):
        name = Trim(Concat("first_name", Value(" "), "last_name"), output_field=CharField())
        return (
            self.select_related("customer")
            .annotate(full_name=name)
            .order_by("first_name", "last_name", "pk")
        )
