"""List what the site answers: ``endpoints invoices`` shows the lines with that word."""

from django.core.management.base import BaseCommand

from agency.urls.listing import endpoints


class Command(BaseCommand):
    requires_system_checks = []
    help = "List method, path, permission and file:line of every endpoint."

    def add_arguments(self, parser):
        parser.add_argument("word", nargs="?", default="", help="Only lines that contain it.")

    def handle(self, *, word, **options):
        lines = [one for one in endpoints() if word.lower() in " ".join(one).lower()]
        widths = [max((len(one[column]) for one in lines), default=0) for column in range(3)]
        for one in lines:
            cells = [f"{cell:<{width}}" for cell, width in zip(one, widths, strict=False)]
            self.stdout.write("  ".join([*cells, one.place]))
