"""What bodies of budgets, lines and services share."""

from rest_framework import serializers

from agency.api.fields import IdIn

LARGEST_POSITION = 100_000
LONGEST_ORDER = 10_000


class OrderOfIds(serializers.ListField):
    """Ids in the order wanted."""

    def __init__(self, **kwargs) -> None:
        super().__init__(child=IdIn(), max_length=LONGEST_ORDER, **kwargs)
