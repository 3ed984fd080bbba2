"""What staff write about a milestone of the onboarding."""

from django import forms

from agency.ui.forms import OfficeForm


class NotesForm(OfficeForm):
    """Notes of one milestone."""

    notes = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
