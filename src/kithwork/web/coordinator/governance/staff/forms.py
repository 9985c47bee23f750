"""Forms of a staff file, one for each thing that is noted in it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from django import forms

from kithwork.accounts.models import User
from kithwork.governance.queries.staff import LEVELS, TOPICS, StaffRow
from kithwork.web.coordinator.governance.fields import Dated, Entry, day, later, line, one_of, prose, yes

Names = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]


class Noted(StrEnum):
    """What is noted in a staff file; the word stands in the address."""

    REFERENCE = "reference"
    VETTING = "vetting"
    TRAINING = "training"
    SUPERVISION = "supervision"
    APPRAISAL = "appraisal"
    INDUCTION = "induction"
    BADGE = "badge"
    AWAY = "away"
    LEFT = "left"


class StaffForm(Entry):
    past: ClassVar[Names] = ("began_on",)

    name = line("Name", 150)
    role = line("Role", 120)
    began_on = day("Began on")
    line_manager = line("Line manager", 150, required=False)
    mentoring = yes("Works in the mentoring service", initial=True, help_text="Of others nothing is asked here.")
    one_to_one = yes(
        "Regularly meets mentees one to one",
        initial=True,
        help_text="Then two references and vetting are asked for (indicator 27).",
    )
    trains = yes("Trains mentors", help_text="Excellence 5 asks for training for trainers.")
    user = forms.ChoiceField(
        label="Account", required=False, help_text="With it they see their own file: what is due, and their training."
    )

    def __init__(self, data: Any, users: Mapping[str, User], **more: Any) -> None:
        super().__init__(data, **more)
        account = self.fields["user"]
        assert isinstance(account, forms.ChoiceField)
        account.choices = [("", "None"), *((ref, user.name) for ref, user in users.items())]


class ReferenceForm(Dated):
    past: ClassVar[Names] = ("received_on",)

    name = line("From whom?", 150)
    received_on = day("Received on")
    satisfactory = yes("It was read and is satisfactory", initial=True)


class VettingForm(Dated):
    past: ClassVar[Names] = ("on",)
    in_order: ClassVar[Pairs] = (("on", "expires_on"),)

    level = one_of("Which check?", LEVELS)
    on = day("Date of the certificate")
    clear = one_of("May they do this work?", [("yes", "Yes"), ("no", "No")])
    expires_on = later("It counts until", help_text="Left out where it does not run out.")


class TrainingForm(Dated):
    past: ClassVar[Names] = ("on",)

    topic = one_of("What was it about?", [(topic, text.capitalize()) for topic, text in TOPICS])
    title = line("Title", 200)
    on = day("When?")
    hours = forms.DecimalField(
        label="How many hours?",
        min_value=Decimal(0),
        max_value=Decimal(999),
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4"}),
    )


class SupervisionForm(Dated):
    past: ClassVar[Names] = ("on",)

    on = day("When?")
    supervisor = line("With whom?", 150)
    minuted = yes("There are minutes", initial=True, help_text="Without them it does not count (indicator 29).")
    minutes = prose("Minutes", 8000, rows=8, required=False, help_text="They may be kept elsewhere. Leads read them.")


class AppraisalForm(Dated):
    past: ClassVar[Names] = ("on",)

    on = day("When?")
    by_job_description = yes("By the job description", initial=True)
    needs_assessed = yes("Training needs were talked about", initial=True)
    needs = prose("What they need to learn", 4000, required=False)
    notes = prose("Notes", 8000, required=False)


class InductionForm(Dated):
    past: ClassVar[Names] = ("inducted_on",)
    inducted_on = day("Inducted on")


class BadgeForm(Dated):
    past: ClassVar[Names] = ("badge_on",)
    badge_on = day("Badge given on")


class AwayForm(Dated):
    in_order: ClassVar[Pairs] = (("away_from", "away_until"),)

    away_from = later("Away from", help_text="Leave all three out when they are back and nothing is planned.")
    away_until = later("Last day away")
    cover = forms.ChoiceField(label="Who looks after their work?", required=False)

    def __init__(self, data: Any, colleagues: Sequence[StaffRow], **more: Any) -> None:
        super().__init__(data, **more)
        cover = self.fields["cover"]
        assert isinstance(cover, forms.ChoiceField)
        cover.choices = [("", "Nobody yet"), *((one.ref, one.name) for one in colleagues)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        asked = data.get("away_until") or data.get("cover")
        if asked and not data.get("away_from") and "away_from" not in self.errors:
            self.add_error("away_from", "Say from which day")
        return data


class LeftForm(Dated):
    past: ClassVar[Names] = ("on",)
    on = day("Last day")


FORM: dict[Noted, type[Dated]] = {
    Noted.REFERENCE: ReferenceForm,
    Noted.VETTING: VettingForm,
    Noted.TRAINING: TrainingForm,
    Noted.SUPERVISION: SupervisionForm,
    Noted.APPRAISAL: AppraisalForm,
    Noted.INDUCTION: InductionForm,
    Noted.BADGE: BadgeForm,
    Noted.AWAY: AwayForm,
    Noted.LEFT: LeftForm,
}
HEADING: dict[Noted, str] = {
    Noted.REFERENCE: "A reference has come",
    Noted.VETTING: "A check was made",
    Noted.TRAINING: "Training taken",
    Noted.SUPERVISION: "Supervision held",
    Noted.APPRAISAL: "Appraisal held",
    Noted.INDUCTION: "Induction done",
    Noted.BADGE: "ID badge given",
    Noted.AWAY: "Away, and covered by whom",
    Noted.LEFT: "They no longer work here",
}
LEDE: dict[Noted, str] = {
    Noted.VETTING: "The outcome alone is kept. What a certificate says is never written down.",
    Noted.LEFT: "Nothing falls due from then, and nothing more is added. The file stays.",
    Noted.AWAY: "Nothing falls due while they are away; whoever covers sees their work first.",
}
