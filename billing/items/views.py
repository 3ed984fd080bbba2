"""The pages of the catalogue: the list and the form of an item."""

from django.db.models import Q
from django.urls import reverse

from agency.reference.drawing import SettingsList
from agency.ui.icons import pill
from agency.ui.views import (
    BulkAction,
    Column,
    OperationFormView,
    RecordFormView,
    Tab,
)
from billing.items import operations
from billing.items.filters import ItemFilter
from billing.items.forms import EditItemForm, ItemForm
from billing.items.models import Item

CRUMBS = [("Money", ""), ("Items", "item-list")]


def state_pill(item: Item):
    if item.is_active:
        return pill("Offered", "circle-check", "good")
    return pill("Not offered", "circle-off", "void")


class ItemList(SettingsList):
    """Everything that the lines of documents can start from."""

    tool, title, noun, sort = "items", "Items", "items", "name"
    crumbs = [("Money", "")]
    queryset = Item.objects.listing()
    filterset_class = ItemFilter
    filters = ["group_id"]
    edit_url = "item-edit"
    create_url, create_label, create_dialog = "item-new", "New item", True
    empty_icon, empty_title = "package", "No items yet"
    empty_text = "Add what you sell over and over. A line starts with its words, price and tax."
    tabs = [
        Tab("offered", "Offered", Q(is_active=True)),
        Tab("withdrawn", "Not offered", Q(is_active=False)),
        Tab("all", "All"),
    ]
    columns = [
        Column(
            name="name",
            label="Name",
            value="description",
            sort="description",
            fixed=True,
            clip=True,
            phone="title",
        ),
        Column(name="group", label="Group", value="group.name", sort="group__name", phone="sub"),
        Column(
            name="price",
            label="Price",
            value="rate",
            kind="number",
            draw=lambda item: item.price,
            sort="rate",
            phone="value",
        ),
        Column(name="unit", label="Per", value="unit", sort="unit"),
        Column(name="tax", label="Tax", value="tax.name", sort="tax__name"),
        Column(name="text", label="Description", value="long_description", shown=False),
        Column(
            name="state",
            label="State",
            value="is_active",
            draw=state_pill,
            sort="is_active",
            phone="state",
        ),
    ]
    bulk_actions = [
        BulkAction(
            key="offer",
            label="Offer",
            icon="circle-check",
            run=operations.offer,
            done="offered",
            allows=lambda item: not item.is_active,
        ),
        BulkAction(
            key="withdraw",
            label="Stop offering",
            icon="circle-off",
            run=operations.withdraw,
            done="taken off the offer",
            allows=lambda item: item.is_active,
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these items? Lines that were made from them stay.",
        ),
    ]


class ItemPage:
    """What the forms of an item share."""

    tool, crumbs = "items", CRUMBS
    template_name = "billing/items/form.html"
    dialog_template_name = "billing/items/form_dialog.html"

    def success_url(self, result) -> str:
        return reverse("item-list")


class NewItem(ItemPage, OperationFormView):
    title, submit_label, form_class = "New item", "Add item", ItemForm
    success_message = "“{result}” can be taken into lines now."

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


class EditItem(ItemPage, RecordFormView):
    title, form_class = "Edit item", EditItemForm
    queryset = Item.objects.listing()
    success_message = "“{result}” is saved."

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.keep_tax(self.record)
        return form

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)
