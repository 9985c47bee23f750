"""Matches as lists and as one record: how each stands, who may be matched with whom, what happened when."""

import json
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Contact,
    Dispute,
    DropoutRisk,
    Ending,
    ExtraSupport,
    Goal,
    Match,
    Mentee,
    Mentor,
    Pause,
    Plan,
    Practice,
    Review,
)
from kithwork.caseload.queries.clearing import at_a_glance, cleared_among
from kithwork.caseload.queries.due import current_mentors, here, matches_reviewed, overdue, running, waits_from
from kithwork.core.days import Period
from kithwork.core.service.distance import kilometres
from kithwork.organisations.models import Service

# for pages, which hold no models
AgreementRow = Agreement
BoundaryRow = BoundaryChange
DisputeRow = Dispute
EndingRow = Ending
GoalRow = Goal
MatchRow = Match
MenteeRow = Mentee
MentorRow = Mentor
ReviewRow = Review
Degree = Review.Degree
EndingKind = Ending.Kind
GoalState = Goal.State
KINDS = Match.Kind
Risk = DropoutRisk.Level
SupportTo = ExtraSupport.To

DECLINED = Q(mentee_answer=Match.Answer.NO) | Q(mentor_answer=Match.Answer.NO)
PROPOSED = Q(introduced_on__isnull=True, withdrawn_on__isnull=True) & ~DECLINED
REACHED = (True,)  # SQLite leaves its index at a bare `reached`, and takes it as far as the day at `reached IN (1)`
REVIEW_AHEAD = 14  # days: a review that falls due so soon is in the list of those to do; ours


