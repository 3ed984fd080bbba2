import django_filters as filters
from django.db.models import QuerySet

from agency.ui.choices import Flag, RecordChoice
from crm.timesheets.durations import week_of
from crm.timesheets.models import TimeEntry
from crm.timesheets.states import TimeStatus


class TimeEntryFilter(filters.FilterSet):
    """Filters of time, in ``/api/time`` and on the page."""

    user_id = RecordChoice("staff.Staff", "staff", label="Person", picker="staff")
    company_id = RecordChoice("crm.Customer", "customer", label="Customer", picker="customers")
    project_id = RecordChoice("crm.Project", "project", label="Project", picker="projects")
    task_id = RecordChoice("crm.Task", "task", label="Task", picker="tasks")
    budget_id = RecordChoice("budgets.Budget", "budget", label="Budget", picker="budgets")
    date_from = filters.DateFilter(field_name="date", lookup_expr="gte", label="From")
    date_to = filters.DateFilter(field_name="date", lookup_expr="lte", label="To")
    week_of = filters.DateFilter(method="by_week", label="Week of")
    status = filters.ChoiceFilter(choices=TimeStatus.choices, label="State", empty_label="Any")
    billable = Flag(field_name="is_billable", label="Billable")
    invoiced = Flag(method="by_invoiced", label="Invoiced")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = TimeEntry
        fields: list[str] = []

    def by_week(self, entries: QuerySet, name: str, value):
        """Monday to Sunday around the day."""
        return entries.filter(date__range=week_of(value))

    def by_invoiced(self, entries: QuerySet, name: str, value: bool):
        return entries.filter(invoice_line__isnull=not value)

    def by_words(self, entries: QuerySet, name: str, value: str):
        return entries.matching(value)
