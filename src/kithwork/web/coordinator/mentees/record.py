"""One mentee's record: what is due first, each act one click away, then who it is, and what happened."""

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of
from kithwork.caseload.queries.consents import asked_of
from kithwork.caseload.queries.mentees import MenteeRow, happenings, owed, pause_of, running_of, waiting_from
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentees.cards import (
    PRIORITY,
    consent_rows,
    due_rows,
    events,
    finding,
    risk_rows,
    who_rows,
)
from kithwork.web.kit.cards import Link
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, waited

LINK_ONCE = "mentee_link"  # in the session: the address of a new link, shown once


@page(Desk.SERVICE)
def mentee(request: Signed, slug: str, mentee: str) -> HttpResponse:
    run = doors.people(request, slug)
    found = mentee_of(run, mentee)
    today = timezone.localdate()
    what = owed(found, run.practice, today)
    shown: Page[object] = page_of(request, happenings(found), 30)
    matches = running_of(found, today)
    away = pause_of(found, today)
    context = {
        "run": run,
        "mentee": found,
        "caption": standing_words(found, bool(matches), run),
        "heading": finding(found.name, what, today),
        "due": due_rows(what, run, found, today),
        "away": away,
        "matches": [
            (Link(str(one.mentor), f"/run/{slug}/matches/{one.ref}/"), one.introduced_on, one.meets) for one in matches
        ],
        "who": who_rows(found, run),
        "consents": consent_rows(asked_of(found, run.practice, today), run, found),
        "risk_columns": ["Of", "On", "Risk", "To do"],
        "risks": risk_rows(found.risk_assessments.order_by("-on", "-pk"), run, found),
        "events": events(shown, run),  # type: ignore[arg-type]  # a page of what happened
        "page_obj": shown,
        "acts": acts(found, run, away is not None),
        "priority": PRIORITY[found.priority],
        "own_link": request.session.pop(LINK_ONCE, ""),
    }
    return render(request, "coordinator/mentees/record.html", context)


def standing_words(mentee: MenteeRow, matched: bool, run: Run) -> str:
    """How this person stands, in a line: 'On the waiting list for 5 weeks'."""
    today = timezone.localdate()
    if mentee.erased_at:
        return "Erased"
    if mentee.left_on and mentee.left_on <= today:
        return f"Left on {longdate(mentee.left_on)}: {mentee.left_because}"
    if mentee.accepted_on is None:
        return f"Referred on {longdate(mentee.came_on)}, not decided yet"
    if matched:
        return "Has a " + run.practice.mentor_word
    since = waiting_from(mentee, today) or mentee.accepted_on
    return f"Waiting for {waited((today - since).days)}" if since < today else "Waiting since today"


def acts(mentee: MenteeRow, run: Run, away: bool) -> list[Link]:
    """What can be done with this record now, beside what is due."""
    at = [run.service.slug, mentee.ref]
    if mentee.erased_at:
        return []
    held = [Link("They ask something of their data", reverse("right_new", args=[at[0], "mentee", at[1]]))]
    if run.leads:
        held += [
            Link("Give them all that is held about them", reverse("mentee_everything", args=at)),
            Link("Keep this record whatever is asked", reverse("right_hold", args=[at[0], "mentee", at[1]])),
            Link("Erase this record", reverse("mentee_erase", args=at)),
        ]
    if mentee.left_on:
        again = [("Back with the service", "mentee_return"), ("They would like to mentor", "becomes_mentor")]
        return [*(Link(text, reverse(name, args=at)) for text, name in again if mentee.accepted_on), *held]
    names = [("Change the record", "mentee_edit"), ("Assess a risk", "mentee_risk")]
    if mentee.accepted_on:
        names += [("Set the priority", "mentee_priority")]
        names += [("Back from a pause", "mentee_back")] if away else [("Away for a while", "mentee_pause")]
    names += [("Enter how things are with them", "mentee_measures")]
    names += [("Ask what they think of the service", "mentee_opinion")]
    names += [("Ask the equalities questions", "mentee_equalities")]
    names += [("Give them a link to their own page", "mentee_link"), ("Leaves the service", "mentee_leave")]
    concern = Link("Raise a concern", f"{reverse('concern_new', args=at[:1])}?mentee={mentee.ref}")
    return [*(Link(text, reverse(name, args=at)) for text, name in names), concern, *held]
