"""Filters of the task list, in ``/api/tasks`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice
from crm.tasks.models import Task
from crm.tasks.resources import WORDS, kind_of
from crm.tasks.states import TaskPriority, TaskStatus


class TaskFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=TaskStatus.choices, label="State", empty_label="Any")
    priority = filters.ChoiceFilter(
        choices=TaskPriority.choices, label="Priority", empty_label="Any"
    )
    assignee_id = RecordChoice(
        "staff.Staff", "assignees", method="by_assignee", label="Assigned to"
    )
    project_id = RecordChoice("crm.Project", "project", picker="projects", label="Project")
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    milestone_id = RecordChoice("crm.Milestone", "milestone", label="Milestone")
    resource_type = filters.ChoiceFilter(
        choices=[(word, word) for word in WORDS], method="by_kind", label="Belongs to"
    )
    resource_id = filters.NumberFilter("subject_id", min_value=0, decimal_places=0)
    created_by = RecordChoice("staff.Staff", "created_by", label="Made by")
    billable = Flag("is_billable", label="Billable")
    is_open = Flag(method="by_open", label="Open")
    overdue = Flag(method="by_overdue", label="Overdue")
    start_from = filters.DateFilter("start_on", lookup_expr="gte", label="Starts from")
    start_to = filters.DateFilter("start_on", lookup_expr="lte", label="Starts to")
    due_from = filters.DateFilter("due_on", lookup_expr="gte", label="Due from")
    due_to = filters.DateFilter("due_on", lookup_expr="lte", label="Due to")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Task
        fields: list[str] = []

    def by_assignee(self, tasks, name, value):
        return tasks.assigned_to(value)

    def by_kind(self, tasks, name, value):
        return tasks.filter(subject_type=kind_of(value))

    def by_open(self, tasks, name, value):
        return tasks.open() if value else tasks.complete()

    def by_overdue(self, tasks, name, value):
        late = tasks.overdue()
        return late if value else tasks.exclude(pk__in=late.order_by().values("pk"))

    def by_words(self, tasks, name, value):
        return tasks.matching(value)
