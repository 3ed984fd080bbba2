"""Invoices in the admin: to look things up, and to take the same steps as everywhere."""

from django.contrib import admin, messages

from agency import money
from agency.errors import BusinessError
from billing.invoices import completion, operations
from billing.invoices.models import Invoice, InvoiceLine
from billing.payments.models import Payment
from crm.office_admin import LookOnlyInline


class LineInline(LookOnlyInline):
    model = InvoiceLine
    fields = ["position", "description", "quantity", "unit_price", "tax_rate", "net", "tax"]
    readonly_fields = fields


class PaymentInline(LookOnlyInline):
    model = Payment
    fields = ["paid_on", "amount", "mode", "reference", "source", "reversed_at"]
    readonly_fields = fields


@admin.register(Invoice)
class InvoiceAdmin(admin.ModelAdmin):
    """Read only but for notes and the PO number; steps are actions that call the operations."""

    list_display = [
        "label",
        "customer",
        "shown",
        "issued_on",
        "due_on",
        "currency",
        "total_shown",
        "due",
    ]
    list_filter = ["status", "currency", "issued_on"]
    search_fields = ["number", "customer__name", "po_number"]
    list_select_related = ["customer"]
    date_hierarchy = "issued_on"
    inlines = [LineInline, PaymentInline]
    actions = ["finalise", "approve", "void", "complete", "reopen"]
    open_fields = ["notes", "po_number"]
    show_full_result_count = False

    def get_queryset(self, request):
        return Invoice.objects.visible_to(request.user).select_related("customer")

    def get_readonly_fields(self, request, obj=None):
        names = [field.name for field in self.opts.fields]
        return [name for name in names if name not in self.open_fields]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if values:
            operations.update(obj, by=request.user, **values)

    @admin.display(description="Number", ordering="number")
    def label(self, invoice: Invoice) -> str:
        return str(invoice)

    @admin.display(description="Status")
    def shown(self, invoice: Invoice) -> str:
        return invoice.shown_status

    @admin.display(description="Total", ordering="total")
    def total_shown(self, invoice: Invoice):
        return money.shown(invoice.total, invoice.currency)

    @admin.display(description="Balance", ordering="balance")
    def due(self, invoice: Invoice):
        return money.shown(invoice.balance, invoice.currency)

    def take(self, request, invoices, step, done: str) -> None:
        """Take one step with each invoice; what is refused is told and the rest goes on."""
        for invoice in invoices:
            try:
                step(invoice, by=request.user)
            except BusinessError as error:
                self.message_user(request, f"{invoice}: {error}", messages.ERROR)
            else:
                self.message_user(request, f"{invoice} {done}.")

    @admin.action(permissions=["change"], description="Finalise the selected invoices")
    def finalise(self, request, queryset) -> None:
        self.take(request, queryset, operations.finalise, "finalised")

    @admin.action(permissions=["change"], description="Approve the selected invoices")
    def approve(self, request, queryset) -> None:
        self.take(request, queryset, operations.approve, "approved")

    @admin.action(permissions=["change"], description="Void the selected invoices")
    def void(self, request, queryset) -> None:
        self.take(request, queryset, operations.void, "voided")

    @admin.action(permissions=["change"], description="Mark the selected invoices as completed")
    def complete(self, request, queryset) -> None:
        self.take(request, queryset, completion.complete, "completed")

    @admin.action(permissions=["change"], description="Mark the selected invoices as not completed")
    def reopen(self, request, queryset) -> None:
        self.take(request, queryset, completion.reopen, "open again")
