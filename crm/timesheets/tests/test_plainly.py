from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.serializers import ValidationError

from crm.timesheets import plainly
from crm.timesheets.bodies import NewTime

IDS = st.one_of(
    st.none(),
    st.integers(-1, 2**70),
    st.integers(0, 2**64).map(str),
    st.sampled_from(["", "x", " 7 ", "٣", True, 1.5]),
)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "date": st.one_of(st.dates().map(str), st.sampled_from(["2026-02-30", "", None, 5, "now"])),
        "hours": st.one_of(
            st.integers(-1, 26),
            st.decimals(-1, 25, places=5),
            st.decimals(0, 24, places=2),
            st.sampled_from(["7.5", "", None, True, Decimal("1E+1"), Decimal("NaN")]),
        ),
        "description": st.one_of(
            st.text(st.characters(codec="utf-8"), max_size=20),
            st.sampled_from([None, 5, "x" * 4001, " padded ", "a\0b"]),
        ),
        "billable": st.sampled_from([True, False, "true", None, 1]),
        **dict.fromkeys(["task_id", "company_id", "line_item_id", "user_id", "budget_id"], IDS),
        "houres": st.just(1),
    },
)


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_what_is_read_plainly_is_what_the_fields_read(row):
    quick = plainly.read(row)
    if quick is None:
        return  # left to the fields

    made = NewTime(data=row)
    made.is_valid(raise_exception=True)

    assert quick == dict(made.validated_data)


@pytest.mark.parametrize("hours", [7, Decimal("7.5"), Decimal("0.0001")])
def test_a_usual_entry_is_plain(hours):
    row = {"date": "2026-11-16", "hours": hours, "task_id": "7", "billable": True}

    assert plainly.read(row) is not None


def test_a_row_that_is_not_plain_is_read_by_the_fields():
    field = plainly.PlainlyField(child=NewTime())

    [row] = field.run_validation([{"date": "2026-11-16", "hours": "7.5"}])
    assert row["minutes"] == 450
    with pytest.raises(ValidationError) as refusal:
        field.run_validation([{"date": "2026-11-16"}, {"hours": 1}])
    assert list(refusal.value.detail) == [1]
