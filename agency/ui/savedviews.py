"""Pages that keep, change and remove saved views."""

from django import forms
from django.urls import Resolver404, resolve, reverse
from django.views.generic import TemplateView

from agency.errors import BusinessError
from agency.ui import operations
from agency.ui.forms import OfficeForm
from agency.ui.formviews import OperationFormView, RecordFormView, RecordStepView
from agency.ui.models import SavedView
from agency.ui.pages import ToolPage


class SavedViewForm(OfficeForm):
    """Name and audience of a view."""

    name = forms.CharField(max_length=60)
    is_shared = forms.BooleanField(
        label="Share with everybody",
        required=False,
        help_text="Colleagues see the rows that they may see, not yours.",
    )


class NewViewForm(SavedViewForm):
    """The same, with the list's path and query."""

    path = forms.CharField(widget=forms.HiddenInput, max_length=300)
    query = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)


class SaveView(OperationFormView):
    """Keeps the state of the list that one came from."""

    tool = ""
    title = "Save view"
    submit_label = "Save view"
    form_class = NewViewForm
    success_message = "View “{result}” saved."

    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("path", "query")}

    def perform(self, form):
        values = dict(form.cleaned_data)
        try:
            page = resolve(values.pop("path")).view_name
        except Resolver404 as error:
            raise BusinessError("That list does not exist.") from error
        return operations.save_view(page=page, by=self.request.user, **values)


class ManageViews(ToolPage, TemplateView):
    """All views of one person, with those that colleagues share."""

    tool = ""
    title = "Saved views"
    template_name = "ui/saved_views.html"

    def get_context_data(self, **context):
        found = SavedView.objects.visible_to(self.request.user).select_related("owner")
        return super().get_context_data(views=found, **context)


class OwnView:
    """The view in the URL, among one's own: a colleague's is not found."""

    tool = ""
    queryset = SavedView.objects

    def get_queryset(self):
        return SavedView.objects.filter(owner=self.request.user)

    def get_crumbs(self):
        return [("Saved views", reverse("saved-views"))]

    def success_url(self, result) -> str:
        return reverse("saved-views")


class ChangeView(OwnView, RecordFormView):
    title = "Change view"
    form_class = SavedViewForm
    success_message = "View “{result}” changed."

    def perform(self, form):
        return operations.change_view(self.record, by=self.request.user, **form.cleaned_data)


class DeleteView(OwnView, RecordStepView):
    title = "Delete view"
    question = "The rows stay as they are; only the name for this selection goes."
    submit_label = "Delete view"
    danger = True
    success_message = "View deleted."

    def perform(self):
        operations.delete_view(self.record, by=self.request.user)
