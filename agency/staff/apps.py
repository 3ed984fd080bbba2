from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "agency.staff"
    label = "staff"
    verbose_name = "Staff and access"
