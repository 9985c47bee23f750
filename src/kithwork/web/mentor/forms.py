"""The forms of the mentor's desk: short, for a phone."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms

from kithwork.caseload.actions.concerns import Urgency
from kithwork.caseload.actions.logging import LONGEST
from kithwork.caseload.queries.logs import WAYS
from kithwork.core.service.slots import SLOTS
from kithwork.web.coordinator.contacting import PastDateField
from kithwork.web.kit.forms import GovDateField


class Log(forms.Form):
    """A meeting. Cleaned data are `log_meeting`'s own names."""

    on = PastDateField(label="When?")
    reached = forms.TypedChoiceField(
        label="Did you meet?",
        choices=[("yes", "We met"), ("no", "They did not turn up")],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )
    minutes = forms.IntegerField(
        label="How many minutes?",
        required=False,
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    way = forms.ChoiceField(
        label="How?",
        choices=[(way.value, way.label.capitalize()) for way in WAYS if way is not WAYS.LETTER],
        initial="met",
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )
    words = forms.CharField(
        label="How was it?", required=False, max_length=4000, help_text="A line is enough. Your service reads it.",
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def clean_way(self) -> WAYS:
        return WAYS(self.cleaned_data["way"])


class Concern(forms.Form):
    words = forms.CharField(
        label="What worries you?",
        help_text="What you saw or heard, in their words where you can. You need not be sure.",
        max_length=8000,
        widget=forms.Textarea({"rows": 6}),
    )
    urgency = forms.ChoiceField(
        label="How soon does somebody need to act?",
        choices=[
            (Urgency.DANGER.value, "Now: somebody is in danger"),
            (Urgency.SOON.value, "Today"),
            (Urgency.WORRY.value, "It can wait, but should be known"),
        ],
        widget=forms.RadioSelect,
    )


class Reply(forms.Form):
    text = forms.CharField(label="Your answer", max_length=2000, widget=forms.Textarea({"rows": 3}))


class Answer(forms.Form):
    answer = forms.ChoiceField(
        label="Would you like to meet them?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
    )
    because = forms.CharField(
        label="If not, why?", help_text="You need not give a reason.", max_length=500, required=False
    )


class Availability(forms.Form):
    availability = forms.MultipleChoiceField(
        label="When are you free?",
        choices=list(SLOTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small kw-slots"}),
    )
    places = forms.IntegerField(
        label="How many people can you mentor at one time?",
        min_value=0,
        max_value=20,
        widget=forms.TextInput({"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    contact_wishes = forms.CharField(label="How and when to reach you", max_length=300, required=False)


class Away(forms.Form):
    begins = GovDateField(label="First day away")
    ends = GovDateField(label="Last day away", required=False, help_text="Leave it empty if you do not know yet")
    reason = forms.CharField(
        label="Why?", max_length=300, help_text="Such as holiday, exams, illness. A word is enough."
    )
