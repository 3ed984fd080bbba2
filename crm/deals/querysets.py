"""Deals in the office's words."""

from django.db.models import F, Q

from agency.sql import cents
from agency.staff.scope import ScopedQuerySet
from crm.deals.states import OPEN_STAGES
from crm.people import name_of
from crm.words import all_words


class DealQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        return Q(owner__in=people) | Q(created_by__in=people)

    def open(self):
        return self.filter(stage__in=OPEN_STAGES)

    def closed(self):
        return self.exclude(stage__in=OPEN_STAGES)

    def matching(self, text: str):
        return self.filter(all_words(text, ("title", "customer__name")))

    def listing(self):
        """What every list of deals shows, with ``weighted``: value × probability / 100."""
        return (
            self.select_related("customer", "contact", "owner")
            .annotate(
                contact_name=name_of("contact"),
                owner_name=name_of("owner"),
                weighted=cents(F("value") * F("probability") / 100),
            )
            .order_by("-created_at", "-pk")
        )
