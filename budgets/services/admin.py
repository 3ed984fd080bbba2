"""Services in the admin, and the base of admin pages that write through operations."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from agency.errors import BusinessError
from budgets.services import operations
from budgets.services.models import ServiceType


class OperatedAdmin(admin.ModelAdmin):
    """Saves and deletes through ``operations``; a refusal stands on the form as it was typed."""

    operations = None

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except BusinessError as error:  # nothing is saved: the view's transaction is undone
            request.refusal = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return made if refusal is None else refused(made, refusal)

    def save_model(self, request, obj, form, change) -> None:
        values = self.values_of(form, change)
        if change:
            self.operations.update(obj, by=request.user, **values)
        else:
            made = self.operations.create(by=request.user, **values)
            obj.__dict__.update(made.__dict__)

    def values_of(self, form, change: bool) -> dict:
        """What the operation gets: all that was typed, or only what differs."""
        names = form.changed_data if change else form.cleaned_data
        return {name: form.cleaned_data[name] for name in names}

    def delete_model(self, request, obj) -> None:
        self.operations.delete(obj, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except BusinessError as error:
            self.message_user(request, error.message, messages.ERROR)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[object_id]))

    def delete_queryset(self, request, queryset) -> None:
        for record in queryset:
            try:
                self.operations.delete(record, by=request.user)
            except BusinessError as error:
                self.message_user(request, f"{record}: {error.message}", messages.ERROR)


def refused(form_class, refusal: BusinessError):
    """The same form, which finds the refusal when it is asked again."""

    class Refused(form_class):
        def clean(self):
            values = super().clean()
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, refusal.message)
            return values

    return Refused


@admin.register(ServiceType)
class ServiceTypeAdmin(OperatedAdmin):
    operations = operations
    list_display = ["name", "category", "default_rate", "unit", "position", "is_active"]
    list_filter = ["is_active", "category"]
    search_fields = ["name", "description", "category"]
    fields = ["name", "category", "default_rate", "unit", "position", "is_active", "description"]
