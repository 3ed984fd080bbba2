"""What every API call passes through, whatever the dialect: counting, replay, errors as JSON."""

from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from agency.api import throttling
from agency.api.errors import as_response
from agency.api.idempotency import IdempotentMixin
from agency.api.json import JsonRenderer


class ApiMixin(IdempotentMixin):
    """Around each handler: the rate limit, the idempotency key, refusals in the dialect's form.

    The answer is JSON whatever the client accepts, and never kept by a cache on the way.
    """

    renderer: type[BaseRenderer] = JsonRenderer
    rate: throttling.Rate | None = None
    format_kwarg = None

    def dispatch(self, request, *args, **kwargs):
        self.args, self.kwargs = args, kwargs
        self.request = request = self.initialize_request(request, *args, **kwargs)
        request.accepted_renderer = self.renderer()
        request.accepted_media_type = self.renderer.media_type
        self.headers = {}
        try:
            self.initial(request, *args, **kwargs)
            response = self.run(self.handler_of(request))
        except Exception as error:  # noqa: BLE001 each becomes an answer
            response = self.handle_exception(error)
        self.response = self.finalize_response(request, response, *args, **kwargs)
        return self.response

    def handler_of(self, request):
        name = request.method.lower()
        refused = self.http_method_not_allowed
        return getattr(self, name, refused) if name in self.http_method_names else refused

    def initial(self, request, *args, **kwargs) -> None:
        """Who is it, are they within their limit, may they do this: in this order."""
        try:
            self.perform_authentication(request)
        except APIException:
            self.count(request)
            raise
        self.count(request)
        self.check_permissions(request)

    def count(self, request) -> None:
        self.rate = throttling.count(request)
        if self.rate is not None and self.rate.is_over:
            self.throttled(request, self.rate.wait)

    def handle_exception(self, exc):
        """Every exception becomes an answer; as_response logs those that are defects."""
        if getattr(exc, "status_code", None) == 401:
            exc.auth_header = self.get_authenticate_header(self.request)
        response = as_response(exc, self.get_exception_handler_context())
        response.exception = True
        response._has_been_logged = response.status_code >= 500
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in (self.rate.headers if self.rate else {}).items():
            response.headers[name] = value
        return response


class ApiView(ApiMixin, APIView):
    """One address that is no resource, such as ``/api/me``."""

    http_method_names = ["get", "post", "put", "patch", "delete", "head"]


class UnknownView(ApiView):
    """Any other address below ``/api``: there is nothing, said in JSON."""

    authentication_classes = []
    permission_classes = [AllowAny]
    schema = None

    def handler_of(self, request):
        return self.nothing

    def nothing(self, request, *args, **kwargs) -> Response:
        raise NotFound("There is no such address.")
