"""Attachments, to look at."""

from django.contrib import admin

from agency.records.files.models import Attachment
from agency.records.looking import LookOnly


@admin.register(Attachment)
class AttachmentAdmin(LookOnly):
    list_display = ["name", "content_type", "size", "subject_type", "uploaded_by", "uploaded_at"]
    list_filter = ["content_type", "subject_type", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "=subject_id", "sha256", "uploaded_by__email"]
    fields = [
        *("name", "content_type", "size", "sha256", "subject_type", "subject_id"),
        *("uploaded_by", "uploaded_at"),
    ]
