"""Names that are new, in what has passed: a whole name is a breach by itself; what is less sure waits for people."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee
from kithwork.core.journey import ItemState
from kithwork.evidence import access
from kithwork.evidence.models import Breach, Feedback, Found, Item
from kithwork.evidence.queries import thread
from kithwork.gate import actions
from kithwork.gate.scans import Choice
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import daily
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.rescanning import Rescan, rescan_all
from kithwork.procedures.gating.working import find_name
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import Commits, say, send
from tests.gate.acts import approve, bring, decide_all
from tests.running import a_mentee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]

QUIST = "Wilhelmina Quist"


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


def joins(way: Walk, name: str = QUIST) -> Mentee:
    assert way.journey.service is not None
    return a_mentee(way.journey.service, way.today, name)


def state(way: Walk, slot: str, stage: str = "online") -> ItemState:
    """How it stands on the day on which the round is run, which is later than the walk's."""
    return read(way.journey, timezone.localdate()).position.stages[stage].items[slot].state


def again() -> Rescan:
    return rescan_all(now=timezone.now())


def passed_file(way: Walk, words: bytes, name: str = "a.txt") -> Item:
    """A file that went through the gate, whatever is found in it kept."""
    original = bring(way, words, name, title="Notes")
    decide_all(original, way.cast.ada, Choice.KEEP)
    item = approve(original, way.cast.ada)
    assert item is not None
    return item


def test_a_whole_name_is_a_breach_that_nobody_reports(
    way: Walk, as_user: Callable[[User], Client], django_capture_on_commit_callbacks: Commits
) -> None:
    item = passed_file(way, b"We met wilhelmina Quist by the lake.")
    send(way, "1")
    name, digest = item.file.name or "", item.digest
    assert again() == Rescan(), "nobody is new"
    joins(way)
    Message.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert again() == Rescan(looked=1, breached=1)
    item.refresh_from_db()
    assert (item.title, item.file_name, item.destroyed_at is None) == ("Destroyed document", "", False)
    assert not default_storage.exists(name)
    assert state(way, "1") is ItemState.BREACHED, "its requirement fails"
    (told,) = Feedback.objects.filter(outcome="breached")
    assert (told.by, told.author) == (None, str(Found.LATER.label))
    assert "send it again" in told.advice
    row = Breach.objects.get()
    assert (row.found, row.reporter, row.digest) == (Found.LATER, str(Found.LATER.label), digest)
    assert "Quist" not in row.what
    people = way.cast
    for user, page in (
        (people.ada, reverse("service_breaches", args=[people.provider.slug])),
        (people.olu, reverse("breaches", args=[people.body.slug])),
    ):
        shown = as_user(user).get(page).content.decode()
        assert "72 hours" in shown
        assert "71 hours left" in shown, "the clock of both registers runs"
    proof = Record.objects.get(act="evidence.breached")
    assert (proof.actor, proof.facts["digest"], proof.facts["copies"]) == ("system", digest, 1)
    assert not Record.objects.filter(facts__icontains="quist").exists()
    mailed = Message.objects.filter(kind="breach-reported")
    assert {one.to for one in mailed} >= {people.ada, people.dot, people.olu}, "all three sides are told"
    assert again() == Rescan(), "and once"


def test_what_the_law_wants_within_72_hours_needs_the_service_until_it_has_said(
    way: Walk, people: Cast, as_user: Callable[[User], Client]
) -> None:
    passed_file(way, b"We met wilhelmina Quist by the lake.")
    send(way, "1")
    joins(way)
    again()
    ada = as_user(people.ada)
    home = reverse("service_home", args=[people.provider.slug])
    shown = ada.get(home).content.decode()
    register = reverse("service_breach", args=[people.provider.slug, Breach.objects.get().ref])
    assert shown.index("Say whether the data breach in 1 ") < shown.index("Send a redacted document again for 1 ")
    assert f'href="{register}"' in shown
    assert "71 hours left" in shown
    assert ", found when it was looked through again" in ada.get(register).content.decode(), "nobody is named as having"
    day = timezone.localdate()
    on = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    assert ada.post(register, {"kind": "not-reported", "text": "Nobody is at risk.", **on}).status_code == 303
    assert "Say whether the data breach" not in ada.get(home).content.decode()


