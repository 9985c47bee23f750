"""From a mentee who waits to a proposal: who is ready, both side by side, the reasons."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of
from kithwork.caseload.queries.matches import (
    KINDS,
    Candidate,
    MatchRow,
    MenteeRow,
    MentorRow,
    between,
    beyond,
    candidates,
    places_taken,
    shared,
    waiting_for_match,
)
from kithwork.core.service.slots import SLOTS
from kithwork.matching.actions import decide
from kithwork.matching.queries import Looked, looked_at, vetoed
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.matches.forms import ManagesToo, Propose
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited

PRIORITY = {1: StateTag("High", Kind.AMBER), 2: StateTag("Urgent", Kind.RED)}


@page(Desk.SERVICE)
def match_new(request: Signed, slug: str) -> HttpResponse:
    """Whom to find a mentor for: those who wait, the most urgent and then the longest first."""
    run = doors.people(request, slug)
    today = timezone.localdate()
    shown = page_of(request, waiting_for_match(run.service, today))
    count, taken = shown.paginator.count, places_taken(run.service, today)
    full = taken >= run.practice.capacity
    context = {
        "heading": f"{plural(count, f'{run.practice.mentee_word},{run.practice.mentee_word}s')} waiting to be matched",
        "run": run,
        "full": f"All {run.practice.capacity} places are taken, so nobody can be proposed." if full else "",
        "rows": [
            (
                Link(one.name, reverse("match_choose", args=[slug, one.ref])),
                waited((today - one.waits_from).days),
                PRIORITY.get(one.priority, ""),
                ", ".join(one.interests[:4]),
            )
            for one in shown
        ],
        "columns": ["Name", "Waiting", "Priority", "Interests"],
        "page_obj": shown,
    }
    return render(request, "coordinator/matches/new.html", context)


@page(Desk.SERVICE)
def match_choose(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Every mentor, those who can be asked first, and why not of the others."""
    run = doors.people(request, slug)
    one = mentee_of(run, mentee)
    run.practice.service, today = run.service, timezone.localdate()
    against = vetoed(run.practice, one, today)
    found = [
        each if each.why_not else replace(each, why_not=against.get(each.mentor.pk, "").rstrip("."))
        for each in candidates(one, run.practice, today)
    ]
    ready = [each for each in found if not each.why_not]
    shown = page_of(request, ready)
    others = page_of(request, [each for each in found if each.why_not], parameter="others")
    context = {
        "heading": f"{plural(len(ready), f'{run.practice.mentor_word},{run.practice.mentor_word}s')} could meet {one}",
        "run": run,
        "mentee": one,
        "columns": ["Name", "Shared interests", "Free together", "How far", "Places taken", "Note"],
        "others_columns": ["Name", "Why not now"],
        "ready": [_candidate(each, run, one) for each in shown],
        "page_obj": shown,
        "others": [
            (Link(each.mentor.name, f"/run/{slug}/mentors/{each.mentor.ref}/"), each.why_not.capitalize())
            for each in others
        ],
        "others_page": others,
    }
    return render(request, "coordinator/matches/choose.html", context)


def _candidate(one: Candidate, run: Run, mentee: MenteeRow) -> tuple[object, ...]:
    far = "" if one.km is None else f"{one.km:.0f} km" + (", farther than they go" if beyond(one) else "")
    note = StateTag("Line manager", Kind.AMBER) if one.manages else ""
    return (
        Link(one.mentor.name, reverse("match_propose", args=[run.service.slug, mentee.ref, one.mentor.ref])),
        ", ".join(one.shared) or "none yet",
        plural(one.times, "time"),
        far or "not known",
        f"{one.taken} of {one.mentor.places}",
        note,
    )


