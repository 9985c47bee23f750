"""What is asked about a mentee, wherever it is asked."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kithwork.caseload.actions.consents import Answer, Whose
from kithwork.caseload.actions.mentees import PRIORITIES
from kithwork.caseload.actions.risks import Level
from kithwork.core.service.slots import SLOTS
from kithwork.web.coordinator.contacting import PastDateField
from kithwork.web.kit.forms import GovDateField, LongText

WIDE, MIDDLE = "govuk-!-width-full", "govuk-input--width-20"
WAYS = [("any", "Either in person or online"), ("person", "In person"), ("online", "Online or by telephone")]
ANSWERS = {Answer.GIVEN: "Yes", Answer.REFUSED: "No", Answer.WITHDRAWN: "No longer"}


class LinesField(forms.CharField):
    """A list, one thing a line (or parted by commas); cleaned without blanks and without anything twice."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), max_length=2000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        found = [part.strip() for line in text.splitlines() for part in line.split(",")]
        return list(dict.fromkeys(part[:80] for part in found if part))


class Person(forms.Form):
    """Who somebody is and how to reach them."""

    name = forms.CharField(label="Full name", max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    known_as = forms.CharField(
        label="What they like to be called",
        help_text="A mentor reads this name, and no other.",
        max_length=80,
        required=False,
    )
    born = GovDateField(label="Date of birth", required=False)
    email = forms.EmailField(label="E-mail", required=False, widget=forms.EmailInput({"autocomplete": "off"}))
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "class": MIDDLE, "autocomplete": "off"}),
    )
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    postcode = forms.CharField(
        label="Postcode", max_length=10, required=False, widget=forms.TextInput({"class": "govuk-input--width-10"})
    )
    contact_wishes = forms.CharField(
        label="How and when to reach them",
        help_text="Access needs too: large print, a sign language, a text before a call.",
        max_length=300,
        required=False,
    )

    def clean_born(self) -> Any:
        born = self.cleaned_data["born"]
        if born and born >= timezone.localdate():
            raise ValidationError("The date of birth must be in the past")
        return born


class Record(Person):
    """Everything a coordinator keeps about a mentee."""

    emergency = forms.CharField(label="Whom to ring in an emergency", max_length=300, required=False)
    gender = forms.CharField(label="Gender, in their own words", max_length=40, required=False)
    needs = LinesField(label="Needs", help_text="What they hope a mentor will help with, one a line.", required=False)
    interests = LinesField(label="Interests", help_text="One a line.", required=False)
    languages = LinesField(label="Languages", help_text="One a line.", required=False, rows=2)
    availability = forms.MultipleChoiceField(
        label="When are they free?",
        choices=[*SLOTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small kw-slots"}),
    )
    way = forms.ChoiceField(
        label="How would they like to meet?", choices=WAYS, widget=forms.RadioSelect({"class": "govuk-radios--small"})
    )
    hopes_for = LinesField(
        label="What they hope a mentor knows or likes",
        help_text="One a line, such as ‘cooking’. It counts towards the fit and rules nobody out.",
        required=False,
        rows=2,
    )
    wishes = LongText(label="What they wish of a mentor", max_length=2000, rows=3, required=False)
    wants_gender = forms.CharField(
        label="Gender of the mentor, if that is essential",
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": MIDDLE}),
    )
    wants_gender_because = forms.CharField(
        label="Why that is essential",
        help_text="A protected characteristic may decide only where it is objectively right.",
        max_length=500,
        required=False,
    )
    profile = LongText(label="In their own words, as a mentor may read it", max_length=4000, rows=4, required=False)
    carer = forms.CharField(label="Family or carer to be told", max_length=150, required=False)
    carer_email = forms.EmailField(label="Their e-mail", required=False)
    carer_phone = forms.CharField(
        label="Their telephone", max_length=40, required=False, widget=forms.TextInput({"class": MIDDLE})
    )
    referrer_involved = forms.BooleanField(label="The referrer is still to be told how things go", required=False)
    number = forms.CharField(
        label="Your own number for this person",
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": MIDDLE}),
    )
    since = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("wants_gender") and not data.get("wants_gender_because"):
            self.add_error("wants_gender_because", "Say why this is essential")
        return data


class Priority(forms.Form):
    priority = forms.TypedChoiceField(
        label="How urgent is a mentor?",
        choices=[(number, word.capitalize()) for number, word in PRIORITIES.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="Why?", max_length=300)


class Away(forms.Form):
    begins = GovDateField(label="First day away")
    ends = GovDateField(label="Last day away", help_text="Leave empty if that is not known yet.", required=False)
    reason = forms.CharField(label="Why?", max_length=300)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", "The last day away must not be before the first")
        return data


class Back(forms.Form):
    last = GovDateField(label="Last day away")


class Leave(forms.Form):
    on = PastDateField(label="Last day with the service")
    because = forms.CharField(label="Why do they leave?", max_length=300)


class Return(forms.Form):
    on = PastDateField(label="From which day are they here again?")


class Risk(forms.Form):
    kind = forms.ChoiceField(label="What is assessed?", widget=forms.RadioSelect)
    on = PastDateField(label="When was it assessed?")
    level = forms.ChoiceField(
        label="How high is the risk?",
        choices=[(level.value, level.label.capitalize()) for level in Level],
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
    )
    findings = LongText(label="What could go wrong?", max_length=8000, rows=5)
    actions = LongText(
        label="What is to be done about it?",
        help_text="Leave empty if nothing is.",
        max_length=4000,
        rows=3,
        required=False,
    )
    actions_due = GovDateField(label="By when?", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field, as declared above
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("actions_due") and not data.get("actions"):
            self.add_error("actions", "Say what is to be done by that day")
        return data


class Done(forms.Form):
    on = PastDateField(label="When was it done?")


class ConsentAnswer(forms.Form):
    """The answer to one question; which one stands above the form."""

    answer = forms.ChoiceField(label="What do they answer?", widget=forms.RadioSelect)
    whose = forms.ChoiceField(
        label="Who answers?",
        choices=[(Whose.OWN.value, "They themselves"), (Whose.FAMILY.value, "A parent, guardian or carer")],
        initial=Whose.OWN.value,
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )
    on = PastDateField(label="When?")
    how = forms.ChoiceField(
        label="How was it said?",
        choices=[(how, how.capitalize()) for how in ("on paper", "by telephone", "face to face", "by e-mail")],
        widget=forms.RadioSelect({"class": "govuk-radios--small"}),
    )

    def __init__(self, *args: Any, given: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(Answer.WITHDRAWN.value, ANSWERS[Answer.WITHDRAWN])] if given else []
        first = [(Answer.GIVEN.value, ANSWERS[Answer.GIVEN]), (Answer.REFUSED.value, ANSWERS[Answer.REFUSED])]
        self.fields["answer"].choices = [*(first[:1] if given else first), *choices]  # type: ignore[attr-defined]


__all__ = [
    "ANSWERS",
    "WAYS",
    "Away",
    "Back",
    "ConsentAnswer",
    "Done",
    "Leave",
    "LinesField",
    "Person",
    "Priority",
    "Record",
    "Return",
    "Risk",
]
