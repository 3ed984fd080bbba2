"""The page of services in the settings."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View

from agency.errors import BusinessError
from agency.ui.keys import record_keys
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView, ToolPage, visible
from budgets.services import operations
from budgets.services.forms import ServiceTypeForm
from budgets.services.models import ServiceType

CRUMBS = [("Settings", ""), ("Service types", "service-type-list")]


class ServiceTypeList(ToolPage, TemplateView):
    """All services in their order; those who manage them drag, add and change."""

    tool, title = "budgets", "Service types"
    crumbs = [("Settings", "")]
    template_name = "budgets/services/list.html"

    def get_context_data(self, **context):
        rows = visible(ServiceType.objects, self.request.user).in_order()
        return super().get_context_data(
            services=rows.annotate(uses=Count("budget_lines")),
            may_manage=self.may("manage"),
            **context,
        )


class ServicePage:
    """What the forms and buttons of a service share."""

    tool, level = "budgets", "manage"
    queryset, crumbs = ServiceType.objects, CRUMBS

    def success_url(self, result) -> str:
        return reverse("service-type-list")


class NewServiceType(ServicePage, OperationFormView):
    title, submit_label, form_class = "New service type", "Add service type", ServiceTypeForm
    success_message = "{result} added."

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


class EditServiceType(ServicePage, RecordFormView):
    title, form_class = "Edit service type", ServiceTypeForm
    success_message = "{result} saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class DeleteServiceType(ServicePage, RecordStepView):
    title, submit_label, danger = "Delete service type", "Delete", True
    question = "Delete this service type? One that is used can only be switched off."
    success_message = "Service type deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)


class OrderServiceTypes(ToolPage, View):
    """Keeps the order in which the services were put by dragging."""

    tool, level = "budgets", "manage"
    http_method_names = ["post"]

    def post(self, request) -> HttpResponse:
        ids = record_keys(request.POST.get("ids", "").split(","))
        try:
            operations.reorder(ids, by=request.user)
        except BusinessError as error:
            messages.error(request, str(error))
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class MoveServiceType(ServicePage, RecordStepView):
    """Moves a service by one place, for those who do not drag."""

    title, submit_label = "Move service type", "Move"
    places = 1

    def perform(self):
        operations.move(self.record, self.places, by=self.request.user)