class State(StrEnum):
    """How a match stands on a day."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"
    ENDING = "ending"  # runs until a last day that is known
    ENDED = "ended"


def state_of(match: Match, today: date) -> State:
    if match.introduced_on is None:
        if match.withdrawn_on is not None:
            return State.WITHDRAWN
        return State.DECLINED if match.Answer.NO in (match.mentee_answer, match.mentor_answer) else State.PROPOSED
    if match.ended_on is None:
        return State.RUNNING
    return State.ENDING if match.ended_on >= today else State.ENDED


def taking_a_place(today: date) -> Q:
    """Of matches: what counts against the places of a mentor and the capacity of a service: running, or proposed."""
    return PROPOSED | running(today)


def may_sign(today: date) -> Q:
    """Of matches: those whose agreement the mentor may read and sign: accepted by them or running, and not given up."""
    theirs = Q(mentor_answer=Match.Answer.YES) | Q(introduced_on__isnull=False)
    not_over = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    return theirs & not_over & Q(withdrawn_on__isnull=True) & ~Q(mentee_answer=Match.Answer.NO)


def is_new(practice: Practice, today: date) -> Q:
    """Of matches: introduced so few weeks ago that they get closer contact (indicators 53 and 58)."""
    return running(today) & Q(introduced_on__gt=today - timedelta(weeks=practice.new_weeks))


class Show(StrEnum):
    """The filters of the list."""

    LIVE = "live"
    PROPOSED = "proposed"
    RUNNING = "running"
    NEW = "new"
    DIFFICULT = "difficult"
    REVIEW = "review"
    ENDING = "ending"
    ENDED = "ended"
    NOT_MADE = "not-made"
    ALL = "all"


def matches_shown(practice: Practice, show: str, today: date) -> QuerySet[Match]:
    """The matches of a service under one of the filters, with both people; a word that is no filter shows the live."""
    service: Service = practice.service
    rows = Match.objects.filter(service=service)
    match show:
        case Show.PROPOSED:
            rows = rows.filter(PROPOSED)
        case Show.RUNNING:
            rows = rows.filter(running(today))
        case Show.NEW:
            rows = rows.filter(is_new(practice, today))
        case Show.DIFFICULT:
            rows = rows.filter(running(today), difficult_since__isnull=False)
        case Show.REVIEW:
            ahead = today + timedelta(days=REVIEW_AHEAD)
            due = overdue(matches_reviewed(service, today), practice.review_months, ahead)
            rows = due.order_by()
        case Show.ENDING:
            rows = rows.filter(running(today), ended_on__isnull=False)
        case Show.ENDED:
            rows = rows.filter(ended_on__lt=today)
        case Show.NOT_MADE:
            rows = rows.filter(DECLINED | Q(withdrawn_on__isnull=False), introduced_on__isnull=True)
        case Show.ALL:
            pass
        case _:
            rows = rows.filter(taking_a_place(today))
    return rows.select_related("mentee", "mentor")


def searched(rows: QuerySet[Match], words: str) -> QuerySet[Match]:
    """Those of which one of the two has these words in a name, or this number."""
    found = Q()
    for field in ("name", "known_as", "number"):
        for side in ("mentee", "mentor"):
            found |= Q(**{f"{side}__{field}__icontains": words})
    return rows.filter(found)


def with_last(rows: QuerySet[Match], today: date, *only: str) -> QuerySet[Match]:
    """The same matches with `met` and `reviewed`: the days of the last meeting and of the last review. With `only`, one
    of them; none of both is looked up for rows that are skipped, so annotate a page and not what it is taken from.
    """
    met = Contact.objects.filter(match=OuterRef("pk"), kind=Contact.Kind.MEETING, reached__in=REACHED, on__lte=today)
    reviewed = Review.objects.filter(match=OuterRef("pk"), on__lte=today)
    both = {
        "met": Subquery(met.order_by("-on").values("on")[:1]),
        "reviewed": Subquery(reviewed.order_by("-on").values("on")[:1]),
    }
    return rows.annotate(**{name: both[name] for name in only or both})


def last_of(matches: Iterable[Match], today: date) -> dict[int, tuple[date | None, date | None]]:
    """By primary key: when each of these met last, and was last reviewed. One query."""
    rows = with_last(Match.objects.filter(pk__in=[one.pk for one in matches]), today)
    return {one.pk: (one.met, one.reviewed) for one in rows}  # type: ignore[attr-defined]  # annotated


def places_taken(service: Service, today: date) -> int:
    """How many matches of a service run or are proposed, of the `capacity` it supports at one time (indicator 26)."""
    return Match.objects.filter(taking_a_place(today), service=service).count()


def taken_by_mentor(service: Service, today: date) -> dict[int, int]:
    """By primary key: how many of a mentor's places are taken. One query."""
    rows = Match.objects.filter(taking_a_place(today), service=service)
    return dict(rows.order_by().values_list("mentor_id").annotate(Count("pk")))


def apart(mentee: Mentee, mentor: Mentor) -> str:
    """Why these two can never be matched, in words; empty when they can. One query."""
    if mentee.ref in mentor.assesses:
        return "Takes part in the formal assessment of this person, so cannot be their mentor."
    for match in Match.objects.filter(mentee=mentee, mentor=mentor).select_related("ending"):
        if match.introduced_on is None and Match.Answer.NO in (match.mentee_answer, match.mentor_answer):
            return "These two were asked before, and one of them declined."
        ending = getattr(match, "ending", None)
        if ending is not None and ending.bad:
            return "Their match ended badly, so they are not to be matched again."
    return ""


