"""The forms of the desk's page."""

from __future__ import annotations

from typing import Any

from django import forms

#: How long one may be away, by name.
LENGTHS = [
    ("", "until set otherwise"),
    ("30m", "for 30 minutes"),
    ("1h", "for an hour"),
    ("4h", "for 4 hours"),
    ("1d", "for a day"),
]


class StatusForm(forms.Form):
    """A status that is set by hand."""

    agent = forms.CharField(widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=[("away", "away"), ("available", "available")])
    duration = forms.ChoiceField(choices=LENGTHS, required=False)
    note = forms.CharField(max_length=200, required=False)

    def command(self) -> dict[str, Any]:
        """The keys of the command ``set_status``."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        if given["status"] == "available":
            given.pop("duration", None)
        return {"type": "set_status", **given}


class AbsenceForm(forms.Form):
    """An absence: whole days, or from a time to a time, in the zone of the agent."""

    agent = forms.CharField(widget=forms.HiddenInput)
    first_day = forms.DateField()
    last_day = forms.DateField(required=False)
    start = forms.TimeField(required=False)
    end = forms.TimeField(required=False)
    note = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("start") is None) != (given.get("end") is None):
            raise forms.ValidationError("Give both times, or neither: then it is whole days.")
        return given

    def entry(self) -> dict[str, str]:
        """It as in the document."""
        given = self.cleaned_data
        first, last = given["first_day"], given["last_day"] or given["first_day"]
        if given["start"] is None:
            entry = {"first_day": f"{first}", "last_day": f"{last}"}
        else:
            entry = {"start": f"{first}T{given['start']:%H:%M}", "end": f"{last}T{given['end']:%H:%M}"}
        return entry | ({"note": given["note"]} if given["note"] else {})


class DocumentForm(forms.Form):
    """The document of the desk, as JSON."""

    document = forms.CharField(widget=forms.Textarea(attrs={"spellcheck": "false", "aria-label": "Document"}))
