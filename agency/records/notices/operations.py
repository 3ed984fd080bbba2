"""Tell people what concerns them, in the transaction in which it happens; mark it as read."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from agency.errors import NotAllowedError
from agency.records.notices.models import Notice

Kind = Notice.Kind
LONGEST = 300
RENEWED = ["kind", "text", "path", "told_at", "read_at"]


def tell(people: Iterable, kind: str, text: str, *, path: str = "", key: str | None = None) -> None:
    """Write a line to each of ``people``; with a ``key`` their older line of that key is renewed.

    One statement, and none where there is nobody to tell.
    """
    notices = written(people, kind, text, path, key)
    if key is None:
        Notice.objects.bulk_create(notices)
        return
    Notice.objects.bulk_create(
        notices, update_conflicts=True, unique_fields=["staff", "key"], update_fields=RENEWED
    )


def tell_once(people: Iterable, kind: str, text: str, *, path: str = "", key: str) -> None:
    """The same, but who was told of that ``key`` before is not told again."""
    notices = written(people, kind, text, path, key)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def written(people: Iterable, kind: str, text: str, path: str, key: str | None) -> list[Notice]:
    line = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    told_at = timezone.now()
    return [
        Notice(staff=one, kind=kind, text=line, path=path, key=key, told_at=told_at)
        for one in people
    ]


def read(notice: Notice, *, by) -> Notice:
    """Mark a line of one's own as read; twice is once."""
    if notice.staff_id != by.pk:
        raise NotAllowedError("This was told to somebody else.")
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def read_all(*, by) -> int:
    """Mark all of one's own lines as read, and say how many."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())


def drop_read(before: datetime) -> int:
    """Drop what was read before a moment; what keeps a person from being told twice stays."""
    return Notice.objects.filter(read_at__lt=before, key=None).delete()[0]


def caretakers() -> list:
    """The active people who look after the installation."""
    people = get_user_model().objects.filter(is_active=True).select_related("role")
    return [person for person in people if person.has_perm("settings:manage")]
