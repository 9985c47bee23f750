"""How the service works: its words, its intervals, what it asks of mentors. Leads alone."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.caseload.access import Run
from kithwork.caseload.actions.practice import WORDS_OF_CONSENT, change
from kithwork.core.stamp import stamp
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import Dated, later, line, one_of, prose, whole, yes
from kithwork.web.coordinator.governance.wording import said
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page

FOR_ALL = "The indicators ask for 3 at most."


class Group(Dated):
    """One part of the settings; its fields bear the names of the practice's columns."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in cls.base_fields if name != "seen"]

    @classmethod
    def read(cls, run: Run) -> dict[str, Any]:
        """The present values, as the fields show them."""
        return {name: getattr(run.practice, name) for name in cls.names()}

    def changes(self) -> dict[str, Any]:
        """What is to be saved, by column."""
        return {name: self.cleaned_data[name] for name in self.names()}


class PublicGroup(Group):
    about = prose("What the service does", 4000, required=False, help_text="The public reads it.")
    eligibility = prose(
        "Who it is for",
        4000,
        help_text="One sentence a line, each answered yes before anybody comes onto the waiting list (40).",
    )
    signposts = prose(
        "Where else people can turn",
        4000,
        required=False,
        help_text="Shown where the service is closed or does not fit (indicator 40).",
    )
    call_first = line(
        "Whom to ring when something is wrong", 200, required=False, help_text="Mentors and mentees see it."
    )
    mentee_word = line("Your word for a mentee", 40)
    mentor_word = line("Your word for a mentor", 40)

    @classmethod
    def read(cls, run: Run) -> dict[str, Any]:
        return super().read(run) | {"eligibility": "\n".join(run.practice.eligibility)}

    def changes(self) -> dict[str, Any]:
        lines = [line.strip() for line in self.cleaned_data["eligibility"].splitlines()]
        return super().changes() | {"eligibility": [one for one in lines if one]}


class ComingGroup(Group):
    capacity = whole("Matches at one time, at most", 0, 100_000, help_text="Beyond it nobody is matched (26).")
    takes_referrals = yes("Referrals are taken")
    closed_because = line("If not, why?", 300, required=False, help_text="The public reads it.")
    closed_until = later("And until when?", help_text="Where that is known.")
    takes_mentors = yes("New mentors are sought")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("takes_referrals") and not data.get("closed_because"):
            self.add_error("closed_because", "Say why no referrals are taken")
        return data


class IntervalsGroup(Group):
    contact_months = whole("Contact with everybody, every so many months", 1, 24, help_text=f"42, 53. {FOR_ALL}")
    review_months = whole("A review of each match, every so many months", 1, 24, help_text=f"44. {FOR_ALL}")
    supervision_months = whole(
        "Supervision of each mentor, every so many months",
        1,
        24,
        help_text="52 asks for 6, excellence 16 for 3.",
    )
    risk_months = whole("Risk assessments looked at, every so many months", 1, 36, help_text="43 asks for 12 at most.")
    new_weeks = whole("A match is new for so many weeks", 0, 104, help_text="They hear from you more often (53).")


class MatchesGroup(Group):
    visits_homes = yes("Mentors visit mentees at home", help_text="Then a home risk assessment is asked for (43).")
    notice_days = whole("Days of notice before a planned ending", 0, 365, help_text="Indicator 59.")
    agreement_months = whole(
        "Months within which the three agree in writing", 0, 24, help_text="Excellence 22 asks for 2 at most."
    )
    agreement_first = yes("Nobody is introduced before all have agreed in writing", help_text="For a mentor bank.")
    longest_months = whole("Longest match in months", 0, 240, help_text="0 for no limit; a mentor bank has 36.")


