"""A renewal asks for what is marked, what was recommended last time, and what a newer edition has changed."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.assessment.models import Recommendation
from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.procedures import applying, renewing
from kithwork.procedures.sample import Cast
from tests.core.journey import thrush
from tests.journeys.made import journey_at, publish_texts

pytestmark = pytest.mark.django_db
K = EntryKind
GRANTED = date(2026, 3, 2)
ASKED = date(2028, 1, 10)  # within three months of the end, 1 March 2028
SIGNS = ("l1", "l2", "l3", "l4", "b1", "b2", "b3", "g1", "g2", "g3", "g4")
MARKED = {"l1", "b1", "g1"}


def publish(people: Cast, place: Path, edition: str = "2026", **changes: str) -> PublishedEdition:
    """The edition, or a newer one in which texts are changed: old words -> new words, joined by '>'."""
    texts = dict(thrush.TEXTS)
    if edition != "2026":
        texts["scheme.toml"] = texts["scheme.toml"].replace('edition = "2026"', f'edition = "{edition}"', 1)
        before = str(int(edition) - 1)
        texts["scheme.toml"] = texts["scheme.toml"].replace(
            "assessors = 2", f'assessors = 2\nsupersedes = "{before}"', 1
        )
    for change in changes.values():
        old, new = change.split(" > ")
        assert old in texts["requirements.toml"]
        texts["requirements.toml"] = texts["requirements.toml"].replace(old, new, 1)
    return publish_texts(texts, people, place / "thrush" / edition)


def held(row: PublishedEdition, people: Cast, today: date, confirmed: tuple[str, ...] = SIGNS) -> Journey:
    """Gold, granted; it ends within three months, and two listeners have recommended something for next time."""
    entries = [
        Entry(GRANTED, K.OPENED, Role.APPLICANT, level="bronze"),
        Entry(GRANTED, K.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES),
        Entry(GRANTED, K.SUBMITTED, Role.APPLICANT, "application"),
        Entry(GRANTED, K.DECIDED, Role.OFFICER, "eligibility", outcome=Answer.YES),
        *[Entry(GRANTED, K.APPOINTED, Role.OFFICER) for _ in range(2)],
        *[Entry(GRANTED, K.SUBMITTED, Role.APPLICANT, "evidence", sign) for sign in SIGNS],
        *[
            Entry(GRANTED, K.CONFIRMED if sign in confirmed else K.RETURNED, Role.ASSESSOR, "evidence", sign)
            for sign in SIGNS
        ],
        *[Entry(GRANTED, K.DECIDED, Role.ASSESSOR, "verdict", outcome=Answer.YES) for _ in range(2)],
        Entry(GRANTED, K.GRANTED, Role.OFFICER, "badge", level="gold", until=date(2028, 3, 1)),
    ]
    journey = journey_at(row, people, (entries, ASKED), today)
    Recommendation.objects.create(
        journey=journey, stage="verdict", level="bronze", outcome="yes", summary="Good.", asked_again=["g2"],
        next_time="Come to one more training day.", on=today, by=people.dot,
    )  # fmt: skip
    return journey


def asked(renewal: Journey, today: date) -> set[str]:
    return set(read(renewal, today).position.stages["evidence"].items)


def test_on_the_same_edition_the_marked_and_the_recommended_are_asked(
    people: Cast, tmp_path: Path, today: date
) -> None:
    journey = held(publish(people, tmp_path), people, today)
    ahead = renewing.looking_ahead(journey, today)
    renewal = applying.renew(journey=journey, by=people.ada, today=today)
    assert asked(renewal, today) == MARKED | {"g2"}
    told = renewing.last_time(renewal)
    assert told is not None
    assert (told.again, told.anew, set(told.marked), told.carried) == (("g2",), (), MARKED, 7)
    assert [row.next_time for row in told.recommended] == ["Come to one more training day."]
    assert told == ahead, "what the holder is told before asking is what comes"
    assert renewing.last_time(journey) is None


def test_on_a_newer_edition_only_what_is_unchanged_carries_over(people: Cast, tmp_path: Path, today: date) -> None:
    journey = held(publish(people, tmp_path), people, today)
    publish(
        people,
        tmp_path,
        "2027",
        changed='asks = "You show open questions in your listening." > asks = "You ask openly, and wait."',
        renamed='id = "b2"\nnumber = "B2" > id = "b9"\nwas = ["b2"]\nnumber = "B2"',
        moved='id = "g2"\nnumber = "G2" > id = "g9"\nwas = ["g2"]\nnumber = "G9"',
    )
    renewal = applying.renew(journey=journey, by=people.ada, today=today)
    assert asked(renewal, today) == MARKED | {"g9", "l3"}
    told = renewing.last_time(renewal)
    assert told is not None
    assert (told.again, told.anew) == (("g9",), ("l3",))


def test_what_was_never_confirmed_does_not_carry_over(people: Cast, tmp_path: Path, today: date) -> None:
    journey = held(publish(people, tmp_path), people, today, confirmed=SIGNS[:-1])
    publish(people, tmp_path, "2027")
    renewal = applying.renew(journey=journey, by=people.ada, today=today)
    assert asked(renewal, today) == MARKED | {"g2", "g4"}


def test_it_carries_through_an_edition_that_was_skipped(people: Cast, tmp_path: Path, today: date) -> None:
    journey = held(publish(people, tmp_path), people, today)
    renamed = 'id = "b2"\nnumber = "B2" > id = "b9"\nwas = ["b2"]\nnumber = "B2"'
    publish(people, tmp_path, "2027", renamed=renamed)
    publish(
        people,
        tmp_path,
        "2028",
        renamed='id = "b2"\nnumber = "B2" > id = "b10"\nwas = ["b9"]\nnumber = "B2"',
    )
    assert asked(applying.renew(journey=journey, by=people.ada, today=today), today) == MARKED | {"g2"}


def test_both_sides_read_what_was_said_last_time(people: Cast, tmp_path: Path, today: date, as_user: object) -> None:
    journey = held(publish(people, tmp_path), people, today)
    ada: Client = as_user(people.ada)  # type: ignore[operator]  # the fixture signs in
    page = ada.get(reverse("journey_stage", args=[journey.ref, "again"])).content.decode()
    for words in ("What will be asked for", "Come to one more training day.", "G2 A training day", "4 signs"):
        assert words in page
    renewal = applying.renew(journey=journey, by=people.ada, today=today)
    page = ada.get(reverse("journey", args=[renewal.ref])).content.decode()
    for words in ("From last time", "Come to one more training day.", "G2 A training day", "7 carry over"):
        assert words in page
