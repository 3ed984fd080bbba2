from django.apps import AppConfig
from django.conf import settings

from agency import logs


class AgencyConfig(AppConfig):
    name = "agency"

    def ready(self) -> None:
        import_background_engine()
        if settings.SENTRY_DSN:
            logs.report_errors(settings.SENTRY_DSN)


def import_background_engine() -> None:
    # A task called before this would go to Celery's nameless default application.
    from agency import celery  # noqa: F401, PLC0415
