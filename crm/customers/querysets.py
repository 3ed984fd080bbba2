from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet


class CustomerQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Customers that people own or made, and those above their work."""
        mine = Q(owner__in=people) | Q(created_by__in=people)
        for label in ("crm.Project", "crm.Deal", "budgets.Budget"):
            work = apps.get_model(label).objects.all()
            mine |= Exists(work.filter(work.touching(people), customer=OuterRef("pk")))
        return mine

    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        """Customers whose name, domain, e-mail or city contains the text."""
        return self.filter(
            Q(name__icontains=text)
            | Q(domain__icontains=text)
            | Q(email__icontains=text)
            | Q(city__icontains=text)
        )

    def listing(self):
        return self.select_related("owner").order_by("name", "pk")
