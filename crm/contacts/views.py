"""The list of contacts, and those of one customer on its page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.ui import formats, icons
from agency.ui.views import Action, BulkAction, Column, FilteredListView, PanelView, Tab, visible
from crm.contacts import operations
from crm.contacts.filters import ContactFilter
from crm.contacts.models import Contact
from crm.customers.models import Customer


def name_of(contact: Contact) -> SafeString:
    """The name as a link to the customer, with the job title in grey."""
    url = contact.customer.get_absolute_url()
    link = format_html('<a class="id" href="{}">{}</a>', url, contact)
    if not contact.title:
        return link
    return format_html('{} <span class="muted">· {}</span>', link, contact.title)


def mail_of(contact: Contact) -> SafeString:
    if not contact.email:
        return formats.DASH
    return format_html('<a class="soft" href="mailto:{0}">{0}</a>', contact.email)


def phone_of(contact: Contact) -> SafeString:
    if not contact.phone:
        return formats.DASH
    return format_html('<a class="soft nw" href="tel:{0}">{0}</a>', contact.phone)


def state_of(contact: Contact) -> SafeString:
    if not contact.is_active:
        return icons.pill("Left", "circle-off", "void")
    return icons.pill("Primary", "star", "info") if contact.is_primary else formats.DASH


class ContactListView(FilteredListView):
    """The people at all customers that one sees."""

    tool, title, noun = "customers", "Contacts", "contacts"
    crumbs = [("Sell", "")]
    queryset = Contact.objects.listing()
    filterset_class = ContactFilter
    filters = ["company_id", "is_primary", "email"]
    sort = "name"
    create_url, create_label, create_dialog = "contact-new-anywhere", "New contact", True
    empty_icon, empty_title = "contact", "No contacts yet"
    empty_text = "Contacts are the people at your customers: whom you write to, call and bill."
    tabs = [
        Tab("active", "Active", Q(is_active=True)),
        Tab("left", "Left", Q(is_active=False)),
        Tab("all", "All"),
    ]
    columns = [
        Column(
            name="name",
            label="Name",
            draw=name_of,
            export=str,
            sort=("first_name", "last_name"),
            fixed=True,
            phone="title",
        ),
        Column(
            name="company",
            label="Company",
            value="customer.name",
            sort="customer__name",
            clip=True,
            phone="sub",
        ),
        Column(name="email", label="E-mail", draw=mail_of, export=lambda row: row.email),
        Column(name="phone", label="Phone", draw=phone_of, export=lambda row: row.phone),
        Column(name="state", label="State", value="is_primary", draw=state_of, phone="state"),
    ]
    bulk_actions = [
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these contacts?",
            allows=lambda contact: not contact.is_primary,
        )
    ]


class CustomerContacts(PanelView):
    """The people of one customer, with what can be done about each."""

    tool, title, noun = "customers", "Contacts", "contacts"
    queryset = Customer.objects
    template_name = "crm/contacts/panel.html"
    empty = "Nobody is known here yet."

    def rows(self):
        seen = visible(Contact.objects.listing(), self.request.user)
        return seen.filter(customer=self.record).order_by("-is_primary", "-is_active", "first_name")

    def actions(self) -> list[Action]:
        url = reverse("contact-new", args=[self.record.pk])
        return [Action(label="Add", url=url, icon="plus", level="update", dialog=True)]

    def get_context_data(self, **context):
        return super().get_context_data(
            perms_update=self.may("update"), perms_manage=self.may("manage"), **context
        )
