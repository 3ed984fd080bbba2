"""The schema of each dialect, and a page to read it and try it."""

from functools import cache
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny

from agency.api import json
from agency.api.schema import AgencyGenerator
from agency.api.teamwork.schema import TeamworkGenerator
from agency.api.v1.schema import V1Generator
from agency.api.views import ApiView


class Dialect(NamedTuple):
    """Where a dialect's routes stand, and who describes them."""

    prefix: str
    routes: str
    generator: type[AgencyGenerator]

    @property
    def title(self) -> str:
        return self.generator.name


DIALECTS = {
    "agency": Dialect("api/", "agency.urls.api", AgencyGenerator),
    "v1": Dialect("api/v1/", "agency.urls.v1", V1Generator),
    "teamwork": Dialect("", "agency.urls.teamwork", TeamworkGenerator),
}


@cache
def schema_of(name: str) -> bytes:
    """The schema of all routes of a dialect, as JSON; they do not change while we run."""
    dialect = DIALECTS[name]
    patterns = [path(dialect.prefix, include(dialect.routes))]
    return json.dumps(dialect.generator(patterns=patterns).get_schema(public=True))


class SchemaView(ApiView):
    """``/api/schema/agency``: OpenAPI 3.1, for anybody."""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None
    dialect = "agency"

    def get(self, request):
        return HttpResponse(schema_of(self.dialect), content_type="application/json")


class ReferenceView(SpectacularSwaggerSplitView):
    """``/api/reference/agency``: the schema as a page."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    schema = None
    dialect = "agency"
    template_name = "api/reference.html"

    @property
    def title(self) -> str:
        return DIALECTS[self.dialect].title

    @property
    def url_name(self) -> str:
        return f"schema-{self.dialect}"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        response.data |= {"dialect": self.dialect, "dialects": DIALECTS}
        return response


routes = [
    route
    for name in DIALECTS
    for route in (
        path(f"schema/{name}", SchemaView.as_view(dialect=name), name=f"schema-{name}"),
        path(f"reference/{name}", ReferenceView.as_view(dialect=name), name=f"reference-{name}"),
    )
]
