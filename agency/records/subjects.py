"""The names by which records refer to one another: ``rel_type`` and ``rel_id``, history, notes.

A model takes part by naming itself in ``subject_name``. Documents spell some of them otherwise.
"""

from functools import cache

from django.apps import apps
from django.urls import NoReverseMatch

from agency.api.permissions import right_to_see

ALIASES = {"company": "customer", "client": "customer", "user": "staff", "time": "time_entry"}


@cache
def _models() -> dict:
    return {
        model.subject_name: model
        for model in apps.get_models()
        if getattr(model, "subject_name", None)
    }


def names() -> list[str]:
    return sorted(_models())


def model_of(name: str):
    """The model behind a subject name or one of its spellings, or None."""
    return _models().get(ALIASES.get(name, name))


def name_of(subject) -> str:
    return subject.subject_name


def find(name: str, pk: int, *, staff):
    """The subject of that name and id if ``staff`` may see it, else None."""
    model = model_of(name)
    if model is None or not staff.has_perm(right_to_see(model)):
        return None
    rows = model.objects.all()
    scoped = getattr(rows, "visible_to", None)  # what has no scope, all with the tool see
    return (scoped(staff) if scoped else rows).filter(pk=pk).first()


def path_of(subject) -> str:
    """The path of the subject's page; empty where it has none."""
    try:
        return subject.get_absolute_url()
    except (AttributeError, NoReverseMatch):
        return ""


def is_gone(name: str, pk: int) -> bool:
    """Whether the subject was deleted, or hidden as a deleted one."""
    rows = model_of(name).objects.all()
    living = getattr(rows, "live", None)
    return not (living() if living else rows).filter(pk=pk).exists()
