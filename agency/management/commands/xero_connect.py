"""``manage.py xero_connect``: connect to Xero where that needs no browser, and say to whom."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agency.errors import BusinessError
from billing.xero import operations
from billing.xero.gateway import is_connected
from billing.xero.models import Connection

BY_BROWSER = "Xero is not connected: sign in at /settings/xero, or use a custom connection"


class Command(BaseCommand):
    help = (
        "Connect to Xero through a custom connection (XERO_GRANT=client_credentials), or check the"
        " connection that there is; prints the organisation's name."
    )

    def handle(self, **options) -> None:
        try:
            operations.require_configured()
            if settings.XERO_GRANT == Connection.Grant.CUSTOM and not is_connected():
                operations.connect_custom(by=None)
            row = operations.refresh_lists()
        except BusinessError as error:
            raise CommandError(self.why(error)) from None
        self.stdout.write(row.tenant_name)

    def why(self, error: BusinessError) -> str:
        is_new = not Connection.objects.exclude(tenant_id="").exists()
        by_browser = settings.XERO_GRANT != Connection.Grant.CUSTOM
        if is_new and by_browser and operations.is_configured():
            return f"{BY_BROWSER} (XERO_GRANT=client_credentials)."
        return operations.why(error)
