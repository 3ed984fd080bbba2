"""The shell: who gets in, menu, search, panels, toasts, error pages."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from agency.staff.models import Staff
from agency.ui import formats, navigation, palette, panels, pickers
from agency.ui.icons import icon

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia", last_name="Tran", email="mia@example.com")


def test_a_stranger_is_sent_to_sign_in(page):
    answer = page().get("/people")
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/people")


def test_without_the_right_the_page_is_forbidden_whatever_the_record(page, staff, mia):
    client = page(staff(invoices="manage"))
    pages = ["/people", f"/people/{mia.pk}", "/people/99999", "/people/new"]
    assert [client.get(path).status_code for path in pages] == [403, 403, 403, 403]


def test_a_change_needs_its_own_level(page, staff, mia):
    client = page(staff(staff="view"))
    path = f"/people/{mia.pk}/change"
    assert client.post(path, {"first_name": "X", "email": "x@example.com"}).status_code == 403
    mia.refresh_from_db()
    assert mia.first_name == "Mia"


def test_a_record_that_does_not_exist_is_not_found(page, mia):
    assert page(mia).get("/people/99999").status_code == 404


def test_a_page_that_names_no_tool_is_an_error(page, mia):
    with pytest.raises(ImproperlyConfigured):
        page(mia).get("/undeclared")


def test_when_the_session_ended_htmx_is_told_and_swaps_nothing(page, htmx):
    answer = page().get("/people", headers=htmx())
    assert (answer.status_code, answer.content) == (401, b"")


def test_no_page_needs_inline_style_or_script(page, mia):
    client = page(mia)
    for path in ("/people", f"/people/{mia.pk}", "/people/new", "/views", "/shortcuts", "/nope"):
        answer = client.get(path)
        text = answer.content.decode()
        parts = dict(
            part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
        )
        assert parts["default-src"] == "'self'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick=" not in text


def test_the_menu_shows_what_the_role_includes(page, staff, mia):
    navigation.add("Deliver", "People", "person-list", "users", permission="staff:view", key="p")
    navigation.add("Money", "Deals", "deal-list", "handshake", permission="deals:view")
    navigation.add("Money", "Lost", "no-such-page", "ban")
    assert [entry.label for entry in navigation.entries(mia)] == ["People", "Deals"]
    assert [entry.label for entry in navigation.entries(staff(deals="view"))] == ["Deals"]
    text = page(mia).get(f"/people/{mia.pk}").content.decode()
    assert '<a href="/people" aria-current="page" data-go="p">' in text


def test_counts_come_in_their_own_request_and_are_kept_for_a_moment(page, mia):
    asked = []
    navigation.add("Deliver", "People", "person-list", "users", count=lambda who: (3, "bad"))
    navigation.add("Deliver", "Deals", "deal-list", "users", count=asked.append)
    client = page(mia)
    assert b"data-count" in client.get("/people").content
    assert asked == []
    for _ in range(2):
        assert client.get("/menu/counts").json() == {"/people": {"n": 3, "tone": "bad"}}
    assert asked == [mia]


def test_the_palette_finds_records_actions_and_places_by_right(page, staff, mia):
    def find(who, text):
        found = Staff.objects.matching(text)
        return [palette.Hit(str(one), one.get_absolute_url(), "user") for one in found]

    palette.add_searcher("People", find, permission="staff:view")
    navigation.add("Deliver", "People", "person-list", "users", permission="staff:view")
    navigation.add_new("Person", "person-new", "user-plus", "staff:manage", key="p")
    said = [
        (group.label, [hit.label for hit in group.hits]) for group in palette.search(mia, "mia")
    ]
    assert said == [("People", ["Mia Tran"])]
    said = [(group.label, [hit.label for hit in group.hits]) for group in palette.search(mia, "p")]
    assert said == [("Actions", ["New person"]), ("Go to", ["People"])]
    assert palette.search(staff(deals="view"), "mia") == []
    assert "Mia Tran" in page(mia).get("/palette?q=mia").content.decode()


@pytest.mark.parametrize("text", ["\0", "x" * 5000, "%", "<script>", "🙂"])
def test_the_palette_answers_whatever_is_typed(page, mia, text):
    palette.add_searcher("People", lambda who, words: Staff.objects.none())
    answer = page(mia).get("/palette", {"q": text})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


def test_a_picker_answers_matches_to_those_who_may_see_them(page, staff, mia):
    pickers.add(
        "people",
        lambda who, text: Staff.objects.matching(text),
        permission="staff:view",
        detail=lambda one: one.email,
    )
    answer = page(mia).get("/pick/people?q=tran")
    assert answer.json() == {
        "options": [{"value": str(mia.pk), "text": "Mia Tran", "detail": "mia@example.com"}]
    }
    assert page(staff(deals="view")).get("/pick/people?q=tran").status_code == 404
    assert page(mia).get("/pick/nothing").status_code == 404


def test_a_record_page_shows_the_panels_that_the_role_includes(page, staff, mia):
    panels.add("person", "colleagues", "Colleagues", "person-colleagues", permission="staff:view")
    panels.add(
        "person", "pay", "Pay", "person-colleagues", permission="invoices:view", place="rail"
    )
    client = page(mia)
    answer = client.get(f"/people/{mia.pk}?tab=colleagues")
    assert [tab.label for tab in answer.context["tabs"]] == ["Overview", "Colleagues"]
    assert f'hx-get="/people/{mia.pk}/panels/colleagues"' in answer.content.decode()
    assert "Mia Tran" in client.get(f"/people/{mia.pk}/panels/colleagues").content.decode()
    viewer = page(staff(staff="view"))
    assert viewer.get(f"/people/{mia.pk}").context["rail_panels"] == []


def test_a_move_that_is_not_allowed_stays_with_its_reason(page, staff, mia):
    context = page(staff(staff="view")).get(f"/people/{mia.pk}").context
    assert [(one.label, one.off) for one in context["menu"]] == [("Delete", "Has logged time")]
    assert [one.label for one in context["buttons"]] == ["Write"]


def test_error_pages_speak_plainly(page, staff, mia):
    answer = page(staff(deals="view")).get("/people")
    assert "You may not open this" in answer.content.decode()
    assert "This page is not here" in page(mia).get("/nope").content.decode()
    assert "This page is not here" in page().get("/nope").content.decode()


def test_a_form_from_elsewhere_is_refused_with_words(mia):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(mia, backend="agency.staff.access.GrantBackend")
    answer = client.post("/people/new", {"first_name": "X"})
    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_icons_carry_no_inline_style():
    drawn = icon("house")
    assert drawn.startswith('<svg width="24" height="24"')
    assert "style=" not in drawn
    assert 'class="i"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_figures_are_written_as_the_office_writes_them():
    from decimal import Decimal

    assert formats.amount(Decimal("-1234.5"), "AUD") == "−1,234.50"
    assert formats.amount(Decimal("1234.5"), "JPY") == "1,235"
    assert formats.amount(Decimal("1.0005"), "KWD") == "1.001"
    assert formats.money_html(Decimal(5), "AUD") == '<span class="cur">AUD</span>5.00'
    assert [formats.clock(minutes) for minutes in (450, 5, 0, -90)] == [
        "7:30",
        "0:05",
        "0:00",
        "−1:30",
    ]
    assert formats.initials("Mia van Tran") == "MT"


def test_the_way_in_is_named(page, mia):
    assert reverse("palette") == "/palette"
    assert json.loads(page(mia).get("/menu/counts").content) == {}
