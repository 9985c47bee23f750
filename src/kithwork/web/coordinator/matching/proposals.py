"""All who wait, and the pairs proposed for them: to accept, to change, to refuse, one by one."""

from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.queries.matches import places_taken
from kithwork.matching import actions as act
from kithwork.matching.access import proposal_of
from kithwork.matching.queries import (
    AskedRow,
    ProposalRow,
    RunRow,
    Stand,
    asked_of,
    decided_of,
    latest,
    open_of,
    reasons_of,
    solved,
    stand_of,
    unmatched_of,
)
from kithwork.procedures import pairing
from kithwork.web.coordinator.matching.forms import Apart
from kithwork.web.coordinator.matching.frame import Room, enter, percent
from kithwork.web.kit.acting import ask, done, posted
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.underway import told
from kithwork.web.templatetags.kit import clock, longdate, plural, waited

AT_ONCE = 20  # pairs on a page: each with its reasons
COMPARED = 2_000_000  # pairs up to which the page itself looks whether people have changed since the search
STANDS = {
    Stand.OPEN: StateTag("To be decided", Kind.AMBER),
    Stand.REFUSED: StateTag("Refused", Kind.GREY),
    Stand.ASKED: StateTag("Both are being asked", Kind.BLUE),
    Stand.MENTEE_DECLINED: StateTag("The mentee declined", Kind.RED),
    Stand.MENTOR_DECLINED: StateTag("The mentor declined", Kind.RED),
    Stand.WITHDRAWN: StateTag("Withdrawn", Kind.GREY),
    Stand.MADE: StateTag("Introduced", Kind.GREEN),
    Stand.DECIDED: StateTag("Decided", Kind.GREY),
}


@page(Desk.SERVICE)
def proposals(request: Signed, slug: str) -> HttpResponse:
    """The set of pairs that is best for all, and who is left with nobody and why."""
    room = enter(request, slug)
    run, practice = latest(room.run.service), room.run.practice
    asked = asked_of(room.run.service)
    if asked is not None and not asked.failed:
        pairing.see_to_it()
    shown = page_of(request, open_of(run) if run else [], AT_ONCE)
    left = page_of(request, unmatched_of(run) if run else [], AT_ONCE, parameter="left")
    free = practice.capacity - places_taken(room.run.service, room.today)
    context = {
        "heading": _heading(run, shown.paginator.count),
        "asked": asked,
        "working": _working(asked, run) if asked else "",
        "follow": room.at("matching_progress") if asked and not asked.failed and not shown else "",
        "run": room.run,
        "search": run,
        "told": _told(run) if run else "",
        "stale": asked is None and run is not None and _changed(room, run),
        "full": ""
        if free > 0
        else f"All {practice.capacity} places of the service are taken: nobody can be asked now.",
        "cards": [_card(one, room) for one in shown],
        "page_obj": shown,
        "left": [
            (
                Link(one.mentee.name, room.at("matching_for", one.mentee.ref)),
                " ".join(one.why) or "Open the name to see why.",
            )
            for one in left
        ],
        "left_columns": ["Name", "Why nobody"],
        "left_page": left,
        "decided": [_decided(one, room) for one in decided_of(room.run.service, room.today)[:AT_ONCE]],
        "decided_columns": ["Mentee", "Mentor", "State", "When", "Why not"],
    }
    return render(request, "coordinator/matching/proposals.html", context)


def _heading(run: RunRow | None, number: int) -> str:
    if run is None:
        return "Find mentors for all who wait"
    return f"{plural(number, 'pair')} to decide" if number else "No pair to decide"


def _working(asked: AskedRow, run: RunRow | None) -> str:
    who = f"{plural(asked.mentees, 'person who waits,people who wait')} and {plural(asked.mentors, 'mentor')}"
    if asked.failed:
        return f"The best pairs of {who} could not be proven, so none were kept. Change what is weighed, or look again."
    below = " What stands below was found before." if run else ""
    return f"The best pairs of {who} are being worked out since {clock(asked.at)}. You may close this page.{below}"


