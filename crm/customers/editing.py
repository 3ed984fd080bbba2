"""The forms and buttons that change a customer."""

from django.urls import reverse

from agency.reference import organisation
from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.customers import operations
from crm.customers.forms import CustomerForm
from crm.customers.models import Customer

CRUMBS = [("Sell", ""), ("Customers", "customer-list")]


class NewCustomer(OperationFormView):
    tool, title, submit_label = "customers", "New customer", "Add customer"
    form_class = CustomerForm
    template_name = "crm/customers/form.html"
    crumbs = CRUMBS
    success_message = "{result} added."

    def get_initial(self):
        return {"owner": self.request.user, "country": organisation.current().country}

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)


class EditCustomer(RecordFormView):
    tool, title = "customers", "Edit customer"
    form_class, queryset = CustomerForm, Customer.objects
    template_name = "crm/customers/form.html"
    crumbs = CRUMBS
    success_message = "{result} saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class CustomerStep(RecordStepView):
    tool, queryset, crumbs = "customers", Customer.objects, CRUMBS


class Activate(CustomerStep):
    title, submit_label = "Set active", "Set active"
    success_message = "{result} is active."

    def perform(self):
        return operations.activate(self.record, by=self.request.user)


class Deactivate(CustomerStep):
    title, submit_label = "Set inactive", "Set inactive"
    question = "The customer stays, and is left out of what is active."
    success_message = "{result} is inactive."

    def perform(self):
        return operations.deactivate(self.record, by=self.request.user)


class Delete(CustomerStep):
    title, submit_label, level, danger = "Delete customer", "Delete", "manage", True
    question = "Delete this customer with its contacts?"
    success_message = "Customer deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        gone = not Customer.objects.filter(pk=self.kwargs["pk"]).exists()
        return reverse("customer-list") if gone else self.record.get_absolute_url()
