from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "agency.reference"
    label = "reference"
    verbose_name = "Organisation and reference data"
