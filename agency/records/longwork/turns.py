"""Carry long work out: step by step, each with its count in one transaction.

A worker may die at any moment: what it had not committed is still to do, the rest is done. After
a while the work makes room for what waits behind it, and takes its next turn later.
"""

from collections.abc import Callable
from time import monotonic, sleep

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from agency.errors import BusinessError, UnavailableError
from agency.records.longwork import kinds, operations
from agency.records.longwork.models import LongWork
from agency.records.outbox import operations as outbox
from agency.ui import bulk

log = structlog.get_logger(__name__)
TURN = 20  # seconds
BREATH = 0.005  # seconds
# The other side or the database is busy, or a person must look: no fault of the row.
NOT_OF_THE_ROW = (OperationalError, InterfaceError, outbox.NotNowError, outbox.GiveUpError)


class NobodyWaitsError(Exception):
    """The work was stopped, or another worker has taken it over."""


def take_turn(effect) -> None:
    """Carry on with the work of an effect; raises ``UnfinishedError`` where some is left."""
    work = LongWork.objects.filter(pk=effect.payload["work"]).first()
    if work is None:
        return
    operations.begin(work)
    with timezone.override(work.facts["zone"]):
        try:
            kind = kinds.kind_of(work)
            carry_on(work, kind, effect)
        except UnavailableError as error:
            raise outbox.NotNowError(str(error), seconds=error.retry_after) from error
        except BusinessError as error:
            give_up(effect, str(error))


def carry_on(work: LongWork, kind: kinds.Kind, effect) -> None:
    if kind.file:
        write_file(work, kind, effect)
    else:
        go_through(work, next_call if kind.call else next_step)


def go_through(work: LongWork, take: Callable[[int], bool]) -> None:
    end = monotonic() + TURN
    while take(work.pk):
        if not has_time(end):
            raise outbox.UnfinishedError


def has_time(end: float) -> bool:
    """Whether the turn goes on; where the database has one writer, others write in between."""
    if connection.vendor == "sqlite":
        sleep(BREATH)
    return monotonic() < end


@transaction.atomic
def next_step(pk: int) -> bool:
    """Do one step and count it, both or neither; False once there is nothing left to do."""
    work = LongWork.objects.locked().get(pk=pk)
    if work.is_over:
        return False
    step = work.steps.first()
    if step is None:
        operations.finish(work)
        return False
    with transaction.atomic():
        outcome = kinds.kind_of(work).step(work, step.data)
    operations.note(work, step, outcome)
    return True


def next_call(pk: int) -> bool:
    """Do one step that waits for another system; only its count is in a transaction.

    A worker that dies before the count leaves the step to do once more.
    """
    work = LongWork.objects.select_related("requested_by__role").get(pk=pk)
    step = work.steps.first()
    outcome = None if work.is_over or step is None else kinds.kind_of(work).call(work, step.data)
    with transaction.atomic():
        work = LongWork.objects.locked().get(pk=pk)
        if work.is_over:
            return False
        if step is None:
            operations.finish(work)
            return False
        if work.steps.filter(pk=step.pk).exists():
            operations.note(work, step, outcome)
    return True


def write_file(work: LongWork, kind: kinds.Kind, effect) -> None:
    def count(rows: int) -> None:
        if not (operations.count(work, rows) and outbox.prolong(effect)):
            raise NobodyWaitsError

    work = LongWork.objects.select_related("requested_by__role").get(pk=work.pk)
    if work.is_over:
        return
    try:
        kind.file(work, count)
    except NobodyWaitsError:
        log.info("Nobody waits for a file any more.", work=work.pk)


@transaction.atomic
def give_up(effect, reason: str) -> None:
    """Tell the person that their work does not go on."""
    for work in LongWork.objects.locked().filter(pk=effect.payload["work"]):
        if not work.is_over:
            operations.break_off(work, reason)


def reason_of(error: Exception) -> str:
    """Why a row was refused; what would refuse every row is raised again.

    An error of our own costs one row, is recorded and does not stop the others.
    """
    if isinstance(error, NOT_OF_THE_ROW):
        raise error
    if isinstance(error, BusinessError):
        return bulk.reason_of(error)
    log.error("A row of long work failed.", error=outbox.words(error), exc_info=error)
    return "An unexpected error, which has been recorded."
