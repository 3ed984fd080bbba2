"""The categories of expenses, in the settings."""

from django.urls import reverse

from agency.reference.drawing import SettingsList, use_pill
from agency.ui.views import Column, OperationFormView, RecordFormView
from billing.expenses import categories
from billing.expenses.forms import CategoryForm, NewCategoryForm
from billing.expenses.models import ExpenseCategory

CRUMBS = [("Settings", "settings"), ("Expense categories", "expense-category-list")]


class CategoryList(SettingsList):
    tool, title, noun, sort = "expenses", "Expense categories", "categories", ""
    crumbs = [("Settings", "settings")]
    edit_url = "expense-category-edit"
    edit_level = "manage"
    queryset = ExpenseCategory.objects
    create_url, create_label, create_dialog = "expense-category-new", "New category", True
    create_level = "manage"
    columns = [
        Column(
            name="name",
            label="Name",
            sort="name",
            phone="title",
            fixed=True,
        ),
        Column(name="description", label="Description", clip=True, phone="sub"),
        Column(
            name="state",
            label="State",
            value="is_active",
            draw=use_pill,
            sort="is_active",
            phone="state",
        ),
    ]


class CategoryPage:
    """What making and changing a category share."""

    tool, level, crumbs = "expenses", "manage", CRUMBS

    def success_url(self, result) -> str:
        return reverse("expense-category-list")


class NewCategory(CategoryPage, OperationFormView):
    title, submit_label, form_class = "New category", "Add category", NewCategoryForm
    success_message = "“{result}” can be chosen now."

    def perform(self, form):
        return categories.create(by=self.request.user, **form.cleaned_data)


class EditCategory(CategoryPage, RecordFormView):
    title, form_class, queryset = "Expense category", CategoryForm, ExpenseCategory.objects
    success_message = "“{result}” is saved."

    def perform(self, form):
        return categories.update(self.record, by=self.request.user, **form.cleaned_data)
