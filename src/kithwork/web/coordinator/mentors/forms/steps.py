"""Forms for the steps of a mentor's road, and for what follows it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape

from kithwork.caseload.queries.mentors import ExemptionMissing, StepKind, SupervisionTopic, VettingLevel
from kithwork.web.coordinator.mentors.forms.about import INLINE, DayForm, yes_no
from kithwork.web.coordinator.outcomes.forms import Scales
from kithwork.web.kit.forms import GovDateField, LongText, hinted


class StepForm(DayForm):
    """A step that is done on a day; judged where the kind is judged, with the service's questions where it has some."""

    def __init__(self, data: Any, kind: StepKind, questions: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.questions = list(questions)
        if kind in (StepKind.ROLE, StepKind.INTERVIEW):
            self.fields["outcome"] = forms.ChoiceField(
                label="Does this person suit the role?",
                choices=[("yes", "Suitable"), ("no", "Not suitable")],
                widget=forms.RadioSelect(attrs=INLINE),
            )
        for number, question in enumerate(self.questions, 1):
            self.fields[f"answer_{number}"] = LongText(label=escape(question), max_length=4000, rows=3, required=False)
        self.fields["note"] = LongText(label="Note", max_length=4000, rows=4, required=False)

    @property
    def answers(self) -> dict[str, str]:
        given = ((text, self.cleaned_data.get(f"answer_{number}")) for number, text in enumerate(self.questions, 1))
        return {text: answer for text, answer in given if answer}


class SelectionForm(DayForm):
    chosen = forms.ChoiceField(
        label="What is your decision?",
        choices=[
            ("yes", "Select"),
            (
                "no",
                hinted("Do not select", "They leave the list, and you give them feedback and name other volunteering"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    reason = LongText(label="Reason", help_text="Kept with the decision.", max_length=4000, rows=4)
    day_label = "Day of the decision"


class FeedbackForm(DayForm):
    said = LongText(label="What were they told?", max_length=4000, rows=4)
    signposted_to = forms.CharField(
        label="Other volunteering that may suit them", max_length=300, help_text="Whom did you point them to?"
    )
    day_label = "Told on"


class RefereeForm(forms.Form):
    name = forms.CharField(label="Name", max_length=150)
    relation = forms.CharField(label="How do they know this person?", max_length=150)
    email = forms.EmailField(label="E-mail address", required=False)
    phone = forms.CharField(label="Telephone number", max_length=40, required=False)


class QuestionsForm(forms.Form):
    """Answers to a list of questions; each may be left empty, but not all."""

    def __init__(self, data: Any, questions: Sequence[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.questions = list(questions)
        for number, question in enumerate(self.questions, 1):
            self.fields[f"answer_{number}"] = LongText(label=escape(question), max_length=4000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.questions and not any(given.get(f"answer_{n}") for n in range(1, len(self.questions) + 1)):
            self.add_error("answer_1", "Answer at least one of the questions")
        return given

    @property
    def answers(self) -> dict[str, str]:
        given = ((text, self.cleaned_data.get(f"answer_{number}")) for number, text in enumerate(self.questions, 1))
        return {text: answer for text, answer in given if answer}


class PaperForm(QuestionsForm):
    """A reference that came on paper."""

    def __init__(self, data: Any, questions: Sequence[str]) -> None:
        super().__init__(data, questions)
        self.fields["on"] = GovDateField(label="Day it came", initial=timezone.localdate())
        self.order_fields(["on"])


class JudgeForm(forms.Form):
    suitable = yes_no("Does this reference speak for them?")
    note = LongText(label="Note", help_text="Needed when it does not.", max_length=2000, rows=3, required=False)


class VettingForm(DayForm):
    level = forms.ChoiceField(
        label="Level",
        choices=[(value, words[:1].upper() + words[1:]) for value, words in VettingLevel.choices],
        widget=forms.RadioSelect,
    )
    day_label = "Asked for on"


class OutcomeForm(DayForm):
    """The outcome alone. No field takes what a certificate says."""

    clear = forms.ChoiceField(
        label="Outcome",
        choices=[("yes", "May mentor"), ("no", "May not mentor")],
        widget=forms.RadioSelect,
    )
    update_service = forms.BooleanField(
        label="It is with the update service, and they agree that we look it up", required=False
    )
    day_label = "Date of the certificate"


class LookUpForm(DayForm):
    unchanged = forms.ChoiceField(
        label="What did the update service say?",
        choices=[
            ("yes", "Nothing has changed"),
            ("no", hinted("It has changed", "The check no longer counts; ask for a new one")),
        ],
        widget=forms.RadioSelect,
    )
    prolongs = forms.BooleanField(
        label="We count the check anew from this day",
        help_text="Tick this only if your policy says so. A look-up by itself prolongs nothing.",
        required=False,
    )
    day_label = "Looked up on"


class ExemptionForm(forms.Form):
    missing = forms.ChoiceField(label="What is missing?", widget=forms.RadioSelect)
    reason = LongText(label="Why may they be matched without it?", max_length=2000, rows=4)
    until = GovDateField(label="Until", help_text="The last day. It ends by itself; six months at most.")

    def __init__(self, data: Any, lacking: Sequence[str]) -> None:
        super().__init__(data)
        field = self.fields["missing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, words) for value, words in ExemptionMissing.choices if value in lacking]


class SupervisionForm(Scales, DayForm):
    face_to_face = yes_no("Was it face to face?")
    topics = forms.MultipleChoiceField(
        label="What did you speak about?",
        choices=SupervisionTopic.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    notes = LongText(label="Notes", max_length=8000, rows=6, required=False)
    wellbeing = LongText(
        label="How are they, and what are their own aims?",
        help_text="Earlier answers stand on their record, so that you see the change.",
        max_length=4000,
        rows=3,
        required=False,
    )
    learning = forms.CharField(label="What would they like to learn?", max_length=500, required=False)
    goes_on = yes_no("Do they want to go on mentoring?", required=False)


class PauseForm(forms.Form):
    begins = GovDateField(label="Away from")
    ends = GovDateField(label="Last day away", help_text="Leave it empty if you do not know.", required=False)
    reason = forms.CharField(label="Reason", max_length=300)


class LeaveForm(DayForm):
    reason = forms.CharField(label="Reason", max_length=300)
    day_label = "Last day"


class ChampionForm(forms.Form):
    named = yes_no("Is this person a champion, who passes their skills on to others?")
    since = GovDateField(label="Since", required=False)
    what_for = forms.CharField(label="For what?", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("named") == "yes" and not given.get("since") and "since" not in self.errors:
            self.add_error("since", "Say since when")
        return given


class ConsentForm(DayForm):
    answer = forms.ChoiceField(label="What did they say?", widget=forms.RadioSelect)
    how = forms.CharField(
        label="How did they say it?", help_text="On paper, by telephone", max_length=100, required=False
    )

    def __init__(self, data: Any, given: bool) -> None:
        super().__init__(data)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("given", "Given"), ("withdrawn", "Withdrawn") if given else ("refused", "Refused")]
