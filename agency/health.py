"""What load balancers and monitoring ask: is the process up, can it work, how is it doing."""

import hmac

import structlog
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from agency.celery import app as celery

log = structlog.get_logger(__name__)
QUEUE_SECONDS = 2  # a probe that waits longer is reported as failed by whoever asked


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process serves; it asks nothing of other services."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database and the queue answer, else 503 naming the one that does not."""
    state = {name: answers(name, ask) for name, ask in NEEDED.items()}
    ready = all(state.values())
    words = {name: "ok" if up else "down" for name, up in state.items()}
    return JsonResponse(
        {"status": "ok" if ready else "down", **words}, status=200 if ready else 503
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus figures, for the holder of ``METRICS_TOKEN``; open in development."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    token = settings.METRICS_TOKEN.encode()
    if not settings.DEBUG and not (token and hmac.compare_digest(given, token)):
        raise Http404
    return ExportToDjangoView(request)


metrics.permission = "metrics token"  # as the list of endpoints shows it


def answers(name: str, ask) -> bool:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 a probe reports whatever goes wrong
        log.warning("not ready", part=name, error=str(error))
        return False
    return True


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_queue() -> None:
    with celery.connection_for_write(connect_timeout=QUEUE_SECONDS) as queue:
        queue.ensure_connection(max_retries=1, interval_start=0, timeout=QUEUE_SECONDS)
        queue.default_channel.queue_declare("celery", passive=False)


NEEDED = {"database": ask_database, "queue": ask_queue}


class ProbeMiddleware:
    """Answers the probes before the host check: they come by IP address, not by name."""

    probes = {"/healthz": healthz, "/readyz": readyz}

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.probes.get(request.path, self.get_response)(request)
