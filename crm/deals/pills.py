"""How a deal is drawn."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.reference import organisation
from agency.ui import formats, icons
from crm.deals.models import Deal
from crm.deals.states import OPEN_STAGES, DealStage

PILLS = {
    DealStage.LEAD: ("Lead", "circle-dashed", ""),
    DealStage.QUALIFIED: ("Qualified", "circle-dot", "line"),
    DealStage.PROPOSAL: ("Proposal", "file-text", "info"),
    DealStage.NEGOTIATION: ("Negotiation", "messages-square", "warn"),
    DealStage.WON: ("Won", "circle-check", "good"),
    DealStage.LOST: ("Lost", "circle-x", "void"),
}


def stage_pill(deal: Deal) -> SafeString:
    return icons.pill(*PILLS[DealStage(deal.stage)])


def is_late(deal: Deal) -> bool:
    """Open past the day when it was to close."""
    return bool(
        deal.stage in OPEN_STAGES and deal.close_on and deal.close_on < organisation.today()
    )


def close_of(deal: Deal) -> SafeString | str:
    if is_late(deal):
        return format_html('<span class="bad">{}</span>', formats.day(deal.close_on))
    return formats.day(deal.close_on)
