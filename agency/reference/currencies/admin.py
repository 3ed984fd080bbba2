from types import SimpleNamespace

from django.contrib import admin

from agency.reference.adminforms import OperationAdmin
from agency.reference.currencies import operations
from agency.reference.currencies.models import Currency, ExchangeRate


@admin.register(Currency)
class CurrencyAdmin(OperationAdmin):
    """All currencies of ISO 4217; those in use can be chosen on documents."""

    operations = SimpleNamespace(update=operations.update)
    list_display = ["code", "name", "symbol", "decimals", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["code", "name"]
    readonly_fields = ["code"]


def change_rate(kept: ExchangeRate, *, by, **values) -> ExchangeRate:
    known = {"rate": kept.rate, "source": kept.source} | values
    return operations.set_rate(kept.currency, on=kept.on, by=by, **known)


@admin.register(ExchangeRate)
class ExchangeRateAdmin(OperationAdmin):
    """What one unit was worth on a day."""

    operations = SimpleNamespace(
        create=operations.set_rate, update=change_rate, delete=operations.remove_rate
    )
    list_display = ["currency", "on", "rate", "source"]
    list_filter = [("currency", admin.RelatedOnlyFieldListFilter), "source"]
    list_select_related = ["currency"]
    search_fields = ["currency__code", "source"]
    date_hierarchy = "on"
    autocomplete_fields = ["currency"]

    def get_readonly_fields(self, request, obj=None):
        return ["currency", "on"] if obj else []
