"""``manage.py demo``: a believable agency to look around in, and bulk data to measure with."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agency.management.demo import bulk, cast, story
from agency.staff.models import Staff


class Command(BaseCommand):
    """Made once: a second call finds the agency there and changes nothing."""

    help = "Make the demo agency; --scale adds bulk data for measuring."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--scale", type=int, default=0, help="1: 100,000 invoices and more")

    def handle(self, *args, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has known passwords: it is refused outside DEBUG.")
        if Staff.objects.filter(email=cast.STAFF[0][0]).exists():
            self.stdout.write("The demo agency is there already.")
        else:
            story.tell()
            self.stdout.write("The demo agency is ready.")
        if options["scale"] > 0:
            bulk.add(options["scale"], say=self.stdout.write)
