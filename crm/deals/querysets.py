from django.db.models import Q

from agency.staff.scope import ScopedQuerySet
from crm.deals.states import OPEN_STAGES


class DealQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        return Q(owner__in=people) | Q(created_by__in=people)

    def open(self):
        return self.filter(stage__in=OPEN_STAGES)

    def matching(self, text: str):
        return self.filter(Q(title__icontains=text) | Q(customer__name__icontains=text))

    def listing(self):
        return self.select_related("customer", "contact", "owner").order_by("-created_at", "-pk")
