"""The forms and buttons that change a contact, in dialogs."""

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.contacts import operations
from crm.contacts.forms import ContactForm, ContactFormWithCompany, ContactFormWithState
from crm.contacts.models import Contact
from crm.customers.models import Customer

CRUMBS = [("Sell", ""), ("Customers", "customer-list")]


class NewContact(RecordFormView):
    """A person at the customer of the page."""

    tool, title, submit_label = "customers", "New contact", "Add contact"
    form_class, queryset = ContactForm, Customer.objects
    template_name = "crm/contacts/form.html"
    dialog_template_name = "crm/contacts/form_dialog.html"
    crumbs, events = CRUMBS, ("contacts",)
    success_message = "{result} added."

    @property
    def intro(self) -> str:
        return str(self.record)

    def get_initial(self):
        return {}  # the record here is the customer

    def perform(self, form):
        return operations.create(by=self.request.user, customer=self.record, **form.cleaned_data)

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class NewContactAnywhere(OperationFormView):
    """A person at any customer."""

    tool, title, submit_label = "customers", "New contact", "Add contact"
    form_class = ContactFormWithCompany
    template_name = "crm/contacts/form.html"
    dialog_template_name = "crm/contacts/form_dialog.html"
    crumbs = CRUMBS
    success_message = "{result} added."

    def perform(self, form):
        return operations.create(by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return result.customer.get_absolute_url()


class OneContact:
    """A contact, whose page is its customer's."""

    tool, crumbs, events = "customers", CRUMBS, ("contacts",)
    queryset = Contact.objects.select_related("customer")

    def get_crumbs(self):
        customer = self.record.customer
        return [*super().get_crumbs(), (str(customer), customer.get_absolute_url())]

    def success_url(self, result) -> str:
        return self.record.customer.get_absolute_url()


class EditContact(OneContact, RecordFormView):
    title, form_class = "Edit contact", ContactFormWithState
    template_name = "crm/contacts/form.html"
    dialog_template_name = "crm/contacts/form_dialog.html"
    success_message = "{result} saved."

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class MakePrimary(OneContact, RecordStepView):
    title, submit_label = "Make primary contact", "Make primary"
    question = "Invoices and mails go to the primary contact."
    success_message = "{result} is the primary contact now."

    def perform(self):
        return operations.make_primary(self.record, by=self.request.user)


class Delete(OneContact, RecordStepView):
    title, submit_label, level, danger = "Delete contact", "Delete", "manage", True
    question = "Delete this contact?"
    success_message = "Contact deleted."

    def perform(self):
        operations.delete(self.record, by=self.request.user)
