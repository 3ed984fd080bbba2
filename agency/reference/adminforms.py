"""The base of admin pages that write: each save goes through the operations of its slice."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponseRedirect

from agency.errors import BusinessError
from agency.ui.forms import OfficeModelForm


class OperationAdmin(admin.ModelAdmin):
    """Creates, changes and deletes through ``operations``; a refusal stands beside its field.

    ``operations`` has ``create(by=, **values)``, ``update(obj, by=, **values)`` and
    ``delete(obj, by=)``; one that is missing closes that door. ``write_level`` is what a page asks
    for the same change.
    """

    form = OfficeModelForm  # leaves the checks of the model to the operation
    operations: Any = None
    write_level = "update"
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return hasattr(self.operations, "create") and self._may(request, self.write_level)

    def has_change_permission(self, request, obj=None) -> bool:
        return hasattr(self.operations, "update") and self._may(request, self.write_level)

    def has_delete_permission(self, request, obj=None) -> bool:
        return hasattr(self.operations, "delete") and self._may(request, "manage")

    def _may(self, request, level: str) -> bool:
        return request.user.has_perm(f"{self.model.tool}:{level}")

    def get_actions(self, request):
        """No deletion of many at once: each would need its own answer."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        error = getattr(request, "refusal", None)
        return refused(form, error) if error else form

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except BusinessError as error:
            request.refusal = error  # the form comes again, as it was typed, with the reason
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        try:
            return super().delete_view(request, *args, **kwargs)
        except BusinessError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect("../change/")

    def save_model(self, request, obj, form, change) -> None:
        values = self.values_of(form, change=change)
        if change:
            saved = self.operations.update(obj, by=request.user, **values)
        else:
            saved = self.operations.create(by=request.user, **values)
        obj.__dict__.update(saved.__dict__)

    def values_of(self, form, *, change: bool) -> dict[str, Any]:
        """What the operation is given: all that was typed, or what differs from the record."""
        names = form.changed_data if change else form.cleaned_data
        return {name: form.cleaned_data[name] for name in names}

    def save_related(self, request, form, formsets, change) -> None:
        """The operation has written related rows too; the inlines of these pages only show."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def delete_model(self, request, obj) -> None:
        self.operations.delete(obj, by=request.user)


def refused(form_class, error: BusinessError):
    """The form with the operation's refusal among its errors."""

    class Refused(form_class):
        def clean(self):
            cleaned = super().clean()
            field = error.field if error.field in self.fields else NON_FIELD_ERRORS
            self.add_error(None if field == NON_FIELD_ERRORS else field, str(error))
            return cleaned

    return Refused
