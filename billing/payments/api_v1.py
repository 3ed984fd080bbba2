"""``/api/v1/payments`` and ``/api/v1/invoices/:id/payments``."""

from agency.api.fields import MoneyOut
from agency.api.names import Fields
from agency.api.v1.lookups import Lookup
from agency.api.v1.names import V1Names
from agency.api.v1.views import Part, V1ViewSet
from billing.invoices.api_v1 import InvoiceV1ViewSet
from billing.payments import operations
from billing.payments.filters import PaymentFilter
from billing.payments.models import Payment


def amount_out(source: str) -> MoneyOut:
    return MoneyOut(source=source, currency="invoice.currency")


class PaymentNames(V1Names):
    """Money received for an invoice, in its currency."""

    model = Payment
    shown = {
        "id": "pk",
        "amount": Fields("amount", out=amount_out),
        "currency_name": "invoice.currency",
        "clientid": "invoice.customer",
        "daterecorded": "created_at",
    }
    both = {
        "invoiceid": "invoice",
        "date": "paid_on",
        "paymentmode": Lookup("mode", "reference.PaymentMode", grows=True),
        "note": "note",
        "transactionid": "reference",
    }
    sent = {"amount": "amount"}
    required = {"invoiceid", "amount", "date"}
    accepts = {"invoice_id": "invoiceid", "payment_mode": "paymentmode"}


class PaymentV1ViewSet(V1ViewSet):
    """The payments; each one, and each change, brings its invoice up to date."""

    tool = "invoices"
    operations = operations
    names = PaymentNames
    one = "payment"
    queryset = Payment.objects.listing().order_by("-paid_on", "-pk")
    filterset_class = PaymentFilter
    filters = {
        "invoice_id": "invoice_id",
        "customer_id": "customer_id",
        "date_from": "paid_from",
        "date_to": "paid_to",
        "payment_mode": "mode_id",
        "paymentmode": "mode_id",
    }

    def destroy(self, request, *args, **kwargs):
        return super().destroy(request, *args, **kwargs)

    destroy.level = "update"


def payments_of(invoice: int, person):
    """The payments of an invoice, in the order in which they came."""
    rows = Payment.objects.listing().visible_to(person).filter(invoice=invoice)
    return rows.order_by("paid_on", "pk")


InvoiceV1ViewSet.offer("payments", Part(PaymentNames.row(), payments_of))


class InvoicePayments(PaymentV1ViewSet):
    """The payments of one invoice."""

    under = ("billing.Invoice", "invoice")
