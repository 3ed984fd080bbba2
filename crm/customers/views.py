"""The list of customers."""

from django.db.models import Q

from agency.ui.views import BulkAction, Column, FilteredListView, Tab
from crm.customers import operations
from crm.customers.filters import CustomerFilter
from crm.customers.forms import OwnerForm
from crm.customers.models import Customer
from crm.customers.pills import contact_of, name_of, place_of, state_pill


class CustomerListView(FilteredListView):
    """All customers that one sees, with the person to talk to."""

    tool, title, noun = "customers", "Customers", "customers"
    crumbs = [("Sell", "")]
    queryset = Customer.objects.listing().with_contact().with_work()
    filterset_class = CustomerFilter
    filters = ["owner_id", "country", "city", "currency", "created_from", "created_to"]
    sort = "name"
    create_url, create_label = "customer-new", "New customer"
    empty_icon, empty_title = "building-2", "No customers yet"
    empty_text = "A customer holds the people, projects, budgets and invoices of one company."
    columns = [
        Column(
            name="name",
            label="Customer",
            draw=name_of,
            export=str,
            sort="name",
            clip=True,
            fixed=True,
            phone="title",
        ),
        Column(
            name="contact",
            label="Primary contact",
            value="contact_name",
            draw=contact_of,
            sort="contact_name",
            phone="sub",
        ),
        Column(name="place", label="Place", value=place_of, sort=("country", "city"), css="nw"),
        Column(
            name="projects",
            label="Open projects",
            value="open_projects",
            kind="number",
            sort="open_projects",
            total="open_projects",
            phone="value",
        ),
        Column(name="owner", label="Owner", kind="person", sort="owner__first_name"),
        Column(name="state", label="State", value="is_active", draw=state_pill, shown=False),
        Column(name="contact_email", label="Contact's e-mail", shown=False),
        Column(name="email", label="E-mail", sort="email", shown=False),
        Column(name="phone", label="Phone", shown=False),
        Column(name="tax_number", label="ABN or VAT number", shown=False),
        Column(name="currency", label="Currency", sort="currency", shown=False),
        Column(
            name="added",
            label="Added",
            value="created_at",
            kind="date",
            sort="created_at",
            shown=False,
        ),
    ]
    bulk_actions = [
        BulkAction(
            key="owner",
            label="Set owner",
            icon="user-round",
            run=operations.update,
            form_class=OwnerForm,
            done="changed",
        ),
        BulkAction(
            key="deactivate",
            label="Set inactive",
            icon="circle-off",
            run=operations.deactivate,
            done="set inactive",
            allows=lambda customer: customer.is_active,
        ),
        BulkAction(
            key="activate",
            label="Set active",
            icon="circle-check",
            run=operations.activate,
            done="set active",
            allows=lambda customer: not customer.is_active,
        ),
        BulkAction(
            key="delete",
            label="Delete",
            icon="trash-2",
            level="manage",
            run=operations.delete,
            done="deleted",
            danger=True,
            confirm="Delete these customers with their contacts? Those with work are kept.",
        ),
    ]

    def get_tabs(self) -> list[Tab]:
        return [
            Tab("active", "Active", Q(is_active=True)),
            Tab("mine", "Mine", Q(is_active=True, owner=self.request.user)),
            Tab("inactive", "Inactive", Q(is_active=False)),
            Tab("all", "All"),
        ]
