from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from billing.items import group_operations, operations
from billing.items.models import Item, ItemGroup


@admin.register(Item)
class ItemAdmin(OperationAdmin):
    """The catalogue; lines that were made from an item stay as they are."""

    operations = operations
    list_display = ["description", "group", "rate", "unit", "tax", "is_active"]
    list_filter = ["is_active", "group"]
    list_select_related = ["group", "tax"]
    search_fields = ["description", "long_description"]


@admin.register(ItemGroup)
class ItemGroupAdmin(OperationAdmin):
    """The groups of the catalogue; one with items in it stays."""

    operations = group_operations
    write_level = "manage"
    list_display = ["name"]
    search_fields = ["name"]