def _told(run: RunRow) -> str:
    proof = " It is proven that no set is better by your rules." if run.reached == run.bound else ""
    waiting = plural(run.mentees, "person who waits,people who wait")
    return (
        f"Found at {clock(run.at)}: {plural(run.matched, 'pair')} for {waiting} and "
        f"{plural(run.mentors, 'mentor')} with {plural(run.places, 'free place')}.{proof}"
    )


def _changed(room: Room, run: RunRow) -> bool:
    """Whether people or rules are others by now. Not looked at in a crowd: the search itself is as quick."""
    if run.mentees * run.mentors > COMPARED:
        return run.day != room.today
    found = solved(room.run.practice, room.today)
    return found.crowd.digest(found.settled) != run.crowd


def _card(one: ProposalRow, room: Room) -> dict[str, object]:
    return {
        "mentee": one.mentee.name,
        "mentor": one.mentor.name,
        "mentee_href": room.at("mentee", one.mentee.ref),
        "mentor_href": room.at("mentor", one.mentor.ref),
        "fit": percent(one.fit),
        "reasons": reasons_of(one),
        "accept": room.at("match_propose", one.mentee.ref, one.mentor.ref),
        "change": room.at("matching_for", one.mentee.ref),
        "refuse": room.at("matching_refuse", one.ref),
    }


def _decided(one: ProposalRow, room: Room) -> tuple[object, ...]:
    stand = stand_of(one, room.today)
    match = one.match
    mentor = str(match.mentor.name if match else one.mentor.name)
    why = match.declined_because or match.withdrawn_because if match else one.because
    instead = f" instead of {one.mentor}" if match and match.mentor_id != one.mentor_id else ""
    at = room.at("match", match.ref) if match else room.at("mentee", one.mentee.ref)
    return Link(one.mentee.name, at), f"{mentor}{instead}", STANDS[stand], _day(one), why


def _day(one: ProposalRow) -> str:
    when: date | None = timezone.localdate(one.decided_at) if one.decided_at else None
    return longdate(when)


@page(Desk.SERVICE)
def matching_progress(request: Signed, slug: str) -> JsonResponse:
    """Whether the search is over, for the page that waits for it."""
    service = enter(request, slug).run.service
    asked = asked_of(service)
    return told(said=_working(asked, latest(service)) if asked else "", over=asked is None or asked.failed)


@page(Desk.SERVICE, "POST")
def matching_find(request: Signed, slug: str) -> HttpResponse:
    """Look for the best set of pairs now."""
    room = enter(request, slug)
    run = pairing.find(practice=room.run.practice, by=request.user, now=timezone.now())
    if run is None:
        return done(request, room.at("proposals"), "The pairs are being worked out. You may close this page.")
    said = f"{plural(run.matched, 'pair')} found for {plural(run.mentees, 'person,people')}. Nobody has been asked yet."
    return done(request, room.at("proposals"), said)


@page(Desk.SERVICE, "GET", "POST")
def matching_refuse(request: Signed, slug: str, proposal: str) -> HttpResponse:
    """Not this pair: why, and who else."""
    room = enter(request, slug)
    one = proposal_of(room.run, proposal)
    form = Apart(posted(request))
    return ask(
        request,
        form,
        lambda: act.refuse(
            practice=room.run.practice, proposal=one, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        heading=f"Do not propose {one.mentee} and {one.mentor}",
        text=f"The pair does not come back until somebody lets it. {waited_words(one, room)}",
        button="Refuse this pair",
        said="Refused. The others were matched anew.",
        to=room.at("proposals"),
    )


def waited_words(one: ProposalRow, room: Room) -> str:
    """How long the mentee waits already: whoever refuses should know."""
    since = one.mentee.waiting_since or one.mentee.accepted_on
    return f"{one.mentee} has waited {waited((room.today - since).days)}." if since else ""
