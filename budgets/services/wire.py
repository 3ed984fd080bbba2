"""What bodies of budgets, lines and services share."""

from rest_framework import serializers

from agency.api.fields import id_of
from agency.api.shapes import ID_IN

LARGEST_POSITION = 100_000
LONGEST_ORDER = 10_000


class IdIn(serializers.Field):
    """An id in a body, sent as ``"42"`` or ``42``; the operation says whether it fits."""

    schema = ID_IN
    default_error_messages = {"invalid": "“{value}” is not an id."}

    def to_internal_value(self, data):
        pk = id_of(data)
        if pk is None:
            self.fail("invalid", value=str(data)[:40])
        return pk


class OrderOfIds(serializers.ListField):
    """Ids in the order wanted."""

    def __init__(self, **kwargs) -> None:
        super().__init__(child=IdIn(), max_length=LONGEST_ORDER, **kwargs)
