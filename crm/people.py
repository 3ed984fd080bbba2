"""The names of people beside the rows that they own."""

from django.db.models import CharField, Value
from django.db.models.functions import Concat, NullIf, Trim


def name_of(person: str):
    """The full name of the person at ``person``, null where there is none."""
    full = Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")
    return NullIf(Trim(full), Value(""), output_field=CharField(null=True))
