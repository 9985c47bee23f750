"""A day that is wanted, another level, and giving up."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kithwork.web.kit.forms import GovDateField


class Reason(forms.Form):
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="The awarding body reads this",
    )


class ChooseLevel(forms.Form):
    level = forms.ChoiceField(label="What do you want to aim at?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"level": choices[0][0]} if len(choices) == 1 else None)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class Day(forms.Form):
    day = GovDateField(label="On which day?", help_text="For example, 27 3 2027")
    place = forms.CharField(label="Where", max_length=300, required=False)
