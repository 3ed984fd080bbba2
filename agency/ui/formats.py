"""How figures, dates and people are written on a page."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from agency import money

DASH = mark_safe('<span class="muted">–</span>')
MINUS = "−"


def amount(value: Decimal | None, currency: str = "") -> str:
    """An amount with the currency's decimals and thousands apart, half up: 1,234.50, −3.00."""
    if value is None:
        return "–"
    decimals = money.decimals(currency) if currency else 2
    rounded = money.rounded(Decimal(value), currency or "AUD")
    return f"{rounded:,.{decimals}f}".replace("-", MINUS)


def money_html(value: Decimal | None, currency: str = "") -> SafeString:
    """An amount with its currency code before it, small and grey."""
    if value is None:
        return DASH
    if not currency:
        return mark_safe(amount(value))  # noqa: S308 - digits only
    return format_html('<span class="cur">{}</span>{}', currency, amount(value, currency))


def quantity(value: Decimal | None) -> str:
    """A quantity or rate without trailing zeros, at most 4 decimals: 7.5, 1,200."""
    return "–" if value is None else f"{money.plain(Decimal(value)):,f}".replace("-", MINUS)


def clock(minutes: int | None) -> str:
    """Whole minutes as hours and minutes: 450 is 7:30."""
    if minutes is None:
        return "–"
    sign = MINUS if minutes < 0 else ""
    hours, rest = divmod(abs(int(minutes)), 60)
    return f"{sign}{hours}:{rest:02d}"


def day(value: date | None) -> str:
    """A date as 20 Nov, with the year where it is not this one."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    year = "" if value.year == timezone.localdate().year else f" {value.year}"
    return f"{value.day} {value:%b}{year}"


def moment(value: datetime | None) -> str:
    """A moment in the active time zone: 20 Nov 14:05."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"


def percent(value: Decimal | float | None) -> str:
    """A percentage as a whole number: 86 %."""
    return "–" if value is None else f"{money.rounded(Decimal(value), 'JPY')} %"


def initials(name: str) -> str:
    """Two letters that stand for a person: Mia Tran is MT."""
    words = [word for word in str(name).split() if word]
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


def face(name: str, css: str = "") -> SafeString:
    """The round badge of a person; its tint follows from the name, so it never changes."""
    tint = ["fa", "fb", "fc", "fd"][sum(map(ord, str(name))) % 4]
    return format_html(
        '<span class="face {} {}" aria-hidden="true">{}</span>', tint, css, initials(name)
    )
