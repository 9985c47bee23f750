"""One's own match: what a mentor needs to know, logging that they met, a worry, the agreement, a proposal."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import agreeing_match_for, asked_match_for
from kithwork.caseload.actions import agreements, matches
from kithwork.caseload.actions.concerns import RaisedAs, Urgency, raise_concern
from kithwork.caseload.actions.logging import LONGEST, log_meeting
from kithwork.caseload.queries.logs import log_of, usual_minutes, with_question
from kithwork.caseload.queries.matches import agreement_of
from kithwork.caseload.queries.mentoring import Known, MatchRow, first_name, known_of
from kithwork.core.verdict import Refused
from kithwork.web.coordinator.matches.agreeing import terms
from kithwork.web.coordinator.matches.reviewing import answers
from kithwork.web.kit.acting import DONE, OK, ask, done, posted, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors, forms
from kithwork.web.mentor.doors import Own
from kithwork.web.mentor.home import state_of_entry
from kithwork.web.templatetags.kit import longdate

SHOWN = 10  # entries on the page of a match
RISKS = {"person": "Risk to self and others", "activity": "What you do together", "home": "The home"}
GOALS = {
    "open": StateTag("Working on it", Kind.BLUE),
    "met": StateTag("Met", Kind.GREEN),
    "dropped": StateTag("Let go"),
}


@page(Desk.MENTOR)
def mentor_match(request: Signed, match: str) -> HttpResponse:
    """What a mentor needs of this person, and the log."""
    seen = doors.own(request, match)
    known = known_of(seen.match, seen.today)
    entries = with_question(log_of(seen.match))[:SHOWN]
    context = {
        "heading": f"You and {known.name}",
        "seen": seen,
        "known": known,
        "rows": _known_rows(known, seen),
        "goals": [(one.what, longdate(one.by_when) if one.by_when else "", GOALS[one.state]) for one in known.goals],
        "goal_columns": ["Goal", "By when", "State"],
        "reviews": [(longdate(one.on), answers(one)) for one in known.reviews],
        "log": [
            (
                Link(longdate(one.on), reverse("mentor_entry", args=[one.ref])),
                "Met" if one.reached else "Did not turn up",
                state_of_entry(one),
            )
            for one in entries
        ],
        "log_columns": ["When", "What", "Read"],
        "usual": usual_minutes(seen.match),
    }
    return render(request, "mentor/match.html", context)


def _known_rows(known: Known, seen: Own) -> list[SummaryRow]:
    rows = [
        SummaryRow("How you meet", known.meets or "Not written down yet"),
        SummaryRow("Interests", ", ".join(known.interests)),
    ]
    if known.profile:
        rows.append(SummaryRow("In their own words", known.profile))
    if known.address:
        rows.append(SummaryRow("Where you visit", list(known.address)))
    if known.aims:
        rows.append(SummaryRow("What they hope for", known.aims))
    for risk in known.risks:
        rows.append(
            SummaryRow(RISKS[risk.kind], [words for words in (risk.findings, risk.actions) if words] or risk.level)
        )
    if agreement_of(seen.match) is not None:
        rows.append(SummaryRow("Agreement", Link("Read what was agreed", seen.at("mentor_agreement"))))
    if seen.match.ended_on is not None:
        rows.append(SummaryRow("Last day", seen.match.ended_on))
    return rows


@page(Desk.MENTOR, "POST")
def mentor_met(request: Signed, match: str) -> HttpResponse:
    """One tap: they met, today and for as long as usual. A phone that was offline says which day it meant."""
    seen = doors.own(request, match)
    entry, new = log_meeting(
        match=seen.match,
        on=_day(request.POST.get("on", ""), seen.today),
        minutes=_minutes(request.POST.get("minutes", "")) or usual_minutes(seen.match),
        by=request.user,
    )
    said = "Saved. That is all; or add a few words." if new else "This was saved already."
    return done(request, reverse("mentor_entry", args=[entry.ref]), said)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def _minutes(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= LONGEST else None


@page(Desk.MENTOR, "GET", "POST")
def mentor_log(request: Signed, match: str) -> HttpResponse:
    """Another day, somebody did not turn up, or more than a tap says."""
    seen = doors.own(request, match)
    missed = request.GET.get("missed") == "yes"
    start = {"on": seen.today, "minutes": usual_minutes(seen.match), "reached": "no" if missed else "yes"}
    form, status, made = forms.Log(posted(request), initial=start), OK, []
    if request.method == "POST":
        status = tried(form, lambda: made.append(log_meeting(match=seen.match, by=request.user, **form.cleaned_data)))
        if status == DONE:
            entry, new = made[0]
            said = "Saved. Thank you." if new else "This was saved already."
            return done(request, reverse("mentor_entry", args=[entry.ref]), said)
    name = first_name(seen.match.mentee)
    context = {"heading": f"You and {name}", "form": form, "seen": seen, "back_href": seen.at("mentor_match")}
    return render(request, "mentor/log_form.html", context, status=status)


@page(Desk.MENTOR, "GET", "POST")
def mentor_concern(request: Signed, match: str) -> HttpResponse:
    """A worry about anybody's safety: reaches a person at once."""
    seen = doors.own(request, match)
    practice = seen.match.service.practice
    form, status = forms.Concern(posted(request)), OK
    if request.method == "POST":
        status = tried(form, lambda: _raise(request, seen.match, form))
        if status == DONE:
            said = "Thank you. A message has gone to those who keep people safe, and somebody will speak with you."
            return done(request, seen.at("mentor_match"), said)
    context = {"form": form, "seen": seen, "practice": practice, "back_href": seen.at("mentor_match")}
    return render(request, "mentor/concern.html", context, status=status)


