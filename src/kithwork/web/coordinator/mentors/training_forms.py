"""Forms of trainings and gatherings."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kithwork.caseload.actions.trainings import Mark
from kithwork.caseload.queries.trainings import AttendanceState, GatheringKind, Person, SessionRow, TrainingKind
from kithwork.web.coordinator.mentors.forms import DayForm, LinesField, yes_no
from kithwork.web.kit.forms import GovBoundField, GovDateField, LongText

_CLOCKS = ["%H:%M", "%H.%M", "%H", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p"]
_SCALE = [("5", "5, very much"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1, not at all")]


class TrainingForm(forms.Form):
    kind = forms.ChoiceField(label="What is it?", choices=TrainingKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=200)
    outline = LongText(
        label="Outline", help_text="Goes out to those invited, beforehand.", max_length=8000, rows=6, required=False
    )
    topics = LinesField(label="Topics", help_text="One a line. They are the checklist of what is covered.")
    trainer = forms.CharField(label="Who trains?", max_length=150, required=False)
    peers_come = forms.BooleanField(label="Mentors or mentees tell of their own experience", required=False)


class SessionForm(forms.Form):
    on = GovDateField(label="Day")
    starts = forms.TimeField(
        label="Starts at",
        required=False,
        input_formats=_CLOCKS,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write the time like 09:30 or 9.30am"},
    )
    hours = forms.DecimalField(
        label="Hours",
        min_value=Decimal("0.25"),
        max_value=Decimal(24),
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4"}),
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    place = forms.CharField(label="Place, or link to join", max_length=300, required=False)


class PeopleForm(forms.Form):
    """Whom to invite: everybody offered, with boxes."""

    people = forms.MultipleChoiceField(
        label="Whom do you invite?",
        widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Tick at least one person"},
    )

    def __init__(self, data: Any, people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(people)


class _Plain(GovBoundField):
    """What is left out is not noted, so nothing says that it may be."""

    optional = False


class RegisterForm(forms.Form):
    """A few fields for each person. What stood on the screen goes along, hidden, so that nobody's newer note is
    overwritten by somebody who did not see it.
    """

    bound_field_class = _Plain

    def __init__(self, data: Any, people: Sequence[Person], session: SessionRow) -> None:
        self.people = {one.mentor.ref: one for one in people if session.number in one.rows}
        initial: dict[str, Any] = {}
        for ref, one in self.people.items():
            row = one.rows[session.number]
            initial |= {f"state_{ref}": "" if row.state == AttendanceState.INVITED else row.state}
            initial |= {f"performance_{ref}": row.performance, f"understood_{ref}": _yes(row.understood)}
        super().__init__(data, initial=initial)
        states = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.DECLINED)
        for ref, one in self.people.items():
            self.fields[f"state_{ref}"] = forms.ChoiceField(
                label=one.mentor.name,
                choices=[(state.value, state.label.capitalize()) for state in states],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
                required=False,
                show_hidden_initial=True,
            )
            self.fields[f"understood_{ref}"] = forms.ChoiceField(
                label="Understood what was covered?",
                choices=[("yes", "Yes"), ("no", "No")],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
                required=False,
                show_hidden_initial=True,
            )
            self.fields[f"performance_{ref}"] = forms.CharField(
                label="How they did",
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                required=False,
                show_hidden_initial=True,
            )

    def _mark(self, state: str, performance: str, understood: str) -> Mark:
        said = {"yes": True, "no": False}.get(understood)
        return Mark(AttendanceState(state) if state else AttendanceState.INVITED, performance, said)

    @property
    def marks(self) -> dict[str, Mark]:
        given = self.cleaned_data
        return {
            ref: self._mark(given[f"state_{ref}"], given[f"performance_{ref}"], given[f"understood_{ref}"])
            for ref in self.people
        }

    @property
    def seen(self) -> dict[str, Mark | None]:
        return {ref: self._mark(*(self._was(f"{part}_{ref}") for part in _PARTS)) for ref in self.people}

    def _was(self, name: str) -> str:
        return str(self.data.get(self.add_initial_prefix(name), "")).replace("\r\n", "\n")

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(self[f"{part}_{ref}"] for part in ("state", "understood", "performance")) for ref in self.people]


_PARTS = ("state", "performance", "understood")


def _yes(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


class OpinionForm(forms.Form):
    """What somebody thinks of a training: asked alike by link and typed in from paper."""

    satisfied = forms.ChoiceField(
        label="How satisfied are you with the training?", choices=_SCALE, widget=forms.RadioSelect
    )
    learnt = forms.ChoiceField(label="How much have you learnt?", choices=_SCALE, widget=forms.RadioSelect)
    said = LongText(label="What was good, and what could be better?", max_length=2000, rows=4, required=False)


class ActedForm(DayForm):
    words = LongText(label="What did you change because of what people said?", max_length=4000, rows=4)


class GatheringForm(DayForm):
    kind = forms.ChoiceField(label="What is it?", choices=GatheringKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=200)
    about = LongText(label="What it is about", max_length=4000, rows=4, required=False)
    with_mentees = forms.BooleanField(label="Mentees are asked as well", required=False)
    everybody = yes_no(
        "Is every mentor asked, or sent it?",
        hint="All who are here today; you can ask others later. Those with an account get a mail, and find it there.",
    )


class GatheringChangeForm(GatheringForm):
    def __init__(self, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        del self.fields["kind"], self.fields["everybody"]


class CameForm(forms.Form):
    came = forms.MultipleChoiceField(
        label="Who came?", required=False, widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small"})
    )

    def __init__(self, data: Any, people: Sequence[tuple[str, str]], came: Sequence[str]) -> None:
        super().__init__(data, initial={"came": list(came)})
        field = self.fields["came"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(people)
