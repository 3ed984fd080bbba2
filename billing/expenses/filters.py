"""Filters of the list of expenses, in ``/api/expenses`` and on the page."""

import django_filters as filters

from agency.ui.choices import Flag, RecordChoice, WordChoice
from billing.expenses.models import Expense
from crm.choices import currencies


class ExpenseFilter(filters.FilterSet):
    category_id = RecordChoice("billing.ExpenseCategory", "category", label="Category")
    company_id = RecordChoice("crm.Customer", "customer", picker="customers", label="Company")
    project_id = RecordChoice("crm.Project", "project", picker="projects", label="Project")
    user_id = RecordChoice("staff.Staff", "created_by", label="Noted by")
    currency = WordChoice(choices=currencies, max_length=3, label="Currency")
    billable = Flag("is_billable", label="Billable")
    invoiced = Flag("invoice_line", method="by_invoiced", label="Invoiced")
    receipt = Flag("has_receipt", label="Receipt")
    date_from = filters.DateFilter("spent_on", lookup_expr="gte", label="From")
    date_to = filters.DateFilter("spent_on", lookup_expr="lte", label="To")
    search = filters.CharFilter(method="by_words", label="Search", max_length=200)

    class Meta:
        model = Expense
        fields: list[str] = []

    def by_invoiced(self, expenses, name, value):
        return expenses.filter(invoice_line__isnull=not value)

    def by_words(self, expenses, name, value):
        return expenses.matching(value)
