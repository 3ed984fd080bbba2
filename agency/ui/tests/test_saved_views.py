"""A list's state under a name."""

import pytest

from agency.errors import BusinessError, NotAllowedError
from agency.ui import operations
from agency.ui.models import SavedView


@pytest.fixture
def mia(staff):
    return staff(first_name="Mia")


@pytest.fixture
def late(mia):
    return operations.save_view(page="person-list", name="Gone", query="?tab=left&page=2", by=mia)


def test_the_page_number_is_not_kept(late):
    assert late.query == "tab=left"
    assert late.get_absolute_url() == "/people?tab=left"


def test_the_same_name_is_replaced(mia, late):
    operations.save_view(page="person-list", name="Gone", query="search=x", by=mia)
    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("Gone", "search=x")]


def test_saving_from_the_list_leads_back_to_it(page, mia):
    answer = page(mia).post(
        "/views/new", {"name": "Gone", "path": "/people", "query": "tab=left&page=3"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/people?tab=left")
    assert b"Gone" in page(mia).get("/people?tab=left").content


def test_a_state_that_is_too_long_once_it_is_spelled_out_is_refused(page, mia):
    typed = {"name": "Gone", "path": "/people", "query": "search=" + "é" * 700}
    assert page(mia).post("/views/new", typed).status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("path", ["/nowhere", "https://example.org/", "", "//evil.example"])
def test_a_view_belongs_to_a_list_of_this_site(page, mia, path):
    answer = page(mia).post("/views/new", {"name": "Gone", "path": path, "query": ""})
    assert (answer.status_code, SavedView.objects.count()) == (422, 0)


def test_the_list_offers_ones_own_views_and_shared_ones(page, mia, staff, late):
    dan = staff(first_name="Dan")
    operations.save_view(page="person-list", name="Dan's", query="search=a", by=dan)
    operations.save_view(page="person-list", name="Ours", query="search=b", is_shared=True, by=dan)
    operations.save_view(page="deal-list", name="Deals", query="", by=mia)
    context = page(mia).get("/people?tab=left").context
    assert [view.name for view in context["saved_views"]] == ["Gone", "Ours"]
    assert context["view_name"] == "Gone"


def test_only_the_owner_changes_or_deletes_a_view(page, staff, late):
    dan = staff(first_name="Dan")
    with pytest.raises(NotAllowedError):
        operations.change_view(late, name="Mine", is_shared=True, by=dan)
    with pytest.raises(NotAllowedError):
        operations.delete_view(late, by=dan)
    assert page(dan).post(f"/views/{late.pk}", {"name": "Mine"}).status_code == 404
    assert page(dan).post(f"/views/{late.pk}/delete").status_code == 404
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Gone"]


def test_a_second_view_cannot_take_the_name(mia, late):
    other = operations.save_view(page="person-list", name="Other", query="", by=mia)
    with pytest.raises(BusinessError) as refusal:
        operations.change_view(other, name="Gone", is_shared=False, by=mia)
    assert refusal.value.field == "name"


def test_the_owner_renames_shares_and_deletes(page, mia, late):
    client = page(mia)
    client.post(f"/views/{late.pk}", {"name": "Left", "is_shared": "on"})
    late.refresh_from_db()
    assert (late.name, late.is_shared) == ("Left", True)
    client.post(f"/views/{late.pk}/delete")
    assert SavedView.objects.count() == 0


def test_a_view_whose_list_is_gone_says_so(page, mia):
    operations.save_view(page="gone-list", name="Old", query="", by=mia)
    assert "its list is gone" in page(mia).get("/views").content.decode()
