"""``manage.py apikey EMAIL --name NAME``: a new API key, alone on standard output, once."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agency.errors import BusinessError
from agency.staff import keys
from agency.staff.models import Staff


class Command(BaseCommand):
    help = "Make an API key for a person and print it. It is never shown again."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--name", required=True, help="what the key is for")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            metavar="TOOL:LEVEL",
            help="narrow the key to this right; may be given more than once",
        )
        parser.add_argument("--expires", type=int, metavar="DAYS", help="days until it ends")

    def handle(self, *, email, name, scope, expires, **options) -> None:
        owner = Staff.objects.active().filter(email__iexact=email).select_related("role").first()
        if owner is None or owner.role_id is None:
            raise CommandError(f"Nobody with the address {email} and a role works here.")
        if expires is not None and not 0 < expires <= 36_500:
            raise CommandError("--expires takes 1 to 36500 days.")
        scopes = dict(part.rsplit(":", 1) if ":" in part else (part, "") for part in scope)
        ends = timezone.now() + timedelta(days=expires) if expires else None
        try:
            _, secret = keys.create(owner, name=name, by=owner, scopes=scopes, expires_at=ends)
        except BusinessError as error:
            raise CommandError(error.message) from error
        self.stdout.write(secret)
