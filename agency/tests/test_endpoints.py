"""Every endpoint can be found by its path, and says what right it needs."""

from django.conf import settings
from django.core.management import call_command

from agency.urls.listing import Endpoint, endpoints, readable


def test_both_ways_of_writing_a_route_read_the_same():
    assert readable("api/^invoices/(?P<pk>[^/.]+)/items$") == "/api/invoices/:pk/items"
    assert readable("api/invoices/<int:pk>/items") == "/api/invoices/:pk/items"


def test_no_endpoint_is_without_a_declared_permission():
    assert [one for one in endpoints() if one.permission == "undeclared"] == []


def test_every_place_is_a_line_of_a_file():
    for one in endpoints():
        file, _, line = one.place.rpartition(":")
        assert len((settings.BASE_DIR / file).read_text().splitlines()) >= int(line)


def test_the_command_prints_method_path_permission_and_place(capsys):
    call_command("endpoints", "healthz")
    [line] = capsys.readouterr().out.splitlines()
    [found] = [one for one in endpoints() if one.path == "/healthz"]
    assert Endpoint(*line.split()) == found
    assert found[:3] == ("GET", "/healthz", "anyone")


def test_the_command_finds_by_any_word_of_a_line(capsys):
    call_command("endpoints", "METRICS TOKEN")
    assert len(capsys.readouterr().out.splitlines()) == 1
