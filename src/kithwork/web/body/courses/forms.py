"""Forms of the courses: details, parts, moves, reasons, catching up."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from kithwork.courses.actions import PartPlan
from kithwork.web.body.courses.wording import KINDS
from kithwork.web.kit.forms import GovDateField, LongText, hinted

_WIDE = {"class": "govuk-input--width-20"}
_CLOCKS = ["%H:%M", "%H.%M", "%H", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p"]


def _whole(label: str, most: int, **more: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "class": "govuk-input--width-3", "spellcheck": "false"}
    return forms.IntegerField(label=label, min_value=1, max_value=most, widget=forms.TextInput(attrs), **more)


def _hours(label: str, most: int, **more: Any) -> forms.DecimalField:
    attrs = {"inputmode": "decimal", "class": "govuk-input--width-4", "spellcheck": "false"}
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(most),
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs),
        **more,
    )


def _clock(label: str, **more: Any) -> forms.TimeField:
    wrong = "Write the time like 09:30 or 9.30am"
    return forms.TimeField(
        label=label,
        input_formats=_CLOCKS,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": wrong},
        **more,
    )


class _OfARow(forms.Form):
    """A form that may change what is there already. `now` is the stamp of what its reader sees: it comes back with what
    they typed, so that nobody writes over a colleague's change unseen.
    """

    def __init__(self, data: Any, *, now: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        if now:
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=now)

    @property
    def seen(self) -> str:
        return str(self.cleaned_data.get("seen", ""))


class DetailsForm(_OfARow):
    """What an offering is, before its days."""

    kind = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect, choices=list(KINDS.items()))
    title = forms.CharField(label="Title", max_length=200)
    outline = LongText(
        label="Outline",
        required=False,
        max_length=8000,
        help_text="What it covers and what to bring. Goes into the outline that people can download.",
        rows=6,
    )
    capacity = _whole("How many places?", 1000)
    serves = forms.ChoiceField(
        label="Which stage of a scheme does it serve?", required=False, help_text="Leave it out for a gathering of all."
    )
    price_note = forms.CharField(
        label="Price",
        required=False,
        max_length=200,
        help_text="In words, such as ‘£450, invoiced after confirmation’ or ‘Free’.",
    )
    offer_days = _whole(
        "How many days is an offered place kept?",
        90,
        initial=7,
        help_text="When a place becomes free, the first on the waiting list is offered it for so long.",
    )

    def __init__(self, data: Any, stages: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        serves = self.fields["serves"]
        assert isinstance(serves, forms.ChoiceField)
        serves.choices = [("", "None"), *stages]

    @property
    def details(self) -> dict[str, Any]:
        """As the actions take them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        given["scheme"], _, given["stage"] = given.pop("serves").partition("/")
        return given


class AboutPartForm(_OfARow):
    """What a part is about: everything but when and where."""

    title = forms.CharField(
        label="Title of this part", required=False, max_length=200, help_text="Such as ‘Listening’."
    )
    hours_taught = _hours("Hours taught", 24, help_text="Without breaks, such as 6 or 1.5.")
    hours_self_study = _hours("Hours of self-study that go with it", 200)
    homework = LongText(label="Homework", required=False, max_length=2000, rows=3)
    homework_due = GovDateField(label="Homework is due on", required=False)

    @property
    def about(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in AboutPartForm.base_fields}
        for name in ("hours_taught", "hours_self_study"):
            given[name] = given[name] if given[name] is not None else Decimal(0)
        return given


class WhenWhereForm(_OfARow):
    """When and where a part is."""

    day = GovDateField(label="Day")
    starts = _clock("From", help_text="Local time, such as 09:30.")
    ends = _clock("To")
    place = forms.CharField(
        label="Place", required=False, max_length=300, help_text="The address. Leave it out for one that is online."
    )
    link = forms.URLField(
        label="Link to join",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput({"spellcheck": "false"}),
        help_text="Told only to those with a confirmed place.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("place") and not given.get("link") and "link" not in self.errors:
            self.add_error("place", "Enter a place, a link to join, or both")
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "It must end after it starts")
        return given

    @property
    def when_where(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WhenWhereForm.base_fields}


class PartForm(WhenWhereForm, AboutPartForm):
    """A whole part."""

    field_order = ("title", *WhenWhereForm.base_fields, "hours_taught", "hours_self_study", "homework", "homework_due")

    @property
    def plan(self) -> PartPlan:
        return PartPlan(**self.when_where, **self.about)


class ReasonForm(forms.Form):
    """A reason, where one is needed."""

    reason = LongText(label="Reason", max_length=1000, rows=3)

    def __init__(self, data: Any, *, label: str = "Reason", hint: str = "", required: bool = True) -> None:
        super().__init__(data)
        field = self.fields["reason"]
        field.label, field.help_text, field.required = label, hint, required


class AlternativeForm(forms.Form):
    """One of the other dates that have room."""

    offering = forms.ChoiceField(label="Which date do you offer?", widget=forms.RadioSelect)

    def __init__(self, data: Any, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(data)
        field = self.fields["offering"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(ref, hinted(title, hint)) for ref, title, hint in choices]


class CaughtUpForm(forms.Form):
    """How somebody caught up with what they missed."""

    part = forms.TypedChoiceField(label="Which part?", coerce=int, widget=forms.RadioSelect)
    how = forms.CharField(
        label="How did they catch up?", max_length=300, help_text="For example: went through the day with the tutor."
    )
    on = GovDateField(label="On which day?")
    prefix = "caught"

    def __init__(self, data: Any, parts: Mapping[int, str], today: date) -> None:
        super().__init__(data, initial={"on": today, "part": next(iter(parts)) if len(parts) == 1 else None})
        _offer(self, parts)


class HomeworkForm(forms.Form):
    """Homework that came in."""

    part = forms.TypedChoiceField(label="Homework of which part?", coerce=int, widget=forms.RadioSelect)
    on = GovDateField(label="When was it handed in?")
    prefix = "homework"

    def __init__(self, data: Any, parts: Mapping[int, str], today: date) -> None:
        super().__init__(data, initial={"on": today, "part": next(iter(parts)) if len(parts) == 1 else None})
        _offer(self, parts)


def _offer(form: forms.Form, parts: Mapping[int, str]) -> None:
    field = form.fields["part"]
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = list(parts.items())


class ChangedForm(forms.Form):
    """What was changed because of the feedback."""

    what = LongText(
        label="What did you change?",
        max_length=2000,
        rows=4,
        help_text="Because of what people said here. For example: the second day now ends with practice in threes.",
    )
