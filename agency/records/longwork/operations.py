"""Ask for long work, note how far it is, end it. The outbox carries it: see ``turns``."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from agency.errors import NotAllowedError, StateError
from agency.records.longwork.models import LongWork, RefusedRow, WorkStep
from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind
from agency.records.outbox import operations as outbox
from agency.ui.bulk import Outcome

EFFECT = "long work"
FOLDER = "results"
FILE_KEPT = timedelta(days=7)
FILE_FIELDS = ("file", "file_name", "content_type", "file_until")
BATCH = 1000
LONGEST = 200  # characters of a label or a path
State = LongWork.State


@transaction.atomic
def start(
    kind: str,
    title: str,
    *,
    by,
    total: int,
    facts: dict | None = None,
    steps: Iterable[Any] = (),
    permission: str = "",
    announce: bool = True,
) -> LongWork:
    """Ask for long work of a registered kind on behalf of ``by``.

    ``steps`` are plain JSON, one transaction each; a kind that writes one file has none. ``total``
    counts rows. ``permission`` is what the file in the end asks for when it is fetched. Who does
    not ``announce`` it carries it out at once.
    """
    facts = {"zone": timezone.get_current_timezone_name(), **(facts or {})}
    work = LongWork.objects.create(
        kind=kind, title=title, requested_by=by, total=total, facts=facts, permission=permission
    )
    WorkStep.objects.bulk_create(
        [WorkStep(work=work, data=data) for data in steps], batch_size=BATCH
    )
    payload = {"work": work.pk, "title": title}
    outbox.enqueue(EFFECT, payload, by=by, key=key_of(work), announce=announce)
    return work


def key_of(work: LongWork) -> str:
    """The key of the effect that carries it."""
    return f"long-work-{work.pk}"


def begin(work: LongWork) -> None:
    """Its first turn, or one more try of what had been given up."""
    open_again = LongWork.objects.filter(pk=work.pk, state__in=[State.WAITING, State.FAILED])
    open_again.update(state=State.RUNNING, reason="", finished_at=None)


def note(work: LongWork, step: WorkStep, outcome: Outcome) -> None:
    """Count a step, in the transaction that did it."""
    step.delete()
    RefusedRow.objects.bulk_create(
        RefusedRow(work=work, label=one.label[:LONGEST], reason=one.reason, path=one.path[:LONGEST])
        for one in outcome.refused
    )
    LongWork.objects.filter(pk=work.pk).update(
        done=F("done") + outcome.done, refused=F("refused") + len(outcome.refused)
    )


def count(work: LongWork, done: int) -> bool:
    """Note how far a file is; False where nobody waits for it any more."""
    return bool(LongWork.objects.filter(pk=work.pk, state=State.RUNNING).update(done=done))


def finish(work: LongWork) -> None:
    """All steps are done: tell the person what became of them. The work is locked."""
    word = work.facts.get("done", "done")
    refused = f", {work.refused:,} refused" if work.refused else ""
    _end(work, State.DONE, f"{work.title}. {work.done:,} {word}{refused}.")


def break_off(work: LongWork, reason: str) -> None:
    """It cannot go on; what was done stays done. The work is locked."""
    work.reason = reason
    _end(work, State.FAILED, f"{work.title}: broken off. {reason}")


def keep(work: LongWork, name: str, content: IO[bytes], content_type: str, rows: int) -> None:
    """Store the file that was asked for, kept for a week, and tell the person.

    The file is written before its row, so a full disk leaves neither.
    """
    stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}", File(content))
    with transaction.atomic():
        work = LongWork.objects.locked().get(pk=work.pk)
        if work.is_over:  # stopped meanwhile, or a twin was faster
            default_storage.delete(stored)
            return
        work.file, work.file_name, work.content_type = stored, name, content_type
        work.file_until = timezone.now() + FILE_KEPT
        work.total = work.done = rows
        work.save(update_fields=[*FILE_FIELDS, "total", "done"])
        _end(work, State.DONE, f"{work.title}. The file is ready.")


@transaction.atomic
def stop(work: LongWork, *, by) -> LongWork:
    """Leave the rest undone. Raises ``StateError`` where the work is over."""
    work = LongWork.objects.locked().get(pk=work.pk)
    if work.requested_by_id != by.pk:
        raise NotAllowedError("Somebody else asked for this.")
    if work.is_over:
        raise StateError("It is over already.")
    work.state, work.finished_at = State.STOPPED, timezone.now()
    work.save(update_fields=["state", "finished_at"])
    work.steps.all().delete()
    return work


def drop_files(now: datetime) -> int:
    """Delete the files whose week is over; the work itself stays listed."""
    old = list(LongWork.objects.filter(file_until__lte=now).exclude(file=""))
    for work in old:
        stored, work.file = str(work.file.name), ""
        with transaction.atomic():
            work.save(update_fields=["file"])
            transaction.on_commit(partial(default_storage.delete, stored), robust=True)
    return len(old)


def drop_old(before: datetime) -> int:
    """Forget work that was over before a moment, with what was refused in it."""
    return LongWork.objects.filter(finished_at__lt=before, file="").delete()[0]


def _end(work: LongWork, state: str, text: str) -> None:
    work.state, work.finished_at = state, timezone.now()
    work.save(update_fields=["state", "finished_at", "reason"])
    path, key = work.get_absolute_url(), f"long-work:{work.pk}"
    notices.tell([work.requested_by], Kind.WORK, text, path=path, key=key)
