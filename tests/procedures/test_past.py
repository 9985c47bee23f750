"""The award half's periods: six years after the end its words and files go by themselves, and nothing sooner; whoever
is held or renews stays; the register, the decisions and the pages that tell of them stay too.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.days import Period
from kithwork.core.journey import Entry, EntryKind
from kithwork.core.keeping import Kind
from kithwork.core.schemes import Role
from kithwork.courses.models import HoursRecord
from kithwork.evidence.models import Item, Remark
from kithwork.journeys.actions import record
from kithwork.journeys.models import EntryRow, Journey, Response
from kithwork.ledger.models import Record
from kithwork.procedures import past
from kithwork.procedures.daily import run as daily
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.statuses import Statuses
from kithwork.rights.actions import end_hold, hold
from tests.evidence.acts import Commits, say, send

pytestmark = pytest.mark.django_db
SCHEMES = Path(__file__).parents[2] / "schemes"
SIX = Period(6, "year")


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    """A service's application that was withdrawn today, after something was sent for it."""
    way = short_walk("registered")
    say(way, "1")
    send(way, "1")
    Remark.objects.create(
        journey=way.journey, slot="1", side="applicant", text="See page 2.", on=way.today, by=way.cast.ada
    )
    entry = Entry(way.today, EntryKind.WITHDRAWN, Role.APPLICANT)
    record(journey=way.journey, entries=[entry], by=way.cast.ada, today=way.today)
    return way


def numbers(lines: list[past.Line]) -> dict[Kind, int]:
    return {line.kind: line.number for line in lines}


def test_it_goes_on_the_day_after_its_period_and_the_preview_says_so(way: Walk) -> None:
    last = SIX.after(way.today)
    assert past.plan(day=last) == []
    assert past.run(now=noon(last)) == 0
    due = numbers(past.plan(day=last + timedelta(days=1)))
    assert due[Kind.EVIDENCE] >= 2
    assert Remark.objects.get().text == "See page 2.", "a preview changes nothing"
    assert numbers(past.plan(day=last + timedelta(days=1), body=way.cast.body)) == due
    assert numbers(past.plan(day=last + timedelta(days=1), service=way.cast.service)) == due
    assert past.run(now=noon(last + timedelta(days=1))) == sum(due.values())
    assert Remark.objects.get().text == ""
    assert not Response.objects.exclude(answers={}).exists()
    assert past.run(now=noon(last + timedelta(days=1))) == 0, "and nothing twice"


def test_the_ledger_has_figures_alone_and_the_daily_round_does_it(way: Walk) -> None:
    done = daily(now=noon(SIX.after(way.today) + timedelta(days=1)), send=False)
    assert "records at the end of their period" in dict(done.done)
    facts = Record.objects.get(act="rights.periods_run", organisation=way.cast.body.ref).facts
    assert facts["evidence"] >= 2
    assert all(isinstance(one, int) for one in facts.values())


def test_what_goes_on_stays_however_old(short_walk: Callable[..., Walk]) -> None:
    way = short_walk("registered")
    say(way, "1")
    later = way.today + timedelta(days=9 * 365)
    Journey.objects.update(lapses_on=None)
    assert past.plan(day=later) == []


def test_files_go_from_the_disk(way: Walk, django_capture_on_commit_callbacks: Commits) -> None:
    item = Item.objects.get()
    item.file.save("notes.txt", SimpleUploadedFile("notes.txt", b"Notes."))
    name = item.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        past.run(now=noon(SIX.after(way.today) + timedelta(days=1)))
    assert not default_storage.exists(name)


def test_its_pages_open_afterwards(way: Walk, as_user: Callable[[User], Client]) -> None:
    past.run(now=noon(SIX.after(way.today) + timedelta(days=1)))
    ref, org = way.journey.ref, way.cast.body.slug
    olu, ada = as_user(way.cast.olu), as_user(way.cast.ada)
    assert olu.get(reverse("body_journey", args=[org, ref])).status_code == 200
    assert olu.get(reverse("body_ledger", args=[org])).status_code == 200
    for name in ("journey", "items", "gate"):
        assert ada.get(reverse(name, args=[ref])).status_code == 200


def test_a_person_who_is_held_stays(today: date) -> None:
    statuses = Statuses(SCHEMES / "qms" / "2019", today)
    way = statuses.person("Una Pike", 60)
    entry = Entry(today, EntryKind.WITHDRAWN, Role.APPLICANT)
    record(journey=way.journey, entries=[entry], by=way.person, today=today)
    EntryRow.objects.filter(kind=EntryKind.WITHDRAWN).update(reason="I move away.")
    day, body, officer = SIX.after(today) + timedelta(days=1), statuses.house.body, statuses.house.officer
    due = past.plan(day=day, body=body)
    assert numbers(due)[Kind.APPLICATION]
    made = hold(
        organisation=body, service=None, subject=f"user:{way.person.ref}", reason="A claim.", by=officer, today=today
    )
    assert past.plan(day=day, body=body) == []
    assert past.run(now=noon(day)) == 0
    end_hold(hold=made, by=officer, today=today)
    assert past.run(now=noon(day)) == sum(line.number for line in due)


def test_hours_and_places_go_when_nothing_younger_is_held_of_their_person(people: Cast, today: date) -> None:
    old = SIX.before(today) - timedelta(days=1)
    young = SIX.before(today)
    for day in (old, young):
        HoursRecord.objects.create(person=people.dot, day=day, hours=Decimal(2), what="A course.", kind="cpd")
    assert past.run(now=noon(today)) == 1
    assert HoursRecord.objects.get().day == young


def test_hours_of_somebody_who_is_on_a_journey_stay(today: date) -> None:
    statuses = Statuses(SCHEMES / "qms" / "2019", today)
    way = statuses.person("Una Pike", 60)
    HoursRecord.objects.create(person=way.person, day=date(2010, 1, 1), hours=Decimal(2), what="A course.", kind="cpd")
    assert past.run(now=noon(today)) == 0
    assert HoursRecord.objects.count() == 1
