"""Onboarding milestones: seen by whoever sees the customer."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q

from agency.staff.scope import ScopedQuerySet
from crm.onboarding.checklist import milestones


class OnboardingQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        customers = apps.get_model("crm", "Customer").objects.order_by()
        return Q(customer__in=customers.filter(customers.touching(people)).values("pk"))

    def completed(self):
        return self.filter(completed_at__isnull=False)

    def start(self, customers: Iterable) -> None:
        """Give customers the default checklist; those who have it keep theirs."""
        rows = [
            self.model(customer=customer, position=position, stage=stage, key=key, title=title)
            for customer in customers
            for position, (stage, key, title) in enumerate(milestones())
        ]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
