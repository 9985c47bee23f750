"""The forms of a match. They check shape alone; whether a thing may be done, the action says."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kithwork.caseload.actions.disputes import RAISED_BY
from kithwork.caseload.queries.matches import KINDS, Degree, EndingKind, Risk, SupportTo
from kithwork.web.coordinator.contacting import PastDateField
from kithwork.web.coordinator.outcomes.forms import Scales
from kithwork.web.kit.forms import GovDateField, hinted

YES_NO = (("yes", "Yes"), ("no", "No"))


def lines(
    label: str, *, rows: int = 4, limit: int = 4000, required: bool = True, help_text: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


def yes_no(label: str, *, help_text: str = "", initial: str | None = None) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        help_text=help_text,
        initial=initial,
        widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
    )


def chosen(label: str, choices: Sequence[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect({"class": "govuk-radios--small"}), **more
    )


class Propose(forms.Form):
    rationale = lines(
        "Why these two?",
        help_text="Both are told the reasons. What they share, what each can give, what was weighed. Where the records "
        "say something, it stands here as a draft: put it into your own words.",
    )
    kind = chosen("How do they meet?", [(kind.value, kind.label.capitalize()) for kind in KINDS], initial="one")
    characteristic = forms.CharField(
        label="Did a protected characteristic decide?",
        help_text="Such as sex, age or religion. Leave it empty if none did.",
        max_length=100,
        required=False,
    )
    justification = lines(
        "Why is that objectively right?", rows=3, limit=2000, required=False, help_text="Needed where one decided."
    )
    ask_both = forms.BooleanField(
        label="Send both the link to the reasons now",
        required=False,
        help_text="By e-mail, where there is an address. The mail says no names; each can say yes or no there.",
    )

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        if found and found.get("characteristic") and not found.get("justification"):
            self.add_error("justification", "Say why it is objectively right that this characteristic decided")
        return found


class ManagesToo(Propose):
    """For somebody's line manager: warned, and reasoned where it cannot be avoided (002)."""

    manages_because = lines(
        "Why can a line manager not be avoided?",
        rows=3,
        limit=2000,
        help_text="Mentor and mentee should be free to speak. The reason is kept with the match.",
    )


class Answer(forms.Form):
    told_on = PastDateField(label="When were the reasons explained to them?")
    answer = chosen(
        "What do they say?",
        [("yes", "Yes, they want to meet"), ("no", "No"), ("", "They have not answered yet")],
        required=False,
    )
    because = forms.CharField(
        label="If not, why?", help_text="Nobody has to give a reason.", max_length=500, required=False
    )


class Because(forms.Form):
    because = forms.CharField(label="Why?", max_length=300)


class Introduce(forms.Form):
    introduced_by = forms.CharField(
        label="Who introduces them?", max_length=150, help_text="A member of staff, or somebody in another role"
    )
    on = PastDateField(label="When?")
    met = yes_no("Was this their first meeting?", initial="yes")
    meets = forms.CharField(
        label="How often and where will they meet?",
        max_length=200,
        required=False,
        help_text="Such as Tuesdays at the library",
    )


class NotedBefore(forms.Form):
    """What is missing of a match from a spreadsheet; each may be left empty. `names` are those of the two."""

    rationale = lines("Why these two?", required=False, help_text="As it was said then.")
    mentee_told_on = PastDateField(label="", required=False, help_text="On the day they were introduced, or before")
    mentor_told_on = PastDateField(label="", required=False, help_text="On the day they were introduced, or before")
    introduced_by = forms.CharField(
        label="Who introduced them?",
        max_length=150,
        required=False,
        help_text="A member of staff, or somebody in another role",
    )

    def __init__(self, *given: Any, missing: Sequence[str], names: Mapping[str, str], **more: Any) -> None:
        super().__init__(*given, **more)
        for side, name in names.items():
            self.fields[f"{side}_told_on"].label = f"When were the reasons explained to {name}?"
        for name in set(self.fields) - set(missing):
            del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        if not self.errors and not any((found or {}).values()):
            self.add_error(next(iter(self.fields)), "Enter at least one thing that is not on record yet")
        return found


class Day(forms.Form):
    on = PastDateField(label="When?")


