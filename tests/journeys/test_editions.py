"""Editions: published once, kept as they were, closed to new applications."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kithwork.core.schemes import Mistakes
from kithwork.core.verdict import Refused
from kithwork.journeys import actions
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import edition_on_offer, read
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.procedures import applying, sample
from kithwork.procedures.sample import Cast, Walk
from tests.journeys.short import folder_in

Walking = Callable[..., Walk]


def test_the_same_text_is_published_once(people: Cast, short: PublishedEdition, tmp_path: Path) -> None:
    before = Record.objects.count()
    again = actions.publish(folder=folder_in(tmp_path / "copy"), body=people.body, by=people.olu)
    assert again == short
    assert (PublishedEdition.objects.count(), Record.objects.count()) == (1, before)


def test_a_changed_text_needs_an_edition_name_of_its_own(people: Cast, short: PublishedEdition, tmp_path: Path) -> None:
    changed = folder_in(tmp_path / "changed", name="Quality in Mentoring, changed")
    with pytest.raises(Refused, match="another text"):
        actions.publish(folder=changed, body=people.body, by=people.olu)
    short.refresh_from_db()
    assert short.name == "Quality in Mentoring"
    newer = actions.publish(folder=folder_in(tmp_path / "n", "next", "Changed"), body=people.body, by=people.olu)
    assert newer.digest != short.digest
    assert edition_on_offer("qim") == newer


def test_a_faulty_edition_is_not_published(people: Cast, tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    (folder / "scheme.toml").write_text("[scheme]\n")
    with pytest.raises(Mistakes):
        actions.publish(folder=folder, body=people.body, by=people.olu)
    assert not PublishedEdition.objects.exists()


def test_a_journey_keeps_its_edition_when_a_newer_one_is_published(
    people: Cast, short_walk: Walking, tmp_path: Path
) -> None:
    way = short_walk("registered")
    sample.publish(folder_in(tmp_path / "newer", "next", "Another Name"), people)
    journey = Journey.objects.get(pk=way.journey.pk)
    assert edition_of(journey.edition).key == "qim/short"
    assert read(journey, way.today).edition.scheme.name == "Quality in Mentoring"
    way._sent()
    assert read(journey, way.today).position.total().sent == 2


def test_a_closed_edition_takes_nobody_new_and_keeps_those_it_has(people: Cast, short_walk: Walking) -> None:
    way = short_walk("registered")
    before_it_closed = PublishedEdition.objects.get()
    edition = actions.close_edition(edition=before_it_closed, by=people.olu, now=timezone.now())
    other = organisations.open_service(organisation=people.provider, name="Another", by=people.ada)
    for seen in (edition, before_it_closed):  # an edition read before it closed is closed all the same
        with pytest.raises(Refused, match="no new applications"):
            applying.begin(edition=seen, service=other, by=people.ada, today=way.today)
    way._sent()
    assert edition_on_offer("qim") is None
    record = Record.objects.filter(act="journey.edition_closed").get()
    assert (record.actor, record.subject) == (people.olu.actor, "edition:qim/short")


def test_an_edition_is_closed_once(people: Cast, short: PublishedEdition) -> None:
    now = timezone.now()
    actions.close_edition(edition=short, by=people.olu, now=now)
    with pytest.raises(Refused, match="closed already"):
        actions.close_edition(edition=short, by=people.olu, now=now + timedelta(days=1))
    assert PublishedEdition.objects.get().closed_at == now
    assert Record.objects.filter(act="journey.edition_closed").count() == 1
