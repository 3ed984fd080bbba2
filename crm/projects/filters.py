"""Filters of the project list, in ``/api/projects`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice
from crm.projects.models import Project
from crm.projects.states import BillingType, ProjectStatus


class ProjectFilter(filters.FilterSet):
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    owner_id = RecordChoice("staff.Staff", "owner", label="Owner")
    member_id = RecordChoice("staff.Staff", "members", method="by_member", label="Member")
    status = filters.ChoiceFilter(choices=ProjectStatus.choices, label="State", empty_label="Any")
    billing_type = filters.ChoiceFilter(
        choices=BillingType.choices, label="Billed by", empty_label="Any"
    )
    is_open = Flag(method="by_open", label="Open")
    is_archived = Flag("archived_at", lookup_expr="isnull", exclude=True, label="Archived")
    deadline_from = filters.DateFilter("deadline_on", lookup_expr="gte", label="Deadline from")
    deadline_to = filters.DateFilter("deadline_on", lookup_expr="lte", label="Deadline to")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Project
        fields: list[str] = []

    def by_member(self, projects, name, value):
        return projects.with_member(value)

    def by_open(self, projects, name, value):
        return projects.open() if value else projects.archived()

    def by_words(self, projects, name, value):
        return projects.matching(value)
