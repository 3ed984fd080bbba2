"""Everything that makes, changes, orders and removes the milestones of a project."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agency.errors import BusinessError
from agency.records.history import changed, record, spelled
from agency.sql import positions
from crm.projects.models import Milestone, Project
from crm.rows import locked, remove, write


@transaction.atomic
def create(*, by, project: Project, is_completed: bool = False, **values) -> Milestone:
    """Add a milestone at the end of a project unless a position is given."""
    project = locked(project)
    if values.get("position") is None:
        last = project.milestones.aggregate(last=Max("position"))["last"]
        values["position"] = 0 if last is None else last + 1
    milestone = Milestone(project=project, **values)
    milestone.completed_at = timezone.now() if is_completed else None
    require_name(milestone.name)
    milestone.save(force_insert=True)
    record(project, "milestone_added", by=by, milestone=milestone.name)
    return milestone


@transaction.atomic
def update(milestone: Milestone, *, by, is_completed: bool | None = None, **values) -> Milestone:
    """Change a milestone; ``is_completed`` stamps or clears the moment."""
    milestone = locked(milestone)
    if is_completed is not None and is_completed != bool(milestone.completed_at):
        values["completed_at"] = timezone.now() if is_completed else None
    changes = changed(milestone, values)
    if changes:
        require_name(values.get("name", milestone.name))
        write(milestone, changes)
        told = {"milestone": milestone.name, **spelled(changes)}
        record(milestone.project, "milestone_updated", by=by, **told)
    return milestone


@transaction.atomic
def reorder(project: Project, ids: list[int], *, by) -> None:
    """Put all milestones of a project into this order.

    An id that is foreign, missing or twice is a ``BusinessError``, and nothing moves.
    """
    project = locked(project)
    own = set(project.milestones.values_list("pk", flat=True))
    if len(ids) != len(own) or set(ids) != own:
        raise BusinessError("Name every milestone of the project once.", field="ids")
    project.milestones.update(position=positions(ids), updated_at=timezone.now())
    record(project, "milestones_reordered", by=by)


@transaction.atomic
def delete(milestone: Milestone, *, by) -> None:
    """Remove a milestone; its tasks stay on the project."""
    milestone = locked(milestone)
    record(milestone.project, "milestone_removed", by=by, milestone=milestone.name)
    remove(milestone)


def require_name(name: str) -> None:
    if not name.strip():
        raise BusinessError("A milestone needs a name.", field="name")
