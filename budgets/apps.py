from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"

    def ready(self) -> None:
        from budgets import shell  # noqa: PLC0415 - needs the models

        shell.register()
