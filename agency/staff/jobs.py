"""The periodic work on credentials."""

from celery import shared_task

from agency.staff import tokens

SCHEDULE = {
    "staff: drop tokens that have ended": {
        "task": "agency.staff.jobs.drop_ended_tokens",
        "schedule": 24 * 3600,
        "options": {"expires": 3600},
    }
}


@shared_task(name="agency.staff.jobs.drop_ended_tokens")
def drop_ended_tokens() -> int:
    """Drop the ids of tokens whose time is over, used up or not."""
    return tokens.drop_ended()
