"""The small form with which any room of this desk logs a contact.

form = ContactForm(request.POST or None, initial={"on": today})
if form.is_valid():
    log_contact(service=run.service, kind=Kind.MENTEE, mentee=mentee, by=request.user, **form.cleaned_data)
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kithwork.caseload.actions.contacts import Kind, Way
from kithwork.web.kit.forms import GovDateField

__all__ = ["ContactForm", "Kind", "PastDateField", "Way"]


class PastDateField(GovDateField):
    """A day that has been, today at the latest."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and value > timezone.localdate():
            raise ValidationError("The date must be today or in the past", code="future")


class ContactForm(forms.Form):
    """When, how, whether anybody was reached, how long, what was said. Cleaned data are `log_contact`'s own names."""

    on = PastDateField(label="When?")
    way = forms.ChoiceField(
        label="How?",
        choices=[(way.value, way.label.capitalize()) for way in Way],
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
        initial=Way.PHONE.value,
    )
    reached = forms.TypedChoiceField(
        label="Did you reach them?",
        choices=[("yes", "Yes"), ("no", "No, tried only")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
        initial="yes",
    )
    minutes = forms.IntegerField(
        label="How many minutes?",
        required=False,
        min_value=0,
        max_value=1440,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    words = forms.CharField(
        label="What was said?",
        help_text="What somebody else on the team would need to know.",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_way(self) -> Way:
        return Way(self.cleaned_data["way"])
