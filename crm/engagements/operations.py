"""Everything that makes, changes and moves an engagement."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from agency import money
from agency.errors import BusinessError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from crm.customers.operations import require_currency
from crm.deals.operations import usual_currency
from crm.engagements import team
from crm.engagements.models import Engagement
from crm.engagements.states import ENGAGEMENT_WORKFLOW, EngagementStatus, MarginSource
from crm.rows import locked, require_active, write

AMOUNTS = ("monthly_revenue", "total_value", "cogs")
FIXED = ("customer", "currency")
is_web_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def create(*, by, status: str = EngagementStatus.ACTIVE, **values) -> Engagement:
    """Add an engagement, owned by ``by`` unless another owner is named.

    The currency defaults to the customer's, then the organisation's. Amounts are rounded half up
    to its smallest unit; ``cogs`` is the cost of one month, as ``monthly_revenue`` is its income.
    """
    engagement = Engagement(created_by=by, status=EngagementStatus(status))
    values = {"owner": by} | checked({"name": "", **values})
    if values.get("customer") is None:
        raise BusinessError("An engagement is for a company.", field="customer")
    engagement.currency = values.pop("currency", "") or usual_currency(values["customer"])
    require_order(engagement, values)
    for name, value in figured(engagement, values).items():
        setattr(engagement, name, value)
    engagement.stopped_on = stop_of(engagement, status)
    engagement.save(force_insert=True)
    record(engagement, "created", by=by, name=engagement.name, status=str(status))
    return engagement


@transaction.atomic
def update(engagement: Engagement, *, by, status: str | None = None, **values) -> Engagement:
    """Change an engagement, and its status along the allowed moves.

    Company and currency stay as they are: its figures are already in the reports of past months.
    """
    engagement = locked(engagement)
    stay = next((name for name in FIXED if is_new(engagement, name, values)), None)
    if stay:
        raise BusinessError(f"An engagement keeps its {stay}.", field=stay)
    kept = {name: value for name, value in checked(values).items() if name not in FIXED}
    require_order(engagement, kept)
    if changes := changed(engagement, figured(engagement, kept)):
        write(engagement, changes)
        changes.pop("margin_source", None)
        if changes:
            record(engagement, "updated", by=by, **spelled(changes))
    if status and status != engagement.status:
        return move(engagement, status, by=by)
    return engagement


@transaction.atomic
def move(engagement: Engagement, status: str, *, by) -> Engagement:
    """Take an engagement to another status. Raises ``StateError`` naming the allowed ones.

    The day on which it stopped running is kept until it runs again.
    """
    engagement = locked(engagement)
    ENGAGEMENT_WORKFLOW.require(engagement.status, status)
    before, stopped_on = engagement.status, stop_of(engagement, status)
    values = {"status": EngagementStatus(status), "stopped_on": stopped_on}
    write(engagement, changed(engagement, values))
    record(engagement, "status_changed", by=by, status=[str(before), str(status)])
    return engagement


def pause(engagement: Engagement, *, by) -> Engagement:
    """Let the work rest; its revenue counts up to the month before."""
    return move(engagement, EngagementStatus.PAUSED, by=by)


def complete(engagement: Engagement, *, by) -> Engagement:
    """Close an engagement that was delivered; its revenue counts to this month."""
    return move(engagement, EngagementStatus.COMPLETED, by=by)


def stop_of(engagement: Engagement, status: str):
    if status == EngagementStatus.ACTIVE:
        return None
    return engagement.stopped_on or organisation.today()


def figured(engagement: Engagement, values: dict) -> dict:
    """The values with amounts in whole units of the currency, and the margin that follows.

    A margin that was sent is kept as sent until null takes it back; else it is
    (monthly revenue - cogs) / monthly revenue, and unknown while one of them is.
    """
    code = engagement.currency
    amounts = {name: values[name] for name in AMOUNTS if values.get(name) is not None}
    values = values | {name: money.rounded(value, code) for name, value in amounts.items()}
    if values.get("margin_pct") is not None:
        return values | {"margin_source": MarginSource.TYPED}
    if "margin_pct" not in values and engagement.margin_source == MarginSource.TYPED:
        return values
    revenue = values.get("monthly_revenue", engagement.monthly_revenue)
    cost = values.get("cogs", engagement.cogs)
    margin = None if revenue is None or cost is None else money.margin(revenue, cost)
    source = MarginSource.UNKNOWN if margin is None else MarginSource.COMPUTED
    return values | {"margin_pct": margin, "margin_source": source}


def checked(values: dict) -> dict:
    """The values as they are kept; a ``BusinessError`` names the one that cannot be."""
    values = dict(values)
    for name, words in (("name", "a name"), ("product", "a product")):
        if name in values and not (values[name] or "").strip():
            raise BusinessError(f"An engagement needs {words}.", field=name)
    for name in AMOUNTS:
        if values.get(name) is not None and not 0 <= values[name] <= money.LARGEST:
            raise BusinessError("This amount cannot be negative.", field=name)
    if values.get("margin_pct") is not None and values["margin_pct"] > money.PER_CENT:
        raise BusinessError("A margin is at most 100 %.", field="margin_pct")
    if "team_members" in values:
        values["team_members"] = team.members(values["team_members"])
    if "tools" in values:
        values["tools"] = team.tools(values["tools"])
    require_address(values.get("jira_board_url"))
    require_currency(values)
    require_active(values.get("owner"), field="owner")
    return values


def require_address(url: str | None) -> None:
    try:
        if url:
            is_web_address(url)
    except ValidationError as error:
        message = "A board's address begins with https://."
        raise BusinessError(message, field="jira_board_url") from error


def require_order(engagement: Engagement, values: dict) -> None:
    start, end = (values.get(name, getattr(engagement, name)) for name in ("start_on", "end_on"))
    if start and end and end < start:
        raise BusinessError("The end lies before the start.", field="end_on")


def is_new(engagement: Engagement, name: str, values: dict) -> bool:
    return name in values and values[name] != getattr(engagement, name)
