"""The desk's forms. They check shape; whether a thing may be done is the action's to say."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from kithwork.assessment.queries import FindingOutcome, FindingSeen
from kithwork.core.interviews import keeps_to
from kithwork.core.journey import Answer
from kithwork.core.schemes import EvidenceStage, InterviewKind, InterviewStage, Requirement, Stage, VisitStage
from kithwork.journeys.queries import Reading
from kithwork.web.kit.forms import GovDateField, LongText, hinted

NO_NAMES = "Write no names: the applicant and the awarding body read this."


class WhenWanted(LongText):
    """Needed or not by what else was answered, which the form's clean says; so it is not called optional."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class OpenChoice(forms.ChoiceField):
    """May be left open without being called optional: the page says so once for all of them."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class FilterForm(forms.Form):
    """The queue's filter and search, from the address."""

    show = OpenChoice(label="Show", widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}))
    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        help_text="A service, organisation or place",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "search"}),
    )

    def __init__(self, *args: Any, counts: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "me": "Waiting for me",
            "service": "Waiting for the applicant",
            "all": "All open",
            "finished": "Finished",
        }
        self.fields["show"].choices = [(key, f"{word} ({counts[key]})") for key, word in words.items()]  # type: ignore[attr-defined]


class JudgementForm(forms.Form):
    """Confirm, or ask for more. Which of the two is said by the button."""

    advice = WhenWanted(
        label="Your advice",
        rows=6,
        max_length=8000,
        help_text="Needed when you ask for more: say what fell short and what would help. " + NO_NAMES,
    )
    outcome = forms.CharField(required=False)
    round = forms.IntegerField(required=False)  # the round that was on the page

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome not in {"confirmed", "returned"}:
            self.add_error(None, "Choose 'Confirm' or 'Ask for more'.")
        elif outcome == "returned" and not cleaned.get("advice") and "advice" not in self.errors:
            self.add_error("advice", "Say what fell short and what would help.")
        return cleaned


class RemarkForm(forms.Form):
    """Stands on a page beside the judgement, so its fields have ids of their own."""

    text = LongText(label="Your question or note", rows=3, max_length=4000, help_text=NO_NAMES)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_remark_%s")


