"""Attach files to records and take them away again."""

import hashlib
import re
from functools import partial
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from agency.errors import BusinessError, NotAllowedError
from agency.records import history, subjects
from agency.records.files.kinds import kind_of
from agency.records.files.models import Attachment, random_name

LONGEST_NAME = 200
UNSOUND = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def create(subject, *, by, file, name: str = "") -> Attachment:
    """Attach an upload to a record that ``by`` may see.

    ``file`` is Django's uploaded file. The file is written before its row, so a full disk leaves
    neither. Raises ``BusinessError`` for a kind or size that we do not take.
    """
    name = sound_name(name or file.name or "")
    content = content_of(file)
    attachment = Attachment(
        subject_type=subjects.name_of(subject),
        subject_id=subject.pk,
        name=name,
        content_type=kind_of(name, content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    attachment.file.name = default_storage.save(random_name(attachment, name), ContentFile(content))
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
            facts = {"name": name, "size": attachment.size}
            history.record(subject, "file_added", by=by, file=[None, facts])
    except BaseException:
        default_storage.delete(attachment.file.name)
        raise
    return attachment


def delete(attachment: Attachment, *, by) -> None:
    """Remove a file; its content goes after the commit."""
    with transaction.atomic():
        attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
        subject = subjects.find(attachment.subject_type, attachment.subject_id, staff=by)
        if subject is None or not may_remove(attachment, by):
            raise NotAllowedError("This file is not yours.")
        facts = {"name": attachment.name, "size": attachment.size}
        history.record(subject, "file_removed", by=by, file=[facts, None])
        stored = str(attachment.file.name)
        attachment.delete()
        transaction.on_commit(partial(default_storage.delete, stored), robust=True)


def may_remove(attachment: Attachment, staff) -> bool:
    """Whether they uploaded it, or manage records of that kind."""
    if attachment.uploaded_by_id == staff.pk:
        return True
    model = subjects.model_of(attachment.subject_type)
    return model is not None and staff.has_perm(f"{model.tool}:manage")


def sound_name(name: str) -> str:
    """The file's own name, without folders and without signs that deceive the eye."""
    name = PurePosixPath(UNSOUND.sub("", name).replace("\\", "/")).name.strip(" .")
    if not name:
        raise BusinessError("The file needs a name.", field="file")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def content_of(file) -> bytes:
    """The upload's bytes. Raises ``BusinessError`` where it is empty or too large."""
    most = settings.MAX_UPLOAD_BYTES
    if file.size > most:
        raise BusinessError(f"A file may have at most {most // 2**20} MB.", field="file")
    content = file.read()
    if not content:
        raise BusinessError("The file is empty.", field="file")
    return content
