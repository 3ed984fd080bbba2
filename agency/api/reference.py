"""The schema of a dialect, and a page to read it and try it."""

from functools import cache

from django.http import HttpResponse
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny

from agency.api import json
from agency.api.schema import AgencyGenerator
from agency.api.views import ApiView


@cache
def schema_of(prefix: str, routes: str) -> bytes:
    """The schema of all routes in a route file, as JSON; they do not change while we run."""
    patterns = [path(prefix, include(routes))]
    return json.dumps(AgencyGenerator(patterns=patterns).get_schema(public=True))


class SchemaView(ApiView):
    """``/api/schema/agency``: OpenAPI 3.1, for anybody."""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None
    prefix, routes = "api/", "agency.urls.api"

    def get(self, request):
        content = schema_of(self.prefix, self.routes)
        return HttpResponse(content, content_type="application/json")


class ReferenceView(SpectacularSwaggerSplitView):
    """``/api/reference/agency``: the schema as a page."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    schema = None
    title = "Agency API"
    url_name = "api-schema"
    template_name = "api/reference.html"
