"""Consent and tokens in the simulator."""

import json
from urllib.parse import urlencode

import pytest

from billing.xero.simulator import chart
from billing.xero.simulator.asked import Asked
from billing.xero.simulator.server import Simulator


@pytest.fixture
def alone():
    """A simulator that is asked without a network."""
    simulator = Simulator(tenants=(chart.TENANT, chart.OTHER_TENANT))
    yield simulator
    simulator.httpd.server_close()


def post(simulator, path: str, **form):
    return simulator.answer(Asked("POST", path, {}, urlencode(form).encode()))


def token(simulator, **form):
    status, _, body = post(simulator, "/connect/token", **form)
    return status, json.loads(body)


def consent(simulator, tenant=chart.TENANT) -> str:
    query = urlencode({"redirect_uri": "http://office.test/back", "state": "s-1"})
    _, headers, _ = post(
        simulator, "/identity/connect/authorize", query=query, allow="1", tenant=tenant
    )
    target, _, sent = headers["Location"].partition("?")
    assert target == "http://office.test/back"
    assert sent.endswith("&state=s-1")
    return sent.removeprefix("code=").removesuffix("&state=s-1")


def test_the_consent_page_says_that_it_is_a_simulator(alone):
    _, _, page = alone.answer(Asked("GET", "/identity/connect/authorize?state=x", {}))
    assert b"This is not Xero" in page
    assert page.count(b'type="radio"') == 3


def test_a_code_works_once(alone):
    code = consent(alone)
    status, pair = token(alone, grant_type="authorization_code", code=code)
    assert (status, pair["expires_in"]) == (200, 1800)
    assert token(alone, grant_type="authorization_code", code=code) == (
        400,
        {"error": "invalid_grant"},
    )


def test_a_refresh_token_is_replaced_and_works_for_half_an_hour_more(alone):
    _, pair = token(alone, grant_type="authorization_code", code=consent(alone))
    old = pair["refresh_token"]
    status, newer = token(alone, grant_type="refresh_token", refresh_token=old)
    assert status == 200
    assert newer["refresh_token"] != old
    assert token(alone, grant_type="refresh_token", refresh_token=old)[0] == 200
    alone.identity.refresh[old] = 0
    assert token(alone, grant_type="refresh_token", refresh_token=old)[0] == 400


def test_a_token_opens_the_organisations_that_were_chosen(alone):
    _, pair = token(alone, grant_type="authorization_code", code=consent(alone))
    headers = {"authorization": f"Bearer {pair['access_token']}"}
    _, _, body = alone.answer(Asked("GET", "/connections", headers))
    assert [one["tenantId"] for one in json.loads(body)] == [chart.TENANT]
    for tenant, status in ((chart.TENANT, 200), (chart.OTHER_TENANT, 403), ("", 403)):
        call = Asked("GET", "/api.xro/2.0/Accounts", headers | {"xero-tenant-id": tenant})
        assert alone.answer(call)[0] == status


def test_revoking_ends_the_consent(alone):
    _, pair = token(alone, grant_type="authorization_code", code=consent(alone))
    post(alone, "/connect/revocation", token=pair["refresh_token"])
    headers = {"authorization": f"Bearer {pair['access_token']}"}
    assert alone.answer(Asked("GET", "/connections", headers))[0] == 401
    again = token(alone, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert again == (400, {"error": "invalid_grant"})