class Compared(NamedTuple):
    """A mentor as far as a comparison looks at them; of one who has no room, no more than the first four."""

    pk: int
    ref: str
    name: str
    places: int
    max_km: int = 0
    lat: float | None = None
    lon: float | None = None
    joined_by: str = ""
    interests: Sequence[str] = ()
    availability: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who could be asked about one mentee. `why_not` is empty when they can be proposed."""

    mentor: Compared
    taken: int
    km: float | None
    shared: tuple[str, ...]
    times: int  # parts of the week in which both are free
    manages: bool
    why_not: str


def candidates(mentee: Mentee, practice: Practice, today: date) -> list[Candidate]:
    """Every selected mentor of the service: first those who can be proposed, by shared interests, free times and
    nearness; then the others by name, who are not compared. Sixteen queries at most for any number of mentors.
    """
    service = practice.service
    everybody = current_mentors(service, today).order_by()
    mentors = [Compared(*row) for row in everybody.values_list("pk", "ref", "name", "places")]
    taken = taken_by_mentor(service, today)
    without = _without_room(mentee, mentors, taken, today)
    left = _compared(everybody, without)
    assesses, manages = _tied(everybody, "assesses", mentee), _tied(everybody, "line_manages", mentee)
    ready = at_a_glance(everybody, practice, today)
    doubtful = {one.pk: one.joined_by for one in left if one.pk not in ready}
    if doubtful:
        ready |= {pk for pk, one in cleared_among(doubtful, practice, today).items() if one.ready}
    # by the list, each of which `_compared` holds once
    lists = {id(said): said for one in left for said in (one.interests, one.availability)}
    interests = {key: shared(mentee.interests, said) for key, said in lists.items()}
    times = {key: len(shared(mentee.availability, said)) for key, said in lists.items()}
    found = []
    for one in left:
        why_not = "" if one.pk in ready else "not ready: something is missing"
        if not why_not and one.pk in assesses:
            why_not = "takes part in the formal assessment"
        found.append(
            Candidate(
                mentor=one,
                taken=taken.get(one.pk, 0),
                km=between(mentee, one),
                shared=interests[id(one.interests)],
                times=times[id(one.availability)],
                manages=one.pk in manages,
                why_not=why_not,
            )
        )
    others = [
        Candidate(one, taken.get(one.pk, 0), km=None, shared=(), times=0, manages=False, why_not=without[one.pk])
        for one in mentors
        if one.pk in without
    ]
    return [*sorted(found, key=_order), *sorted(others, key=lambda one: (one.mentor.name, one.mentor.pk))]


def _compared(rows: QuerySet[Mentor], without: Container[int]) -> list[Compared]:
    """Those who have room, with what is compared. Most lists are alike, so each is read once."""
    lists: dict[str, list[str]] = {}
    texts = {f"said_{name}": Cast(name, TextField()) for name in ("interests", "availability")}
    found = []
    for row in rows.annotate(**texts).values_list(*Compared._fields[:-2], *texts):
        if row[0] in without:
            continue
        for said in row[-2:]:
            if said not in lists:
                lists[said] = json.loads(said)
        found.append(Compared._make((*row[:-2], lists[row[-2]], lists[row[-1]])))
    return found


def _tied(rows: QuerySet[Mentor], field: str, mentee: Mentee) -> set[int]:
    """The mentors in one of whose lists of references this mentee stands."""
    named = rows.annotate(named=Cast(field, TextField())).filter(named__contains=f'"{mentee.ref}"')
    return set(named.values_list("pk", flat=True))


def _order(one: Candidate) -> tuple[object, ...]:
    far = one.km if one.km is not None else 9e9
    return bool(one.why_not), beyond(one), -len(one.shared), -one.times, far, one.mentor.name, one.mentor.pk


def _without_room(mentee: Mentee, mentors: Iterable[Compared], taken: dict[int, int], today: date) -> dict[int, str]:
    """By primary key: why a mentor cannot be asked about this mentee now, as far as no record need be read for it."""
    declined, bad = _never(mentee)
    paused = Pause.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), begins__lte=today)
    away = set(paused.filter(mentor__service=mentee.service_id).values_list("mentor_id", flat=True))
    found: dict[int, str] = {}
    for one in mentors:
        if one.pk in declined:
            found[one.pk] = "declined before"
        elif one.pk in bad:
            found[one.pk] = "their match ended badly"
        elif taken.get(one.pk, 0) >= one.places:
            found[one.pk] = "has no free place"
        elif one.pk in away:
            found[one.pk] = "is away"
    return found


def _never(mentee: Mentee) -> tuple[set[int], set[int]]:
    """The mentors with whom this mentee declined or was declined, and those with whom a match ended badly."""
    rows = Match.objects.filter(mentee=mentee)
    return (
        set(rows.filter(DECLINED, introduced_on__isnull=True).values_list("mentor_id", flat=True)),
        set(rows.filter(ending__bad=True).values_list("mentor_id", flat=True)),
    )


def beyond(one: Candidate) -> bool:
    """Whether the mentee lives farther away than this mentor goes, as far as both are known."""
    return bool(one.km is not None and one.mentor.max_km and one.km > one.mentor.max_km)


def between(mentee: Mentee, mentor: Mentor | Compared) -> float | None:
    """Kilometres from the one to the other, as far as both places are known."""
    if mentee.lat is None or mentee.lon is None or mentor.lat is None or mentor.lon is None:
        return None
    return kilometres(mentee.lat, mentee.lon, mentor.lat, mentor.lon)


def shared(one: Collection[str], other: Collection[str]) -> tuple[str, ...]:
    """What stands in both, in the order and spelling of the first; capitals do not matter."""
    if not one or not other:
        return ()
    known = {words.strip().casefold() for words in other}
    return tuple(words for words in one if words.strip().casefold() in known)


def match_with(match: Match) -> Match:
    """A match with all that its page shows, in as many queries as it has kinds of rows."""
    return (
        Match.objects.select_related("mentee", "mentor", "ending", "looks_after", "proposed_by", "noted_by")
        .prefetch_related(
            "agreements",
            "plans__goals",
            "reviews__by",
            "boundary_changes__by",
            "extra_support__by",
            "disputes__by",
            "dropout_risks__by",
        )
        .get(pk=match.pk)
    )


def agreement_of(match: Match) -> Agreement | None:
    """The agreement that counts: the latest. Nothing is asked of the database for a match of `match_with`."""
    found = list(match.agreements.all())  # in their own order, by which the latest is the last
    return found[-1] if found else None


def signed_by_all(agreement: Agreement | None) -> bool:
    return agreement is not None and None not in (agreement.mentee_on, agreement.mentor_on, agreement.service_on)


def longest_day(match: Match, practice: Practice) -> date | None:
    """The last day a match may run by the service's rule; None where there is no limit."""
    if not practice.longest_months or match.introduced_on is None:
        return None
    return Period(practice.longest_months, "month").after(match.introduced_on)


