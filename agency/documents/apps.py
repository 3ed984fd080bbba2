from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "agency.documents"
    label = "documents"
    verbose_name = "Documents"