@page(Desk.SERVICE, "GET", "POST")
def match_propose(request: Signed, slug: str, mentee: str, mentor: str) -> HttpResponse:
    """Both side by side, and the reasons. For a line manager an interruption first."""
    run = doors.people(request, slug)
    one, other = mentee_of(run, mentee), mentor_of(run, mentor)
    manages = one.ref in other.line_manages
    if manages and request.method == "GET" and "sure" not in request.GET:
        return _interrupted(request, run, one, other)
    run.practice.service, today, status = run.service, timezone.localdate(), OK
    looked = Looked() if request.method == "POST" else looked_at(run.practice, one, other, today)
    form = (ManagesToo if manages else Propose)(posted(request), initial={"rationale": looked.draft})
    made: list[MatchRow] = []
    back = reverse("match_choose", args=[slug, mentee])
    if request.method == "POST":
        status = tried(form, lambda: made.append(_propose(request, run, one, other, form)), Link("Look again", back))
        if status == DONE:
            return done(request, reverse("match", args=[slug, made[0].ref]), _said(one, other, form))
    context = {
        "heading": f"Propose that {one} and {other} meet",
        "run": run,
        "form": form,
        "back": back,
        "mentee": one,
        "mentor": other,
        "sides": _side_by_side(one, other, today),
        "against": looked.against,
        "apart": reverse("matching_keep_apart", args=[slug, mentee, mentor]),
    }
    return render(request, "coordinator/matches/propose.html", context, status=status)


def _propose(request: Signed, run: Run, one: MenteeRow, other: MentorRow, form: Propose) -> MatchRow:
    given = dict(form.cleaned_data)
    kind = KINDS(given.pop("kind"))
    return decide(
        practice=run.practice, mentee=one, mentor=other, kind=kind, by=request.user, now=timezone.now(), **given
    )


def _said(one: MenteeRow, other: MentorRow, form: Propose) -> str:
    if not form.cleaned_data["ask_both"]:
        return "Proposed. Now explain the reasons to both, and ask whether they want to meet."
    unreached = [str(who) for who in (one, other) if not who.email]
    if not unreached:
        return "Proposed. Both have been sent the link to the reasons, and can say yes or no there."
    return f"Proposed. There is no e-mail address for {' and '.join(unreached)}: explain the reasons yourself."


def _interrupted(request: Signed, run: Run, one: MenteeRow, other: MentorRow) -> HttpResponse:
    context = {
        "heading": f"{other} is {one}'s line manager",
        "text": "A mentor who is also the line manager makes it hard to speak freely. Choose somebody else where you "
        "can. If it cannot be avoided, you will be asked to say why.",
        "onward": "?sure=yes",
        "back": reverse("match_choose", args=[run.service.slug, one.ref]),
    }
    return render(request, "coordinator/matches/line_manager.html", context)


WAYS = {"any": "In person or online", "person": "In person", "online": "Online or by telephone"}


def _side_by_side(one: MenteeRow, other: MentorRow, today: date) -> list[tuple[str, str, str]]:
    """What each is asked, in the same lines."""
    km = between(one, other)
    both = ", ".join(shared(one.interests, other.interests)) or "None written down"
    slots = shared(one.availability, other.availability)
    free = ", ".join(SLOTS.get(slot, slot) for slot in slots) or "No time in common written down"

    def said(words: object) -> str:
        return str(words or "Not given")

    def age(born: date | None) -> str:
        if born is None:
            return "Not given"
        return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))

    rows = [
        ("Age", age(one.born), age(other.born)),
        ("Interests", said(", ".join(one.interests)), said(", ".join(other.interests))),
        ("Interests of both", both, both),
        ("Languages", said(", ".join(one.languages)), said(", ".join(other.languages))),
        ("Both free", free, free),
        ("Meets", WAYS[one.way], WAYS[other.way]),
        ("Needs, and skills", said(", ".join(one.needs)), said(", ".join(other.skills))),
        ("Wishes about the other", said(one.wishes), said(other.wishes)),
        ("In their own words", said(one.profile), said(other.profile)),
        (
            "How far",
            "Not known" if km is None else f"{km:.0f} km apart",
            f"Goes {other.max_km} km" if other.max_km else "Not said how far they go",
        ),
        ("Gender", _gender(one), said(other.gender)),
    ]
    return [row for row in rows if row[1:] != ("Not given", "Not given")]


def _gender(one: MenteeRow) -> str:
    words = str(one.gender or "Not given")
    because = f" ({one.wants_gender_because})" if one.wants_gender_because else ""
    return f"{words}. Wishes for a mentor: {one.wants_gender}{because}" if one.wants_gender else words