def last_day_meant(match: Match, agreement: Agreement | None, practice: Practice) -> date | None:
    """Until when a match is meant to last: as agreed, else by the service's rule."""
    return (agreement.until if agreement else None) or longest_day(match, practice)


def plan_of(match: Match) -> Plan | None:
    """The development plan that counts: the latest. As for `agreement_of`."""
    found = list(match.plans.all())
    return found[-1] if found else None


def waiting_for_match(service: Service, today: date) -> QuerySet[Mentee]:
    """Mentees who wait and about whom nobody is being asked; the most urgent and then the longest first."""
    # apart, so that each is read from an index: what was not introduced has no last day
    matched = Match.objects.filter(running(today), service=service)
    asked = Match.objects.filter(PROPOSED, service=service, ended_on__isnull=True)
    return (
        Mentee.objects.filter(here(today), service=service, accepted_on__lte=today)
        .exclude(pk__in=matched.order_by().values("mentee_id"))
        .exclude(pk__in=asked.order_by().values("mentee_id"))
        .annotate(waits_from=waits_from(today))
        .order_by("-priority", "waits_from", "pk")
    )


def mentees_of(service: Service, refs: Iterable[str]) -> dict[str, str]:
    """The references of the mentees of some of a service's matches, by the reference of the match."""
    return dict(Match.objects.filter(service=service, ref__in=list(refs)).values_list("ref", "mentee__ref"))
