"""Budgets are looked through every hour for those whose owner should know."""

from celery import shared_task

from budgets.budgets import telling

HOUR = 3600

SCHEDULE = {
    "budgets: tell owners what is nearly used up": {
        "task": "budgets.budgets.jobs.tell_owners",
        "schedule": HOUR,
        "options": {"expires": HOUR},
    }
}


@shared_task(name="budgets.budgets.jobs.tell_owners")
def tell_owners() -> int:
    """Tell the owners of budgets above the limit, once each."""
    return telling.of_burned_budgets()
