"""Write, change and remove notes and comments.

Who sees a record may speak about it. What was said belongs to its author; the record's managers
may change or remove it as well.
"""

from django.contrib.auth import get_user_model
from django.db import transaction

from agency.documents import mail
from agency.errors import BusinessError, NotAllowedError
from agency.records import history, subjects
from agency.records.notes import mentions, words
from agency.records.notes.models import Comment, Note
from agency.records.notices import operations as notices
from agency.records.notices.operations import Kind

LONGEST = 20_000
EXCERPT = 100


def create_note(subject, *, by, body: str) -> Note:
    """Keep an internal note with a record. ``body`` is HTML and is cleaned.

    Those whom it names and who may see the record are told.
    """
    with transaction.atomic():
        people, body = mentions.mentioned(sound(body))
        note = _create(Note, subject, by=by, body=body)
        _tell(note, subject, people, by=by)
    return note


def create_comment(subject, *, by, body: str) -> Comment:
    """Say something about a record; those whom it names and who may see it get a mail as well."""
    with transaction.atomic():
        people, body = mentions.mentioned(sound(body))
        comment = _create(Comment, subject, by=by, body=body)
        _notify(comment, subject, people, by=by)
    return comment


def update(remark: Note | Comment, *, by, body: str) -> Note | Comment:
    """Say it differently; people who are named for the first time get a mail."""
    with transaction.atomic():
        remark = type(remark).objects.select_for_update().get(pk=remark.pk)
        subject = require_author(remark, by=by)
        people, body = mentions.mentioned(sound(body))
        if body == remark.body:
            return remark
        excerpts = [excerpt(remark.body), excerpt(body)]
        named, _ = mentions.mentioned(remark.body)
        remark.body = body
        remark.save(update_fields=["body", "updated_at"])
        history.record(subject, f"{word(remark)}_changed", by=by, text=excerpts)
        if isinstance(remark, Comment):
            _notify(remark, subject, people, by=by)
        else:
            fresh = [person for person in people if person not in named]
            _tell(remark, subject, fresh, by=by)
    return remark


def delete(remark: Note | Comment, *, by) -> None:
    """Remove what was said; history keeps that it was there."""
    with transaction.atomic():
        remark = type(remark).objects.select_for_update().get(pk=remark.pk)
        subject = require_author(remark, by=by)
        text = [excerpt(remark.body), None]
        history.record(subject, f"{word(remark)}_removed", by=by, text=text)
        remark.delete()


def sound(body: str) -> str:
    """The cleaned body. Raises ``BusinessError`` where nothing is left, or too much."""
    if len(body) > LONGEST:
        raise BusinessError(f"At most {LONGEST:,} characters.", field="body")
    cleaned = words.clean(body)
    if not words.to_text(cleaned):
        raise BusinessError("Write something.", field="body")
    return cleaned


def may_change(remark, staff) -> bool:
    """Whether it is their own, or they manage records of that kind."""
    if remark.created_by_id == staff.pk:
        return True
    model = subjects.model_of(remark.subject_type)
    return model is not None and staff.has_perm(f"{model.tool}:manage")


def require_author(remark, *, by):
    """The subject of a remark that ``by`` may change. Raises ``NotAllowedError``."""
    subject = subjects.find(remark.subject_type, remark.subject_id, staff=by)
    if subject is None or not may_change(remark, by):
        raise NotAllowedError(f"This {word(remark)} is not yours.")
    return subject


def word(remark) -> str:
    return type(remark).__name__.lower()


def excerpt(body: str) -> str:
    text = " ".join(words.to_text(body).split())
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def _create(kind, subject, *, by, body: str):
    with transaction.atomic():
        remark = kind.objects.create(
            subject_type=subjects.name_of(subject),
            subject_id=subject.pk,
            body=body,
            created_by=by,
        )
        history.record(subject, f"{word(remark)}_added", by=by, text=[None, excerpt(body)])
    return remark


def _notify(comment: Comment, subject, people: list, *, by) -> None:
    """Remember who is named; tell and write to those who hear of it for the first time."""
    told = set(comment.mentions.values_list("pk", flat=True))
    comment.mentions.set(people)
    fresh = [person for person in people if person.pk not in told]
    path = subjects.path_of(subject)
    for person in _tell(comment, subject, fresh, by=by):
        mail.send(
            person.email,
            f"{by} mentioned you: {subject}"[: mail.LONGEST_SUBJECT],
            f"{by} wrote about {subject}:\n\n{words.to_text(comment.body)}",
            link=("Open it", path) if path else None,
            about=subject,
            key=f"mention:{comment.pk}:{person.pk}",
            by=by,
        )


def _tell(remark: Note | Comment, subject, people: list, *, by) -> list:
    """Put a line under the bell of those who may see the record, and say who they are."""
    told = [person for person in people if person != by and _may_see(person, remark)]
    text = f"{by} mentioned you in {subject}: {excerpt(remark.body)}"
    notices.tell(told, Kind.MENTION, text, path=subjects.path_of(subject))
    return told


def _may_see(person, remark: Note | Comment) -> bool:
    person = get_user_model().objects.select_related("role").get(pk=person.pk)
    return subjects.find(remark.subject_type, remark.subject_id, staff=person) is not None
