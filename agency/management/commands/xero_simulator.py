"""``manage.py xero_simulator``: a stand-in for Xero on this machine, for development."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.xero.simulator.server import Simulator

WORDS = "Xero simulator (not Xero) on {url}; play the bookkeeper on {url}/_simulator"


class Command(BaseCommand):
    help = "Stands in for Xero over HTTP; keeps its books while it runs. Development only."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT + 1)
        parser.add_argument("--state", type=Path, help="a file that the books are kept in")
        parser.add_argument("--minute", type=float, default=60, help="seconds that a minute lasts")

    def handle(self, *, host, port, minute, state, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The simulator is for development: it does not start here.")
        simulator = Simulator(host=host, port=port, minute=minute, file=state)
        self.stdout.write(WORDS.format(url=simulator.url))
        try:
            simulator.httpd.serve_forever()
        except KeyboardInterrupt:
            simulator.stop()
