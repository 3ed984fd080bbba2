from django.apps import AppConfig


class AgencyConfig(AppConfig):
    name = "agency"

    def ready(self) -> None:
        import_background_engine()


def import_background_engine() -> None:
    # A task called before this would go to Celery's nameless default application.
    from agency import celery  # noqa: F401, PLC0415
