"""Connecting, reconnecting and ending it: by the page, by the command, and what is refused."""

import io
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from agency.records.history import history_of
from billing.xero import operations, sealing
from billing.xero.models import Connection, ListedAccount, ListedTaxRate
from billing.xero.tests.conftest import TENANT
from crm.models import Customer

API = "/api.xro/2.0"
PAIR = {"access_token": "access-9", "refresh_token": "refresh-9", "expires_in": 1800}
ACME = {"id": "n-1", "tenantId": TENANT, "tenantType": "ORGANISATION", "tenantName": "Acme Books"}
OTHER = {"id": "n-2", "tenantId": "other", "tenantType": "ORGANISATION", "tenantName": "Zoo"}
OWN = {
    "OrganisationID": TENANT,
    "Name": "Acme Books Pty Ltd",
    "BaseCurrency": "AUD",
    "CountryCode": "AU",
    "Timezone": "AUSEASTERNSTANDARDTIME",
    "PeriodLockDate": "/Date(1790726400000+0000)/",
    "ShortCode": "!a1",
}
ACCOUNTS = [
    {"Code": "200", "Name": "Sales", "Type": "REVENUE", "TaxType": "OUTPUT", "Status": "ACTIVE"},
    {"Code": "090", "Name": "Bank", "Type": "BANK", "TaxType": "BASEXCLUDED", "Status": "ACTIVE"},
    {"Code": "201", "Name": "Old", "Type": "REVENUE", "TaxType": "OUTPUT", "Status": "ARCHIVED"},
    {"Name": "No code", "Type": "BANK", "Status": "ACTIVE"},
]
RATES = [{"TaxType": "OUTPUT", "Name": "GST on Income", "EffectiveRate": 10, "Status": "ACTIVE"}]


@pytest.fixture
def xero(script):
    script.says("/connect/token", PAIR)
    script.says("/connections", [ACME])
    script.says(f"{API}/Organisation", {"Organisations": [OWN]})
    script.says(f"{API}/Accounts", {"Accounts": ACCOUNTS})
    script.says(f"{API}/TaxRates", {"TaxRates": RATES})
    return script


@pytest.fixture
def chief(page, staff):
    return page(staff())


def come_back(client, **query):
    """Go to Xero, agree there, and come back with what it sends along."""
    away = client.get("/settings/xero/connect")
    sent = parse_qs(urlsplit(away["Location"]).query)
    query = {"code": "code-1", "state": sent["state"][0]} | query
    return client.get("/settings/xero/callback", query, follow=True)


def test_the_way_to_xero_names_app_scopes_and_the_way_back(chief, xero, settings):
    away = urlsplit(chief.get("/settings/xero/connect")["Location"])
    assert away.path == "/identity/connect/authorize"
    query = parse_qs(away.query)
    assert query.pop("state")[0]
    assert query == {
        "response_type": ["code"],
        "client_id": ["our-app"],
        "redirect_uri": ["http://testserver/settings/xero/callback"],
        "scope": [settings.XERO_SCOPES],
    }


def test_one_organisation_is_connected_at_once_and_its_lists_are_read(chief, xero):
    shown = come_back(chief)
    row = Connection.objects.get()
    assert (row.state, row.tenant_id) == (Connection.State.CONNECTED, TENANT)
    assert sealing.unseal(row.tokens) == {"access": "access-9", "refresh": "refresh-9"}
    assert (row.tenant_name, row.base_currency) == ("Acme Books Pty Ltd", "AUD")
    assert f"{row.locked_until}" == "2026-09-30"
    codes = ListedAccount.objects.values_list("code", "takes_payments")
    assert list(codes) == [("090", True), ("200", False), ("201", False)]
    assert ListedTaxRate.objects.get().rate == Decimal("0.1")
    assert "Acme Books Pty Ltd" in shown.content.decode()
    assert [event.verb for event in history_of(row)] == ["connected"]


def test_an_answer_that_nobody_asked_for_connects_nothing(chief, xero):
    come_back(chief, state="forged")
    chief.get("/settings/xero/callback", {"code": "code-1", "state": ""})
    assert list(Connection.objects.all()) == []
    assert xero.asked == []


def test_a_state_works_once(chief, xero):
    come_back(chief)
    before = len(xero.asked)
    again = chief.get("/settings/xero/callback", {"code": "c", "state": "x"}, follow=True)
    assert "was not asked for" in again.content.decode()
    assert len(xero.asked) == before


def test_who_says_no_in_xero_is_told_so(chief, xero):
    shown = come_back(chief, code="", error="access_denied")
    assert "consent was not given" in shown.content.decode()


def test_of_several_organisations_a_person_chooses_one(chief, xero):
    xero.queues.pop("/connections")
    xero.says("/connections", [ACME, OTHER])
    shown = come_back(chief)
    assert shown.redirect_chain[-1][0] == "/settings/xero/choose"
    assert Connection.objects.get().state == Connection.State.CHOOSING
    chief.post("/settings/xero/choose", {"tenant": "nonsense"})
    assert Connection.objects.get().state == Connection.State.CHOOSING
    chief.post("/settings/xero/choose", {"tenant": TENANT})
    row = Connection.objects.get()
    assert (row.state, row.tenant_id) == (Connection.State.CONNECTED, TENANT)


