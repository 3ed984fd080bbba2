"""Everything that makes, changes, moves and removes a task."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, record, spelled
from agency.records.notices import operations as notices
from crm.rows import locked, remove, require_active, write
from crm.tasks.models import Task, TaskAssignee
from crm.tasks.resources import place_of
from crm.tasks.states import TaskStatus

# What history calls a change of these; everything else is "updated".
VERBS = {"status": "status_changed", "priority": "priority_changed"}
UNCHANGED = object()


@transaction.atomic
def create(
    *, by, subject=None, assignees: Iterable = (), followers: Iterable = (), **values
) -> Task:
    """Add a task to ``subject``: a project, a customer, a deal or another record, or to none."""
    task = Task(created_by=by, **place_of(subject), **values)
    task.finished_at = timezone.now() if task.status == TaskStatus.COMPLETE else None
    require_sound(task)
    task.save(force_insert=True)
    people = list(assignees)
    add_people(task, people, by=by)
    task.followers.set(followers)
    record(task, "created", by=by, title=task.title, assignees=[str(one) for one in people])
    return task


@transaction.atomic
def update(
    task: Task,
    *,
    by,
    subject=UNCHANGED,
    assignees: Iterable | None = None,
    followers: Iterable | None = None,
    **values,
) -> Task:
    """Change a task; ``assignees`` and ``followers`` replace all of them.

    Raises ``ConflictError`` for another place once time is logged on it.
    """
    task = locked(task)
    if subject is not UNCHANGED:
        values |= place_of(subject)
    if "status" in values and values["status"] != task.status:
        done = values["status"] == TaskStatus.COMPLETE
        values["finished_at"] = timezone.now() if done else None
    changes = changed(task, values)
    if "subject_id" in changes or "subject_type" in changes:
        leave(task, changes)
    if changes:
        write(task, changes)
        require_sound(task)
        tell(task, changes, by=by)
    if assignees is not None:
        assign(task, assignees, by=by)
    if followers is not None:
        task.followers.set(followers)
    return task


def leave(task: Task, changes: dict) -> None:
    """A task that moves leaves its milestone behind; one with time on it cannot move."""
    if task.time_entries.exists():
        message = f"Time is logged on “{task}”: it stays where it is."
        raise ConflictError(message, field="subject_id")
    if task.milestone and "milestone" not in changes:
        changes["milestone"] = [task.milestone, None]


def tell(task: Task, changes: dict, *, by) -> None:
    """A line of history for the status, one for the priority, one for all else."""
    kept = spelled({name: pair for name, pair in changes.items() if name != "finished_at"})
    for name, verb in VERBS.items():
        if name in kept:
            record(task, verb, by=by, **{name: kept.pop(name)})
    if kept:
        record(task, "updated", by=by, **kept)


def move(task: Task, status: str, *, by) -> Task:
    """Take a task to a status."""
    if status not in TaskStatus.values:
        raise BusinessError(f"“{status}” is not a status of a task.", field="status")
    return update(task, by=by, status=TaskStatus(status))


def complete(task: Task, *, by) -> Task:
    """Mark a task as done; doing it twice is doing it once."""
    return move(task, TaskStatus.COMPLETE, by=by)


def reopen(task: Task, *, by) -> Task:
    """Take a task that was done into work again; an open one stays as it is."""
    if task.status != TaskStatus.COMPLETE:
        return task
    return move(task, TaskStatus.IN_PROGRESS, by=by)


@transaction.atomic
def assign(task: Task, people: Iterable, *, by) -> None:
    """Give the task to exactly these people."""
    wanted = {person.pk: person for person in people}
    now = {row.staff_id: row.staff for row in task.assignments.select_related("staff")}
    if wanted.keys() == now.keys():
        return
    task.assignments.exclude(staff__in=wanted).delete()
    add_people(task, [person for pk, person in wanted.items() if pk not in now], by=by)
    task.save(update_fields=["updated_at"])
    names = [sorted(map(str, those.values())) for those in (now, wanted)]
    record(task, "assigned", by=by, assignees=names)


def assign_also(task: Task, person, *, by) -> None:
    """Give the task to one more person; twice is once."""
    assign(task, [*task.assignees.all(), person], by=by)


def unassign(task: Task, person, *, by) -> None:
    """Take the task from a person."""
    assign(task, task.assignees.exclude(pk=person.pk), by=by)


def follow(task: Task, person, *, by) -> None:
    """Let a person hear of what happens to the task."""
    task.followers.add(person)


def unfollow(task: Task, person, *, by) -> None:
    task.followers.remove(person)


@transaction.atomic
def place(task: Task, status: str, at: int, *, by) -> Task:
    """Put a task into a lane of its project's board, at that place from the top.

    Only the order of the lane and, where it is another one, the status change.
    """
    task = move(task, status, by=by)
    lane = Task.objects.filter(project=task.project_id, status=status).exclude(pk=task.pk)
    order = list(lane.order_by("position", "pk"))
    order.insert(max(at, 0), task)
    moved = [one for position, one in enumerate(order) if one.position != position]
    for position, one in enumerate(order):
        one.position = position
    Task.objects.bulk_update(moved, ["position"], batch_size=500)
    return task


@transaction.atomic
def delete(task: Task, *, by) -> None:
    """Remove a task. Raises ``ConflictError`` while time is logged on it."""
    task = locked(task)
    record(task, "deleted", by=by, title=task.title)
    remove(task)


def add_people(task: Task, people: Iterable, *, by) -> None:
    """Give a task to further people and tell them, unless they took it themselves."""
    for person in people:
        require_active(person, field="assignees")
    TaskAssignee.objects.bulk_create(TaskAssignee(task=task, staff=person) for person in people)
    others = [person for person in people if person != by]
    text = f"{by} gave you the task {task}" if by else f"You have a new task: {task}"
    notices.tell(others, notices.Kind.TASK, text, path=task.get_absolute_url())


def require_sound(task: Task) -> None:
    """A title, dates in order, a milestone of its own project, no negative rate."""
    if not task.title.strip():
        raise BusinessError("A task needs a title.", field="title")
    if task.start_on and task.due_on and task.due_on < task.start_on:
        raise BusinessError("The due date lies before the start.", field="due_on")
    if task.milestone and task.milestone.project_id != task.project_id:
        raise BusinessError("The milestone belongs to another project.", field="milestone")
    if task.hourly_rate is not None and task.hourly_rate < 0:
        raise BusinessError("A rate cannot be negative.", field="hourly_rate")
