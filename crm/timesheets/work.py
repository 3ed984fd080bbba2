"""Pieces of work as the week grid and the timer name them: a task, a budget line, a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db.models import Max

from agency.reference import organisation
from crm.projects.models import Project
from crm.tasks.models import Task
from crm.timesheets.models import TimeEntry
from crm.timesheets.references import FIELDS
from crm.words import all_words

MOST = 20
RECENT_DAYS = 30
NOTHING = "Internal work"


def place_of(record) -> tuple[int | None, ...]:
    """The ids that say where an entry belongs, in the order of ``FIELDS``."""
    return tuple(getattr(record, field) for field in FIELDS)


@dataclass(frozen=True)
class Work:
    """Where time can be logged, with its words."""

    place: tuple[int | None, ...]
    label: str = NOTHING
    detail: str = ""
    url: str = ""

    @property
    def pk(self) -> str:
        """The place as one word of a form or an address: ``12-7-3-2-1``."""
        return "-".join(str(pk or 0) for pk in self.place)

    @property
    def ids(self) -> dict[str, int | None]:
        """What an operation is given; project and company only where nothing implies them."""
        given = dict(zip(FIELDS, self.place, strict=True))
        if given["task_id"] or given["budget_line_id"] or given["budget_id"]:
            given["project_id"] = given["customer_id"] = None
        return given

    @classmethod
    def of(cls, entry: TimeEntry) -> "Work":
        """The work of an entry that is read with ``listing()``."""
        named = entry.task or entry.budget_line or entry.budget or entry.project or entry.customer
        above = [entry.customer, entry.budget or entry.project]
        detail = " · ".join(str(one) for one in above if one is not None and one != named)
        linked = entry.task or entry.budget or entry.project
        url = linked.get_absolute_url() if linked else ""
        return cls(place_of(entry), str(named) if named else NOTHING, detail, url)


def place_from(text: str) -> tuple[int | None, ...] | None:
    """The place that ``Work.pk`` spelled, or None."""
    parts = text.split("-")
    if len(parts) != len(FIELDS) or not all(
        part.isascii() and part.isdigit() and len(part) < 19 for part in parts
    ):
        return None
    return tuple(int(part) or None for part in parts)


def described(places: Iterable[tuple], *, by) -> list[Work]:
    """The works of some places, in words; what ``by`` may not see is left out."""
    places = list(places)
    names = [name.removesuffix("_id") for name in FIELDS]
    found = [
        _seen(label, {place[n] for place in places if place[n]}, by)
        for n, label in enumerate(FIELDS.values())
    ]
    works = []
    for place in places:
        records = [found[n].get(pk) if pk else None for n, pk in enumerate(place)]
        if all(record is not None for record, pk in zip(records, place, strict=True) if pk):
            works.append(Work.of(TimeEntry(**dict(zip(names, records, strict=True)))))
    return works


def _seen(label: str, pks: set[int], by) -> dict:
    """Records by id, as far as ``by`` sees them."""
    if not pks:
        return {}
    rows = apps.get_model(label).objects.visible_to(by)
    return rows.in_bulk(pks)


def recent(staff) -> list[Work]:
    """What somebody logged on lately, the newest first."""
    since = organisation.today() - timedelta(days=RECENT_DAYS)
    rows = TimeEntry.objects.filter(staff=staff, date__gte=since).order_by()
    places = rows.values_list(*FIELDS).annotate(last=Max("date")).order_by("-last")[:MOST]
    return described((tuple(row[:-1]) for row in places), by=staff)


def search(staff, text: str) -> list[Work]:
    """Open tasks, lines of active budgets and projects with those words; without any, the recent.

    A task is offered on each active budget of its project, so that its time can be invoiced.
    """
    if not text:
        return recent(staff) or _everything(staff, "")
    return _everything(staff, text)


def _everything(staff, text: str) -> list[Work]:
    tasks = Task.objects.visible_to(staff).open().select_related("project", "customer")
    tasks = tasks.filter(all_words(text, ["title", "project__name", "customer__name"]))
    projects = Project.objects.visible_to(staff).open().select_related("customer")
    projects = projects.filter(all_words(text, ["name", "customer__name"]))
    mine = tasks.filter(assignments__staff=staff)
    return [
        *_of_tasks([*mine[:MOST], *tasks.exclude(assignments__staff=staff)[:MOST]][:MOST], staff),
        *_of_budgets(staff, text),
        *(_of(project=project, customer=project.customer) for project in projects[:MOST]),
    ]


def _of_tasks(tasks: list[Task], staff) -> list[Work]:
    budgets: dict[int | None, list] = {}
    for budget in _budgets(staff).filter(project__in={task.project_id for task in tasks} - {None}):
        budgets.setdefault(budget.project_id, []).append({"budget": budget})
    linked: dict[int | None, list] = {}
    for line in _lines(staff).filter(task__in=tasks):
        linked.setdefault(line.task_id, []).append({"budget_line": line, "budget": line.budget})
    return [
        _of(task=task, project=task.project, customer=task.customer, **further)
        for task in tasks
        for further in linked.get(task.pk) or budgets.get(task.project_id) or [{}]
    ]


def on_task(task: Task, staff) -> Work:
    """A task with the line or the active budget that its time belongs on."""
    return _of_tasks([task], staff)[0]


def _of_budgets(staff, text: str) -> list[Work]:
    """The lines of budgets; a budget without lines by itself."""
    lines = _lines(staff).filter(
        all_words(text, ["description", "budget__name", "budget__customer__name"])
    )
    alone = _budgets(staff).filter(all_words(text, ["name", "customer__name"]), lines=None)
    return [
        *(_of(budget_line=line, **_above(line.budget)) for line in lines[:MOST]),
        *(_of(**_above(budget)) for budget in alone[:MOST]),
    ]


def _above(budget) -> dict:
    return {"budget": budget, "project": budget.project, "customer": budget.customer}


def _budgets(staff):
    """The active budgets that somebody sees."""
    budgets = apps.get_model("budgets", "Budget").objects.active().visible_to(staff)
    return budgets.select_related("project", "customer").order_by("name", "pk")


def _lines(staff):
    """The lines of active budgets that somebody sees."""
    lines = apps.get_model("budgets", "BudgetLine").objects
    lines = lines.filter(budget__in=_budgets(staff).order_by().values("pk"))
    return lines.select_related("budget__project", "budget__customer").in_order()


def _of(**records) -> Work:
    return Work.of(TimeEntry(**records))
