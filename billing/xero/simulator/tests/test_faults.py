"""The simulator fails as it is told to, and our client says what happened."""

import pytest

from billing.xero import errors
from billing.xero.gateway import gateway
from billing.xero.simulator.tests.test_invoices import draft


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (("status", 500), 0),
        (("html", 503), 0),
        (("html", 200), 0),
        (("drop_before", 0), 0),
        (("drop_after", 0), 1),
        (("truncated", 0), 1),
        (("wrong_json", 0), 1),
    ],
)
def test_an_answer_that_does_not_come_leaves_the_outcome_open(xero, fault, done):
    wanted = draft(xero)
    kind, value = fault
    xero.faults.add(kind, "PUT", "Invoices", value=value)
    with pytest.raises(errors.XeroUnavailableError) as no:
        gateway().create_invoice(wanted, key="k")
    assert no.value.sent
    assert len(xero.books.invoices) == done


def test_a_hanging_xero_costs_the_time_that_we_give_it(xero, settings):
    settings.XERO_TIMEOUT = 1
    wanted = draft(xero)
    xero.faults.add("hang_after", "PUT", "Invoices", value=5)
    with pytest.raises(errors.XeroUnavailableError, match="did not answer within 1 seconds"):
        gateway().create_invoice(wanted, key="k")
    assert len(xero.books.invoices) == 1


@pytest.mark.parametrize(
    ("kind", "problem"), [("limited", "minute"), ("concurrent", "concurrent"), ("day", "day")]
)
def test_a_limit_names_itself_and_how_long_to_wait(xero, kind, problem):
    xero.faults.add(kind, "GET", "Organisation", value=7)
    with pytest.raises(errors.LimitedError) as no:
        gateway().organisation()
    assert (no.value.problem, no.value.sent) == (problem, False)
    assert no.value.retry_after == (1 if kind == "limited" else 7)


def test_more_than_sixty_calls_a_minute_are_turned_away(xero):
    xero.reset(minute=60)
    xero.identity.grant(xero.tenants)
    xero.identity.access["mine"] = (float("inf"), True)
    from billing.xero.simulator.asked import Asked

    headers = {"authorization": "Bearer mine"}
    call = Asked("GET", "/api.xro/2.0/Organisation", headers)
    answers = [xero.answer(call) for _ in range(61)]
    assert [status for status, _, _ in answers] == [200] * 60 + [429]
    assert answers[-1][1]["X-Rate-Limit-Problem"] == "minute"
    assert answers[0][1]["X-MinLimit-Remaining"] == "59"
