"""What the client sees behind the link in the mail: the invoice, no sign-in.

GET only shows; that it was opened is told by the page's own POST. The address carries a token of
192 bits, kept as a hash, for this one invoice and for a limited time.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from agency.records.links import operations as links
from billing.invoices import printing
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class ClientInvoice(View):
    """The invoice of a live link; an ended, revoked or wrong one is not found."""

    permission = "link token"

    def invoice(self) -> Invoice:
        self.link = links.find(self.kwargs["token"], Invoice.subject_name)
        found = Invoice.objects.live().exclude(status=InvoiceStatus.DRAFT)
        invoice = found.filter(pk=self.link.subject_id).first() if self.link else None
        if invoice is None:
            raise Http404
        return invoice

    def get(self, request, token: str) -> HttpResponse:
        invoice = self.invoice()
        context = {
            "invoice": invoice,
            "document": printing.document(invoice),
            "token": token,
        }
        return render(request, "billing/invoices/client.html", context)

    def post(self, request, token: str) -> HttpResponse:
        self.invoice()
        links.opened(self.link)
        return HttpResponse(status=204)


class ClientPdf(ClientInvoice):
    """The same as a PDF."""

    http_method_names = ["get"]

    def get(self, request, token: str) -> HttpResponse:
        invoice = self.invoice()
        name = printing.file_name(invoice)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(printing.pdf(invoice), content_type="application/pdf", headers=headers)
