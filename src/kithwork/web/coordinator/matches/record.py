"""One match: what is due first, how it stands, the plan, the ending, what happened, every act one click away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.caseload.queries.matches import State, agreement_of, last_day_meant, match_with
from kithwork.caseload.queries.moving import to_note
from kithwork.caseload.queries.owing import owed_with
from kithwork.caseload.queries.story import story_of
from kithwork.web.coordinator.matches import cards
from kithwork.web.coordinator.matches.frame import Here, here
from kithwork.web.coordinator.matches.listing import STATES
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE)
def match(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    full = match_with(seen.match)
    full.service = seen.run.service
    seen.run.practice.service = seen.run.service
    seen = Here(seen.run, full, seen.today)
    owed = owed_with(full, seen.run.practice, seen.today)
    agreement = agreement_of(full)
    aims, goals = cards.goal_rows(full, seen)
    context = {
        "heading": cards.finding(seen, owed),
        "run": seen.run,
        "seen": seen,
        "tag": STATES[seen.state],
        "tasks": cards.due_rows(owed, seen),
        "how": cards.how_rows(seen, agreement, last_day_meant(full, agreement, seen.run.practice)),
        "aims": aims,
        "goals": goals,
        "goal_columns": ["Goal", "By when", "State"],
        "ending": cards.ending_rows(seen) if getattr(full, "ending", None) else [],
        "acts": _acts(seen),
        "asks": [(side, seen.called(side), seen.at("match_ask", side)) for side in _to_ask(seen)],
        "may_ask_review": seen.state in (State.RUNNING, State.ENDING) and bool(full.mentee.email),
        "events": cards.events(story_of(full), seen),
    }
    return render(request, "coordinator/matches/match.html", context)


def _to_ask(seen: Here) -> list[str]:
    """The sides that can be sent the link to answer: they have an address and have not answered."""
    if seen.state is not State.PROPOSED:
        return []
    people = {"mentee": seen.match.mentee, "mentor": seen.match.mentor}
    return [side for side, one in people.items() if one.email and not getattr(seen.match, f"{side}_answer")]


def _acts(seen: Here) -> list[Link]:
    """All that can be done with this match now."""
    state = seen.state
    names: list[tuple[str, str, tuple[str, ...]]] = []
    if state is State.PROPOSED:
        names += [("Introduce them", "match_introduce", ()), ("Withdraw the proposal", "match_withdraw", ())]
    if state in (State.RUNNING, State.ENDING):
        names += [
            (f"Log a contact with {seen.called('mentee')}", "match_contact", ("mentee",)),
            (f"Log a contact with {seen.called('mentor')}", "match_contact", ("mentor",)),
            ("Record a review", "match_review", ()),
            ("Make a plan", "match_plan", ()),
            ("Note a change of boundaries", "match_boundary", ()),
            ("Note a risk of giving up", "match_dropout", ()),
            ("Raise a dispute", "match_dispute", ()),
            ("Closer contact", "match_watch", ()),
        ]
    if state in (State.RUNNING, State.ENDING, State.ENDED):
        names.append(("Note extra support", "match_support", ()))
    if state is State.RUNNING:
        names.append(("End this match", "match_end", ()))
    if state is State.ENDING:
        names.append(("The match goes on after all", "match_goes_on", ()))
    if state is State.ENDED:
        names.append(("Back to the waiting list", "match_wait", ()))
    if to_note(seen.match):
        names.append(("Note what was done before", "match_noted", ()))
    found = [Link(words, seen.at(name, *more)) for words, name, more in names]
    if state in (State.RUNNING, State.ENDING):
        measures = reverse("mentee_measures", args=[seen.run.service.slug, seen.match.mentee.ref])
        found.insert(3, Link(f"Enter how things are with {seen.called('mentee')}", measures))
    return found
