"""The list of expenses, and those of one customer or project."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from agency.ui import formats, icons
from agency.ui.views import Action, BulkAction, Column, FilteredListView, PanelView, Tab, visible
from billing.expenses import operations
from billing.expenses.filters import ExpenseFilter
from billing.expenses.forms import CategoryChoice
from billing.expenses.models import Expense
from billing.expenses.pills import state_of, state_pill
from crm.models import Customer, Project


def company_of(expense: Expense):
    if not expense.customer:
        return formats.DASH
    url = expense.customer.get_absolute_url()
    return format_html('<a class="soft" href="{}">{}</a>', url, expense.customer)


def invoice_of(expense: Expense):
    if not expense.is_billed:
        return formats.DASH
    url = expense.invoice.get_absolute_url()
    return format_html('<a class="soft nw" href="{}">{}</a>', url, expense.invoice)


def category_of(expense: Expense) -> str:
    """Beside a name; one without a name is called by its category already."""
    return str(expense.category) if expense.name else ""


def receipt_of(expense: Expense):
    if not expense.has_receipt:
        return formats.DASH
    return format_html('{}<span class="sr">Yes</span>', icons.icon("paperclip"))


def is_open(expense: Expense) -> bool:
    return not expense.is_billed


COLUMNS = [
    Column(name="date", label="Date", value="spent_on", kind="date", sort="spent_on", phone="sub"),
    Column(
        name="expense",
        label="Expense",
        value=str,
        kind="link",
        detail=category_of,
        sort=("name", "category__name"),
        fixed=True,
        clip=True,
        phone="title",
    ),
    Column(
        name="category",
        label="Category",
        value="category.name",
        sort="category__name",
        shown=False,
    ),
    Column(
        name="company",
        label="Company",
        value="customer.name",
        draw=company_of,
        sort="customer__name",
        css="nw",
        phone="sub",
    ),
    Column(name="project", label="Project", value="project.name", shown=False),
    Column(
        name="state",
        label="State",
        draw=state_pill,
        value=lambda expense: state_of(expense)[0],
        phone="state",
    ),
    Column(
        name="invoice",
        label="Invoice",
        value=lambda expense: str(expense.invoice or ""),
        draw=invoice_of,
    ),
    Column(name="receipt", label="Receipt", value="has_receipt", draw=receipt_of),
    Column(name="spender", label="Noted by", sort="spender", shown=False),
    Column(name="mode", label="Paid by", value="payment_mode.name", shown=False),
    Column(name="note", label="Note", shown=False),
    Column(name="amount", label="Before tax", kind="money", sort="amount", total=True, shown=False),
    Column(name="tax", label="Tax", kind="money", sort="tax", total=True, shown=False),
    Column(name="total", label="Total", kind="money", sort="total", total=True, phone="value"),
]


class ExpenseListView(FilteredListView):
    """All expenses that one sees."""

    tool, title, noun, sort = "expenses", "Expenses", "expenses", "-date"
    crumbs = [("Money", "")]
    queryset = Expense.objects.listing()
    filterset_class = ExpenseFilter
    filters = [
        "category_id",
        "company_id",
        "project_id",
        "user_id",
        "currency",
        "receipt",
        "date_from",
        "date_to",
    ]
    columns = COLUMNS
    create_url, create_label = "expense-new", "New expense"
    empty_icon, empty_title = "wallet", "No expenses yet"
    empty_text = "Note what you spend; what is billable can be put on an invoice."
    tabs = [
        Tab("all", "All"),
        Tab("to_invoice", "To invoice", Q(is_billable=True, invoice_line=None), "warn"),
        Tab("invoiced", "Invoiced", Q(invoice_line__isnull=False)),
        Tab("own", "Own cost", Q(is_billable=False)),
    ]
    bulk_actions = [
        BulkAction(
            key="category",
            label="Set category",
            icon="tag",
            run=operations.categorise,
            form_class=CategoryChoice,
            done="put into the category",
            allows=is_open,
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete the chosen expenses? Those on an invoice are kept.",
            allows=is_open,
        ),
    ]


class ExpensesPanel(PanelView):
    """The expenses for one customer or project."""

    tool, title, noun = "expenses", "Expenses", "expenses"
    empty = "No expense is noted yet."
    link = filter_name = ""
    columns = [
        column
        for column in COLUMNS
        if column.name in {"date", "expense", "state", "invoice", "total"}
    ]

    def rows(self):
        mine = visible(Expense.objects.listing(), self.request.user)
        return mine.filter(**{self.link: self.record})

    @property
    def all_url(self) -> str:
        return f"{reverse('expense-list')}?{self.filter_name}={self.record.pk}"

    def actions(self) -> list[Action]:
        url = f"{reverse('expense-new')}?{self.link}={self.record.pk}"
        return [Action(label="New expense", url=url, icon="plus", level="update")]


class CustomerExpenses(ExpensesPanel):
    queryset, link, filter_name = Customer.objects, "customer", "company_id"


class ProjectExpenses(ExpensesPanel):
    queryset, link, filter_name = Project.objects, "project", "project_id"
