"""Projects in the office's words."""

from django.apps import apps
from django.db.models import F, Q

from agency.reference import organisation
from agency.sql import count_of, people_of
from agency.staff.scope import ScopedQuerySet
from crm.people import name_of
from crm.projects.states import CLOSED
from crm.words import all_words


class ProjectQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Projects that people own, made or are members of, and those above their tasks."""
        members = apps.get_model("crm", "ProjectMember").objects.order_by()
        assignees = apps.get_model("crm", "TaskAssignee").objects.order_by()
        return (
            Q(owner__in=people)
            | Q(created_by__in=people)
            | Q(pk__in=members.filter(staff__in=people).values("project"))
            | Q(pk__in=assignees.filter(staff__in=people).values("task__project"))
        )

    def open(self):
        return self.exclude(status__in=CLOSED).filter(archived_at=None)

    def archived(self):
        return self.filter(Q(status__in=CLOSED) | Q(archived_at__isnull=False))

    def late(self):
        """Open projects whose deadline is past."""
        return self.open().filter(deadline_on__lt=organisation.today())

    def with_member(self, staff):
        members = apps.get_model("crm", "ProjectMember").objects.filter(staff=staff)
        return self.filter(pk__in=members.values("project"))

    def of_person(self, staff):
        """Projects that somebody leads or works on."""
        members = apps.get_model("crm", "ProjectMember").objects.filter(staff=staff)
        return self.filter(Q(owner=staff) | Q(pk__in=members.values("project")))

    def by_deadline(self):
        return self.order_by(F("deadline_on").asc(nulls_last=True), "name", "pk")

    def matching(self, text: str):
        return self.filter(all_words(text, ("name", "customer__name")))

    def listing(self):
        """What every list of projects shows, in one query; ``team`` is of ``sql.people_of``."""
        members = apps.get_model("crm", "ProjectMember").objects.all()
        return (
            self.select_related("customer", "owner")
            .annotate(team=people_of(members, "project"), owner_name=name_of("owner"))
            .order_by("-created_at", "-pk")
        )

    def with_tasks(self):
        """Add ``task_count`` and ``open_task_count``."""
        tasks = apps.get_model("crm", "Task").objects.all()
        return self.annotate(
            task_count=count_of(tasks, "project"),
            open_task_count=count_of(tasks.open(), "project"),
        )


class MilestoneQuerySet(ScopedQuerySet):
    """Milestones are seen by whoever sees their project."""

    def touching(self, people) -> Q:
        projects = apps.get_model("crm", "Project").objects.order_by()
        return Q(project__in=projects.filter(projects.touching(people)).values("pk"))

    def listing(self):
        """Milestones in their order, with how many tasks they hold and how many are open."""
        tasks = apps.get_model("crm", "Task").objects.all()
        return self.annotate(
            task_count=count_of(tasks, "milestone"),
            open_task_count=count_of(tasks.open(), "milestone"),
        ).order_by("position", "due_on", "pk")
