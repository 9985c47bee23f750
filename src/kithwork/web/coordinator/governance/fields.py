"""Fields that the forms of this room share, and a form that knows which day comes before which."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from kithwork.web.kit.forms import GovDateField


def whole(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number in a short box."""
    attrs = {"inputmode": "numeric", "class": "govuk-input--width-5", "spellcheck": "false"}
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=forms.TextInput(attrs), **more)


def day(label: str, **more: Any) -> GovDateField:
    return GovDateField(label=label, **more)


def later(label: str, **more: Any) -> GovDateField:
    """A day that may not have come yet: left empty until it has."""
    return GovDateField(label=label, required=False, **more)


def line(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **more)


def prose(label: str, most: int, rows: int = 4, **more: Any) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": most}
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs), **more)


def yes(label: str, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


def one_of(label: str, choices: list[Any], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class Dated(forms.Form):
    """`in_order`: pairs of days of which the second cannot come first. `past`: days that cannot be still to come."""

    in_order: ClassVar[tuple[tuple[str, str], ...]] = ()
    past: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.past:
            if (when := data.get(name)) and when > timezone.localdate():
                self.add_error(name, "This day is still to come")
        for first, second in self.in_order:
            before, after = data.get(first), data.get(second)
            if before and after and after < before:
                self.add_error(second, f"This cannot be before ‘{self.fields[first].label}’")
        return data


class Entry(Dated):
    """One entry of a register. Its fields bear the names of the row's columns; `seen` is what its reader saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
