"""Everything that makes, moves, changes and removes a deal."""

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError
from agency.records.history import changed, record, spelled
from agency.reference import organisation
from crm.customers.operations import require_currency
from crm.deals.models import Deal
from crm.deals.states import DEAL_WORKFLOW, LIKELY, OPEN_STAGES, DealStage
from crm.onboarding import operations as onboarding
from crm.rows import locked, remove, require_active, write

VERBS = {DealStage.WON: "won", DealStage.LOST: "lost"}


@transaction.atomic
def create(*, by, stage: str = DealStage.LEAD, **values) -> Deal:
    """Add a deal, owned by ``by`` unless another owner is named.

    The currency defaults to the customer's, then the organisation's; the probability follows the
    stage. A deal may be entered as won or lost already.
    """
    deal = Deal(created_by=by, stage=stage, **{"owner": by} | checked({"title": "", **values}))
    deal.customer = deal.customer or (deal.contact.customer if deal.contact else None)
    require_own_contact(deal)
    deal.currency = values.get("currency") or usual_currency(deal.customer)
    if "probability" not in values or stage not in OPEN_STAGES:
        deal.probability = LIKELY[DealStage(stage)]
    deal.closed_at = None if stage in OPEN_STAGES else timezone.now()
    deal.save(force_insert=True)
    record(deal, "created", by=by, title=deal.title, stage=str(stage))
    welcome(deal, by=by)
    return deal


@transaction.atomic
def update(
    deal: Deal, *, by, stage: str | None = None, lost_reason: str | None = None, **values
) -> Deal:
    """Change a deal, and its stage along the allowed moves.

    Another company takes the contact away unless one of its own is named.
    """
    deal = locked(deal)
    target = stage or deal.stage
    moves = target != deal.stage
    if lost_reason is not None:
        require_lost(target)
        values |= {} if moves else {"lost_reason": lost_reason}
    changes = changed(deal, checked(values))
    if "customer" in changes and "contact" not in values and deal.contact:
        changes["contact"] = [deal.contact, None]
    if changes:
        write(deal, changes)
        require_own_contact(deal)
        record(deal, "updated", by=by, **spelled(changes))
    return move(deal, target, by=by, reason=lost_reason or "") if moves else deal


def require_lost(stage: str) -> None:
    if stage != DealStage.LOST:
        raise BusinessError("Only a lost deal has a reason.", field="lost_reason")


def win(deal: Deal, *, by) -> Deal:
    """Close a deal as won; the customer's onboarding notes it."""
    return move(deal, DealStage.WON, by=by)


def lose(deal: Deal, *, by, reason: str = "") -> Deal:
    """Close a deal as lost, with the reason where one is known."""
    return move(deal, DealStage.LOST, by=by, reason=reason)


@transaction.atomic
def move(deal: Deal, stage: str, *, by, reason: str = "") -> Deal:
    """Take a deal to a stage. Raises ``StateError`` naming the allowed ones.

    Closing it stamps the moment and makes the probability 100 or 0; opening it again takes both
    back. A probability that was typed for an open deal stays.
    """
    deal = locked(deal)
    DEAL_WORKFLOW.require(deal.stage, stage)
    values: dict = {"stage": DealStage(stage)}
    if stage not in OPEN_STAGES:
        values |= {"closed_at": timezone.now(), "probability": LIKELY[DealStage(stage)]}
    elif deal.stage not in OPEN_STAGES or deal.probability == LIKELY[DealStage(deal.stage)]:
        values |= {"closed_at": None, "probability": LIKELY[DealStage(stage)]}
    values["lost_reason"] = reason if stage == DealStage.LOST else ""
    changes = changed(deal, values)
    write(deal, changes)
    changes.pop("closed_at", None)
    record(deal, VERBS.get(DealStage(stage), "stage_changed"), by=by, **spelled(changes))
    welcome(deal, by=by)
    return deal


@transaction.atomic
def delete(deal: Deal, *, by) -> None:
    """Remove a deal. Raises ``ConflictError`` while a budget or a task belongs to it."""
    deal = locked(deal)
    record(deal, "deleted", by=by, title=deal.title)
    remove(deal, besides=[apps.get_model("crm", "Task").objects.about(deal)])


def checked(values: dict) -> dict:
    values = dict(values)
    if "title" in values and not values["title"].strip():
        raise BusinessError("A deal needs a title.", field="title")
    if values.get("value") is not None and values["value"] < 0:
        raise BusinessError("The value of a deal cannot be negative.", field="value")
    require_currency(values)
    require_active(values.get("owner"), field="owner")
    return values


def require_own_contact(deal: Deal) -> None:
    if deal.contact and deal.contact.customer_id != deal.customer_id:
        raise BusinessError("The contact belongs to another company.", field="contact")


def usual_currency(customer) -> str:
    """The currency that work for a customer is priced in."""
    own = customer.currency if customer else ""
    return own or organisation.current().base_currency


def welcome(deal: Deal, *, by) -> None:
    if deal.stage == DealStage.WON and deal.customer:
        onboarding.complete(deal.customer, "deal_won", by=by, source=onboarding.AUTO)
