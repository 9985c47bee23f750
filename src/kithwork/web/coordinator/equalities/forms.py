"""The questions about equalities as a form: for the person's own link, and for what came on paper."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms

from kithwork.core.service.equalities import CHARACTERISTICS, OWN, PREFER_NOT, words_key
from kithwork.web.kit.forms import GovBoundField


class _Free(GovBoundField):
    """Everything may be left out, and the page says so once."""

    optional = False


class Equalities(forms.Form):
    """One question for each protected characteristic, none of which has to be answered."""

    bound_field_class = _Free

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for one in CHARACTERISTICS:
            choices = [*one.choices.items()]
            if one.own:
                choices.append((OWN, "I describe myself another way"))
            choices.append((PREFER_NOT, "I would rather not say"))
            self.fields[one.id] = forms.ChoiceField(
                label=one.question,
                help_text=one.hint,
                choices=choices,
                required=False,
                widget=forms.RadioSelect({"class": "govuk-radios--small"}),
            )
            if one.own:
                self.fields[words_key(one.id)] = forms.CharField(
                    label=f"{one.name}: your own words, if you like", required=False, max_length=80
                )

    @property
    def given(self) -> dict[str, str]:
        """Characteristic -> answer. Own words alone say that one describes oneself another way."""
        found = dict(self.cleaned_data)
        for one in CHARACTERISTICS:
            if one.own and found[words_key(one.id)] and not found[one.id]:
                found[one.id] = OWN
        return found
