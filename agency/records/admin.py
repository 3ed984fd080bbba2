"""The admin of the slices."""

from agency.records.events.admin import EventAdmin
from agency.records.files.admin import AttachmentAdmin
from agency.records.links.admin import PublicLinkAdmin
from agency.records.longwork.admin import LongWorkAdmin
from agency.records.notes.admin import CommentAdmin, NoteAdmin
from agency.records.outbox.admin import EffectAdmin

__all__ = [
    "AttachmentAdmin",
    "CommentAdmin",
    "EffectAdmin",
    "EventAdmin",
    "LongWorkAdmin",
    "NoteAdmin",
    "PublicLinkAdmin",
]
