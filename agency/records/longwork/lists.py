"""The long work of list pages: a step of the bulk bar for many rows, and long exports.

Both open the list once more as its person would find it now, so rights, reach of rows and rules
are asked again: a bulk step at every single row.
"""

from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile

from django.http import QueryDict

from agency.errors import BusinessError
from agency.records.longwork import kinds, operations
from agency.records.longwork.models import LongWork
from agency.records.longwork.turns import reason_of
from agency.ui import bulk, export, longwork, revisit

COUNTED = 500  # rows between two notes of how far it is
GONE = bulk.Refusal("A row", "It is gone, or you no longer see it.")
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@kinds.by_steps(longwork.BULK)
def take_step(work: LongWork, data: list[int]) -> bulk.Outcome:
    """The step of the bulk bar for the rows of these keys, in the name of who asked."""
    facts, by = work.facts, work.requested_by
    view = revisit.list_page(facts["path"], by)
    action = revisit.step_of(view, facts["action"])
    rows = view.rows_of(data)
    values = values_of(action, facts["typed"])
    found = bulk.run(action, rows, by=by, values=values, reason_of=reason_of)
    return bulk.Outcome(found.done, found.refused + [GONE] * (len(data) - len(rows)))


def values_of(action: bulk.BulkAction, typed: str) -> dict:
    """What was typed into the dialog, checked anew."""
    if action.form_class is None:
        return {}
    form = action.form_class(QueryDict(typed))
    if not form.is_valid():
        raise BusinessError(" ".join(text for found in form.errors.values() for text in found))
    return form.cleaned_data


@kinds.one_file(longwork.EXPORT)
def write_export(work: LongWork, count: Callable[[int], None]) -> None:
    """The list as it is now, in the columns that were chosen."""
    kind = work.facts["format"]
    view = revisit.list_page(work.facts["path"], work.requested_by)
    rows = Counted(export.each(view.exported_rows), count)
    with TemporaryFile() as target:
        export.FILES[kind](target, view.export_name, view.state.columns, rows)
        target.seek(0)
        name = f"{view.export_name}.{kind}"
        operations.keep(work, name, target, TYPES[kind], rows.number)


class Counted:
    """Rows that tell from time to time how many have gone by."""

    def __init__(self, rows: Iterable, count: Callable[[int], None]) -> None:
        self.rows, self.count, self.number = rows, count, 0

    def __iter__(self) -> Iterator:
        for row in self.rows:
            if self.number % COUNTED == 0:
                self.count(self.number)
            self.number += 1
            yield row
