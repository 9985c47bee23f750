"""Courses of the sample body, begun and to come, with people who asked; by the real actions."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.courses import actions
from kithwork.courses.actions import PartPlan
from kithwork.courses.models import Offering, Place
from kithwork.organisations.models import Organisation
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.fixture
def offer(people: Cast, today: date) -> Callable[..., Offering]:
    """offer(days=(-7, 7), capacity=3) -> a course with a part a week ago and one in a week; published before it."""

    def go(*, days: tuple[int, ...] = (28, 29), published: bool = True, **more: Any) -> Offering:
        before = today + timedelta(days=min((0, *days)) - 10)
        given: dict[str, Any] = {
            "body": people.body,
            "kind": Offering.Kind.COURSE,
            "title": "Four days",
            "capacity": 3,
            "by": people.olu,
            **more,
        }
        plans = [
            PartPlan(
                day=today + timedelta(days=d),
                starts=time(9, 30),
                ends=time(16, 30),
                place="The Invented Hall",
                link="https://meet.example.org/secret-room",
                hours_taught=Decimal(6),
                hours_self_study=Decimal(3),
                homework="Read" if number == 0 else "",
            )
            for number, d in enumerate(days)
        ]
        made = actions.make(parts=plans, now=moment(before), **given)
        if published:
            actions.publish(offering=made, by=people.olu, today=before)
        made.refresh_from_db()
        return made

    return go


@pytest.fixture
def ask(people: Cast, today: date) -> Callable[..., Place]:
    """ask(course, people.ada) -> her place; `confirmed=True` has the body confirm it. Nine days before it began."""

    def go(offering: Offering, person: User | str, *others: Offering, confirmed: bool = False) -> Place:
        if isinstance(person, str):
            person = sample.person(person, f"{person.lower().replace(' ', '.')}@crowd.example")
        first = min(part.day for one in (offering, *others) for part in one.parts.all())
        now = moment(min(today, first - timedelta(days=9)))
        place = actions.ask(person=person, offerings=[offering, *others], by=person, now=now).place
        return actions.confirm(place=place, by=people.olu, now=now).place if confirmed else place

    return go


@pytest.fixture
def turned_away_here(turned_away: Callable[..., None], people: Cast, as_user: Callable[[User], Client]) -> Any:
    """As `turned_away`, and the officer of another body finds nothing at the same address under that body either."""

    def check(url: str, method: str = "get", **data: Any) -> None:
        turned_away(url, method, **data)
        other = Organisation.objects.get(name="Other Body")
        gil = User.objects.get(email="gil@otherbody.example")
        elsewhere = url.replace(f"/body/{people.body.slug}/", f"/body/{other.slug}/")
        assert getattr(as_user(gil), method)(elsewhere, data).status_code == 404

    return check
