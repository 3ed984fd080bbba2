from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet
from budgets.budgets.states import BudgetStatus


class BudgetQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Budgets that people own or made, and those above the projects and tasks they work on."""
        projects = apps.get_model("crm", "Project").objects.all()
        return (
            Q(owner__in=people)
            | Q(created_by__in=people)
            | Exists(projects.filter(projects.touching(people), pk=OuterRef("project")))
        )

    def active(self):
        return self.filter(status=BudgetStatus.ACTIVE)

    def matching(self, text: str):
        return self.filter(
            Q(name__icontains=text)
            | Q(po_number__icontains=text)
            | Q(customer__name__icontains=text)
        )

    def listing(self):
        return self.select_related("customer", "owner").order_by("-created_at", "-pk")
