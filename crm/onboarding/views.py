"""The checklist on a customer's page."""

from django.http import Http404
from django.shortcuts import redirect, render

from agency.ui.views import PanelView, RecordFormView
from crm.customers.models import Customer
from crm.onboarding import operations
from crm.onboarding.forms import NotesForm
from crm.onboarding.progress import progress_of, stages_of, steps_of


class OnboardingPanel(PanelView):
    """The stages, each milestone with its tick; POST ticks or unticks one."""

    tool, title = "customers", "Onboarding"
    queryset = Customer.objects
    template_name = "crm/onboarding/panel.html"

    def rows(self):
        return []

    def get_context_data(self, **context):
        stages = [(title, steps, done_of(steps)) for title, steps in stages_of(self.record).items()]
        steps = [step for _, each, _ in stages for step in each]
        going = (title for title, each, done in stages if done < len(each))
        return super().get_context_data(
            stages=stages,
            current=self.request.POST.get("stage") or next(going, ""),
            percentage=progress_of(steps),
            done=done_of(steps),
            total=len(steps),
            perms_update=self.may("update"),
            **context,
        )


class Tick(OnboardingPanel):
    """One milestone, ticked or unticked."""

    level = "update"

    def get(self, request, *args, **kwargs):
        return redirect(self.record.get_absolute_url())

    def post(self, request, pk, key):
        step_of(self.record, key)
        completed = request.POST.get("completed") == "on"
        operations.change(self.record, key, by=request.user, completed=completed)
        if not request.htmx:
            return redirect(self.record.get_absolute_url())
        return render(request, self.template_name, self.get_context_data())


class Notes(RecordFormView):
    """What there is to say about one milestone."""

    tool, title = "customers", "Notes"
    queryset, form_class = Customer.objects, NotesForm
    crumbs = [("Sell", ""), ("Customers", "customer-list")]
    events = ("onboarding",)

    @property
    def intro(self) -> str:
        return step_of(self.record, self.kwargs["key"]).title

    def get_initial(self):
        return {"notes": step_of(self.record, self.kwargs["key"]).notes}

    def perform(self, form):
        key = self.kwargs["key"]
        operations.change(self.record, key, by=self.request.user, **form.cleaned_data)
        return self.record


def done_of(steps: list) -> int:
    return sum(step.completed_at is not None for step in steps)


def step_of(customer: Customer, key: str):
    found = next((step for step in steps_of(customer) if step.key == key), None)
    if found is None:
        raise Http404
    return found
