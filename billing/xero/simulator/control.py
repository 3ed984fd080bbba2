"""``/_simulator/…`` in JSON: a script in another process plays the bookkeeper and the network."""

from collections.abc import Callable

from urllib3.exceptions import HTTPError

from billing.xero.simulator import webhooks
from billing.xero.simulator.asked import Asked
from billing.xero.simulator.refusals import Invalid, Refusal, missing

ACTS = {
    *("pay", "unpay", "authorise", "void", "delete", "change", "credit", "uncredit", "contact"),
    *("archive_contact", "merge_contacts", "archive_account", "lock_until", "rename"),
}


def answer(simulator, asked: Asked):
    """What the control interface says to a call. Raises ``Refusal``."""
    found = ROUTES.get((asked.method, asked.path.removeprefix("/_simulator/")))
    if found is None:
        raise missing()
    try:
        return found(simulator, asked.json)
    except Invalid as error:
        raise Refusal(400, {"Messages": error.messages}) from error
    except (KeyError, TypeError, ValueError, HTTPError) as error:
        raise Refusal(400, {"Messages": [f"{type(error).__name__}: {error}"]}) from error


def act(simulator, said: dict) -> dict:
    """``{"act": "pay", "key": "INV-7", "amount": 25}``, named as the methods of ``Acts`` do."""
    name = said.pop("act", "")
    if name not in ACTS:
        raise ValueError(f"“{name}” is none of {', '.join(sorted(ACTS))}.")
    return {"done": getattr(simulator, name)(**said)}


def add_fault(simulator, said: dict) -> dict:
    """One fault for the next calls, or a storm: ``{"storm": 0.75, "seed": 1}``."""
    if "storm" in said:
        simulator.faults.storm(float(said["storm"]), int(said.get("seed", 0)))
        return {"storm": float(said["storm"])}
    times, value = int(said.pop("times", 1)), float(said.pop("value", 0))
    simulator.faults.add(**said, times=times, value=value)
    return waiting(simulator)


def clear_faults(simulator, _said: dict) -> dict:
    simulator.faults.clear()
    return waiting(simulator)


def waiting(simulator) -> dict:
    return {"waiting": [vars(one) for one in simulator.faults.queue]}


def reset(simulator, _said: dict) -> dict:
    simulator.reset()
    return {"done": True}


def requests(simulator, _said: dict) -> dict:
    """Every call so far, oldest first; 0 is one that was never answered."""
    shown = [
        {"method": one.method, "target": one.target, "key": one.key, "status": one.answered}
        for one in list(simulator.asked)
        if not one.path.startswith("/_simulator")
    ]
    return {"requests": shown}


def notify(simulator, said: dict) -> dict:
    """Tell a webhook that these invoices changed; without any it is an intent to receive."""
    tenant = simulator.tenants[0]
    events = [webhooks.event(one, tenant) for one in said.get("invoices", ())]
    return {"status": webhooks.send(said["url"], said["key"], events)}


ROUTES: dict[tuple[str, str], Callable] = {
    ("POST", "acts"): act,
    ("POST", "faults"): add_fault,
    ("DELETE", "faults"): clear_faults,
    ("POST", "reset"): reset,
    ("GET", "requests"): requests,
    ("POST", "webhooks"): notify,
}
