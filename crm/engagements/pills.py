"""How an engagement is drawn."""

from datetime import timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString

from agency.reference import organisation
from agency.ui import formats, icons
from crm.engagements.models import Engagement
from crm.engagements.querysets import RENEWAL_DAYS
from crm.engagements.states import EngagementStatus, MarginSource

PILLS = {
    EngagementStatus.ACTIVE: ("Active", "circle-play", "good"),
    EngagementStatus.PAUSED: ("Paused", "circle-pause", "warn"),
    EngagementStatus.COMPLETED: ("Completed", "circle-check", "info"),
    EngagementStatus.CANCELLED: ("Cancelled", "circle-x", "void"),
}
SAID = {MarginSource.TYPED: "typed", MarginSource.COMPUTED: "computed"}


def status_pill(engagement: Engagement) -> SafeString:
    return icons.pill(*PILLS[EngagementStatus(engagement.status)])


def company_of(engagement: Engagement) -> SafeString:
    url = engagement.customer.get_absolute_url()
    return format_html('<a class="soft" href="{}">{}</a>', url, engagement.customer)


def margin_of(engagement: Engagement) -> SafeString:
    """The margin, and whether somebody typed it or it follows from the figures."""
    if engagement.margin_pct is None:
        return formats.DASH
    figure, said = formats.quantity(engagement.margin_pct), SAID[engagement.margin_source]
    return format_html('{} % <span class="muted">· {}</span>', figure, said)


def renewal_of(engagement: Engagement) -> SafeString | str:
    if engagement.renews_on and is_due(engagement):
        tone = "bad" if engagement.renews_on < organisation.today() else "warn"
        return format_html('<span class="{}">{}</span>', tone, formats.day(engagement.renews_on))
    return formats.day(engagement.renews_on)


def is_due(engagement: Engagement) -> bool:
    """Active, and its renewal is near or past."""
    return bool(
        engagement.status == EngagementStatus.ACTIVE
        and engagement.renews_on
        and engagement.renews_on <= organisation.today() + timedelta(days=RENEWAL_DAYS)
    )
