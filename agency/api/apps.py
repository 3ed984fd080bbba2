from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "agency.api"
    label = "api"
    verbose_name = "API"
