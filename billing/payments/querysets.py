from django.apps import apps
from django.db.models import Q

from agency.staff.scope import ScopedQuerySet


class PaymentQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Payments are seen by whoever sees their invoice."""
        invoices = apps.get_model("billing", "Invoice").objects.all()
        return Q(invoice__in=invoices.filter(invoices.touching(people)).values("pk"))

    def live(self):
        return self.filter(reversed_at=None)

    def listing(self):
        return self.live().select_related("invoice__customer", "mode", "recorded_by")
