"""Search by words."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

MOST_WORDS = 8


def all_words(text: str, columns: Iterable[str]) -> Q:
    """The condition that each word of ``text`` stands in one of ``columns``, in any case."""
    columns = tuple(columns)
    each = (
        reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
        for word in text.split()[:MOST_WORDS]
    )
    return reduce(and_, each, Q())
