from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing import sentences, shell  # noqa: PLC0415 - needs the models

        shell.register()
        sentences.teach()
