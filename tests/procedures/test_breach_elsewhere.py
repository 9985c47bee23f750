"""A name found in a document that another journey of the applicant's uses too: gone there as well, and both told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from kithwork.core.journey import ItemState
from kithwork.core.verdict import Refused
from kithwork.evidence import actions
from kithwork.evidence.models import Breach, Feedback, Found, Item, Offer
from kithwork.evidence.queries import copies_elsewhere, thread
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, assessing, reusing, sample
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import Commits, Walking, add, say
from tests.journeys.made import journey_at
from tests.procedures import garden
from tests.procedures.garden import begun, bytes_of, confirm

ELSEWHERE = str(Found.ELSEWHERE.label)

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    return short_walk("registered")


@pytest.fixture
def mark(way: Walk, people: Cast, tmp_path: Path, settings: Settings) -> PublishedEdition:
    settings.SCHEMES = tmp_path / "schemes"
    return garden.drop(settings.SCHEMES, people)


@pytest.fixture
def here(mark: PublishedEdition, people: Cast, today: date) -> Journey:
    return begun(mark, people, today)


@pytest.fixture
def source(way: Walk) -> Item:
    """Confirmed for indicator 8."""
    made = add(way, casework=True, declared=True)
    confirm(way, "8")
    return made


@pytest.fixture
def copy(source: Item, here: Journey, people: Cast, today: date) -> Item:
    """The same file, used for the garden mark, and not sent yet."""
    asked = edition_of(here.edition).requirement("s1")
    return reusing.reuse_confirmed(journey=here, requirement=asked, item=source.ref, by=people.ada, today=today)


def sent(here: Journey, people: Cast, today: date) -> None:
    assessing.send_evidence(journey=here, stage="papers", slots=["s1"], by=people.ada, today=today)


def state(here: Journey, today: date) -> ItemState:
    return read(here, today).position.stages["papers"].items["s1"].state


def reported(way: Walk, item: Item, today: date) -> None:
    """Dot finds a name in what was confirmed for indicator 8."""
    assessing.report_breach(
        journey=way.journey, slot="8", item=item, what="The name of a mentee", by=way.cast.dot, today=today
    )


def test_what_was_sent_there_is_destroyed_and_fails_there_too(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date,
    django_capture_on_commit_callbacks: Commits,
) -> None:  # fmt: skip
    sent(here, people, today)
    name = copy.file.name or ""
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        reported(way, source, today)
    copy.refresh_from_db()
    assert copy.destroyed_at is not None
    assert (copy.title, copy.file_name) == ("Destroyed document", "")
    assert not default_storage.exists(name)
    assert not Offer.objects.filter(journey=here).exists()
    assert state(here, today) is ItemState.BREACHED
    row = Breach.objects.get(journey=here)
    assert (row.slot, row.stage, row.item, row.what) == ("s1", "papers", copy, "The name of a mentee")
    row.refresh_from_db()
    assert row.destroyed_at is not None, "its register says that it is gone"


def test_nobody_there_reads_who_reported_it_or_where(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date, as_user: Callable[..., Client]
) -> None:
    sent(here, people, today)
    reported(way, source, today)
    row, said = Breach.objects.get(journey=here), Feedback.objects.get(journey=here, outcome="breached")
    assert (row.reported_by, row.reporter, said.by, said.author) == (None, ELSEWHERE, None, ELSEWHERE)
    assert "used elsewhere" in said.advice
    assert "Redact it" in said.advice
    assert [one.who for one in thread(here, "s1") if one.kind == "breached"] == [ELSEWHERE]
    rows = Record.objects.filter(subject=f"journey:{here.ref}", act="evidence.breached")
    assert {(one.organisation, one.actor) for one in rows} == {
        (here.edition.body.ref, "system"),
        ("", people.dot.actor),
    }
    assert rows.get(organisation="").facts["source"] == source.ref
    page = as_user(people.ada).get(reverse("requirement", args=[here.ref, "s1"])).content.decode()
    assert ELSEWHERE in page
    assert people.dot.name not in page
    body = as_user(people.olu).get(reverse("body_journey", args=[here.edition.body.slug, here.ref])).content.decode()
    assert ELSEWHERE in body
    register = as_user(people.olu).get(reverse("breaches", args=[here.edition.body.slug])).content.decode()
    assert ELSEWHERE[:1].lower() + ELSEWHERE[1:] in register


def test_both_sides_of_both_journeys_are_told(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date
) -> None:
    vic = sample.person("Vic Tarn", "vic@assessors.example")
    organisations.join(organisation=here.edition.body, user=vic, role=Role.ASSESSOR, by=people.olu)
    Appointment.objects.create(
        journey=here, assessor=vic, state=Appointment.State.APPOINTED, asked_by=people.olu, asked_on=today
    )
    sent(here, people, today)
    reported(way, source, today)
    told = Message.objects.filter(kind="breach-reported")
    by_link = {(one.to and one.to.email, here.ref in one.body) for one in told}
    assert (people.ada.email, True) in by_link
    assert (people.ada.email, False) in by_link
    assert (vic.email, True) in by_link
    assert (people.olu.email, True) in by_link


def test_what_nobody_there_has_read_is_gone_and_no_breach_of_theirs(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date
) -> None:
    content = bytes_of(source)
    reported(way, source, today)
    copy.refresh_from_db()
    assert copy.destroyed_at is not None
    assert not Breach.objects.filter(journey=here).exists()
    assert state(here, today) is ItemState.BLANK
    with pytest.raises(Refused, match="destroyed after a data breach"):
        add(Walk(people, here, edition_of(here.edition), today, people.ada, people.dot), content, "again.pdf", "s1")


def test_it_reaches_the_source_from_the_copy(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date
) -> None:
    sent(here, people, today)
    assessing.report_breach(journey=here, slot="s1", item=copy, what="A name", by=people.dot, today=today)
    source.refresh_from_db()
    assert source.destroyed_at is not None
    assert read(way.journey, today).position.stages["online"].items["8"].state is ItemState.BREACHED


def test_what_took_its_place_there_does_not_fail(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date
) -> None:
    sent(here, people, today)
    assessing.give_feedback(
        journey=here, stage="papers", slot="s1", outcome=Feedback.Outcome.RETURNED, advice="Newer, please.",
        by=people.dot, today=today,
    )  # fmt: skip
    actions.take_back(item=copy, slot="s1", by=people.ada, now=timezone.now())
    say(Walk(people, here, edition_of(here.edition), today, people.ada, people.dot), "s1", title="Newer")
    sent(here, people, today)
    reported(way, source, today)
    copy.refresh_from_db()
    assert copy.destroyed_at is not None, "it lies in what was sent before"
    assert state(here, today) is ItemState.SENT
    assert Breach.objects.filter(journey=here, slot="s1").count() == 1, "the body has had it to read"
    assert "Nothing more is asked" in Feedback.objects.get(journey=here, outcome="breached").advice


def test_a_journey_that_has_ended_loses_the_document_and_nothing_fails(
    way: Walk, source: Item, copy: Item, here: Journey, people: Cast, today: date
) -> None:
    sent(here, people, today)
    applying.withdraw(journey=here, by=people.ada, today=today)
    reported(way, source, today)
    copy.refresh_from_db()
    assert copy.destroyed_at is not None
    assert state(here, today) is ItemState.SENT


def test_links_and_statements_reach_their_like_and_nothing_else(
    way: Walk, here: Journey, people: Cast, today: date
) -> None:
    said = say(way, "8")
    confirm(way, "8")
    there = Walk(people, here, edition_of(here.edition), today, people.ada, people.dot)
    same, other = say(there, "s1"), say(there, "s1", title="Other")
    assert copies_elsewhere(said) == {here: [same]}
    reported(way, said, today)
    assert {one.destroyed_at is None for one in Item.objects.filter(pk=other.pk)} == {True}
    assert Item.objects.get(pk=same.pk).text == ""


def test_another_service_keeps_its_own(
    way: Walk, source: Item, mark: PublishedEdition, people: Cast, today: date
) -> None:
    theirs = organisations.open_service(organisation=people.elsewhere, name="Another", by=people.eve)
    other = journey_at(mark, people, (garden.BEGUN, garden.DAY), today)
    Journey.objects.filter(pk=other.pk).update(service=theirs)
    other.refresh_from_db()
    kept = add(Walk(people, other, edition_of(mark), today, people.eve, people.dot), bytes_of(source), "own.pdf", "s1")
    reported(way, source, today)
    kept.refresh_from_db()
    assert kept.destroyed_at is None


def test_copies_are_found_in_one_query(
    source: Item, copy: Item, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert list(copies_elsewhere(source)) == [copy.journey]
