"""What the tests of courses share: offerings of a body, people who ask, and days to ask on."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.courses import actions
from kithwork.courses.actions import PartPlan
from kithwork.courses.models import Offering, Place
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast

TODAY = date(2027, 3, 1)


def noon(day: date = TODAY, minute: int = 0) -> datetime:
    """A moment of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time(12, minute)))


def plan(day: date, **more: Any) -> PartPlan:
    given: dict[str, Any] = {
        "starts": time(9, 30),
        "ends": time(16, 30),
        "place": "The Invented Hall, 1 Sample Street",
        "hours_taught": Decimal(6),
        **more,
    }
    return PartPlan(day=day, **given)


def ask(person: User, *offerings: Offering, minute: int = 0, **more: object) -> list[Place]:
    """The places asked for, in the order of choice."""
    happened = actions.ask(
        person=person, offerings=offerings, by=person, now=noon(minute=minute), purpose="bcdfg", **more
    )
    mine = [move.place for move in happened.moved if move.place.person_id == person.pk]
    return sorted(mine, key=lambda place: place.rank)


def states(*places: Place) -> list[str]:
    for place in places:
        place.refresh_from_db()
    return [place.state for place in places]


@pytest.fixture
def offer(people: Cast) -> Callable[..., Offering]:
    """offer(capacity=2) -> a published offering of one day, four weeks after TODAY; `days` gives other days."""
    numbers = count(1)

    def go(
        *, capacity: int = 2, days: tuple[int, ...] = (28,), published: bool = True, parts: Any = None, **more: Any
    ) -> Offering:
        given: dict[str, Any] = {
            "body": people.body,
            "kind": Offering.Kind.COURSE,
            "title": f"Four days {next(numbers)}",
            "by": people.olu,
            **more,
        }
        made = actions.make(
            capacity=capacity,
            parts=parts or [plan(TODAY + timedelta(days=d)) for d in days],
            now=noon(TODAY - timedelta(days=1)),
            **given,
        )
        if published:
            actions.publish(offering=made, by=people.olu, today=TODAY - timedelta(days=1))
        made.refresh_from_db()
        return made

    return go


@pytest.fixture
def crowd(people: Cast) -> Callable[[int], list[User]]:
    """crowd(3) -> three people nobody has met."""
    numbers = count(1)

    def go(number: int) -> list[User]:
        return [sample.person(f"Person {n:02d}", f"p{n}@crowd.example") for _ in range(number) if (n := next(numbers))]

    return go
