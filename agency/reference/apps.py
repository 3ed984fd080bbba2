from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "agency.reference"
    label = "reference"
    verbose_name = "Organisation and reference data"

    def ready(self) -> None:
        from agency.reference import organisation  # noqa: PLC0415 - needs the apps
        from agency.ui import navigation  # noqa: PLC0415

        navigation.set_brand(lambda: organisation.current().name)
