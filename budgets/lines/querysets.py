from django.apps import apps
from django.db.models import Q

from agency.staff.scope import ScopedQuerySet


class BudgetLineQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Lines are seen by whoever sees their budget."""
        budgets = apps.get_model("budgets", "Budget").objects.all()
        return Q(budget__in=budgets.filter(budgets.touching(people)).values("pk"))

    def in_order(self):
        return self.order_by("position", "created_at", "pk")
