"""What the query string of a list may say beside its filters: order, fields, times."""

from datetime import UTC, datetime

from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from agency.api.errors import Refusal

# Query name: the column, and how it is compared.
TIMES = {
    "created_after": ("created_at", "gte"),
    "created_before": ("created_at", "lt"),
    "updated_since": ("updated_at", "gte"),
}


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def ordered(rows, text: str, sorts: dict[str, str]):
    """Order by ``sort=-date,number``; the key comes last, so that pages never overlap."""
    order = []
    for part in listed(text):
        name = part.removeprefix("-")
        if name not in sorts:
            raise Refusal(400, f"sort: use {', '.join(sorts)}, not “{name[:40]}”.", field="sort")
        column = F(sorts[name])
        order.append(column.desc(nulls_last=True) if part != name else column.asc())
    return rows.order_by(*order, "-pk") if order else rows


def chosen(text: str, known, parameter: str) -> list[str]:
    """The names of ``fields=`` or ``include=``, each of which must be known."""
    names = listed(text)
    for name in names:
        if name not in known:
            message = f"{parameter}: use {', '.join(known)}, not “{name[:40]}”."
            raise Refusal(400, message, field=parameter)
    return names


def within_times(rows, params):
    """Keep rows made or changed in the asked time: a date or a moment, the organisation's zone."""
    columns = {field.name for field in rows.model._meta.fields}
    for name, (column, lookup) in TIMES.items():
        text = params.get(name, "").strip()
        if text and column in columns:
            rows = rows.filter(**{f"{column}__{lookup}": moment_of(name, text)})
    return rows


def moment_of(name: str, text: str) -> datetime:
    try:
        found = parse_datetime(text) or parse_datetime(f"{parse_date(text)} 00:00:00")
        if found is not None:
            aware = found if timezone.is_aware(found) else timezone.make_aware(found)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refusal(400, f"{name}: send a date or a moment, such as 2026-02-10.", field=name)
