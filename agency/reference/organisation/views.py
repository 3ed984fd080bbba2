"""The page of the organisation's record."""

from agency.documents.media import data_uri
from agency.reference.organisation import abn, operations
from agency.reference.organisation.forms import OrganisationForm
from agency.reference.organisation.models import Organisation
from agency.ui.pages import needs
from agency.ui.views import OperationFormView


class OrganisationPage(OperationFormView):
    """Read by everybody who sees the settings, changed by who may update them."""

    tool, level = "settings", "view"
    title = "Organisation"
    crumbs = [("Settings", "settings")]
    template_name = "settings/organisation.html"
    form_class = OrganisationForm
    success_message = "The organisation's record is saved."

    def get_form_kwargs(self):
        own, _ = Organisation.objects.get_or_create(pk=1)
        return super().get_form_kwargs() | {"instance": own, "by": self.request.user}

    def get_initial(self):
        own = Organisation.objects.filter(pk=1).first()
        return {"abn": abn.spaced(own.abn) if own else ""}

    @needs("update")
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def perform(self, form):
        values = dict(form.cleaned_data)
        if values.pop("remove_logo"):
            values["logo"] = False
        return operations.update(by=self.request.user, **values)

    def success_url(self, result) -> str:
        return self.request.path

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        own = context["form"].instance
        return context | {
            "logo": data_uri(own.logo.name),
            "may_update": self.may("update"),
            "may_manage": self.may("manage"),
        }
