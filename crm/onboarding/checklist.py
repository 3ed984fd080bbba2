"""The checklist that every new customer gets."""

from collections.abc import Iterator

STAGES = {
    "Agreement": {
        "deal_won": "Deal won",
        "contract_signed": "Contract signed",
        "billing_details": "Billing details confirmed",
    },
    "Setup": {
        "account_team": "Account team named",
        "access_received": "Access to accounts received",
        "first_project": "First project set up",
    },
    "Kick-off": {
        "kick_off_meeting": "Kick-off meeting held",
        "plan_agreed": "Plan and milestones agreed",
    },
    "First delivery": {
        "first_delivery": "First delivery accepted",
        "first_invoice": "First invoice",
    },
}


def milestones() -> Iterator[tuple[str, str, str]]:
    """(stage, key, title) of each milestone, in order."""
    for stage, steps in STAGES.items():
        for key, title in steps.items():
            yield stage, key, title
