from django.contrib import admin

from billing.payments.models import Payment


@admin.register(Payment)
class PaymentAdmin(admin.ModelAdmin):
    """The ledger, to look things up: payments are recorded on their invoice."""

    list_display = ["invoice", "paid_on", "amount", "mode", "reference", "source", "reversed_at"]
    list_filter = ["mode", "source", "paid_on"]
    search_fields = ["invoice__number", "invoice__customer__name", "reference"]
    list_select_related = ["invoice", "mode"]
    date_hierarchy = "paid_on"

    def get_queryset(self, request):
        return Payment.objects.visible_to(request.user)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