def test_words_and_every_copy_of_them_go_with_proof(way: Walk) -> None:
    words = "Wilhelmina\nQuist came."
    first, second = say(way, "1", text=words), say(way, "2", text=words, title="Again")
    send(way, "1", "2")
    joins(way)
    assert again().breached == 1, "a copy goes with its like"
    for item in (first, second):
        item.refresh_from_db()
        assert item.text == ""
    assert (state(way, "1"), state(way, "2")) == (ItemState.BREACHED, ItemState.BREACHED)
    proof = Record.objects.get(act="evidence.breached")
    assert len(str(proof.facts["digest"])) == 64
    assert proof.facts["copies"] == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Hope Field", "Hope is what we bring."),  # sure, but a word
        ("Hope Field", "Met hope. She was late."),  # doubtful
        (QUIST, "Then Wilhelmena Quist rang."),  # misspelt, or somebody else
        (QUIST, "Mr Quist rang."),
    ],
)
def test_whatever_is_less_sure_fails_nothing_and_is_held_back(
    way: Walk, people: Cast, as_user: Callable[[User], Client], name: str, text: str
) -> None:
    item = say(way, "1", text=text)
    send(way, "1")
    joins(way, name)
    assert again() == Rescan(looked=1, held=1)
    assert not Breach.objects.exists()
    assert state(way, "1") is ItemState.SENT
    with pytest.raises(Http404):
        access.item_for_assessor(way.journey, item.ref)
    (sent,) = thread(way.journey, "1", outside=True)
    assert text not in f"{sent.items[0].title} {sent.items[0].text}", "held back wherever it was sent"
    assert Message.objects.filter(kind="held-back", to=people.ada).exists()
    page = reverse("gate_item", args=[way.journey.ref, item.ref])
    ada = as_user(people.ada)
    assert "is held back" in ada.get(page).content.decode(), "somebody of the service looks"
    given = {"do": "pass", "title": item.title, "text": text, "declared": "on"}
    assert ada.post(page, given).status_code == 303
    assert access.item_for_assessor(way.journey, item.ref) == item
    assert again() == Rescan(), "and is not asked again"


def test_a_word_that_is_a_word_holds_nothing_back(way: Walk) -> None:
    item = say(way, "1", text="There is hope for all.")
    send(way, "1")
    joins(way, "Hope Field")
    assert again() == Rescan(looked=1)
    assert access.item_for_assessor(way.journey, item.ref) == item


def test_what_others_have_not_had_to_read_is_no_breach(way: Walk) -> None:
    item = say(way, "1", text=f"{QUIST} came.")
    joins(way)
    assert again() == Rescan(looked=1, held=1)
    item.refresh_from_db()
    assert item.text, "it is the service's own yet"
    assert not Breach.objects.exists()


def test_what_is_ready_for_a_visit_is(way: Walk) -> None:
    say(way, "39", text=f"{QUIST} came.", declared=True)
    joins(way)
    assert again().breached == 1
    assert state(way, "39", "visit") is ItemState.BREACHED


def test_a_name_that_a_person_has_decided_to_keep_is_not_looked_for(way: Walk) -> None:
    joins(way)
    item = passed_file(way, f"{QUIST} gave us this house in 1902.".encode())
    send(way, "1")
    assert again() == Rescan(), "she was known, and somebody kept the name"
    assert access.item_for_assessor(way.journey, item.ref) == item


def test_a_name_taught_later_is_new(way: Walk) -> None:
    item = say(way, "1", text="Petronella Vane came.")
    send(way, "1")
    other = bring(way, slots=["2"])
    actions.teach(original=other, name="Petronella Vane", by=way.cast.ada, find=find_name)
    done = dict(daily.run(now=timezone.now(), send=False).done)
    assert done["data breaches found"] == 1, "the daily round looks"
    item.refresh_from_db()
    assert item.destroyed_at is not None


def test_what_cannot_be_read_any_more_is_held_back(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_file(way, b"We met by the lake.")
    send(way, "1")
    joins(way)

    def gone(*_: object) -> object:
        raise OSError

    monkeypatch.setattr(engine, "read", gone)
    assert again() == Rescan(looked=1, held=1)
