"""The credit note as the client gets it: an adjustment note where GST is taken back.

Source of what it must show: GST Act s 29-75 and ATO, "Adjustment notes": the words, the supplier
and ABN, the recipient, the date, the reason, and the tax invoice that it is about.
"""

from datetime import date

from django.template.loader import render_to_string

from agency.documents import pdf as documents
from agency.documents.media import data_uri
from billing.credit_notes import issuing
from billing.credit_notes.models import CreditNote
from billing.credit_notes.states import CreditNoteStatus
from billing.invoices import issuing as invoices
from billing.invoices.printing import printed, safe_name, tax_number

TEMPLATE = "billing/credit_notes/print.html"


def document(note: CreditNote) -> dict:
    """What the print shows: the snapshot of an issued note, today's particulars of a draft."""
    lines = list(note.lines.order_by("position", "pk"))
    frozen = note.snapshot or (
        invoices.parties(note, lines) | {"invoice": issuing.corrected(note.invoice)}
    )
    about = frozen["invoice"]
    return {
        "note": note,
        "title": title_of(frozen),
        "number": note.number or "Draft",
        "is_draft": note.is_draft,
        "is_void": note.status == CreditNoteStatus.VOIDED,
        "lines": [printed(line, note.currency) for line in lines],
        "seller": frozen["seller"],
        "buyer": frozen["buyer"] | {"tax_number": tax_number(frozen["buyer"]["abn"])},
        "taxes": [tax for tax in frozen["taxes"] if frozen["seller"]["is_tax_registered"]],
        "about": about and about | {"issued_on": date.fromisoformat(about["issued_on"])},
        "logo": data_uri(frozen["seller"]["logo"]) if frozen["seller"]["logo"] else "",
    }


def title_of(frozen: dict) -> str:
    """A note about a tax invoice is an adjustment note; without an ABN there is none."""
    seller = frozen["seller"]
    is_adjustment = seller["is_tax_registered"] and seller["abn"] and frozen["invoice"]
    return "Adjustment note" if is_adjustment else "Credit note"


def pdf(note: CreditNote) -> bytes:
    return documents.render(render_to_string(TEMPLATE, document(note)))


def file_name(note: CreditNote) -> str:
    return safe_name(note.number or f"draft-credit-note-{note.pk}")
