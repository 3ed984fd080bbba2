"""Clear away files whose row was never written: a transaction around the upload failed."""

import contextlib
from datetime import timedelta

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

from agency.records.files.models import Attachment

FOLDER = "attachments"
AGE = timedelta(days=1)  # younger ones may still be on their way

SCHEDULE = {
    "files: clear away what no record knows": {
        "task": "agency.records.files.jobs.clear_away",
        "schedule": timedelta(days=1),
    }
}


@shared_task(name="agency.records.files.jobs.clear_away")
def clear_away() -> int:
    """Delete stored files that no attachment names and that are older than a day."""
    return clear_folder(FOLDER, set(Attachment.objects.values_list("file", flat=True)))


def clear_folder(folder: str, known: set[str]) -> int:
    """Delete the stored files of a folder that are not ``known`` and older than a day."""
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    before = timezone.now() - AGE
    lost = [f"{folder}/{name}" for name in names if f"{folder}/{name}" not in known]
    removed = 0
    for name in lost:
        with contextlib.suppress(OSError):
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                removed += 1
    return removed
