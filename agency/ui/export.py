"""A list as CSV or XLSX: the filtered set, the chosen columns, row by row with flat memory."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from agency import money
from agency.ui.columns import Column, follow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TRUE_NUMBER = re.compile(r"-?\d+(\.\d+)?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BOM = "\ufeff"  # tells Excel that the file is UTF-8
CHUNK = 2000
AT_ONCE = 5000  # rows that the request writes itself; more go to the background


def neutral(value: Any) -> Any:
    """A text that a spreadsheet would run gets a leading quote; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)
    if text.startswith(FORMULA_STARTS) and not TRUE_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def plain(value: Any) -> Any:
    """A cell's value: number, date, moment in the active zone, or neutral text."""
    if value is None or (isinstance(value, int | Decimal | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    return neutral(str(value))


def table(columns: list[Column], rows: Iterable) -> Iterator[list]:
    """The head and then each row; the currency of the amounts has a column of its own."""
    currency = next((c.currency for c in columns if c.kind == "money" and c.currency), "")
    head = [neutral(column.label) for column in columns]
    yield [*head, "Currency"] if currency else head
    for row in rows:
        code = follow(row, currency) if currency else ""
        line = [_value(column, row, code) for column in columns]
        yield [*line, plain(code)] if currency else line


def _value(column: Column, row, currency: str) -> Any:
    value = plain(column.exported(row))
    if column.kind == "money" and isinstance(value, Decimal) and currency:
        return money.shown(value, currency)
    return value


class _Echo:
    """What csv.writer writes into; hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: list[Column], rows: Iterable) -> Iterator[str]:
    """The lines of a CSV file, written while they are read."""
    writer = csv.writer(_Echo())
    yield BOM
    for line in table(columns, rows):
        yield writer.writerow(["" if value is None else value for value in line])


def as_csv(name: str, columns: list[Column], rows: Iterable) -> StreamingHttpResponse:
    """A CSV download that is written while it is read."""
    lines = csv_lines(columns, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def write_csv(target: IO[bytes], name: str, columns: list[Column], rows: Iterable) -> None:
    for line in csv_lines(columns, rows):
        target.write(line.encode())


def write_xlsx(target: IO[bytes], name: str, columns: list[Column], rows: Iterable) -> None:
    """Write an XLSX file row by row."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, rarely needed
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    sheet.freeze_panes = "A2"

    amounts = {n for n, column in enumerate(columns) if column.kind == "money" and column.currency}

    def written(place: int, value: Any) -> Any:
        """An amount is shown with the decimals of its currency, in groups of three."""
        if place not in amounts or not isinstance(value, Decimal):
            return value
        cell = WriteOnlyCell(sheet, value)
        decimals = -int(value.as_tuple().exponent)
        cell.number_format = f"#,##0.{'0' * decimals}" if decimals > 0 else "#,##0"
        return cell

    for line in table(columns, rows):
        sheet.append([written(place, value) for place, value in enumerate(line)])
    book.save(target)


def as_xlsx(name: str, columns: list[Column], rows: Iterable) -> FileResponse:
    """An XLSX download, written to a temporary file first."""
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(target, name, columns, rows)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx")


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
FILES = {"csv": write_csv, "xlsx": write_xlsx}


def each(queryset) -> Iterable:
    """The rows of a queryset with flat memory."""
    return queryset.iterator(chunk_size=CHUNK) if hasattr(queryset, "iterator") else queryset


def download(kind: str, name: str, columns: list[Column], queryset):
    """The download of a queryset; ``kind`` is a key of FORMATS."""
    return FORMATS[kind](name, columns, each(queryset))
