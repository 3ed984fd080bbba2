"""The forms and buttons that change an engagement."""

from agency.ui.views import OperationFormView, RecordFormView, RecordStepView
from crm.deals.editing import named_customer
from crm.engagements import operations, team
from crm.engagements.forms import EngagementForm, NewEngagementForm, TeamRows
from crm.engagements.models import Engagement
from crm.engagements.states import MarginSource

CRUMBS = [("Sell", ""), ("Engagements", "engagement-list")]


class TeamEditor:
    """A form with the rows of a team: both are checked, both are kept when one is refused."""

    tool, level = "engagements", "update"
    template_name = "crm/engagements/form.html"
    wide, crumbs = True, CRUMBS

    def rows(self):
        if not hasattr(self, "_rows"):
            data = self.request.POST if self.request.method == "POST" else None
            self._rows = TeamRows(data, initial=self.initial_rows(), prefix="team")
        return self._rows

    def initial_rows(self) -> list[dict]:
        return []

    def post(self, request, *args, **kwargs):
        if not self.rows().is_valid():
            form = self.get_form()
            form.is_valid()
            return self.refused(form)
        return super().post(request, *args, **kwargs)

    def values(self, form) -> dict:
        return {**form.cleaned_data, "team_members": self.rows().lines()}

    def get_context_data(self, **context):
        return super().get_context_data(formset=self.rows(), **context)


class NewEngagement(TeamEditor, OperationFormView):
    """Starts with the company that one came from."""

    title, submit_label = "New engagement", "Add engagement"
    form_class = NewEngagementForm
    success_message = "{result} added."

    def get_initial(self):
        customer = named_customer(self.request.GET.get("customer", ""), self.request.user)
        return {"customer": customer, "owner": self.request.user}

    def perform(self, form):
        return operations.create(by=self.request.user, **self.values(form))


class EditEngagement(TeamEditor, RecordFormView):
    title = "Edit engagement"
    form_class, queryset = EngagementForm, Engagement.objects
    success_message = "{result} saved."

    def get_initial(self):
        typed = self.record.margin_source == MarginSource.TYPED
        return super().get_initial() | ({} if typed else {"margin_pct": None})

    def initial_rows(self) -> list[dict]:
        return team.exact(self.record.team_members)

    def perform(self, form):
        return operations.update(self.record, by=self.request.user, **self.values(form))


class MoveEngagement(RecordStepView):
    """To the status named by ``?to=``."""

    tool, queryset, crumbs = "engagements", Engagement.objects, CRUMBS
    title, submit_label = "Change status", "Change status"
    question = "Take this engagement to the other status?"
    success_message = "{result} is {result.status}."

    def perform(self):
        to = self.request.GET.get("to", "")
        return operations.move(self.record, to, by=self.request.user)
