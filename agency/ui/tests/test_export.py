"""CSV and XLSX of a list."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from agency.ui.columns import Column
from agency.ui.export import neutral, plain, table


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+61 2 9000 0000", "'+61 2 9000 0000"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\x00=1", "'=1"),
        ("-12.50", "-12.50"),
        ("-", "'-"),
        ("- 5", "'- 5"),
        ("Harbour & Vine", "Harbour & Vine"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(typed, written):
    assert neutral(typed) == written


@pytest.mark.parametrize("value", [Decimal("-3.50"), -7, date(2026, 11, 20), None])
def test_numbers_and_dates_keep_their_type(value):
    assert plain(value) == value


def test_amounts_have_the_decimals_of_their_currency_and_a_currency_column():
    columns = [Column(name="total", label="=Total", kind="money")]
    rows = [{"total": Decimal("3.5000"), "currency": "AUD"}]
    rows += [{"total": Decimal("-1200.0000"), "currency": "JPY"}]
    lines = [[str(value) for value in line] for line in table(columns, rows)]
    assert lines == [["'=Total", "Currency"], ["3.50", "AUD"], ["-1200", "JPY"]]


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_csv_holds_the_filtered_set_in_the_chosen_columns(page, staff):
    mia = staff(first_name="Mia", last_name="Tran", email="mia@example.com")
    staff(first_name="=HYPERLINK(1)", last_name="", email="evil@example.com", is_active=False)
    answer = page(mia).get("/people?tab=left&cols=name,state,week&export=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert rows_of(answer) == [["Name", "State", "Week"], ["'=HYPERLINK(1)", "left", "38.00"]]


def test_csv_of_chosen_rows_holds_only_those(page, staff):
    mia, dan = staff(first_name="Mia", last_name=""), staff(first_name="Dan", last_name="")
    answer = page(mia).get(f"/people?cols=name&export=csv&row={dan.pk}&row=x")
    assert rows_of(answer) == [["Name"], ["Dan"]]


def test_xlsx_writes_formulas_as_text(page, staff):
    mia = staff(first_name="=1+1", last_name="", email="mia@example.com")
    answer = page(mia).get("/people?cols=name,week&export=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [[cell.value for cell in row] for row in book.active.rows]
    assert cells == [["Name", "Week"], ["'=1+1", 38]]
    assert book.active["A2"].data_type == "s"


def test_an_export_asks_for_the_same_right_as_the_list(page, staff):
    assert page(staff(invoices="view")).get("/people?export=csv").status_code == 403
