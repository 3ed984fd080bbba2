"""The base of this app's admin: what is saved or deleted there goes through the operations."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse

from agency.errors import BusinessError
from agency.records.looking import run_on_all


class RehearsedForm(forms.ModelForm):
    """Tries the operation and takes it back, so that a refusal stands beside the field it names."""

    request = None
    office = None  # the model admin

    def clean(self):
        values = super().clean()
        if not self.errors and self.has_changed():
            self.rehearse()
        return values

    def rehearse(self) -> None:
        try:
            with transaction.atomic():
                self.office.write(self, by=self.request.user)
                transaction.set_rollback(True)
        except BusinessError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)

    def changed_values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class LookOnlyInline(admin.TabularInline):
    """Rows to look at, changed elsewhere."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


class OfficeInline(admin.TabularInline):
    """Rows below a record; ``write(formset, parent, by=…)`` calls the operations.

    A slice adds its inline to the admin of a slice below it: ``CustomerAdmin.inlines.append(…)``.
    """

    extra = 0

    @staticmethod
    def write(formset, parent, *, by) -> None:
        raise NotImplementedError


class OfficeAdmin(admin.ModelAdmin):
    """Lists what the person may see; adds, changes and deletes through ``operations``."""

    form = RehearsedForm
    operations = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"request": request, "office": self})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer, and accept, only what the person may see."""
        rows = db_field.remote_field.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            kwargs["queryset"] = rows.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # -- writing ----------------------------------------------------------------------------------
    def values_of(self, form: RehearsedForm) -> dict:
        """The arguments of the operation."""
        return form.changed_values()

    def write(self, form: RehearsedForm, *, by):
        values = self.values_of(form)
        if form.instance.pk:
            return self.operations.update(form.instance, by=by, **values)
        return self.operations.create(by=by, **values)

    def save_model(self, request, obj, form, change) -> None:
        if change and not form.has_changed():
            return
        made = self.write(form, by=request.user)
        obj.__dict__.update(made.__dict__)

    def save_related(self, request, form, formsets, change) -> None:
        """Many-to-many fields are the operations' own; inlines say how they are written."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request, form, formset, change) -> None:
        formset.save(commit=False)
        try:
            with transaction.atomic():
                self.write_inline(formset, form.instance, by=request.user)
        except BusinessError as error:
            messages.error(request, f"{formset.model._meta.verbose_name_plural}: {error.message}")

    def write_inline(self, formset, parent, *, by) -> None:
        """Call the operations for the rows of an inline, as the inline itself says."""
        inline = next(one for one in self.inlines if one.model is formset.model)
        if formset.has_changed():
            inline.write(formset, parent, by=by)

    # -- deleting ---------------------------------------------------------------------------------
    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except BusinessError as error:
            messages.error(request, error.message)
            names = self.opts
            url = reverse(f"admin:{names.app_label}_{names.model_name}_change", args=[object_id])
            return HttpResponseRedirect(url)

    def delete_model(self, request, obj) -> None:
        self.operations.delete(obj, by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        run_on_all(request, queryset, self.operations.delete, "deleted")


def people_in(formset) -> list:
    """The people that an inline of memberships or assignments names once it is saved."""
    kept = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [row["staff"] for row in kept if row.get("staff") and not row.get("DELETE")]


def write_rows(formset, operations, *, by, **parent) -> None:
    """Add, change and delete the rows of an inline through their operations."""
    for row in formset.deleted_objects:
        operations.delete(row, by=by)
    for form in formset.forms:
        if not form.has_changed() or form in formset.deleted_forms:
            continue
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        if form.instance.pk:
            operations.update(form.instance, by=by, **values)
        else:
            operations.create(by=by, **parent, **values)
