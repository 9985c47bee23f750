"""Named reads over offerings, places, attendance, hours and feedback."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import YES, Verdict, no
from kithwork.courses.completion import Completion, HoursKind, completion, earned, total
from kithwork.courses.hours import presence_of, sitting_of
from kithwork.courses.models import (
    LIVE,
    Attendance,
    Feed,
    Feedback,
    FeedbackResponse,
    Homework,
    HoursRecord,
    Offering,
    Part,
    Place,
)
from kithwork.courses.questions import FEWEST, QUESTIONS, Question
from kithwork.organisations.models import Organisation

# the names of types for pages, which never touch the tables
OfferingRow = Offering
PartRow = Part
PlaceRow = Place
OfferingKind = Offering.Kind
PlaceState = Place.State
PlaceEnd = Place.End
AttendanceState = Attendance.State
HoursRecordKind = HoursRecord.Kind


class Standing(StrEnum):
    """How an offering stands; follows from its dates."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def standing_of(offering: Offering) -> Standing:
    if offering.cancelled_on is not None:
        return Standing.CANCELLED
    if offering.published_on is None:
        return Standing.DRAFT
    return Standing.OPEN if offering.closed_on is None else Standing.CLOSED


def _places_counted(**wanted: Any) -> Coalesce:
    counted = (
        Place.objects.filter(offering=OuterRef("pk"), **wanted)
        .order_by()
        .values("offering")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def offerings_of_body(body: Organisation, today: date) -> QuerySet[Any]:  # what is counted is in no model's type
    """A body's offerings, each with `first_day`, `last_day`, `sittings` and its places counted: `confirmed`, `held`
    (offered, and still to be answered), `asked`, `waiting`.
    """
    return Offering.objects.filter(body=body).annotate(
        first_day=Min("parts__day"),
        last_day=Max("parts__day"),
        sittings=Count("parts"),
        confirmed=_places_counted(state=Place.State.CONFIRMED),
        held=_places_counted(state=Place.State.OFFERED, offer_ends_on__gte=today),
        asked=_places_counted(state=Place.State.ASKED),
        waiting=_places_counted(state=Place.State.WAITING),
    )


def offerings_with(rows: QuerySet[Any], words: Collection[str]) -> QuerySet[Any]:
    """Those in whose title, or in the place of one of whose parts, each of the words is found."""
    for word in words:
        # not by a join: it would count a part once for each part that matches
        somewhere = Part.objects.filter(place__icontains=word).values("offering")
        rows = rows.filter(Q(title__icontains=word) | Q(pk__in=somewhere))
    return rows


def schemes_served(body: Organisation) -> list[str]:
    """The slugs of the schemes that a body's offerings serve."""
    rows = Offering.objects.filter(body=body).exclude(scheme="").order_by("scheme")
    return list(rows.values_list("scheme", flat=True).distinct())


def coming_by_scheme(body: Organisation, today: date) -> dict[str, int]:
    """Scheme slug -> how many of a body's offerings serve it, are not cancelled and not over."""
    rows = Offering.objects.filter(body=body, cancelled_on__isnull=True).exclude(scheme="")
    last = rows.annotate(last_day=Max("parts__day")).filter(Q(last_day__gte=today) | Q(last_day__isnull=True))
    return dict(Counter(last.order_by().values_list("scheme", flat=True)))


@dataclass(frozen=True, slots=True)
class Seats:
    """How full an offering is on a day. `held` are offers that can still be taken up."""

    capacity: int
    confirmed: int
    held: int
    asked: int
    waiting: int

    @property
    def taken(self) -> int:
        return self.confirmed + self.held

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


def seats(offering: Offering, today: date) -> Seats:
    counts = Place.objects.filter(offering=offering).aggregate(
        confirmed=Count("id", filter=Q(state=Place.State.CONFIRMED)),
        held=Count("id", filter=Q(state=Place.State.OFFERED, offer_ends_on__gte=today)),
        asked=Count("id", filter=Q(state=Place.State.ASKED)),
        waiting=Count("id", filter=Q(state=Place.State.WAITING)),
    )
    return Seats(offering.capacity, **counts)


def parts_of(offering: Offering) -> list[Part]:
    """In the order they are held."""
    return list(Part.objects.filter(offering=offering))


def places_of(offering: Offering) -> QuerySet[Place]:
    """With their people, in the order of arrival."""
    return Place.objects.filter(offering=offering).select_related("person").order_by("asked_at", "id")


def waiting_list(offering: Offering) -> QuerySet[Place]:
    """Those who wait, first in line first."""
    return places_of(offering).filter(state=Place.State.WAITING)


def offers_run_out(offering: Offering, today: date) -> int:
    """How many offers have run out and hold a seat no more; `lapse` clears them."""
    return Place.objects.filter(offering=offering, state=Place.State.OFFERED, offer_ends_on__lt=today).count()


def choices_of(places: Collection[Place]) -> dict[str, list[Place]]:
    """Request -> all it asked for, by rank, with their offerings. One query."""
    rows = Place.objects.filter(request__in={place.request for place in places}).select_related("offering")
    found: dict[str, list[Place]] = defaultdict(list)
    for row in rows.order_by("rank"):
        found[row.request].append(row)
    return dict(found)


def places_of_person(person: User) -> QuerySet[Place]:
    """All a person ever asked for, newest first, with the offering and its body."""
    return Place.objects.filter(person=person).select_related("offering__body").order_by("-asked_at", "rank")


def places_for_purpose(purpose: str) -> QuerySet[Place]:
    """What was asked for with this purpose, by time and rank; with offerings and people."""
    return Place.objects.filter(purpose=purpose).select_related("offering", "person").order_by("asked_at", "rank")


def alternatives_to(place: Place, today: date) -> list[Any]:
    """Others of the same body and kind that have a seat free and have not begun; those that serve the same stage first.
    They are counted as in `offerings_of_body`.
    """
    offering = place.offering
    rows = offerings_of_body(offering.body, today).filter(
        kind=offering.kind, published_on__isnull=False, cancelled_on__isnull=True, first_day__gt=today
    )
    others = rows.exclude(pk=offering.pk).order_by("first_day", "id")
    free = [one for one in others if one.confirmed + one.held < one.capacity]
    return sorted(free, key=lambda one: (one.scheme, one.stage) != (offering.scheme, offering.stage))


def bookable(body: Organisation, scheme: str, stage: str, today: date) -> list[Any]:
    """What serves a stage, is published and not over, and has a seat free; counted as in `offerings_of_body`."""
    rows = offerings_of_body(body, today).filter(
        scheme=scheme, stage=stage, published_on__isnull=False, cancelled_on__isnull=True, last_day__gte=today
    )
    return [one for one in rows.order_by("first_day", "id") if one.confirmed + one.held < one.capacity]


# Attendance, completion and hours


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """How one person stands with an offering. Rows by the number of the part."""

    place: Place
    attendance: dict[int, Attendance]
    handed_in: dict[int, date]
    completion: Completion
    hours: dict[HoursKind, Decimal]


def standings(offering: Offering) -> list[PersonStanding]:
    """Everybody with a confirmed place, by name. Four queries, however many there are."""
    return _standings(offering, places_of(offering).filter(state=Place.State.CONFIRMED).order_by("person__name", "id"))


def standing_of_place(place: Place) -> PersonStanding:
    """One person's, whatever the state of the place."""
    return _standings(place.offering, places_of(place.offering).filter(pk=place.pk))[0]


def _standings(offering: Offering, places: QuerySet[Place]) -> list[PersonStanding]:
    parts = {part.pk: part for part in parts_of(offering)}
    present: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.filter(part__offering=offering):
        present[row.place_id][parts[row.part_id].number] = row
    handed: dict[int, dict[int, date]] = defaultdict(dict)
    for work in Homework.objects.filter(part__offering=offering):
        handed[work.place_id][parts[work.part_id].number] = work.handed_in_on
    sittings = [sitting_of(part) for part in parts.values()]
    found = []
    for place in places:
        rows, work_in = present[place.pk], handed[place.pk]
        presences = {number: presence_of(row) for number, row in rows.items()}
        lines = [line for one in sittings for line in earned(one, presences.get(one.number), work_in.get(one.number))]
        found.append(PersonStanding(place, rows, work_in, completion(sittings, presences, work_in), total(lines)))
    return found


def attendance_at(part: Part) -> dict[str, Attendance]:
    """Place reference -> what is noted of it at this part."""
    rows = Attendance.objects.filter(part=part).select_related("place")
    return {row.place.ref: row for row in rows}


def homework_of(part: Part) -> dict[str, date]:
    """Place reference -> the day this part's homework was handed in."""
    return dict(Homework.objects.filter(part=part).values_list("place__ref", "handed_in_on"))


def homework_in(place: Place) -> dict[int, date]:
    """Number of the part -> the day its homework was handed in."""
    return dict(Homework.objects.filter(place=place).values_list("part__number", "handed_in_on"))


# Feedback


def may_give_feedback(place: Place, now: datetime) -> Verdict:
    """Whether a person can say now how it was."""
    if place.state != Place.State.CONFIRMED:
        return no("Feedback is for those who had a place.")
    last = max(((part.day, part.ends) for part in parts_of(place.offering)), default=None)
    local = timezone.localtime(now)
    if last is None or (local.date(), local.time()) < last:
        return no("Feedback is gathered after the last part.")
    if Feedback.objects.filter(place=place).exists():
        return no("You have given your feedback already. Thank you.")
    return YES


@dataclass(frozen=True, slots=True)
class Tally:
    """One statement: how many chose each rating, 5 to 1."""

    question: Question
    counts: tuple[tuple[int, int], ...]

    @property
    def agree(self) -> int:
        return sum(n for rating, n in self.counts if rating >= 4)


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What the body sees: never who said what. Below three answers, only how many there are."""

    answers: int
    asked: int
    tallies: tuple[Tally, ...]
    helped: tuple[str, ...]
    change: tuple[str, ...]

    @property
    def shown(self) -> bool:
        return self.answers >= FEWEST


def feedback_summary(offering: Offering) -> FeedbackSummary:
    """Sums of the ratings, and texts in alphabetical order, so that the order tells nothing."""
    rows = list(Feedback.objects.filter(place__offering=offering))
    asked = Place.objects.filter(offering=offering, state=Place.State.CONFIRMED).count()
    if len(rows) < FEWEST:
        return FeedbackSummary(len(rows), asked, (), (), ())
    tallies = tuple(
        Tally(
            question,
            tuple((rating, sum(row.ratings.get(question.id) == rating for row in rows)) for rating in range(5, 0, -1)),
        )
        for question in QUESTIONS
    )
    return FeedbackSummary(
        len(rows),
        asked,
        tallies,
        tuple(sorted(row.helped for row in rows if row.helped)),
        tuple(sorted(row.change for row in rows if row.change)),
    )


def responses_to(offering: Offering) -> QuerySet[FeedbackResponse]:
    """What the body changed, newest first."""
    return FeedbackResponse.objects.filter(offering=offering).select_related("by")


def feed_of(person: User) -> Feed | None:
    """A person's calendar address, as far as it is known: when it was made."""
    return Feed.objects.filter(person=person).first()


def live_places(offering: Offering) -> int:
    """How many people a change of date concerns."""
    return Place.objects.filter(offering=offering, state__in=LIVE).count()


def attended(offering: Offering) -> bool:
    """Whether any attendance has been noted."""
    return Attendance.objects.filter(part__offering=offering).exists()
