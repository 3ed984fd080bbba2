"""How the CRM dialect spells an invoice and its items."""

from django.utils.crypto import salted_hmac
from rest_framework import serializers

from agency.api.fields import AmountIn, IdIn, MoneyOut
from agency.api.names import Fields
from agency.api.rows import ColumnMixin
from agency.api.v1.fields import Code, CodeIn, Codes
from agency.api.v1.lookups import Lookup, currency
from agency.api.v1.names import V1Names
from billing.invoices.models import Invoice, InvoiceLine
from billing.invoices.states import Standing
from billing.lines.api_v1 import DocumentLineNames, shown_of

STANDINGS = Codes(
    (1, "Unpaid", Standing.UNPAID),
    (2, "Paid", Standing.PAID),
    (3, "Partially paid", Standing.PARTIAL),
    (4, "Overdue", Standing.OVERDUE),
    (5, "Cancelled", Standing.VOIDED),
    (6, "Draft", Standing.DRAFT),
)
BEFORE_TAX = "before_tax"
MOST_MODES, MOST_ITEMS = 50, 1000


class Hash(ColumnMixin, serializers.CharField):
    """A name of the document that nobody can guess."""

    def convert(self, pk):
        return salted_hmac("invoice", str(pk)).hexdigest()[:32]


class HasCome(ColumnMixin, serializers.BooleanField):
    """Whether a moment has come: it went out to the client, it was ticked off."""

    def convert(self, moment):
        return moment is not None


class BeforeTax(ColumnMixin, serializers.CharField):
    """A discount is always taken off before tax."""

    schema = {"const": BEFORE_TAX}

    def convert(self, pk):
        return BEFORE_TAX


class BeforeTaxIn(serializers.ChoiceField):
    """Nothing to keep: any other kind of discount is refused."""

    def __init__(self, *, source: str, **kwargs) -> None:
        super().__init__(choices=[BEFORE_TAX], allow_blank=True, source="*", **kwargs)

    def run_validation(self, data=serializers.empty):
        super().run_validation(data)
        return {}


class Modes(ColumnMixin, serializers.ListField):
    """The ids of the payment modes that the client may use; none means any."""

    child = serializers.IntegerField()

    def convert(self, keys):
        return keys or []


class ModesIn(serializers.ListField):
    """Payment modes by id or name."""

    schema = {"type": "array", "items": {"type": ["integer", "string"]}, "maxItems": MOST_MODES}
    default_error_messages = {"unknown": "There is no payment mode “{value}”."}
    known = Lookup("mode", "reference.PaymentMode")

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=MOST_MODES, **kwargs)

    def to_internal_value(self, data) -> list[int]:
        return [self.key_of(value) for value in super().to_internal_value(data)]

    def key_of(self, value) -> int:
        found = self.known.find(value)
        if found is None:
            self.fail("unknown", value=str(value)[:40])
        return found.pk


class InvoiceItemNames(DocumentLineNames):
    """One position of an invoice."""

    model = InvoiceLine
    shown = shown_of("invoice")
    sent = {**DocumentLineNames.sent, "id": Fields("id", into=IdIn)}


def items_in(required: bool, source: str):
    """The items of a body; ``source`` is the operations' word for them."""
    made = InvoiceItemNames.body()
    return made(many=True, required=required, source=source, max_length=MOST_ITEMS)


class InvoiceNames(V1Names):
    """An invoice; ``status`` says how it stands."""

    model = Invoice
    shown = {
        "id": "pk",
        "status": Code("stands", STANDINGS),
        "customer_id": "customer",
        "client_name": "customer.name",
        "project_id": "project",
        "hash": Fields("pk", out=Hash),
        "subtotal": "subtotal",
        "total_tax": Fields("tax", out=MoneyOut),
        "total": "total",
        "total_paid": Fields("amount_paid", out=MoneyOut),
        "total_credited": Fields("amount_credited", out=MoneyOut),
        "total_left_to_pay": Fields("balance", out=MoneyOut),
        "discount_type": Fields("pk", out=BeforeTax),
        "sent": Fields("sent_at", out=HasCome),
        "completed": Fields("completed_at", out=HasCome),
        "datesend": "sent_at",
        "datecreated": "created_at",
    }
    both = {
        "clientid": "customer",
        "number": "number",
        "date": "issued_on",
        "duedate": "due_on",
        "currency": currency(),
        "discount_percent": "discount_percent",
        "discount_total": "discount",
        "adjustment": "adjustment",
        "adminnote": "notes",
        "clientnote": "client_note",
        "terms": "terms",
        "allowed_payment_modes": Fields("allowed_modes", out=Modes, into=ModesIn),
    }
    sent = {
        "status": Fields("status", into=lambda **options: CodeIn(STANDINGS, **options)),
        "items": Fields("lines", into=items_in),
        "subtotal": Fields("subtotal", into=AmountIn),
        "total": Fields("total", into=AmountIn),
        "project_id": "project",
        "discount_type": Fields("discount_type", into=BeforeTaxIn),
    }
    required = {"clientid"}
    accepts = {"customer_id": "clientid"}
