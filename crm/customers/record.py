"""The page of one customer."""

from django.urls import reverse

from agency.ui.views import Action, RecordView
from crm.customers.figures import figures_of
from crm.customers.models import Customer
from crm.customers.pills import address_of, state_pill, website_of


class CustomerView(RecordView):
    """Who the customer is, what is going on, and everything that belongs to it."""

    tool, subject, name = "customers", "customer", "customer"
    queryset = Customer.objects.listing().select_related("merged_into")
    template_name = "crm/customers/record.html"
    crumbs = [("Sell", "")]
    list_url, list_label = "customer-list", "Customers"

    def get_context_data(self, **context):
        customer = self.record
        addresses = [
            ("Address", address_of(customer)),
            ("Billing", address_of(customer, "billing")),
            ("Shipping", address_of(customer, "shipping")),
        ]
        return super().get_context_data(
            pill=state_pill(customer),
            website=website_of(customer),
            addresses=[(label, lines) for label, lines in addresses if lines],
            perms_update=self.may("update") and not customer.merged_into_id,
            merged=customer.merged.all(),
            **context,
        )

    def figures(self):
        return figures_of(self.record, self.request.user)

    def path(self, name: str) -> str:
        return reverse(name, args=[self.record.pk])

    def actions(self) -> list[Action]:
        if self.record.merged_into_id:
            return []  # what it had is looked after under the other one
        return [*self.menu(), *self.buttons()]

    def buttons(self) -> list[Action]:
        edit = Action(label="Edit", url=self.path("customer-edit"), level="update", key="e")
        if not self.request.user.has_perm("projects:update"):
            return [edit]
        url = f"{reverse('project-new')}?customer={self.record.pk}"
        return [edit, Action(label="New project", url=url, dialog=True, primary=True)]

    def menu(self) -> list[Action]:
        active = self.record.is_active
        may_sell = self.request.user.has_perm("deals:update")
        deal = Action(
            label="New deal",
            url=f"{reverse('deal-new')}?customer={self.record.pk}",
            icon="handshake",
            dialog=True,
            menu=True,
        )
        contact = Action(
            label="New contact",
            url=self.path("contact-new"),
            icon="user-round-plus",
            level="update",
            dialog=True,
            menu=True,
        )
        switch = Action(
            label="Set inactive" if active else "Set active",
            url=self.path("customer-deactivate" if active else "customer-activate"),
            icon="circle-off" if active else "circle-check",
            level="update",
            post=True,
            menu=True,
        )
        merge = Action(
            label="Merge…",
            url=self.path("customer-merge"),
            icon="merge",
            level="manage",
            menu=True,
        )
        delete = Action(
            label="Delete",
            url=self.path("customer-delete"),
            icon="trash-2",
            level="manage",
            post=True,
            menu=True,
            danger=True,
            confirm="Delete this customer with its contacts? It is kept while it has work.",
        )
        return [contact, *([deal] if may_sell else []), switch, merge, delete]
