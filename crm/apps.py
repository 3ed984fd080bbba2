from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "crm"

    def ready(self) -> None:
        from crm import shell  # noqa: PLC0415 - the models are there only now
        from crm.merging import shell as merging  # noqa: PLC0415
        from crm.timesheets import shell as time  # noqa: PLC0415

        shell.register()
        merging.register()
        time.register()
