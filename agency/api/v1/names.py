"""The table of names of a resource in the CRM dialect."""

from agency.api.names import Names
from agency.api.v1 import kinds


class V1Names(Names):
    """A resource under ``/api/v1``. ``fields=`` may leave any of its names out of an answer."""

    kinds = kinds

    @classmethod
    def row(cls):
        row = super().row()
        row.is_partial = True
        return row
