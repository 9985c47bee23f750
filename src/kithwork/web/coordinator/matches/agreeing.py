"""The agreement of the three: what it says, who has signed, drawing it up anew."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.actions import agreements as act
from kithwork.caseload.queries.matches import AgreementRow, agreement_of
from kithwork.web.coordinator.matches.forms import Day, DrawUp
from kithwork.web.coordinator.matches.frame import Here, about, here, side_of
from kithwork.web.kit.acting import done, posted
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

WHO = {act.Signs.MENTEE: "Mentee", act.Signs.MENTOR: "Mentor", act.Signs.SERVICE: "Service"}


def terms(agreement: AgreementRow) -> list[SummaryRow]:
    """What was agreed, for whoever reads it."""
    share = "" if agreement.face_to_face is None else f"{agreement.face_to_face}% face to face"
    return [
        SummaryRow("Drawn up", agreement.drawn_up_on),
        SummaryRow("Time", [words for words in (agreement.time, share) if words]),
        SummaryRow("Until", agreement.until or "No last day agreed"),
        SummaryRow("Who does what", agreement.roles),
        SummaryRow("Boundaries", agreement.boundaries),
        SummaryRow("If they cannot agree", agreement.disputes),
        SummaryRow("Notice", agreement.notice),
    ]


@page(Desk.SERVICE)
def match_agreement(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    found = agreement_of(seen.match)
    context = {
        "seen": seen,
        "match_href": seen.at("match"),
        "new_href": seen.at("match_draw_up"),
        "heading": _finding(found),
        "terms": terms(found) if found else [],
        "signs": _signs(found, seen) if found else [],
    }
    return render(request, "coordinator/matches/agreement.html", context)


def _finding(found: AgreementRow | None) -> str:
    if found is None:
        return "Nothing is agreed in writing yet"
    open_ones = [who for who in act.Signs if getattr(found, f"{who}_on") is None]
    return (
        f"The agreement waits for {len(open_ones)} of 3 signatures"
        if open_ones
        else "The agreement is signed by all three"
    )


def _signs(found: AgreementRow, seen: Here) -> list[dict[str, str]]:
    rows = []
    for who, words in WHO.items():
        day = getattr(found, f"{who}_on")
        person = None if who is act.Signs.SERVICE else getattr(seen.match, who.value)
        rows.append(
            {
                "who": words,
                "name": str(person or seen.run.service.name),
                "on": longdate(day),
                "note": "" if day else seen.at("match_sign", who.value),
                "ask": seen.at("match_sign_ask", who.value) if not day and person is not None and person.email else "",
            }
        )
    return rows


@page(Desk.SERVICE, "GET", "POST")
def match_draw_up(request: Signed, slug: str, match: str) -> HttpResponse:
    """A new agreement, beginning with the words of the one before."""
    seen = here(request, slug, match)
    last = agreement_of(seen.match)
    names = ("until", "time", "face_to_face", "roles", "boundaries", "disputes", "notice")
    start = {name: getattr(last, name) for name in names} if last else {}
    if last is None and seen.run.practice.notice_days:
        start = {"notice": f"{seen.run.practice.notice_days} days"}
    form = DrawUp(posted(request), initial={**start, "on": seen.today})
    practice = seen.run.practice
    return about(
        request,
        seen,
        form,
        lambda: act.draw_up(
            match=seen.match, practice=practice, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading="What the three agree on",
        text="Once it is saved, mentee, mentor and service sign it: by link, on the mentor's desk, or on paper.",
        button="Save for signing",
        said="The agreement is drawn up. Now have it signed.",
        to=seen.at("match_agreement"),
    )


@page(Desk.SERVICE, "GET", "POST")
def match_sign(request: Signed, slug: str, match: str, who: str) -> HttpResponse:
    """Note a signature on paper; or the service signs."""
    seen = here(request, slug, match)
    found = agreement_of(seen.match)
    if found is None or who not in set(act.Signs):
        raise Http404("No such page.")
    signs = act.Signs(who)
    form = Day(posted(request), initial={"on": seen.today})
    service = signs is act.Signs.SERVICE
    return about(
        request,
        seen,
        form,
        lambda: act.sign(
            agreement=found, match=seen.match, who=signs, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading="Sign for the service" if service else f"{seen.called(who)} signed on paper",
        rows=terms(found),
        button="Sign" if service else "Note the signature",
        said="The signature is noted.",
        to=seen.at("match_agreement"),
    )


@page(Desk.SERVICE, "POST")
def match_sign_ask(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    seen, who = here(request, slug, match), side_of(side)
    found = agreement_of(seen.match)
    if found is None:
        raise Http404("No such page.")
    act.ask_to_sign(agreement=found, match=seen.match, side=who, by=request.user, now=timezone.now())
    return done(request, seen.at("match_agreement"), f"A link is on its way to {seen.called(who)}.")
