"""Probes answer what load balancers ask, and nothing more."""

import pytest

from agency import health


def test_a_process_that_serves_is_healthy(page):
    answer = page().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_process_with_database_and_queue_is_ready(page):
    answer = page().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue": "ok"}


@pytest.mark.parametrize("part", ["database", "queue"])
@pytest.mark.django_db
def test_the_part_that_does_not_answer_is_named(page, monkeypatch, part):
    def refuse():
        raise ConnectionError("nobody there")

    monkeypatch.setitem(health.NEEDED, part, refuse)
    answer = page().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "ok", "queue": "ok"} | {part: "down"}


def test_a_probe_by_ip_address_is_answered_while_pages_insist_on_their_name(page, settings):
    settings.ALLOWED_HOSTS = ["agency.example.com"]
    assert page().get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert page().get("/login", headers={"host": "10.0.0.7:8000"}).status_code == 400


def test_a_probe_cannot_be_posted_to(page):
    assert page().post("/healthz").status_code == 405


@pytest.mark.parametrize(
    ("header", "status"), [("Bearer the-token", 200), ("Bearer another", 404), ("", 404)]
)
@pytest.mark.django_db
def test_figures_are_for_the_holder_of_their_token(page, settings, header, status):
    settings.DEBUG, settings.METRICS_TOKEN = False, "the-token"
    assert page().get("/metrics", headers={"authorization": header}).status_code == status


@pytest.mark.django_db
def test_without_a_token_a_server_shows_no_figures(page, settings):
    settings.DEBUG, settings.METRICS_TOKEN = False, ""
    assert page().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
