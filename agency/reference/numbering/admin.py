from types import SimpleNamespace

from django.contrib import admin

from agency.records.looking import LookOnly
from agency.reference.adminforms import OperationAdmin
from agency.reference.numbering import operations
from agency.reference.numbering.models import NumberCounter, NumberSeries


class CounterInline(admin.TabularInline):
    """How far each year has come; counters are moved by issuing alone."""

    model = NumberCounter
    fields = readonly_fields = ["year", "last"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(NumberSeries)
class NumberSeriesAdmin(OperationAdmin):
    """The patterns of document numbers."""

    operations = SimpleNamespace(update=operations.update)
    write_level = "manage"
    list_display = ["name", "pattern", "upcoming"]
    search_fields = ["name", "key", "pattern"]
    readonly_fields = ["key"]
    inlines = [CounterInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("counters")

    @admin.display(description="Next number")
    def upcoming(self, series) -> str:
        return operations.upcoming(series)


@admin.register(NumberCounter)
class NumberCounterAdmin(LookOnly):
    list_display = ["series", "year", "last"]
    list_filter = ["series", "year"]
    list_select_related = ["series"]
    search_fields = ["series__name"]
