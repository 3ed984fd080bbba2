"""Everything that makes, changes and removes a project."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from agency.errors import BusinessError, ConflictError
from agency.records.history import changed, event, record, record_all, spelled
from crm.customers.operations import require_currency
from crm.deals.operations import usual_currency
from crm.onboarding import operations as onboarding
from crm.projects.models import Project, ProjectMember
from crm.projects.states import ProjectStatus
from crm.rows import locked, remove, require_active, write


@transaction.atomic
def create(*, by, members: Iterable | None = None, **values) -> Project:
    """Add a project, owned by ``by`` unless another owner is named.

    Without ``members`` the owner is the first. The currency defaults to the customer's, then the
    organisation's. The customer's onboarding notes its first project.
    """
    project = Project(created_by=by, **{"owner": by} | checked({"name": "", **values}))
    project.currency = values.get("currency") or usual_currency(project.customer)
    require_dates_in_order(project)
    project.save(force_insert=True)
    people = list(members) if members is not None else [project.owner] if project.owner else []
    add_people(project, people)
    record(project, "created", by=by, name=project.name, members=[str(one) for one in people])
    if project.customer:
        onboarding.complete(project.customer, "first_project", by=by, source=onboarding.AUTO)
    return project


@transaction.atomic
def update(
    project: Project,
    *,
    by,
    members: Iterable | None = None,
    is_archived: bool | None = None,
    **values,
) -> Project:
    """Change a project; ``members`` replaces all of them.

    Raises ``ConflictError`` for another company once time, budgets or invoices belong to it.
    """
    project = locked(project)
    if is_archived is not None and is_archived != bool(project.archived_at):
        values["archived_at"] = timezone.now() if is_archived else None
    changes = changed(project, checked(values))
    if "customer" in changes:
        require_movable(project)
        project.tasks.update(customer=values["customer"], updated_at=timezone.now())
    if changes:
        write(project, changes)
        require_dates_in_order(project)
        tell(project, changes, by=by)
    if members is not None:
        set_members(project, members, by=by)
    return project


def tell(project: Project, changes: dict, *, by) -> None:
    """One line of history for a status, another for all else."""
    kept = spelled(changes)
    if "status" in kept:
        record(project, "status_changed", by=by, status=kept.pop("status"))
    if kept:
        record(project, "updated", by=by, **kept)


def move(project: Project, status: str, *, by) -> Project:
    """Take a project to a status."""
    if status not in ProjectStatus.values:
        raise BusinessError(f"“{status}” is not a status of a project.", field="status")
    return update(project, by=by, status=ProjectStatus(status))


def archive(project: Project, *, by) -> Project:
    """Put a project away; everything on it stays readable."""
    return update(project, by=by, is_archived=True)


def unarchive(project: Project, *, by) -> Project:
    """Take a project out of the archive."""
    return update(project, by=by, is_archived=False)


def set_members(project: Project, members: Iterable, *, by) -> None:
    """Let exactly these people work on the project."""
    wanted = {person.pk: person for person in members}
    now = {row.staff_id: row.staff for row in project.memberships.select_related("staff")}
    if wanted.keys() == now.keys():
        return
    project.memberships.exclude(staff__in=wanted).delete()
    add_people(project, [person for pk, person in wanted.items() if pk not in now])
    project.save(update_fields=["updated_at"])
    names = [sorted(map(str, people.values())) for people in (now, wanted)]
    record(project, "members_changed", by=by, members=names)


def add_member(project: Project, person, *, by) -> Project:
    """Let one more person work on the project; twice is once."""
    return update(project, by=by, members=[*project.members.all(), person])


def remove_member(project: Project, person, *, by) -> Project:
    """Take a person off the project; their time stays."""
    return update(project, by=by, members=project.members.exclude(pk=person.pk))


def add_people(project: Project, people: Iterable) -> None:
    for person in people:
        require_active(person, field="members")
    rows = [ProjectMember(project=project, staff=person) for person in people]
    ProjectMember.objects.bulk_create(rows)


@transaction.atomic
def delete(project: Project, *, by) -> None:
    """Remove a project with its tasks and milestones.

    Raises ``ConflictError`` naming the time, budgets or invoices it has.
    """
    project = locked(project)
    gone = [event(task, "deleted", by=by, project=project.name) for task in project.tasks.all()]
    record_all([*gone, event(project, "deleted", by=by, name=project.name)])
    remove(project)


def checked(values: dict) -> dict:
    values = dict(values)
    if "name" in values and not values["name"].strip():
        raise BusinessError("A project needs a name.", field="name")
    for name in ("cost", "hourly_rate"):
        if values.get(name) is not None and values[name] < 0:
            raise BusinessError("Money agreed for a project cannot be negative.", field=name)
    require_currency(values)
    require_active(values.get("owner"), field="owner")
    return values


def require_dates_in_order(project: Project) -> None:
    if project.start_on and project.deadline_on and project.deadline_on < project.start_on:
        raise BusinessError("The deadline lies before the start.", field="deadline_on")


def require_movable(project: Project) -> None:
    """What is logged, agreed or billed for a customer cannot go to another one."""
    for rows in (project.time_entries, project.budgets, project.invoices):
        if rows.exists():
            names = rows.model._meta.verbose_name_plural
            message = f"“{project}” has {names}: it stays with its company."
            raise ConflictError(message, field="customer")