def _raise(request: Signed, match: MatchRow, form: forms.Concern) -> None:
    raise_concern(
        service=match.service,
        mentee=match.mentee,
        mentor=match.mentor,
        words=form.cleaned_data["words"],
        urgency=Urgency(form.cleaned_data["urgency"]),
        raised_as=RaisedAs.MENTOR,
        by=request.user,
        now=timezone.now(),
    )


@page(Desk.MENTOR, "GET", "POST")
def mentor_agreement(request: Signed, match: str) -> HttpResponse:
    """Read what was agreed, and sign it. Before the introduction, where the service agrees first, too."""
    seen = _asked_or_own(request, match)
    found = agreement_of(seen.match)
    if found is None:
        raise Refused("Nothing is agreed in writing yet.")
    if request.method == "POST":
        if request.POST.get("agreement") != found.ref:
            raise Refused("The agreement was drawn up anew meanwhile. Read the new one before you sign.")
        agreements.sign(
            agreement=found,
            match=seen.match,
            who=agreements.Signs.MENTOR,
            on=seen.today,
            by=request.user,
            today=seen.today,
        )
        return done(request, seen.at("mentor_agreement"), "You have signed. Thank you.")
    context = {
        "heading": "You have signed this agreement" if found.mentor_on else "Read this, and sign it",
        "agreement": found,
        "rows": terms(found),
        "back_href": reverse("mentor_home"),
    }
    return render(request, "mentor/agreement.html", context)


def _asked_or_own(request: Signed, match: str) -> Own:
    found = agreeing_match_for(request.user, match)
    doors.dress(request, found.service.name)
    return Own(found, timezone.localdate())


@page(Desk.MENTOR, "GET", "POST")
def mentor_asked(request: Signed, match: str) -> HttpResponse:
    """Why the service thinks these two would fit, and yes or no."""
    found = asked_match_for(request.user, match)
    doors.dress(request, found.service.name)
    form = forms.Answer(posted(request))
    today = timezone.localdate()

    def act() -> None:
        answer = matches.ANSWERS[form.cleaned_data["answer"]]
        because = form.cleaned_data["because"]
        matches.answer_own(match=found, answer=answer, because=because, by=request.user, today=today)

    name = first_name(found.mentee)
    return ask(
        request,
        form,
        act,
        heading=f"Would you like to meet {name}?",
        text="You are free to say no, without giving a reason.",
        rows=[
            SummaryRow("Why you two", found.rationale),
            SummaryRow("Interests", ", ".join(found.mentee.interests)),
            SummaryRow("In their own words", found.mentee.profile),
        ],
        button="Send my answer",
        said="Thank you. Your service will be in touch.",
        to=reverse("mentor_home"),
    )