class Arrange(forms.Form):
    meets = forms.CharField(label="How often and where do they meet?", max_length=200, required=False)
    looks_after = forms.ChoiceField(
        label="Who looks after this match?", required=False, help_text="Reads first what the mentor logs."
    )

    def __init__(
        self, data: Mapping[str, Any] | None, staff: Sequence[tuple[str, str]], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["looks_after"].choices = [("", "Whoever is there"), *staff]  # type: ignore[attr-defined]  # a ChoiceField


class Watch(forms.Form):
    closely = yes_no(
        "Does this match need closer contact?", help_text="Contact at least every 4 weeks until it is past."
    )


class Support(forms.Form):
    to = chosen("For whom?", [(one.value, one.label.capitalize()) for one in SupportTo])
    on = PastDateField(label="When?")
    what = lines("What was done?", limit=2000)


class Boundary(forms.Form):
    on = PastDateField(label="When was it noticed?")
    what = lines("What has moved out of what was agreed?", limit=2000)
    done = lines("What was done about it?", limit=2000, required=False, help_text="Leave it empty while it is open.")


class Acted(forms.Form):
    done = lines("What was done about it?", limit=2000)


class Dropout(forms.Form):
    level = chosen("How likely is it that they give up?", [(one.value, one.label.capitalize()) for one in Risk])
    on = PastDateField(label="When did you look?")
    signs = lines("What are the signs?", rows=3, limit=2000, required=False)
    action = lines(
        "What is done about it?", rows=3, limit=2000, required=False, help_text="With whom: a tutor, an institution."
    )
    look_again_on = GovDateField(label="When will you look again?", required=False)


GOALS = 4


class Plan(forms.Form):
    """Aims and up to four goals; an empty line is no goal."""

    on = PastDateField(label="When was it made?")
    aims = lines("What do they hope for from having a mentor?", rows=3)
    goal_1 = forms.CharField(label="First goal", max_length=300, required=False)
    by_1 = GovDateField(label="By when?", required=False)
    goal_2 = forms.CharField(label="Second goal", max_length=300, required=False)
    by_2 = GovDateField(label="By when?", required=False)
    goal_3 = forms.CharField(label="Third goal", max_length=300, required=False)
    by_3 = GovDateField(label="By when?", required=False)
    goal_4 = forms.CharField(label="Fourth goal", max_length=300, required=False)
    by_4 = GovDateField(label="By when?", required=False)

    @property
    def goals(self) -> list[tuple[str, Any]]:
        given = self.cleaned_data
        return [(given[f"goal_{n}"], given[f"by_{n}"]) for n in range(1, GOALS + 1) if given[f"goal_{n}"].strip()]


class SettleGoal(forms.Form):
    state = chosen("How does it stand?", [("met", "Met"), ("dropped", "Let go"), ("open", "Working on it")])


DEGREES = [(one.value, one.label.capitalize()) for one in Degree]


class Review(Scales):
    on = PastDateField(label="When?")
    how = forms.CharField(label="How?", max_length=100, required=False, help_text="In person, by telephone")
    mentor_there = yes_no("Was the mentor there?", initial="no")
    achieved = chosen("1. Are their aims being reached?", DEGREES)
    aims = lines("What do they say about their aims?", rows=3, required=False)
    goes_on = yes_no("2. Do they want to go on with this match?")
    needed = yes_no("3. Do they still need the service?")
    of_service = lines("4. What do they think of the service?", rows=3)
    outcome = lines("What follows?", rows=3, help_text="Be it only that all goes on as it is.")


class Outcome(forms.Form):
    outcome = lines("What follows?", rows=3, help_text="Be it only that all goes on as it is.")


class DrawUp(forms.Form):
    on = PastDateField(label="When is it drawn up?")
    until = GovDateField(
        label="How long is the match meant to last?", required=False, help_text="The last day, if one is agreed"
    )
    time = forms.CharField(
        label="How much time is set aside for it?", max_length=300, help_text="Such as two hours every other week"
    )
    face_to_face = forms.IntegerField(
        label="How much of it face to face, in per cent?",
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    roles = lines("What does each of the three do?", rows=4)
    boundaries = lines(
        "What are the boundaries?", rows=4, help_text="Contact between meetings, confidentiality, money, gifts"
    )
    disputes = lines("What happens if they cannot agree?", rows=3, help_text="Who arbitrates, and how")
    notice = forms.CharField(label="How much notice is given before it ends?", max_length=200)


class Dispute(forms.Form):
    on = PastDateField(label="When was it raised?")
    raised_by = chosen("Who raised it?", list(RAISED_BY.items()))
    what = lines("What is it about?")


class Arbiter(forms.Form):
    arbiter = forms.CharField(label="Who arbitrates?", max_length=150, help_text="Neither the mentee nor the mentor")
    on = PastDateField(label="Since when?")


class Settle(forms.Form):
    outcome = lines("How was it settled?")
    on = PastDateField(label="When?")


class End(forms.Form):
    kind = chosen(
        "How does it end?",
        [
            (EndingKind.PLANNED.value, hinted("Planned", "With notice and a look back")),
            (EndingKind.SUDDEN.value, hinted("Suddenly", "It has happened, or cannot go on")),
        ],
    )
    known_on = PastDateField(label="When was it known?", help_text="The day notice was given, or the day it happened")
    last_day = GovDateField(label="What is the last day?")
    reason = lines("Why does it end?", rows=3, limit=2000)
    short_because = forms.CharField(label="If the notice is shorter than usual, why?", max_length=500, required=False)
    bad = yes_no("Should these two never be matched again?", initial="no")


class LookBack(forms.Form):
    on = PastDateField(label="When did you look back together?")
    words = lines("What went well, and how was it celebrated?")


class Follows(forms.Form):
    follows = lines(
        "What does the ending mean for them?",
        limit=2000,
        help_text="Whether they may stay in touch, who else can help, whom to ring. The letters say this.",
    )
    offered = forms.CharField(label="Which further ways to take part were offered?", max_length=300, required=False)


class Exit(forms.Form):
    whom = chosen("Who is asked?", [("family", "Family or carer"), ("referrer", "Whoever referred them")])
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"}))