class MentorsGroup(Group):
    mentor_role = prose("Role description", 8000, rows=10, required=False, help_text="Applicants meet it (47).")
    references = whole("Written references", 0, 10, help_text="Indicator 47 asks for 2.")
    training_sessions = whole("Sessions of initial training", 0, 50, help_text="Indicator 48 asks for at least 2.")
    vetting = one_of(
        "Vetting",
        [("dbs", "DBS"), ("pvg", "PVG"), ("access-ni", "AccessNI"), ("none", "None is needed")],
    )
    vetting_years = whole("A check counts for so many years", 1, 20, help_text="Three by custom.")
    vetting_window_days = whole("Renewal is begun so many days before", 0, 365)
    vetting_grace_days = whole(
        "A match that runs may go on so many days after",
        0,
        365,
        help_text="0: it may not. New ones never begin then.",
    )
    badges = yes("ID badges are given", help_text="Indicator 32.")


class ConsentGroup(Group):
    """The wording of each question; a new one counts from now, and every answer keeps the wording it was given to."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for kind in WORDS_OF_CONSENT:
            self.fields[kind.value] = prose(str(kind.label).capitalize(), 1000, rows=3)

    @classmethod
    def names(cls) -> list[str]:
        return ["words_of_consent"]

    @classmethod
    def read(cls, run: Run) -> dict[str, Any]:
        return {
            kind.value: run.practice.words_of_consent.get(kind.value, asked) for kind, asked in WORDS_OF_CONSENT.items()
        }

    def changes(self) -> dict[str, Any]:
        return {"words_of_consent": {kind.value: self.cleaned_data[kind.value].strip() for kind in WORDS_OF_CONSENT}}


class KeepingGroup(Group):
    retain_years = whole("Records are kept so many years after somebody has left", 1, 100)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the settings: its heading, its form, and one sentence about it."""

    title: str
    form: type[Group]
    lede: str = ""


PARTS: Mapping[str, Part] = {
    "public": Part("What people read", PublicGroup),
    "coming": Part("Who can come", ComingGroup),
    "intervals": Part("How often", IntervalsGroup, "Shorter than an indicator asks is always fine."),
    "matches": Part("Matches", MatchesGroup),
    "mentors": Part("What is asked of mentors", MentorsGroup),
    "consent": Part(
        "What consent is asked in",
        ConsentGroup,
        "A new wording counts from now. Every answer keeps the one it was given to.",
    ),
    "keeping": Part(
        "How long records are kept",
        KeepingGroup,
        "The usual time for mentees and mentors. Under ‘People’s rights’ every kind of record can have its own.",
    ),
}


def _summary(run: Run, form: type[Group]) -> list[SummaryRow]:
    values = form.read(run)
    fields = form(initial=values).fields
    return [SummaryRow(fields[name].label or name, _shown(fields[name], values[name])) for name in values]


def _shown(field: forms.Field, value: Any) -> Any:
    if isinstance(value, str) and "\n" in value and isinstance(field.widget, forms.Textarea):
        return value.splitlines()
    return said(field, value)


@page(Desk.SERVICE)
def settings(request: Signed, slug: str) -> HttpResponse:
    """Every part with what it says now."""
    run = doors.ground(request, slug, lead=True)
    parts: Sequence[tuple[str, str, str, list[SummaryRow]]] = [
        (part.title, part.lede, reverse("practice_part", args=[slug, key]), _summary(run, part.form))
        for key, part in PARTS.items()
    ]
    people = reverse("colleagues", args=[run.service.organisation.slug])
    return render(request, "coordinator/settings.html", {"run": run, "parts": parts, "people": people})


@page(Desk.SERVICE, "GET", "POST")
def change_settings(request: Signed, slug: str, part: str) -> HttpResponse:
    run = doors.ground(request, slug, lead=True)
    if part not in PARTS:
        raise Http404("No such page.")
    wanted = PARTS[part]
    initial = wanted.form.read(run) | {"seen": stamp(run.practice, wanted.form.names())}
    form = wanted.form(request.POST if request.method == "POST" else None, initial=initial)
    at, status = reverse("practice", args=[slug]), OK
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        onward = Link("See how it stands now", at)
        status = tried(
            form, lambda: change(practice=run.practice, by=request.user, seen=seen, **form.changes()), onward
        )
        if status == DONE:
            return done(request, at, "Saved. It counts from now.")
    context = {"heading": wanted.title, "lede": wanted.lede, "form": form, "action_text": "Save", "back_href": at}
    return render(request, "kit/page.html", context, status=status)
