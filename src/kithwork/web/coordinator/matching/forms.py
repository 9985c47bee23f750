"""The forms of matching. They check shape alone; whether a thing may be done, the action says."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms

from kithwork.core.matching import Part, Sharing
from kithwork.matching.queries import OBJECTIVES, ApartKind, Settled
from kithwork.web.coordinator.governance.fields import whole
from kithwork.web.coordinator.matches.forms import chosen, lines
from kithwork.web.coordinator.matching.frame import PARTS

KINDS = [(kind.value, kind.label) for kind in ApartKind]
SHARING = {Sharing.LANGUAGES: "A language, where both have told theirs", Sharing.TIMES: "A time at which both are free"}


class Apart(forms.Form):
    """Why two are not to be matched."""

    kind = chosen("What is it about?", KINDS, initial=ApartKind.REFUSED.value)
    because = lines("Why?", rows=3, limit=500, help_text="For your own records. Neither of the two reads it.")

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        if found and found.get("kind"):
            found["kind"] = ApartKind(found["kind"])
        return found


class Rules(forms.Form):
    """What the service weighs; a field for each part, named after it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for part in Part:
            self.fields[part.value] = whole(PARTS[part], 0, 100)
        self.fields["near_km"] = whole(
            "Kilometres a mentor goes who has not said how far",
            1,
            2000,
            help_text="Beyond it nearness counts nothing; nobody is ruled out by it.",
        )
        self.fields["must_share"] = forms.MultipleChoiceField(
            label="What must two have in common?",
            choices=[(one.value, words) for one, words in SHARING.items()],
            required=False,
            widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small"}),
        )
        self.fields["floor"] = whole(
            "Least fit that is proposed, in per cent", 0, 100, help_text="0 proposes whoever is possible."
        )
        self.fields["objective"] = chosen(
            "What makes one set of pairs the best?", [(one.value, one.label.capitalize()) for one in OBJECTIVES]
        )

    @classmethod
    def initial_of(cls, settled: Settled, seen: str) -> dict[str, Any]:
        rules = settled.rules
        return {
            **{part.value: rules.weight(part) for part in Part},
            "near_km": int(rules.near_km),
            "must_share": sorted(rules.must_share),
            "floor": rules.floor // 10,
            "objective": settled.objective.value,
            "seen": seen,
        }

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        if found and not any(found.get(part.value) for part in Part) and not self.errors:
            self.add_error(Part.NEEDS.value, "Something must be weighed: give at least one of them a number above 0")
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """For the action: the parts' weights together, the rest by name."""
        data = self.cleaned_data
        return {
            "weights": {part.value: data[part.value] for part in Part},
            "must_share": data["must_share"],
            "near_km": data["near_km"],
            "floor": 10 * data["floor"],
            "objective": OBJECTIVES(data["objective"]),
        }
