"""Records that hang on any business object: history, notes, files, links, effects, long work."""

from agency.records.events.models import Event
from agency.records.files.models import Attachment
from agency.records.links.models import PublicLink
from agency.records.longwork.models import LongWork, RefusedRow, WorkStep
from agency.records.notes.models import Comment, Note
from agency.records.notices.models import Notice
from agency.records.outbox.models import Effect

__all__ = [
    "Attachment",
    "Comment",
    "Effect",
    "Event",
    "LongWork",
    "Note",
    "Notice",
    "PublicLink",
    "RefusedRow",
    "WorkStep",
]
