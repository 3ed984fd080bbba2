"""Sync many invoices: chunks of ids, or what has changed since the last time.

N invoices cost ⌈N/40⌉ calls, one that is missing from an answer one more. A bad invoice is an entry
with its reason, and the others go on. Nothing here runs inside a transaction.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, UnavailableError
from agency.records.longwork import kinds
from agency.records.longwork import operations as longwork
from agency.records.longwork.models import LongWork
from agency.ui.bulk import Outcome, Refusal
from billing.bookkeeping import strays, syncing
from billing.bookkeeping.telling import tell_of
from billing.invoices.models import Invoice
from billing.invoices.states import InvoiceStatus
from billing.xero import gateway
from billing.xero.errors import MissingError, NotConnectedError
from billing.xero.gateway import IDS_AT_ONCE
from billing.xero.models import Connection
from billing.xero.values import RemoteInvoice

log = structlog.get_logger(__name__)
KIND, COMPARISON = "sync with Xero", "compare with Xero"
STRAYS = "strays"
OVERLAP = timedelta(minutes=5)  # clocks differ, and a change may become visible late
NOT_FOR_ALL = "An unexpected error, which has been recorded."


def linked_invoices():
    """Invoices that are in Xero: hidden ones are voided there too, and not asked for."""
    return Invoice.objects.live().exclude(xero_invoice_id=None)


def start(*, by) -> LongWork:
    """Ask for a sync of all linked invoices that the person sees; one that runs is joined.

    Whoever asks carries it out, or has a worker do so.
    """
    return running(KIND, by) or begun(KIND, "Sync {} invoices with Xero", [], by, announce=False)


def compare(*, by) -> LongWork:
    """Ask for a comparison of all that is here with all that is there, in the background."""
    title = "Compare {} invoices with Xero"
    return running(COMPARISON, by) or begun(COMPARISON, title, [STRAYS], by, announce=True)


def running(kind: str, by) -> LongWork | None:
    """What the person asked for before and what is not over; raises where nothing is connected."""
    if not gateway.is_connected():
        raise NotConnectedError
    state = LongWork.State
    open_ones = LongWork.objects.filter(kind=kind, state__in=[state.WAITING, state.RUNNING])
    return open_ones.filter(requested_by=by).first()


def begun(kind: str, title: str, more: list, by, *, announce: bool) -> LongWork:
    rows = linked_invoices().visible_to(by)
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    steps = [pks[at : at + IDS_AT_ONCE] for at in range(0, len(pks), IDS_AT_ONCE)]
    title = title.format(f"{len(pks):,}")
    facts, steps = {"done": "synced"}, [*steps, *more]
    return longwork.start(
        kind, title, by=by, total=len(pks), steps=steps, facts=facts, announce=announce
    )


@kinds.by_calls(COMPARISON)
def take_part(work: LongWork, data: list[int] | str) -> Outcome:
    """A chunk of the linked invoices, or in the end those that stand on one side alone."""
    if data == STRAYS:
        strays.look()
        return Outcome(0, [])
    return take_chunk(work, data)


@kinds.by_calls(KIND)
def take_chunk(work: LongWork, data: list[int]) -> Outcome:
    rows = list(linked_invoices().filter(pk__in=data))
    refused = sync(rows, by=work.requested_by)
    return Outcome(len(rows) - len(refused), refused)


def sync(rows: list[Invoice], *, by=None) -> list[Refusal]:
    """Read these invoices with as few calls as Xero allows; what was refused, and why.

    Raises ``UnavailableError`` where Xero does not answer: nothing is known then, of no invoice.
    """
    way = gateway.gateway()
    remotes = {one.id: one for one in way.invoices([row.xero_invoice_id or "" for row in rows])}
    refused, anew = [], 0
    for row in (row for row in rows if row.xero_invoice_id not in remotes):
        refusal, differs = alone(row, by=by)
        refused += refusal
        anew += differs
    more, differs = take_over([row for row in rows if row.xero_invoice_id in remotes], remotes)
    tell_of(anew + differs)
    return refused + more


def alone(row: Invoice, *, by=None) -> tuple[list[Refusal], int]:
    """One that an answer left out: only Xero's own "no such invoice" counts as gone."""
    try:
        applied = syncing.apply(row, gateway.gateway().invoice(syncing.linked(row)), by=by)
    except MissingError as error:
        return [refusal(row, str(error))], syncing.note_missing(row)
    except UnavailableError:
        raise
    except BusinessError as error:
        return [refusal(row, str(error))], 0
    return [], applied.differs_anew


def take_over(rows: list[Invoice], remotes: dict[str, RemoteInvoice]) -> tuple[list[Refusal], int]:
    """Apply what was read; those that agree already are only stamped, in one statement."""
    known = syncing.known_of(rows, remotes.values())
    refused, settled, anew = [], [], 0
    for row in rows:
        remote = remotes[row.xero_invoice_id or ""]
        try:
            if agrees(row, remote, known[row.pk]):
                settled.append(row.pk)
            else:
                anew += syncing.apply(row, remote).differs_anew
        except Exception as error:  # noqa: BLE001 one bad invoice costs no other
            refused.append(refusal(row, reason_of(error)))
    syncing.stamp(settled)
    return refused, anew


def agrees(row: Invoice, remote: RemoteInvoice, known: syncing.Known) -> bool:
    return not syncing.comparing.sums_of(remote) and syncing.is_settled(row, remote, known)


def refusal(row: Invoice, reason: str) -> Refusal:
    return Refusal(str(row), reason, row.get_absolute_url())


def reason_of(error: Exception) -> str:
    if isinstance(error, BusinessError):
        return str(error)
    log.error("An invoice could not be synced.", exc_info=error)
    return NOT_FOR_ALL


def read_changes(now: datetime | None = None) -> int:
    """Take over what has changed in Xero since the last time; how many of ours that were."""
    now = now or timezone.now()
    connection = Connection.objects.usable().first()
    if connection is None:
        return 0
    if connection.changes_read_until is None:
        read_until(connection, now)  # what was before, the nightly sweep reads
        return 0
    since = connection.changes_read_until - OVERLAP
    count = 0
    for page in gateway.gateway().invoices_changed_since(since):
        remotes = {one.id: one for one in page}
        rows = list(linked_invoices().filter(xero_invoice_id__in=remotes))
        refused, anew = take_over(rows, remotes)
        for one in refused:
            log.warning("An invoice was not synced.", invoice=one.label, reason=one.reason)
        tell_of(anew)
        count += len(rows)
    read_until(connection, now)
    return count


def read_until(connection: Connection, moment: datetime) -> None:
    Connection.objects.filter(pk=connection.pk).update(changes_read_until=moment)


def sweep(since: datetime) -> int:
    """Read each linked invoice that may still change and was not read since; how many.

    Broken off by a limit it goes on where it was: what is read has its stamp.
    """
    open_ones = linked_invoices().exclude(status=InvoiceStatus.VOIDED)
    waiting = open_ones.exclude(xero_synced_at__gte=since).order_by("pk")
    count = 0
    last = 0
    while rows := list(waiting.filter(pk__gt=last)[:IDS_AT_ONCE]):
        for one in sync(rows):
            log.warning("An invoice was not synced.", invoice=one.label, reason=one.reason)
        last, count = rows[-1].pk, count + len(rows)
    with transaction.atomic():
        Connection.objects.usable().update(swept_at=timezone.now())
    return count
