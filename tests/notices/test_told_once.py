"""A person of two roles hears of one event once; and each event has words of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kithwork.accounts.models import User
from kithwork.core.journey import Answer
from kithwork.core.verdict import Refused
from kithwork.notices.models import Message
from kithwork.organisations.actions import join
from kithwork.organisations.models import Role
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Cast, Walk
from tests.house.test_dropped_scheme import REQUIREMENTS, SCHEME
from tests.walking import publish, walk

Walking = Callable[..., Walk]
Heard = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def heard(people: Cast) -> Heard:
    """heard(): (kind, person) of each message written since the last time it was asked, sorted."""
    seen = [0]

    def go() -> list[tuple[str, str]]:
        rows = list(Message.objects.filter(pk__gt=seen[0]).order_by("pk").values_list("pk", "kind", "to__name"))
        seen[0] = rows[-1][0] if rows else seen[0]
        return sorted((kind, name.split()[0]) for _, kind, name in rows)

    return go


def officer_too(people: Cast, user: User) -> None:
    join(organisation=people.body, user=user, role=Role.OFFICER, by=people.olu)


def test_an_officer_who_assesses_hears_once_of_a_withdrawal(people: Cast, short_walk: Walking, heard: Heard) -> None:
    way = short_walk("registered")
    officer_too(people, people.dot)
    heard()
    applying.withdraw(journey=way.journey, by=people.ada, today=way.today)
    assert heard() == [("withdrawn", "Dot"), ("withdrawn", "Olu")]


def test_an_officer_who_leads_a_service_hears_once_and_as_who_must_act(
    people: Cast, short_walk: Walking, heard: Heard
) -> None:
    officer_too(people, people.ada)
    short_walk("applied")
    told = heard()
    assert ("application-arrived", "Ada") in told
    assert ("application-received", "Ada") not in told
    assert ("application-received", "Bea") in told


def test_two_sides_of_one_answer_are_one_message(people: Cast, short_walk: Walking, heard: Heard) -> None:
    way = short_walk("eligible")
    officer_too(people, people.ada)
    asked = applying.ask_assessor(journey=way.journey, assessor=people.dot, by=people.olu, today=way.today)
    heard()
    applying.declare(appointment=asked, conflict=False, wording="None.", today=way.today)
    assert heard() == [("assessor-appointed", "Bea"), ("assessor-declared", "Ada"), ("assessor-declared", "Olu")]


def test_more_is_wanted_of_somebody_who_is_on_both_sides(people: Cast, short_walk: Walking, heard: Heard) -> None:
    way = short_walk("recommended")
    join(organisation=people.provider, user=people.dot, role=Role.CONTRIBUTOR, by=people.ada)
    heard()
    assessing.decide_award(
        journey=way.journey, stage="decision", outcome=Answer.MORE, reason="More.", by=people.olu, today=way.today
    )
    assert heard() == [("decided", "Ada"), ("decided", "Bea"), ("decided", "Dot")]


# Words of their own


def test_aiming_higher_is_not_called_an_application(people: Cast, short_walk: Walking, heard: Heard) -> None:
    way = short_walk("registered")
    heard()
    applying.raise_level(journey=way.journey, level="excellence", by=people.ada, today=way.today)
    assert heard() == [("level-raised", "Olu")]
    message = Message.objects.get(kind="level-raised")
    assert "higher level" in message.subject
    assert "has applied already now aims for a higher level" in message.body
    assert f"/body/{people.body.slug}/journeys/{way.journey.ref}/" in message.body
    assert "Lanternside" not in message.subject + message.body


def test_the_wish_to_renew_is_not_called_an_application(people: Cast, short_walk: Walking, heard: Heard) -> None:
    way = short_walk("awarded")
    officer_too(people, people.dot)
    heard()
    day = way.journey.awards.get().valid_until
    assert isinstance(day, date)
    with pytest.raises(Refused):
        applying.renew(journey=way.journey, by=people.ada, today=day - timedelta(days=300))
    applying.renew(journey=way.journey, by=people.ada, today=day - timedelta(days=100))
    assert heard() == [("renewal-asked", "Dot"), ("renewal-asked", "Olu")]
    message = Message.objects.filter(kind="renewal-asked").earliest("id")
    assert "renew" in message.subject
    assert "The holder of an award wishes to renew it" in message.body
    assert "Lanternside" not in message.subject + message.body


def test_a_portfolio_is_not_called_an_application(people: Cast, tmp_path: Path, today: date, heard: Heard) -> None:
    place = tmp_path / "schemes" / "kind-gardens" / "2026"
    place.mkdir(parents=True)
    (place / "scheme.toml").write_text(SCHEME.replace('kind = "evidence"', 'kind = "portfolio"'))
    (place / "requirements.toml").write_text(REQUIREMENTS)
    way = walk(
        cast=people,
        edition=publish(place, people),
        to="registered",
        start=today - timedelta(days=60),
        last=today,
    )
    for slot in ("s1", "p1"):
        way.offer(way.edition.requirement(slot))
    heard()
    applying.hand_in(journey=way.journey, stage="papers", by=people.ada, today=way.today)
    assert heard() == [("evidence-sent", "Dot"), ("portfolio-handed-in", "Olu")]
    assert "A portfolio was handed in" in Message.objects.get(kind="portfolio-handed-in").body
