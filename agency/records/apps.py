from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "agency.records"
    label = "records"
    verbose_name = "Records"
