"""Forms about time: what on, when, how long."""

from django import forms

from agency.ui import pickers
from agency.ui.forms import HoursField, OfficeForm
from crm.choices import DayField, PersonField
from crm.timesheets.approval import LONGEST_REASON
from crm.timesheets.guards import in_reach, reaches_others
from crm.timesheets.references import FIELDS
from crm.timesheets.work import Work, described, place_from

LONGEST_DESCRIPTION = 4000
AS_THE_TASK = [("", "As the task says"), ("yes", "Billable"), ("no", "Not billable")]


class WorkWidget(forms.Select):
    """A select that holds the chosen work alone and asks the server while one types."""

    by = None
    own: Work | None = None  # what the entry is logged on, seen or not

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-pick-url"] = pickers.path("work")
        return context

    def optgroups(self, name, value, attrs=None):
        places = [place for place in map(place_from, map(str, value)) if place]
        works = described(places, by=self.by)
        if self.own is not None and self.own.place in places and not works:
            works = [self.own]
        options = [("", ""), *((work.pk, worded(work)) for work in works)]
        return [
            (None, [self.create_option(name, key, label, key in value, n)], n)
            for n, (key, label) in enumerate(options)
        ]


def worded(work: Work) -> str:
    return f"{work.label} · {work.detail}" if work.detail else work.label


class WorkField(forms.Field):
    """Where time is logged, cleaned to a ``Work``; the operation says whether one may."""

    widget = WorkWidget

    def to_python(self, value):
        if value in self.empty_values:
            return None
        place = place_from(str(value))
        if place is None:
            raise forms.ValidationError("Choose what you worked on.", code="invalid")
        return Work(place)

    def prepare_value(self, value):
        return value.pk if isinstance(value, Work) else value


class WorkForm(OfficeForm):
    """What one works on."""

    work = WorkField(label="Task or budget", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["work"].widget
        own = self.initial.get("work")
        widget.by, widget.own = self.by, own if isinstance(own, Work) else None

    def where(self) -> dict:
        """The ids for the operation; nothing chosen empties them."""
        work = self.cleaned_data.get("work")
        return work.ids if work else dict.fromkeys(FIELDS)


class StartForm(WorkForm):
    """What the timer counts for."""

    description = forms.CharField(
        required=False, max_length=LONGEST_DESCRIPTION, widget=forms.TextInput
    )


class EntryForm(WorkForm):
    """One entry."""

    date = DayField()
    minutes = HoursField(label="Time", help_text="1:30, 1.5 or 90m")
    description = forms.CharField(
        required=False, max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_billable = forms.ChoiceField(label="Invoice it?", required=False, choices=AS_THE_TASK)

    def values(self) -> dict:
        """The operation's arguments."""
        found = {name: self.cleaned_data[name] for name in ("date", "minutes", "description")}
        billable = self.cleaned_data["is_billable"]
        return found | self.where() | ({"is_billable": billable == "yes"} if billable else {})


class NewEntryForm(EntryForm):
    """One entry, of oneself or, for who may log for others, of a colleague."""

    staff_id = PersonField(label="Person")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if reaches_others(self.by):
            self.fields["staff_id"].queryset = in_reach(self.by)
        else:
            del self.fields["staff_id"]

    def values(self) -> dict:
        given = {name: value for name, value in super().values().items() if value is not None}
        person = self.cleaned_data.get("staff_id")
        return given | ({"staff_id": person.pk} if person else {})


class RunningForm(WorkForm):
    """A timer while it runs: the hours come when it stops."""

    description = EntryForm.base_fields["description"]

    def values(self) -> dict:
        return {"description": self.cleaned_data["description"], **self.where()}


class ReasonForm(OfficeForm):
    """Why time is sent back."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person reads this and corrects the entry.",
    )


class StopForm(OfficeForm):
    """How long somebody really worked while a timer was forgotten."""

    minutes = HoursField(label="Worked", help_text="1:30, 1.5 or 90m from the start")
