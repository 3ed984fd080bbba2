"""The form of a new API key."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from agency.staff.access import LEVELS, TOOLS, may
from agency.ui.forms import OfficeForm

FOR_EVER = "0"
LASTS = {"30": "30 days", "90": "90 days", "365": "A year", FOR_EVER: "Until it is revoked"}
ALL, SOME = "all", "some"


class KeyForm(OfficeForm):
    """What the key is for, how long it lasts, and what it may do of what its owner may."""

    name = forms.CharField(max_length=100, help_text="The program that will use it")
    lasts = forms.ChoiceField(choices=LASTS.items(), initial="90", label="Lasts")
    reach = forms.ChoiceField(
        label="May do",
        choices=[(ALL, "All that I may do"), (SOME, "Only this:")],
        widget=forms.RadioSelect,
        initial=ALL,
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        for tool, label in TOOLS.items():
            held = [level for level in LEVELS if may(by, tool, level)]
            choices = [("", "–"), *((level, level.capitalize()) for level in held)]
            if held:
                self.fields[f"scope_{tool}"] = forms.ChoiceField(
                    label=label, choices=choices, required=False
                )

    def scope_fields(self) -> list:
        return [self[name] for name in self.fields if name.startswith("scope_")]

    def clean(self):
        typed = super().clean()
        if typed.get("reach") == SOME and not self.scopes():
            self.add_error("reach", "Choose at least one right, or give it all of yours.")
        return typed

    def scopes(self) -> dict[str, str]:
        """The rights that the key is narrowed to; none where it is not narrowed."""
        if self.cleaned_data.get("reach") != SOME:
            return {}
        chosen = {name: self.cleaned_data.get(name) for name in self.fields if name[:6] == "scope_"}
        return {name.removeprefix("scope_"): level for name, level in chosen.items() if level}

    def expires_at(self):
        days = self.cleaned_data["lasts"]
        return None if days == FOR_EVER else timezone.now() + timedelta(days=int(days))
