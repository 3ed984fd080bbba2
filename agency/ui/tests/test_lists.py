"""What every list page does."""

from decimal import Decimal

import pytest
from django.apps import apps

from agency.ui.liststate import ListState
from agency.ui.tests.site import PeopleList


def names(answer) -> list[str]:
    return [row.record.first_name for row in answer.context["rows"]]


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia", last_name="Tran", email="mia@example.com")


@pytest.fixture
def people(staff, mia):
    """Mia and three colleagues, one of whom has left."""
    staff("head", first_name="Dan", email="dan@example.com")
    staff("employee", first_name="Priya", email="priya@example.com")
    staff("employee", first_name="Zoe", email="zoe@example.com", is_active=False)
    return mia


def test_the_list_is_sorted_as_it_says_and_shows_every_state(page, people):
    answer = page(people).get("/people")
    assert names(answer) == ["Dan", "Mia", "Priya", "Zoe"]
    assert answer.context["tab_counts"] == {"all": 4, "active": 3, "left": 1}


def test_a_tab_shows_its_state_and_counts_the_others(page, people):
    answer = page(people).get("/people?tab=left")
    assert names(answer) == ["Zoe"]
    assert answer.context["tab_counts"] == {"all": 4, "active": 3, "left": 1}


def test_search_and_filters_narrow_all_tabs(page, people):
    role = people.role_id
    answer = page(people).get(f"/people?search=mia&role={role}&joined_after=2020-01-01")
    assert names(answer) == ["Mia"]
    assert [(chip.label, chip.value) for chip in answer.context["chips"]] == [
        ("Role", "Executive"),
        ("Joined", "from 1 Jan 2020"),
    ]
    assert answer.context["tab_counts"] == {"all": 1, "active": 1, "left": 0}


def test_a_chip_takes_only_its_own_filter_away(page, people):
    query = "/people?search=mia&joined_after=2020-01-01&joined_before=2090-01-01&title=a&page=2"
    chips = page(people).get(query).context["chips"]
    assert [chip.url for chip in chips] == [
        "?search=mia&joined_after=2020-01-01&joined_before=2090-01-01",
        "?search=mia&title=a",
    ]


@pytest.mark.parametrize("sort", ["-name", "email", "-joined"])
def test_columns_that_sort_can_be_asked_for(page, people, sort):
    assert page(people).get(f"/people?sort={sort}").context["state"].sort == sort


@pytest.mark.parametrize("sort", ["password", "role__grants", "week", "--name", "name;drop", "?"])
def test_other_names_leave_the_list_in_its_own_order(page, people, sort):
    answer = page(people).get("/people", {"sort": sort})
    assert answer.context["state"].sort == "name"
    assert names(answer) == ["Dan", "Mia", "Priya", "Zoe"]


def test_a_head_offers_the_other_direction_next(page, people):
    heads = page(people).get("/people?sort=name&page=2").context["headers"]
    assert (heads[0].direction, heads[0].url) == ("ascending", "?sort=-name")
    assert (heads[1].direction, heads[1].url) == ("", "?sort=email")


def test_columns_can_be_chosen_but_a_fixed_one_stays(page, people):
    state = page(people).get("/people?cols=email,rate,nonsense").context["state"]
    assert [column.name for column in state.columns] == ["name", "email", "rate"]


@pytest.mark.parametrize(("asked", "size"), [("25", 25), ("7", 50), ("1000000", 50), ("x", 50)])
def test_the_page_size_is_one_of_the_offered(page, people, asked, size):
    assert page(people).get(f"/people?size={asked}").context["state"].size == size


@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "x", ""])
def test_a_page_number_that_does_not_exist_is_the_first_or_last(page, people, number):
    assert names(page(people).get(f"/people?page={number}")) == ["Dan", "Mia", "Priya", "Zoe"]


@pytest.mark.parametrize("role", ["999", "x", "\0", "1" * 400])
def test_a_filter_value_that_makes_no_sense_is_told_and_ignored(page, people, role):
    answer = page(people).get("/people", {"role": role})
    assert answer.status_code == 200
    assert list(answer.context["filter_errors"]) == ["role"]


def test_htmx_gets_the_table_alone_with_what_stands_around_it_out_of_band(page, people, htmx):
    answer = page(people).get("/people?tab=left", headers=htmx())
    text = answer.content.decode()
    assert "<html" not in text
    assert text.lstrip().startswith('<div id="list"')
    assert [
        text.count(f'id="{part}"') for part in ("tabs", "chips", "columns", "filter-fields")
    ] == [1] * 4
    assert set(answer["Vary"].split(", ")) == {"HX-Request", "HX-Target", "Cookie"}


def test_typing_in_the_filters_does_not_swap_them_away(page, people, htmx):
    text = page(people).get("/people?title=x", headers=htmx(trigger="filters")).content.decode()
    assert 'id="filter-fields"' not in text


@pytest.mark.parametrize("extra", [0, 20])
def test_a_list_costs_seven_statements_however_long(
    page, people, staff, extra, django_assert_num_queries
):
    for number in range(extra):
        staff("employee", email=f"more-{number}@example.com")
    client = page(people)
    client.get("/people")  # the organisation's name and zone are kept from now on
    # person, count, rows, tab counts, total, saved views, roles of the filter
    with django_assert_num_queries(7):
        client.get("/people")


def test_totals_are_per_currency_of_everything_that_matches(page, staff):
    mia, deal = staff(first_name="Mia"), apps.get_model("crm", "Deal")
    for value, currency in (("0.10", "AUD"), ("0.20", "AUD"), ("5", "JPY")):
        deal.objects.create(title="Web", value=Decimal(value), currency=currency)
    deal.objects.create(title="Other", value=1, currency="AUD")
    totals = page(mia).get("/deals?title=Web&size=25").context["totals"]
    assert [(line["currency"], line["sums"]["total_value"]) for line in totals] == [
        ("AUD", Decimal("0.30")),
        ("JPY", Decimal(5)),
    ]


def test_a_long_list_adds_up_in_a_second_request(page, people, htmx, monkeypatch):
    monkeypatch.setattr("agency.ui.lists.INLINE_FIGURES", 2)
    client = page(people)
    first = client.get("/people")
    assert (first.context["totals"], first.context["tab_counts"]) == ([], {})
    assert 'hx-get="/people?part=figures"' in first.content.decode()
    second = client.get("/people?part=figures", headers=htmx(target="figures"))
    assert second.context["tab_counts"] == {"all": 4, "active": 3, "left": 1}
    assert second.content.decode().lstrip().startswith("<tfoot>")


def test_an_empty_list_says_what_to_do_and_a_filtered_one_how_to_go_back(page, people):
    assert "No people match" in page(people).get("/people?search=nobody").content.decode()


def test_the_state_of_a_list_can_be_kept_without_page_and_empty_values(rf):
    query = rf.get("/?page=3&search=&tab=left&cols=name&part=figures").GET
    state = ListState(query, PeopleList.columns, PeopleList.tabs, "name", 50)
    assert state.kept == "cols=name&tab=left"


def test_names_are_escaped_in_cells_and_cards(page, staff):
    mia = staff(first_name="<b>Mia</b>", email="mia@example.com")
    text = page(mia).get("/people").content.decode()
    assert "<b>Mia</b>" not in text
    assert "&lt;b&gt;Mia&lt;/b&gt;" in text