class ConflictForm(forms.Form):
    answer = forms.ChoiceField(label="Your declaration", widget=forms.RadioSelect)
    words = WhenWanted(
        label="What the conflict is",
        rows=3,
        max_length=900,
        help_text="Only if you declare one. The awarding body reads it; the applicant does not.",
    )

    def __init__(self, *args: Any, wording: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("none", hinted("I declare this and take the case", wording)),
            ("conflict", hinted("I have a conflict of interest", "The awarding body will ask somebody else.")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "conflict" and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in a few words what the conflict is.")
        return cleaned


_TIMES = ("%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I:%M %p", "%I%p", "%I %p")


class ClockField(forms.TimeField):
    """A time of day as people write it: 14:30, 2.30pm, 2pm."""

    def to_python(self, value: Any) -> time | None:
        return super().to_python(
            value.strip().lower().replace("a.m.", "am").replace("p.m.", "pm") if isinstance(value, str) else value
        )


class ArrangeForm(forms.Form):
    item = forms.ChoiceField(label="Which interview?", widget=forms.RadioSelect)
    day = GovDateField(label="Day", help_text="For example 27 3 2027")
    at = ClockField(
        label="Time",
        input_formats=_TIMES,
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}, format="%H:%M"),
        help_text="For example 14:30",
        error_messages={"invalid": "Write the time like 14:30 or 2.30pm"},
    )
    mode = forms.ChoiceField(label="How", widget=forms.RadioSelect)
    place = forms.CharField(
        label="Place or link",
        required=False,
        max_length=300,
        help_text="An address, a phone number to call, or a link to a video call",
    )

    def __init__(self, *args: Any, stage: Stage, kinds: Sequence[InterviewKind] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(stage, InterviewStage):
            self.fields["item"].choices = [(kind.id, kind.title) for kind in kinds]  # type: ignore[attr-defined]
        else:
            del self.fields["item"]
        if isinstance(stage, VisitStage):
            self.fields["mode"].choices = [(mode, mode.capitalize()) for mode in stage.modes]  # type: ignore[attr-defined]
        else:
            del self.fields["mode"]

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"]))


class HoldForm(forms.Form):
    mode = forms.ChoiceField(label="How was it held?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, modes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if modes:
            self.fields["mode"].choices = [(mode, mode.capitalize()) for mode in modes]  # type: ignore[attr-defined]
        else:
            del self.fields["mode"]


Found = tuple[FindingOutcome, FindingSeen, str]
FOUND: dict[str, tuple[str, FindingOutcome, FindingSeen]] = {
    "met-live": ("Met: live evidence seen", FindingOutcome.MET, FindingSeen.LIVE),
    "met-explained": ("Met: explained, with an older example", FindingOutcome.MET, FindingSeen.EXPLAINED),
    "more-live": ("More asked for: what was seen fell short", FindingOutcome.MORE, FindingSeen.LIVE),
    "more-explained": ("More asked for: it was only explained", FindingOutcome.MORE, FindingSeen.EXPLAINED),
    "more-nothing": ("More asked for: nothing to see on the day", FindingOutcome.MORE, FindingSeen.NOTHING),
}


class FindingsForm(forms.Form):
    """One finding and one note for each requirement; those left open are not recorded."""

    def __init__(self, *args: Any, asked: Sequence[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[f"found-{one.id}"] = OpenChoice(
                label="What did you find?",
                choices=[(key, words) for key, (words, _, _) in FOUND.items()],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            )
            self.fields[f"note-{one.id}"] = WhenWanted(label="Note", rows=2, max_length=4000)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.asked:
            found, note = cleaned.get(f"found-{one.id}"), (cleaned.get(f"note-{one.id}") or "").strip()
            if note and not found and f"found-{one.id}" not in self.errors:
                self.add_error(f"found-{one.id}", f"{one.number} {one.title}: choose what you found, or clear the note")
            elif found and found != "met-live" and not note:
                wanted = (
                    "what is to be sent" if found.startswith("more") else "what was explained, and the older example"
                )
                self.add_error(f"note-{one.id}", f"{one.number} {one.title}: note {wanted}")
        if not self.errors and not any(cleaned.get(f"found-{one.id}") for one in self.asked):
            self.add_error(None, "Nothing has been filled in yet.")
        return cleaned

    @property
    def found(self) -> dict[str, Found]:
        """Slot -> outcome, what was seen, note; for those filled in."""
        said: dict[str, Found] = {}
        for one in self.asked:
            if key := self.cleaned_data[f"found-{one.id}"]:
                _, outcome, seen = FOUND[key]
                said[one.id] = (outcome, seen, self.cleaned_data[f"note-{one.id}"].strip())
        return said


MODES = ("Face to face", "By phone", "By video")


class InterviewForm(forms.Form):
    """One interview that was held, question by question."""

    form = forms.ChoiceField(label="Who was there?", widget=forms.RadioSelect, initial="individual")
    people = forms.IntegerField(
        label="How many people?",
        min_value=1,
        max_value=50,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={"invalid": "Write the number of people in figures"},
    )
    mode = forms.ChoiceField(
        label="How was it held?", choices=[(mode.lower(), mode) for mode in MODES], widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(
        label="How many minutes did it last?",
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={"invalid": "Write the minutes in figures"},
    )
    supported = forms.BooleanField(label="Somebody they trust was there with them", required=False)
    eligible = forms.BooleanField(label="The rules above were kept", required=False)
    reason = WhenWanted(
        label="If it was longer, or a rule was not kept: why it counts all the same",
        rows=2,
        max_length=1000,
        help_text="Kept with the interview. " + NO_NAMES,
    )

    def __init__(self, *args: Any, kind: InterviewKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        one = [("individual", "One person")]
        group = [("group", "A group")] if kind.or_groups is not None else []
        self.fields["form"].choices = one + group  # type: ignore[attr-defined]
        self.fields["minutes"].help_text = f"The scheme allows {kind.minutes} at most."
        if not kind.rules:
            del self.fields["eligible"]
        for number, question in enumerate(kind.questions, start=1):
            self.fields[f"note-{number}"] = WhenWanted(label=f"{number}. {question}", rows=2, max_length=2000)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("form") == "group" and cleaned.get("people") == 1:
            self.add_error("people", "A group has more than one person")
        if cleaned.get("form") == "individual" and (cleaned.get("people") or 1) > 1:
            self.add_error("people", "This was with one person; choose 'A group' if there were more")
        if (minutes := cleaned.get("minutes")) and not cleaned.get("reason") and "reason" not in self.errors:
            kept = keeps_to(self.kind, minutes=minutes, eligible=cleaned.get("eligible", False))
            if not kept:
                self.add_error("reason", kept.because)
        return cleaned

    @property
    def notes(self) -> dict[str, str]:
        return {key.removeprefix("note-"): text for key, text in self.cleaned_data.items() if key.startswith("note-")}


class AlternativeForm(forms.Form):
    """Stands on a page beside the interview, so its fields have ids of their own."""

    words = LongText(
        label="Why there is no interview, and what takes its place", rows=4, max_length=2000, help_text=NO_NAMES
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_alternative_%s")


ANSWERS = {Answer.YES: "Yes: it meets all that is asked", Answer.MORE: "Not yet: more is needed", Answer.NO: "No"}


class RecommendForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What do you recommend?",
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        widget=forms.RadioSelect,
    )
    summary = LongText(
        label="What it rests on", rows=6, max_length=8000, help_text="The awarding body decides on this. " + NO_NAMES
    )
    strengths = LongText(label="Strengths", rows=4, max_length=8000, required=False)
    next_time = LongText(
        label="For next time",
        rows=4,
        max_length=8000,
        required=False,
        help_text="Kept for whoever assesses a renewal",
    )
    asked_again = forms.MultipleChoiceField(
        label="Look at again when it is renewed, whatever the scheme marks",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all empty if nothing needs it.",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, asked: Sequence[Requirement], **more: Any) -> None:
        super().__init__(data, **more)
        if asked:
            choices = [(one.id, f"{one.number} {one.title}") for one in asked]
            self.fields["asked_again"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["asked_again"]


def asked_at_renewal(reading: Reading) -> list[Requirement]:
    """What somebody who recommends can ask to be looked at again: where a renewal asks for a part only, all that is
    asked at this level and not marked; nothing where it asks for all of it.
    """
    edition, level = reading.edition, reading.position.level
    if edition.renewal is None or edition.renewal.asks == "all":
        return []
    stages = [one for one in edition.stages if isinstance(one, EvidenceStage | VisitStage)]
    return [one for stage in stages for one in edition.asked_at(level, stage.assessed) if not one.renewal]
