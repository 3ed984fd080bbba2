from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "agency.staff"
    label = "staff"
    verbose_name = "Staff and access"

    def ready(self) -> None:
        from agency.staff import shell  # noqa: PLC0415 models must be loaded

        shell.register()
