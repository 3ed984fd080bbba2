"""What each answer looks like, said exactly, for OpenAPI."""

from drf_spectacular.openapi import AutoSchema


class AgencySchema(AutoSchema):
    """The schema of the agency dialect."""
