from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "agency.reference"
    label = "reference"
    verbose_name = "Organisation and reference data"

    def ready(self) -> None:
        from agency.reference import shell  # noqa: PLC0415 models must be loaded

        shell.register()
