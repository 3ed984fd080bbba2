"""Tasks in the office's words."""

from django.apps import apps
from django.db.models import Case, F, IntegerField, Q, Value, When

from agency.reference import organisation
from agency.sql import minutes_of, people_of
from agency.staff.scope import ScopedQuerySet
from crm.tasks.states import TaskPriority, TaskStatus
from crm.words import all_words


class TaskQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        """Tasks that people made or are assigned to, and those of projects they work on."""
        members = apps.get_model("crm", "ProjectMember").objects.order_by()
        assignees = apps.get_model("crm", "TaskAssignee").objects.order_by()
        return (
            Q(created_by__in=people)
            | Q(pk__in=assignees.filter(staff__in=people).values("task"))
            | Q(project__in=members.filter(staff__in=people).values("project"))
            | Q(project__owner__in=people)
        )

    def open(self):
        return self.exclude(status=TaskStatus.COMPLETE)

    def complete(self):
        return self.filter(status=TaskStatus.COMPLETE)

    def overdue(self):
        return self.open().filter(due_on__lt=organisation.today())

    def assigned_to(self, staff):
        assignees = apps.get_model("crm", "TaskAssignee").objects.filter(staff=staff)
        return self.filter(pk__in=assignees.values("task"))

    def about(self, subject):
        """Tasks that belong to a record of any kind."""
        return self.filter(subject_type=subject.subject_name, subject_id=subject.pk)

    def matching(self, text: str):
        return self.filter(all_words(text, ("title", "project__name", "customer__name")))

    def listing(self):
        """What every list of tasks shows, in one query.

        ``people`` is of ``sql.people_of``, ``logged_minutes`` all time logged on the task.
        """
        assignees = apps.get_model("crm", "TaskAssignee").objects.all()
        entries = apps.get_model("crm", "TimeEntry").objects.ended()
        return (
            self.select_related("project", "customer", "milestone")
            .annotate(
                people=people_of(assignees, "task"), logged_minutes=minutes_of(entries, "task")
            )
            .order_by("-created_at", "-pk")
        )

    def by_urgency(self):
        """The most pressing first: by due date, then priority."""
        ranks = [
            When(priority=name, then=Value(-rank)) for rank, name in enumerate(TaskPriority.values)
        ]
        rank = Case(*ranks, default=Value(0), output_field=IntegerField())
        return self.order_by(F("due_on").asc(nulls_last=True), rank, "pk")
