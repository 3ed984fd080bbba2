from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing import sentences, shell  # noqa: PLC0415 - needs the models
        from billing.bookkeeping import hooks  # noqa: PLC0415
        from billing.bookkeeping import shell as books  # noqa: PLC0415

        shell.register()
        books.register()
        hooks.register()
        sentences.teach()
