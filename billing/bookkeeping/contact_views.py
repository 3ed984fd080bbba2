"""The queue of customers whose contact in Xero a person must choose or repair."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from agency.ui import icons
from agency.ui.forms import OfficeForm
from agency.ui.views import Column, FilteredListView, RecordFormView, RecordStepView, Tab
from billing.bookkeeping import choosing
from billing.bookkeeping.filters import ContactFilter
from billing.bookkeeping.models import ContactLink

State = ContactLink.State
CRUMBS = [("Settings", "settings"), ("Contacts in Xero", "xero-contact-list")]


def company_of(link: ContactLink):
    return format_html('<a href="{}">{}</a>', link.customer.get_absolute_url(), link.customer)


def state_of(link: ContactLink):
    tone = "bad" if link.state == State.BROKEN else "warn"
    return icons.pill(link.get_state_display(), "circle-alert", tone)


def words_of(one: dict) -> str:
    """A candidate in words: its name, address, and status where that is not active."""
    words = [one["name"], one["email"], "" if one["status"] == "ACTIVE" else one["status"].lower()]
    return " · ".join(filter(None, words))


def use_path(link: ContactLink, contact_id: str) -> str:
    path = reverse("xero-contact-use", args=[link.pk])
    return f"{path}?{urlencode({'contact': contact_id})}"


def candidates_of(may_choose: bool):
    """The contacts that it may be, each with its button for those who may choose."""

    def drawn(link: ContactLink):
        if not link.candidates:
            return format_html('<span class="muted">{}</span>', "None found")
        return format_html_join("", '<div class="row-x">{} {}</div>', (
            (words_of(one), button(use_path(link, one["id"]), "Use this one") if may_choose else "")
            for one in link.candidates
        ))  # fmt: skip

    return drawn


def button(path: str, label: str):
    return format_html('<a class="btn btn-s" href="{}" data-dialog>{}</a>', path, label)


def others_of(link: ContactLink):
    new, again = (reverse(f"xero-contact-{one}", args=[link.pk]) for one in ("new", "again"))
    return format_html("{} {}", button(new, "Make a new one"), button(again, "Look again"))


class ContactList(FilteredListView):
    """Customers whose contact is not sure; their invoices wait."""

    tool, title, noun = "invoices", "Contacts in Xero", "companies"
    crumbs = [("Settings", "settings")]
    queryset = ContactLink.objects.open().select_related("customer")
    filterset_class = ContactFilter
    sort = "company"
    empty_icon, empty_title = "circle-check", "Every contact is known"
    empty_text = "Where it is not sure which contact in Xero a company is, it is asked here."
    tabs = [
        Tab("all", "All"),
        Tab("ask", "To choose", Q(state=State.ASK)),
        Tab("broken", "To repair", Q(state=State.BROKEN), "bad"),
    ]

    def get_columns(self) -> list[Column]:
        may_choose = self.may("update")
        columns = [
            Column(
                name="company", label="Company", draw=company_of, value="customer.name",
                sort="customer__name", fixed=True, phone="title",
            ),
            Column(name="state", label="State", draw=state_of, value="get_state_display",
                   phone="state"),
            Column(name="reason", label="Why", css="words", phone="sub"),
            Column(
                name="candidates", label="In Xero", draw=candidates_of(may_choose),
                value=lambda link: ", ".join(words_of(one) for one in link.candidates),
                css="words", phone="value",
            ),
        ]  # fmt: skip
        if may_choose:
            columns.append(Column(name="others", label="Or", draw=others_of, value="", css="nw"))
        return columns


class ContactStep:
    """A step of the queue, which it leads back to."""

    tool, level, crumbs = "invoices", "update", CRUMBS
    queryset = ContactLink.objects.select_related("customer")
    success_message = "{result.customer} is {result.contact_name} in Xero."

    def success_url(self, result) -> str:
        return reverse("xero-contact-list")


class UseContact(ContactStep, RecordStepView):
    """Take the contact that stands in the address."""

    submit_label = "Use this one"

    @property
    def contact_id(self) -> str:
        return self.request.GET.get("contact", "")

    def get_title(self) -> str:
        return f"Contact of {self.record.customer}"

    @property
    def question(self) -> str:
        found = [words_of(one) for one in self.record.candidates if one["id"] == self.contact_id]
        which = found[0] if found else "this contact"
        return f"Is {self.record.customer} {which} in Xero? What waits for it is sent again."

    def perform(self):
        return choosing.use(self.record, self.contact_id, by=self.request.user)


class LookAgain(ContactStep, RecordStepView):
    """Ask Xero once more, as after a repair there."""

    submit_label = "Look again"
    question = "Look for the contact in Xero once more?"

    def get_title(self) -> str:
        return f"Contact of {self.record.customer}"

    def perform(self):
        return choosing.look_again(self.record, by=self.request.user)


class ContactForm(OfficeForm):
    """The name that a new contact bears in Xero."""

    name = forms.CharField(
        max_length=255, label="Name in Xero", help_text="No other active contact may have it."
    )


class NewContact(ContactStep, RecordFormView):
    """Make a contact of its own for the customer."""

    form_class, submit_label = ContactForm, "Make it in Xero"

    def get_title(self) -> str:
        return f"New contact for {self.record.customer}"

    def get_initial(self):
        customer, taken = self.record.customer, {one["name"] for one in self.record.candidates}
        name = f"{customer.name} ({customer.pk})" if taken else customer.name
        return {"name": name}

    def perform(self, form):
        name = form.cleaned_data["name"]
        return choosing.make_new(self.record, name, by=self.request.user)
