from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet
from crm.projects.states import CLOSED


class ProjectQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Projects that people own, made or are members of, and those above their tasks."""
        members = apps.get_model("crm", "ProjectMember").objects
        assignees = apps.get_model("crm", "TaskAssignee").objects
        return (
            Q(owner__in=people)
            | Q(created_by__in=people)
            | Exists(members.filter(project=OuterRef("pk"), staff__in=people))
            | Exists(assignees.filter(task__project=OuterRef("pk"), staff__in=people))
        )

    def open(self):
        return self.exclude(status__in=CLOSED).filter(archived_at=None)

    def archived(self):
        return self.filter(Q(status__in=CLOSED) | Q(archived_at__isnull=False))

    def matching(self, text: str):
        return self.filter(Q(name__icontains=text) | Q(customer__name__icontains=text))

    def listing(self):
        return self.select_related("customer", "owner").order_by("-created_at", "-pk")


class UnderProjectQuerySet(ScopedQuerySet):
    """Rows that are seen by whoever sees their project."""

    def touching(self, people) -> Q:
        projects = apps.get_model("crm", "Project").objects.all()
        return Q(project__in=projects.filter(projects.touching(people)).values("pk"))
