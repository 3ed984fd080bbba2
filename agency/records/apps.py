from django.apps import AppConfig

from agency.ui import longwork


class RecordsConfig(AppConfig):
    name = "agency.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from agency.documents import mail  # noqa: PLC0415 models must be loaded
        from agency.records import shell  # noqa: PLC0415
        from agency.records.longwork import operations as work  # noqa: PLC0415
        from agency.records.outbox import operations as outbox  # noqa: PLC0415

        mail.send_through(outbox.enqueue)
        longwork.start_through(work.start)
        shell.register()
