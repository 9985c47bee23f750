"""What people think of the service: the results in sums and words, asking everybody, and asking one."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterator, Mapping
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of
from kithwork.caseload.actions import questionnaires as act
from kithwork.caseload.queries.questionnaires import From, When, said, unasked
from kithwork.core.service.feedback import ASKED, Results
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.handing import How, hand_over, how
from kithwork.web.coordinator.outcomes.measures import Year
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.lists import asked, csv_address, csv_answer, csv_wanted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

AGAIN = next(one for one in ASKED if one.id == "again")
PEOPLE = {
    From.MENTEE: "Mentees",
    From.MENTOR: "Mentors",
    From.FAMILY: "Families and carers",
    From.REFERRER: "Referrers",
}


class Wanted(Year):
    when = forms.ChoiceField(
        label="Asked",
        required=False,
        choices=[
            (When.ANY.value, "At any time"),
            (When.MEANWHILE.value, "Meanwhile"),
            (When.AT_THE_END.value, "At the end of a match"),
        ],
    )


@page(Desk.SERVICE)
def questionnaires(request: Signed, slug: str) -> HttpResponse:
    """What was said in a year, by whom, without names and days; `?format=csv` gives the same."""
    run, today = doors.people(request, slug), timezone.localdate()
    span = {"first": min(run.practice.begun_on.year, today.year), "last": today.year}
    form = Wanted(request.GET, **span)
    year, when = form.wanted(today.year), When(asked(form)["when"])
    found = said(run.service, date(year, 1, 1), date(year, 12, 31), when)
    if csv_wanted(request):
        return csv_answer(f"said-{year}", ("Who", "Question", "Answer", "How many"), _lines(found))
    context = {
        "run": run,
        "heading": _finding(found, year),
        "form": Wanted({"year": year, "when": when.value}, **span),
        "found": [(f"{PEOPLE[whose]} ({one.people:,})", _sums(one), one.words.items()) for whose, one in found.items()],
        "asks": list(_asks(run)) if year == today.year else [],
        "csv": csv_address(request),
        "year": year,
    }
    return render(request, "coordinator/outcomes/questionnaires.html", context)


def _finding(found: Mapping[From, Results], year: int) -> str:
    answers = [one.counts[AGAIN.words] for one in found.values() if AGAIN.words in one.counts]
    if answers:
        yes, of = sum(one[AGAIN.options["yes"]] for one in answers), sum(sum(one.values()) for one in answers)
        return f"{yes} of {of} would tell others about you"
    people = sum(one.people for one in found.values())
    return f"{plural(people, 'person,people')} said what they think in {year}" if people else "Nobody was heard yet"


def _sums(one: Results) -> list[SummaryRow]:
    """Each question that can be counted, with how often each answer was given."""
    return [
        SummaryRow(question, "; ".join(f"{answer}: {number:,}" for answer, number in answers.items()))
        for question, answers in one.counts.items()
    ]


def _lines(found: Mapping[From, Results]) -> Iterator[tuple[object, ...]]:
    for whose, one in found.items():
        for question, answers in one.counts.items():
            for answer, number in answers.items():
                yield PEOPLE[whose], question, answer, number
        for question, words in one.words.items():
            for answer in words:
                yield PEOPLE[whose], question, answer, 1


def _asks(run: Run) -> Iterator[SummaryRow]:
    for whom in (From.MENTEE, From.MENTOR):
        number = unasked(run.service, whom, timezone.now()).exclude(email="").count()
        href = reverse("questionnaires_ask", args=[run.service.slug, whom.value]) if number else ""
        told = (
            f"{number:,} with an e-mail address were not asked within a year" if number else "All were asked this year"
        )
        yield SummaryRow(PEOPLE[whom], told, href, f"Ask {number:,}")


class Nothing(forms.Form):
    """Nothing to fill in."""


@page(Desk.SERVICE, "GET", "POST")
def questionnaires_ask(request: Signed, slug: str, whose: str) -> HttpResponse:
    """Mail the questionnaire to all mentees, or mentors, who were not asked within a year."""
    run = doors.people(request, slug)
    if whose not in {From.MENTEE.value, From.MENTOR.value}:
        raise Http404("No such page.")
    whom = From(whose)
    number = min(unasked(run.service, whom, timezone.now()).exclude(email="").count(), act.AT_ONCE)
    return ask(
        request,
        Nothing(posted(request)),
        lambda: act.ask_all(service=run.service, whom=whom, by=request.user, now=timezone.now()),
        heading=f"Ask {plural(number, whose)} what they think of you?",
        button="Send the links",
        said="The links are on their way.",
        to=reverse("questionnaires", args=[slug]),
        text="Each gets a link by e-mail, which works for 60 days. No name is kept with what they say.",
    )


class Whom(How):
    """Of a mentee's people, who is asked."""

    field_order = ("whom", "how", "email")
    whom = forms.ChoiceField(
        label="Who is asked?",
        choices=[
            (From.MENTEE.value, "The mentee"),
            (From.FAMILY.value, "Their family or carer"),
            (From.REFERRER.value, "Whoever referred them"),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label="E-mail address, if not the one on record", required=False, help_text="A referrer’s is always needed."
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_opinion(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Ask a mentee, their family or their referrer."""
    found = mentee_of(doors.people(request, slug), mentee)
    form = Whom(posted(request), initial={"how": "mail" if found.email else "show", "whom": From.MENTEE.value})

    def make(mail: bool) -> str:
        whom = From(form.cleaned_data["whom"])
        known = {From.MENTEE: found.email, From.FAMILY: found.carer_email}
        email = form.cleaned_data["email"] or known.get(whom, "")
        return act.ask(person=found, whom=whom, email=email, by=request.user, now=timezone.now(), mail=mail)

    return hand_over(
        request,
        form,
        make,
        heading="Ask what they think of you",
        caption=found.name,
        text="A few questions behind a link, without an account. No name is kept with the answers.",
        back=reverse("mentee", args=[slug, mentee]),
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_opinion(request: Signed, slug: str, mentor: str) -> HttpResponse:
    found = mentor_of(doors.people(request, slug), mentor)
    return hand_over(
        request,
        how(request, found.email),
        lambda mail: act.ask(
            person=found, whom=From.MENTOR, email=found.email, by=request.user, now=timezone.now(), mail=mail
        ),
        heading="Ask what they think of you",
        caption=found.name,
        text="A few questions behind a link, without an account. No name is kept with the answers.",
        back=reverse("mentor", args=[slug, mentor]),
    )
