from django.apps import apps
from django.db.models import Q

from agency.staff.scope import ScopedQuerySet


class ContactQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Contacts of the customers that people work for."""
        customers = apps.get_model("crm", "Customer").objects.all()
        return Q(customer__in=customers.filter(customers.touching(people)).values("pk"))

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        return self.filter(
            Q(first_name__icontains=text)
            | Q(last_name__icontains=text)
            | Q(email__icontains=text)
            | Q(customer__name__icontains=text)
        )

    def listing(self):
        return self.select_related("customer").order_by("first_name", "last_name", "pk")
