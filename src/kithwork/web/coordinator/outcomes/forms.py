"""Forms of this room: a scale to measure by, and what somebody answers on the scales in use."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone

from kithwork.caseload.actions.outcomes import Template
from kithwork.caseload.queries.outcomes import MeasureRow, Whose
from kithwork.core.service.outcomes import TEMPLATES, Scale
from kithwork.web.kit.forms import GovBoundField, GovDateField, hinted

OWN = "own"
_FEW = 11  # figures to choose from, at most; a longer scale has a box to type into


def _about(scale: Scale) -> str:
    number = len(scale.questions)
    least, most = scale.span
    asked = f"{number} questions" if number else f"‘{scale.question}’"
    return f"{asked}, {least} ({scale.low_means}) to {most} ({scale.high_means})"


class _Free(GovBoundField):
    """What may be left out is said once for the whole page."""

    optional = False


class NewMeasure(forms.Form):
    """One of the scales that are offered, or one's own."""

    bound_field_class = _Free
    whose = forms.ChoiceField(
        label="Who is asked?",
        choices=[(one.value, one.label.capitalize()) for one in Whose],
        initial=Whose.MENTEE.value,
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
    )
    scale = forms.ChoiceField(
        label="What is measured?",
        choices=[
            *((one.value, hinted(TEMPLATES[one].name, _about(TEMPLATES[one]))) for one in Template),
            (OWN, hinted("Something else", "Then fill in all that follows; otherwise nothing of it.")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Its name", max_length=120, required=False)
    question = forms.CharField(label="The question", max_length=300, required=False)
    lowest = forms.IntegerField(
        label="Lowest figure",
        min_value=0,
        max_value=1000,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    low_means = forms.CharField(label="What the lowest means", max_length=100, required=False)
    highest = forms.IntegerField(
        label="Highest figure",
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    high_means = forms.CharField(label="What the highest means", max_length=100, required=False)
    better_low = forms.BooleanField(label="A low figure is the better one", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("scale") != OWN:
            return data
        for field, fault in (
            ("name", "Give it a name"),
            ("question", "Write the question"),
            ("lowest", "Write the lowest figure"),
            ("highest", "Write the highest figure"),
        ):
            if data.get(field) in (None, "") and field not in self.errors:
                self.add_error(field, fault)
        low, high = data.get("lowest"), data.get("highest")
        if low is not None and high is not None and high <= low:
            self.add_error("highest", "The highest figure must be above the lowest")
        return data

    @property
    def chosen(self) -> Scale:
        given = self.cleaned_data
        if given["scale"] != OWN:
            return TEMPLATES[Template(given["scale"])]
        names = ("name", "question", "low_means", "high_means", "lowest", "highest", "better_low")
        return Scale(**{name: given[name] for name in names})


class Scales(forms.Form):
    """The scales in use, after whatever else a form asks: a review, a supervision session. Each may be left out; of a
    scale of several questions all are answered, or none.

    `scales_say` stands above them.
    """

    template_name = "coordinator/outcomes/with_scales.html"
    scales_title = "How are things with them?"
    scales_say = "Ask what fits today, and leave out the rest. Figures are kept beside those from before."

    def __init__(self, *given: Any, measures: Sequence[MeasureRow], **more: Any) -> None:
        super().__init__(*given, **more)
        self.measures = measures
        for one in measures:
            for name, field in _fields(one):
                field.bound_field_class = _Free
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.measures:
            names = _names(one)
            empty = [name for name in names if data.get(name) in (None, "") and name not in self.errors]
            if empty and len(empty) < len(names):
                self.add_error(empty[0], f"{one.name}: answer this too, or none of its questions")
        return data

    @property
    def own(self) -> list[BoundField]:
        """What the form asks besides the scales."""
        asked = set(self._asked())
        return [self[name] for name in self.fields if name not in asked]

    def rest(self) -> dict[str, Any]:
        """The sound answers to all but the scales."""
        asked = set(self._asked())
        return {name: value for name, value in self.cleaned_data.items() if name not in asked}

    def _asked(self) -> Iterable[str]:
        return (name for one in self.measures for name in _names(one))

    def values(self, data: Mapping[str, Any] | None = None) -> dict[MeasureRow, int]:
        """Measure -> figure, of those that were answered; the answers to several questions added up."""
        known = self.cleaned_data if data is None else data
        found = {}
        for one in self.measures:
            figures = [known.get(name) for name in _names(one)]
            if all(figure not in (None, "") for figure in figures):
                found[one] = sum(int(str(figure)) for figure in figures)
        return found

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The questions of each scale, under the scale's own where it has several."""
        return [(one.question if one.questions else "", [self[name] for name in _names(one)]) for one in self.measures]


class Answers(Scales):
    """What somebody answers on the scales in use, at least on one of them. With `dated`, on which day as well."""

    bound_field_class = _Free

    def __init__(self, *given: Any, measures: Sequence[MeasureRow], dated: bool, **more: Any) -> None:
        super().__init__(*given, measures=measures, **more)
        if dated:
            self.fields["on"] = GovDateField(label="When did they answer?", initial=timezone.localdate())

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise ValidationError("This day is still to come")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not self.values(data):
            self.add_error(None, "Answer at least one question")
        return data


def _names(one: MeasureRow) -> list[str]:
    return [f"m{one.ref}_{at}" for at in range(max(1, len(one.questions)))]


def _fields(one: MeasureRow) -> Iterable[tuple[str, forms.Field]]:
    if one.questions:
        options = [(str(at), words) for at, words in enumerate(one.options, start=1)]
        for name, words in zip(_names(one), one.questions, strict=True):
            yield name, forms.ChoiceField(label=words, choices=options, required=False, widget=_radios())
        return
    (name,) = _names(one)
    ends = [f"{at} is {words}" for at, words in ((one.lowest, one.low_means), (one.highest, one.high_means)) if words]
    hint = (", ".join(ends) or f"From {one.lowest} to {one.highest}").capitalize() + "."
    if one.highest - one.lowest < _FEW:
        figures = [(str(at), str(at)) for at in range(one.lowest, one.highest + 1)]
        yield (
            name,
            forms.ChoiceField(label=one.question, help_text=hint, choices=figures, required=False, widget=_radios()),
        )
        return
    box = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"})
    yield (
        name,
        forms.IntegerField(
            label=one.question, help_text=hint, min_value=one.lowest, max_value=one.highest, required=False, widget=box
        ),
    )


def _radios() -> forms.RadioSelect:
    """In a row where there is room for it."""
    return forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"})
