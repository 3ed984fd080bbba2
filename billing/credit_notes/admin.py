"""Credit notes in the admin: to look things up, and to take the same steps as everywhere."""

from django.contrib import admin

from agency import money
from agency.records.looking import LookOnly, run_on_all
from billing.credit_notes import operations
from billing.credit_notes.models import CreditApplication, CreditNote, CreditNoteLine, Refund
from crm.office_admin import LookOnlyInline


class LineInline(LookOnlyInline):
    model = CreditNoteLine
    fields = ["position", "description", "quantity", "unit_price", "tax_rate", "net", "tax"]
    readonly_fields = fields


class ApplicationInline(LookOnlyInline):
    model = CreditApplication
    fields = ["invoice", "applied_on", "amount", "source", "reversed_at"]
    readonly_fields = fields


class RefundInline(LookOnlyInline):
    model = Refund
    fields = ["paid_on", "amount", "mode", "reference", "source", "reversed_at"]
    readonly_fields = fields


@admin.register(CreditNote)
class CreditNoteAdmin(admin.ModelAdmin):
    """Read only but for the internal notes; steps are actions that call the operations."""

    list_display = [
        "label",
        "customer",
        "invoice",
        "status",
        "issued_on",
        "currency",
        "total_shown",
        "left",
    ]
    list_filter = ["status", "currency", "issued_on"]
    search_fields = ["number", "customer__name", "reference", "invoice__number"]
    list_select_related = ["customer", "invoice"]
    date_hierarchy = "issued_on"
    inlines = [LineInline, ApplicationInline, RefundInline]
    actions = ["issue", "void"]
    open_fields = ["notes"]
    show_full_result_count = False

    def get_queryset(self, request):
        return CreditNote.objects.visible_to(request.user).select_related("customer", "invoice")

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields if field.name not in self.open_fields]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if values:
            operations.update(obj, by=request.user, **values)

    @admin.display(description="Number", ordering="number")
    def label(self, note: CreditNote) -> str:
        return str(note)

    @admin.display(description="Total", ordering="total")
    def total_shown(self, note: CreditNote):
        return money.shown(note.total, note.currency)

    @admin.display(description="Left", ordering="remaining")
    def left(self, note: CreditNote):
        return money.shown(note.remaining, note.currency)

    @admin.action(permissions=["change"], description="Issue the selected credit notes")
    def issue(self, request, queryset) -> None:
        run_on_all(request, queryset, operations.issue, "issued")

    @admin.action(permissions=["change"], description="Void the selected credit notes")
    def void(self, request, queryset) -> None:
        run_on_all(request, queryset, operations.void, "voided")


class LedgerAdmin(LookOnly):
    """A ledger, to look things up: it is written on the note's page."""

    search_fields = ["note__number", "note__customer__name"]

    def get_queryset(self, request):
        return self.model.objects.visible_to(request.user)


@admin.register(CreditApplication)
class CreditApplicationAdmin(LedgerAdmin):
    list_display = ["note", "invoice", "applied_on", "amount", "source", "reversed_at"]
    list_filter = ["source", "applied_on"]
    list_select_related = ["note", "invoice"]
    date_hierarchy = "applied_on"


@admin.register(Refund)
class RefundAdmin(LedgerAdmin):
    list_display = ["note", "paid_on", "amount", "mode", "reference", "source", "reversed_at"]
    list_filter = ["mode", "source", "paid_on"]
    list_select_related = ["note", "mode"]
    date_hierarchy = "paid_on"
