"""Serve web and background work together: one command, no service to install."""

import http.client
import socket
import sys
import time
import urllib.request

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from agency.staff.access import DEMO_PASSWORD
from agency.staff.models import Staff
from agency.supervisor import Stopped, Supervisor

DEMO_NAMES = ("executive", "head", "manager", "lead", "employee")
START_SECONDS = 60
# On a developer's own machine, or in a container, root is a choice and not an accident.
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"


class Command(BaseCommand):
    help = "Serve the pages, the API and the background work until Ctrl-C."
    requires_system_checks = []

    def handle(self, **options):
        people, host, port = demo_people(), settings.HOST, settings.PORT
        refuse_a_taken_port(host, port)
        supervisor = Supervisor(settings.BASE_DIR)
        address = f"http://{host}:{port}"
        environment = {"VAR_DIR": str(settings.VAR_DIR), "PYTHONWARNINGS": ROOT_IS_FINE}
        try:
            supervisor.start("web", web_command(host, port), **environment)
            supervisor.start("worker", worker_command(), **environment)
            if settings.XERO_SIMULATOR:
                supervisor.start("Xero simulator", simulator_command(), **environment)
            if wait_until_served(supervisor, f"http://{local_name(host)}:{port}/healthz"):
                self.say(welcome(address, people))
            name, code = supervisor.watch()
        except Stopped:
            self.say("\nStopped.")
        else:
            raise CommandError(f"The {name} process ended by itself ({reason(code)}); all stopped.")
        finally:
            supervisor.stop()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()  # it is read at once in a pipe too


def refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be used: {error.strerror}. Take another: make run PORT=8010"
            ) from error


def web_command(host: str, port: int) -> list[str]:
    """One process on SQLite, which has one writer anyway; more on a server, as told."""
    return [
        *(sys.executable, "-m", "gunicorn", "agency.wsgi:application", "--no-control-socket"),
        *("--bind", f"{host}:{port}", "--worker-class", "gthread"),
        *("--workers", str(settings.WEB_CONCURRENCY)),
        *("--threads", str(settings.WEB_THREADS)),
        *("--graceful-timeout", "8", "--log-level", "warning"),
    ]


def worker_command() -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "--app", "agency", "--quiet", "worker", "--beat"),
        *("--pool", "threads", "--concurrency", str(settings.WORKER_CONCURRENCY)),
        *("--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME, "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def simulator_command() -> list[str]:
    books = str(settings.VAR_DIR / "xero-simulator.json")
    return [
        *(sys.executable, "manage.py", "xero_simulator", "--host", settings.HOST),
        *("--port", str(settings.PORT + 1), "--state", books),
    ]


def local_name(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 compared, not bound


def wait_until_served(supervisor: Supervisor, url: str) -> bool:
    """Whether the site answers before its time is up and before a child has died."""
    deadline = time.monotonic() + START_SECONDS
    while supervisor.ended() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 our own address
                return answer.status == 200
        except (OSError, http.client.HTTPException):  # refused, slow, or not yet HTTP
            time.sleep(0.1)
    return False


def reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def welcome(address: str, people: list[Staff]) -> str:
    lines = [
        "",
        f"Agency is served at {address}",
        f"API reference    {address}/api/reference/agency",
    ]
    if settings.XERO_SIMULATOR:
        lines.append(f"Xero simulator   {settings.XERO_API_URL}/_simulator (this is not Xero)")
    if people:
        lines += ["", f"Sign in with the password {DEMO_PASSWORD}:"]
        lines += [f"  {person.email:<24} {person.role.name}" for person in people]
        lines += ["", "A key for the API:"]
        lines += [f"  {manage()} apikey {people[0].email} --name curl"]
    return "\n".join([*lines, "", "Ctrl-C stops everything.", ""])


def manage() -> str:
    """How a second terminal calls ``manage.py`` beside this one."""
    usual = settings.VAR_DIR == settings.BASE_DIR / "var"
    return f"{'' if usual else f'VAR_DIR={settings.VAR_DIR} '}.venv/bin/python manage.py"


def demo_people() -> list[Staff]:
    """The demo's logins, which exist in development only."""
    if not settings.DEBUG:
        return []
    emails = [f"{name}@example.com" for name in DEMO_NAMES]
    found = Staff.objects.active().filter(email__in=emails)
    try:
        return list(found.select_related("role").order_by("role__position"))
    except DatabaseError as error:
        raise CommandError("The database is not ready. Prepare it with: make setup") from error
