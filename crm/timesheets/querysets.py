from django.db.models import F, Q

from agency.staff.scope import ScopedQuerySet
from crm.timesheets.states import TimeStatus


class TimeEntryQuerySet(ScopedQuerySet):
    def touching(self, people) -> Q:
        return Q(staff__in=people)

    def running(self):
        return self.filter(started_at__isnull=False, ended_at=None)

    def ended(self):
        return self.exclude(started_at__isnull=False, ended_at=None)

    def approved(self):
        return self.filter(status=TimeStatus.APPROVED)

    def hold_approved(self) -> bool:
        """Whether one is approved; all stay locked, so that none is until the transaction ends."""
        rows = self.select_for_update(of=("self",)).order_by("pk").only("status")
        return any(entry.status == TimeStatus.APPROVED for entry in rows)

    def submitted(self):
        """Handed in and not yet decided."""
        return self.filter(status=TimeStatus.DRAFT, submitted_at__isnull=False)

    def waiting_for(self, staff):
        """What others handed in and ``staff`` may decide."""
        return self.submitted().visible_to(staff).exclude(staff=staff)

    def unapproved(self):
        return self.ended().filter(status=TimeStatus.DRAFT)

    def billable(self):
        return self.filter(is_billable=True)

    def uninvoiced(self):
        return self.filter(invoice_line=None)

    def to_invoice(self):
        """What time and materials may bill: approved, billable, on no live invoice line."""
        return self.approved().billable().uninvoiced()

    def burned(self):
        """What uses a budget up."""
        return self.approved().billable()

    def matching(self, text: str):
        return self.filter(
            Q(description__icontains=text)
            | Q(task__title__icontains=text)
            | Q(project__name__icontains=text)
        )

    def listing(self):
        return self.select_related(
            "staff", "task", "project", "customer", "budget", "budget_line"
        ).order_by("-date", F("started_at").desc(nulls_last=True), "-pk")
