"""The list of currencies, the page of one with its rates, and their forms."""

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from agency.reference import organisation
from agency.reference.currencies import operations
from agency.reference.currencies.filters import CurrencyFilter
from agency.reference.currencies.forms import CurrencyForm, RateForm, TableForm
from agency.reference.currencies.models import Currency, ExchangeRate
from agency.reference.drawing import use_pill
from agency.ui.formats import day
from agency.ui.views import (
    Action,
    BulkAction,
    Column,
    FilteredListView,
    OperationFormView,
    RecordFormView,
    RecordStepView,
    RecordView,
    Tab,
)

CRUMBS = [("Settings", "settings"), ("Currencies", "currency-list")]
SHOWN_RATES = 60


def with_newest_rate():
    newest = ExchangeRate.objects.filter(currency=OuterRef("pk")).order_by("-on")
    return Currency.objects.annotate(
        newest_rate=Subquery(newest.values("rate")[:1]), newest_on=Subquery(newest.values("on")[:1])
    )


def newest(currency):
    """The newest rate without trailing zeros."""
    return "–" if currency.newest_rate is None else f"{currency.newest_rate.normalize():f}"


def in_use(is_active: bool):
    return lambda currency, by: operations.update(currency, by=by, is_active=is_active)


class CurrencyList(FilteredListView):
    tool, title, noun, sort = "settings", "Currencies and rates", "currencies", ""
    crumbs = [("Settings", "settings")]
    filterset_class, filters = CurrencyFilter, []
    tabs = [Tab("used", "In use", Q(is_active=True)), Tab("all", "All")]
    columns = [
        Column(name="code", label="Code", kind="link", sort="code", phone="title", fixed=True),
        Column(name="name", label="Name", sort="name", clip=True, phone="sub"),
        Column(name="symbol", label="Symbol"),
        Column(name="decimals", label="Decimals", kind="number"),
        Column(name="rate", label="Newest rate", value=newest, css="num", phone="value"),
        Column(name="on", label="Of", value="newest_on", kind="date", sort="newest_on"),
        Column(name="state", label="State", value="is_active", draw=use_pill, phone="state"),
    ]
    bulk_actions = [
        BulkAction(
            key="use",
            label="Take into use",
            run=in_use(True),
            done="in use now",
            allows=lambda row: not row.is_active,
        ),
        BulkAction(
            key="retire",
            label="Take out of use",
            run=in_use(False),
            done="out of use now",
            allows=lambda row: row.is_active,
        ),
    ]

    def get_queryset(self):
        return with_newest_rate()

    @property
    def actions(self) -> list[Action]:
        return [
            Action(label="Import rates", url=reverse("rates-import"), icon="upload", dialog=True)
        ] * self.may("update")


class CurrencyPage(RecordView):
    tool, subject, name = "settings", "currency", "currency"
    queryset, template_name = Currency.objects, "settings/currency.html"
    crumbs = [("Settings", "settings")]
    list_url, list_label = "currency-list", "Currencies"

    def actions(self):
        edit = Action(
            label="Edit",
            url=self.path("currency-edit"),
            icon="pencil",
            level="update",
            dialog=True,
            key="e",
        )
        if self.record.code == organisation.current().base_currency:
            return [edit]
        label = f"Set rate of {self.record.code}"
        url = self.path("rate-new")
        return [edit, Action(label=label, url=url, level="update", dialog=True, primary=True)]

    def path(self, route: str) -> str:
        return reverse(route, args=[self.record.pk])

    def get_context_data(self, **context):
        return super().get_context_data(
            rates=self.record.rates.order_by("-on")[:SHOWN_RATES],
            base=organisation.current().base_currency,
            may_update=self.may("update"),
            **context,
        )


class EditCurrency(RecordFormView):
    tool, form_class, crumbs = "settings", CurrencyForm, CRUMBS
    queryset = Currency.objects
    success_message = "“{result}” is saved."

    def get_title(self) -> str:
        return f"Currency {self.record.code}"

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **form.cleaned_data)


class NewRate(RecordFormView):
    tool, form_class, crumbs, submit_label = "settings", RateForm, CRUMBS, "Set rate"
    queryset = Currency.objects

    def get_title(self) -> str:
        return f"Rate of {self.record.code}"

    def get_initial(self):
        return {}

    def perform(self, form):
        return operations.set_rate(self.record, by=self.request.user, **form.cleaned_data)

    def said(self, result) -> str:
        return f"The rate of {self.record.code} on {day(result.on)} is kept."

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class RemoveRate(RecordStepView):
    tool, level, title, submit_label, danger = "settings", "manage", "Remove rate", "Remove", True
    queryset = ExchangeRate.objects.select_related("currency")
    question = "Issued documents keep the rate that they were issued with."
    success_message = "The rate is removed."

    def perform(self):
        operations.remove_rate(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return self.record.currency.get_absolute_url()


class ImportRates(OperationFormView):
    tool, title, form_class, crumbs = "settings", "Import rates", TableForm, CRUMBS
    submit_label = "Import"
    success_message = "{result} rates are kept."

    def perform(self, form):
        source = form.cleaned_data["source"]
        return operations.import_rates(form.text(), source=source, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("currency-list")
