"""Notes and comments, to look at."""

from django.contrib import admin

from agency.records.looking import LookOnly
from agency.records.notes.models import Comment, Note


class RemarkAdmin(LookOnly):
    list_display = ["__str__", "subject_type", "subject_id", "created_by", "created_at"]
    list_filter = ["subject_type", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["body", "=subject_id", "created_by__email"]
    date_hierarchy = "created_at"


@admin.register(Note)
class NoteAdmin(RemarkAdmin):
    pass


@admin.register(Comment)
class CommentAdmin(RemarkAdmin):
    pass
