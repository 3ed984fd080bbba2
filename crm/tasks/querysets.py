from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from agency.staff.scope import ScopedQuerySet
from crm.tasks.states import TaskStatus


class TaskQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Tasks that people made or are assigned to, and those of projects they work on."""
        members = apps.get_model("crm", "ProjectMember").objects
        assignees = apps.get_model("crm", "TaskAssignee").objects
        return (
            Q(created_by__in=people)
            | Exists(assignees.filter(task=OuterRef("pk"), staff__in=people))
            | Exists(members.filter(project=OuterRef("project"), staff__in=people))
            | Q(project__owner__in=people)
        )

    def open(self):
        return self.exclude(status=TaskStatus.COMPLETE)

    def assigned_to(self, staff):
        return self.filter(assignments__staff=staff)

    def matching(self, text: str):
        return self.filter(Q(title__icontains=text) | Q(project__name__icontains=text))

    def listing(self):
        return self.select_related("project", "customer", "milestone").order_by(
            "-created_at", "-pk"
        )
