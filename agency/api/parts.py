"""The parts that all operations of a schema share: parameters, headers, refusals, credentials."""

import django_filters as filters
from django.conf import settings

from agency.api.filters import IdFilter
from agency.api.shapes import ID, ID_IN, closed

SECURITY = [{"apiKey": []}, {"bearer": []}, {"basic": []}, {"session": []}]
SECURITY_SCHEMES = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-KEY"},
    "bearer": {"type": "http", "scheme": "bearer", "description": "A JWT or an API key."},
    "basic": {
        "type": "http",
        "scheme": "basic",
        "description": "The API key as user name, anything as password.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
}

ALWAYS = (400, 401, 403, 429)
BY_METHOD = {
    "GET": (),
    "POST": (409, 413, 415, 422),
    "PUT": (409, 412, 413, 415),
    "PATCH": (409, 412, 413, 415),
    "DELETE": (409, 412),
}
MEANINGS = {
    400: "Something sent is wrong; `errors` names the fields.",
    401: "No credential, or one that does not hold.",
    403: "The right for it is missing.",
    404: "There is no such record, or it is not yours to see.",
    409: "Not possible with the records as they stand.",
    412: "The record has changed since it was read.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The idempotency key was used for another request.",
    429: "Too many requests for now.",
    503: "A system outside does not answer; try again later.",
}


def header(description: str, schema: dict) -> dict:
    return {"description": description, "schema": schema}


COUNT = {"type": "integer", "minimum": 0}
RATE_HEADERS = {
    "X-RateLimit-Limit": header("Requests in the window.", COUNT),
    "X-RateLimit-Remaining": header("Requests that are left in it.", COUNT),
    "X-RateLimit-Reset": header("When it ends, in seconds since 1970.", COUNT),
}
TOTAL_HEADER = {"X-Total-Count": header("Rows on all pages.", COUNT) | {"required": True}}
TAG_HEADER = {"ETag": header("The version of the record.", {"type": "string"}) | {"required": True}}
REPLAY_HEADER = {
    "Idempotency-Replayed": header("Sent with an answer that is repeated.", {"const": "true"})
}


def headers_of(answer, method: str) -> dict:
    return (
        RATE_HEADERS
        | (TOTAL_HEADER if answer.counted else {})
        | (TAG_HEADER if answer.tagged else {})
        | (REPLAY_HEADER if method == "POST" else {})
    )


def refusal(status: int, error: dict) -> dict:
    """The response object of an error status; ``error`` is the schema of its body."""
    headers = dict(RATE_HEADERS)
    if status == 401:
        headers["WWW-Authenticate"] = header("How to sign in.", {"type": "string"})
        headers["WWW-Authenticate"]["required"] = True
    if status in {429, 503}:
        headers["Retry-After"] = header("Seconds to wait.", COUNT) | {"required": True}
    return {
        "description": MEANINGS[status],
        "headers": headers,
        "content": {"application/json": {"schema": error}},
    }


def error_shape() -> dict:
    reasons = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    properties = {
        "error": {"type": "string", "description": "A code for programs."},
        "message": {"type": "string", "description": "One sentence for people."},
        "errors": {"type": "object", "additionalProperties": reasons},
    }
    return closed(properties, list(properties))


def parameter(where: str, name: str, schema: dict, description: str = "") -> dict:
    made = {"in": where, "name": name, "schema": schema}
    return made | ({"description": description} if description else {})


IDEMPOTENCY_KEY = parameter(
    "header",
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "The same key with the same body gives the first answer again for 24 hours.",
)
IF_MATCH = parameter(
    "header",
    "If-Match",
    {"type": "string", "pattern": '^("[!#-~]*"|\\*)$'},
    "The ETag that was read: 412 where the record has changed since.",
)


def path_id(name: str) -> dict:
    is_id = name in {"id", "pk"} or name.endswith(("_id", "_pk"))
    return dict(ID) if is_id else {"type": "string", "minLength": 1}


def list_parameters(view) -> list[dict]:
    """``limit``, ``page``, ``sort`` and the filters of a list."""
    whole = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    usual = "all" if view.default_limit is None else view.default_limit
    found = [
        parameter("query", "limit", whole, f"Rows on a page; without it {usual}."),
        parameter("query", "page", whole),
    ]
    if view.sorts:
        words = "|".join(sorted(view.sorts))
        text = {"type": "string", "pattern": f"^-?({words})(,-?({words}))*$"}
        found.append(parameter("query", "sort", text, "Columns; “-” turns the order round."))
    filterset = getattr(view, "filterset_class", None)
    for name, made in (filterset.base_filters if filterset else {}).items():
        found.append(parameter("query", name, filter_shape(made), str(made.label or "")))
    return found


def filter_shape(made) -> dict:
    """The schema of one filter's value; a filter may carry its own ``schema``."""
    if hasattr(made, "schema"):
        return made.schema
    choices = made.extra.get("choices")
    if isinstance(made, filters.ChoiceFilter) and choices and not callable(choices):
        return {"type": "string", "enum": [str(value) for value, _ in choices]}
    if isinstance(made, filters.NumberFilter | filters.ModelChoiceFilter | IdFilter):
        return dict(ID_IN)
    if isinstance(made, filters.BooleanFilter):
        return {"type": "boolean"}
    if isinstance(made, filters.DateFilter):
        return {"type": "string", "format": "date"}
    return {"type": "string"}
