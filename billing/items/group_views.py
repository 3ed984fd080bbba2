"""The page of item groups in the settings."""

from django.db.models import Count
from django.urls import reverse

from agency.reference.drawing import SettingsList
from agency.ui.views import (
    BulkAction,
    Column,
    OperationFormView,
    RecordFormView,
)
from billing.items import group_operations
from billing.items.forms import ItemGroupForm
from billing.items.models import ItemGroup

CRUMBS = [("Settings", "settings"), ("Item groups", "item-group-list")]


class ItemGroupList(SettingsList):
    """The groups, with how many items stand in each."""

    tool, title, noun, sort = "items", "Item groups", "item groups", ""
    crumbs = [("Settings", "settings")]
    queryset = ItemGroup.objects.annotate(size=Count("items")).order_by("pk")
    create_url, create_label, create_dialog = "item-group-new", "New group", True
    edit_url, edit_level, create_level = "item-group-edit", "manage", "manage"
    columns = [
        Column(name="name", label="Name", sort="name", fixed=True, phone="title"),
        Column(
            name="size",
            label="Items",
            kind="number",
            sort="size",
            phone="value",
        ),
    ]
    bulk_actions = [
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=group_operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these groups?",
            allows=lambda group: not group.size,
        )
    ]


class GroupPage:
    """What the forms of a group share."""

    tool, level, crumbs, form_class = "items", "manage", CRUMBS, ItemGroupForm

    def success_url(self, result) -> str:
        return reverse("item-group-list")


class NewItemGroup(GroupPage, OperationFormView):
    title, submit_label = "New group", "Add group"
    success_message = "“{result}” can be chosen on items now."

    def perform(self, form):
        return group_operations.create(by=self.request.user, **form.cleaned_data)


class EditItemGroup(GroupPage, RecordFormView):
    title, queryset = "Edit group", ItemGroup.objects
    success_message = "“{result}” is saved."

    def perform(self, form):
        return group_operations.update(self.record, by=self.request.user, **form.cleaned_data)
