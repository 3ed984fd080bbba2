"""Differences in the office's words."""

from django.apps import apps
from django.db.models import Q

from agency.staff.scope import ScopedQuerySet


class DifferenceQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Differences are seen by whoever sees their invoice; of no invoice by who sees all."""
        invoices = apps.get_model("billing", "Invoice").objects.all()
        return Q(invoice__in=invoices.filter(invoices.touching(people)).values("pk"))

    def open(self):
        """Those that nobody has accepted."""
        return self.filter(accepted_at=None)


class ContactLinkQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Links are seen by whoever sees their customer."""
        customers = apps.get_model("crm", "Customer").objects.all()
        return Q(customer__in=customers.filter(customers.touching(people)).values("pk"))

    def open(self):
        """Those that a person must choose or repair."""
        return self.filter(state__in=["ask", "broken"])


class FollowedCreditQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Credits are seen by whoever sees their invoice."""
        invoices = apps.get_model("billing", "Invoice").objects.all()
        return Q(invoice__in=invoices.filter(invoices.touching(people)).values("pk"))

    def live(self):
        return self.filter(reversed_at=None)