def test_reconnecting_takes_the_organisation_that_our_records_know(chief, xero, connected):
    connected(state=Connection.State.RECONNECT)
    xero.queues.pop("/connections")
    xero.says("/connections", [OTHER, ACME])
    come_back(chief)
    row = Connection.objects.get()
    assert (row.state, row.tenant_id) == (Connection.State.CONNECTED, TENANT)


@pytest.mark.parametrize("is_linked", [True, False])
def test_another_organisation_is_refused_while_records_bear_ids(
    chief, xero, connected, staff, is_linked
):
    from billing.bookkeeping.models import ContactLink

    connected(state=Connection.State.RECONNECT)
    customer = Customer.objects.create(name="Zed", created_by=staff())
    if is_linked:
        ContactLink.objects.create(
            customer=customer, tenant_id=TENANT, state="linked", contact_id="c-1"
        )
    xero.queues.pop("/connections")
    xero.says("/connections", [OTHER])
    shown = come_back(chief)
    row = Connection.objects.get()
    if is_linked:
        assert (row.state, row.tenant_id) == (Connection.State.RECONNECT, TENANT)
        assert "belong to “Acme Books”" in shown.content.decode()
    else:
        assert (row.state, row.tenant_id) == (Connection.State.CONNECTED, "other")


def test_disconnecting_forgets_the_tokens_and_tells_xero(chief, connected, script):
    row = connected()
    script.says("/connect/revocation", b"")
    chief.post("/settings/xero/disconnect")
    row.refresh_from_db()
    assert (row.state, bytes(row.tokens)) == (Connection.State.DISCONNECTED, b"")
    assert [(one.path, one.body) for one in script.asked] == [
        ("/connect/revocation", b"token=refresh-1")
    ]
    assert [event.verb for event in history_of(row)] == ["disconnected"]


def test_disconnecting_works_while_xero_is_away(chief, connected, script, settings):
    connected()
    settings.XERO_IDENTITY_URL = "http://127.0.0.1:9"
    chief.post("/settings/xero/disconnect")
    assert Connection.objects.get().state == Connection.State.DISCONNECTED


def test_how_the_books_follow_is_settled_with_history(chief, connected, xero):
    row = connected()
    chief.post("/settings/xero/lists")
    values = {
        "default_account_code": "200",
        "payment_account_code": "090",
        "sends_payments": "on",
    }
    chief.post("/settings/xero", values)
    row.refresh_from_db()
    assert (row.default_account_code, row.payment_account_code) == ("200", "090")
    assert (row.sends_payments, row.sends_credit_notes) == (True, False)
    assert history_of(row)[0].changes == {
        "default_account_code": ["", "200"],
        "payment_account_code": ["", "090"],
        "sends_payments": [False, True],
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"default_account_code": "201"}, "default_account_code"),
        ({"default_account_code": "999"}, "default_account_code"),
        ({"payment_account_code": "200"}, "payment_account_code"),
        ({"sends_payments": True}, "payment_account_code"),
    ],
)
def test_an_account_that_xero_would_not_take_is_refused(connected, xero, staff, values, field):
    from agency.errors import BusinessError

    row = connected()
    operations.refresh_lists()
    with pytest.raises(BusinessError) as caught:
        operations.settle(by=staff(), **values)
    assert caught.value.field == field
    row.refresh_from_db()
    assert (row.default_account_code, row.sends_payments) == ("", False)


def test_without_an_app_the_page_says_what_to_set(chief, settings):
    settings.XERO_CLIENT_ID = ""
    assert "XERO_CLIENT_ID" in chief.get("/settings/xero").content.decode()
    away = chief.get("/settings/xero/connect")
    assert away["Location"] == "/settings/xero"


def test_the_banner_is_for_those_who_can_connect_again(page, staff, connected):
    row = connected()
    chief, head = page(staff()), page(staff("head"))
    assert chief.get("/settings/xero/banner").content.decode().strip() == ""
    row.state = Connection.State.RECONNECT
    row.save()
    assert "Connect again" in chief.get("/settings/xero/banner").content.decode()
    assert "/settings/xero/banner" in chief.get("/notices").content.decode()
    assert head.get("/settings/xero/banner").status_code == 403
    assert "/settings/xero/banner" not in head.get("/notices").content.decode()


def test_a_simulated_xero_is_called_one(chief, connected, settings):
    connected()
    assert "Simulator" not in chief.get("/settings/xero").content.decode()
    settings.XERO_IS_SIMULATED = True
    assert "Simulator" in chief.get("/settings/xero").content.decode()


def test_the_command_connects_a_custom_connection_and_names_it(db, xero, settings):
    settings.XERO_GRANT = "client_credentials"
    out = io.StringIO()
    call_command("xero_connect", stdout=out)
    assert out.getvalue() == "Acme Books Pty Ltd\n"
    row = Connection.objects.get()
    assert (row.state, row.grant) == (Connection.State.CONNECTED, Connection.Grant.CUSTOM)
    tenants = [one.headers.get("xero-tenant-id") for one in xero.asked if API in one.path]
    assert tenants == [None, None, None]


def test_the_command_says_why_it_cannot(db, script, settings):
    with pytest.raises(CommandError, match="sign in at /settings/xero"):
        call_command("xero_connect")
    settings.XERO_GRANT = "client_credentials"
    script.says("/connect/token", {"error": "invalid_client"}, status=400)
    with pytest.raises(CommandError, match="does not know this client id"):
        call_command("xero_connect")
    settings.XERO_CLIENT_SECRET = ""
    with pytest.raises(CommandError, match="XERO_CLIENT_SECRET"):
        call_command("xero_connect")
