"""Accounts and taxes: what our service types and tax codes are in Xero."""

from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html

from agency.reference.drawing import SettingsList
from agency.reference.models import Tax
from agency.ui import formats, icons
from agency.ui.views import Action, Column, FilteredListView, RecordFormView
from billing.bookkeeping.account_forms import AccountForm, revenue_accounts
from billing.mapping import operations as mapping
from billing.xero import gateway
from billing.xero.models import Connection, ListedTaxRate
from budgets.models import ServiceType

CRUMBS = [("Settings", "settings"), ("Accounts in Xero", "xero-account-list")]


class XeroLists:
    """What both pages show of the lists, and the button that reads them again."""

    template_name = "billing/bookkeeping/lists.html"

    @property
    def read(self) -> str:
        return read_words()

    @property
    def actions(self) -> list[Action]:
        if not self.request.user.has_perm("settings:manage") or not gateway.is_connected():
            return []
        path = reverse("xero-lists")
        return [Action(label="Read the lists again", url=path, icon="refresh-cw", post=True)]


def read_words() -> str:
    """When Xero's lists were read last."""
    at = Connection.objects.values_list("lists_read_at", flat=True).first()
    return f"Xero's lists were read on {formats.moment(at)}" if at else "Xero's lists are not read"


class AccountList(XeroLists, SettingsList):
    """Each service type with the account that its lines are booked to."""

    tool, title, noun, sort = "invoices", "Accounts in Xero", "service types", ""
    crumbs = [("Settings", "settings")]
    edit_url, edit_level = "xero-account-edit", "manage"
    empty_icon, empty_title = "book-open", "No service types yet"
    empty_text = "Service types are made in the settings of budgets."

    @property
    def queryset(self):
        return ServiceType.objects.select_related("mapping_rule").order_by("position", "name")

    @cached_property
    def listed(self) -> dict[str, str]:
        return dict(revenue_accounts())

    def get_columns(self) -> list[Column]:
        self.columns = [
            Column(name="name", label="Service type", sort="name", fixed=True, phone="title"),
            Column(name="account", label="Account", draw=self.account_of, value=code_of,
                   phone="value"),
            Column(name="note", label="Note", value="mapping_rule.description", clip=True),
        ]  # fmt: skip
        return super().get_columns()

    def account_of(self, row: ServiceType):
        code = code_of(row)
        if not code:
            return format_html('<span class="muted">{}</span>', "The usual one of the connection")
        if not self.listed or code in self.listed:
            return self.listed.get(code, code)
        return format_html(
            "{} {}", code, icons.pill("Not an active revenue account", "circle-alert", "bad")
        )


def code_of(row: ServiceType) -> str:
    rule = getattr(row, "mapping_rule", None)
    return rule.xero_account_code if rule else ""


class EditAccount(RecordFormView):
    """Chooses the account of a service type."""

    tool, level, crumbs, form_class = "invoices", "manage", CRUMBS, AccountForm
    title, queryset = (
        "Account of a service type",
        ServiceType.objects.select_related("mapping_rule"),
    )
    success_message = "{result}"

    @property
    def intro(self) -> str:
        return str(self.record)

    @property
    def is_stale(self) -> bool:
        return False

    def get_initial(self):
        rule = getattr(self.record, "mapping_rule", None)
        names = ("xero_account_code", "description")
        return {name: getattr(rule, name) for name in names} if rule else {}

    def perform(self, form):
        return mapping.upsert(self.record, by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return reverse("xero-account-list")


class TaxRateList(XeroLists, FilteredListView):
    """Our tax codes beside Xero's: a code that Xero does not know, or at another rate, is refused
    there.
    """

    tool, title, noun, sort = "invoices", "Taxes in Xero", "taxes", ""
    crumbs = [("Settings", "settings")]

    @property
    def queryset(self):
        return Tax.objects.order_by("pk")

    @cached_property
    def listed(self) -> dict[str, ListedTaxRate]:
        return {row.code: row for row in ListedTaxRate.objects.all()}

    def get_columns(self) -> list[Column]:
        return [
            Column(name="code", label="Code", fixed=True, phone="title"),
            Column(name="name", label="Here"),
            Column(name="rate", label="Our rate", value=lambda row: percent(row.rate),
                   phone="value"),
            Column(name="there", label="In Xero", value=self.name_there),
            Column(name="rate_there", label="Xero's rate", value=self.rate_there),
            Column(name="agrees", label="", draw=self.verdict, value=self.words, phone="state"),
        ]  # fmt: skip

    def name_there(self, row: Tax) -> str:
        return self.listed[row.code].name if row.code in self.listed else ""

    def rate_there(self, row: Tax) -> str:
        return percent(self.listed[row.code].rate) if row.code in self.listed else ""

    def words(self, row: Tax) -> str:
        found = self.listed.get(row.code)
        if not self.listed:
            return "Not read"
        if found is None:
            return "Xero does not know it"
        if found.status != "ACTIVE" or not found.on_revenue:
            return "Not for income in Xero"
        return "Agrees" if found.rate == row.rate else "The rates differ"

    def verdict(self, row: Tax):
        words = self.words(row)
        tones = {"Agrees": ("circle-check", "good"), "Not read": ("clock", "")}
        return icons.pill(words, *tones.get(words, ("circle-alert", "bad")))


def percent(rate) -> str:
    return formats.percent(rate * 100)
