"""No original leaves: its words stand nowhere in the clear, and no archive, copy or mail holds them.

That no page of anybody but the service's side shows them, is asked of every page as every role in `tests/house`.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kithwork.accounts.actions import make_key
from kithwork.accounts.models import User
from kithwork.core.redaction.finds import Kind
from kithwork.gate import actions
from kithwork.gate.models import Case, Original, Scan
from kithwork.gate.queries import content_of, words_of
from kithwork.gate.sealing import Broken
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import account_bundle, daily
from kithwork.procedures.exporting import export
from kithwork.procedures.gating.working import find_name
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import say, send
from tests.gate.acts import approve, bring, decide_all
from tests.procedures.erasing.planting import files, found_in_database
from tests.running import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]

WORDS = ("Thistlewick", "Zephyrina", "900123")
NAME = "Zephyrina Thistlewick"


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    """One file is evidence and was sent, one waits at the gate, one could not be read; a name was taught."""
    way = short_walk("registered")
    for number in (1, 2, 8):
        words = f"Notes {number}: {NAME} rang on 07700 900123.".encode()
        original = bring(way, words, f"{NAME} {number}.txt", slots=[str(number)], title=f"Notes of {NAME}", text=NAME)
        actions.mark_words(original=original, words=NAME, kind=Kind.PERSON, seen=None, by=way.cast.ada)
        actions.teach(original=original, name="Zephyrina", by=way.cast.ada, find=find_name)
        if number == 1:
            decide_all(original, way.cast.ada)
            assert approve(original, way.cast.ada) is not None, original.reason
    Original.objects.filter(pk=original.pk).update(state=Original.State.FAILED)
    say(way, "1")
    send(way, "1")
    return way


def telling(content: bytes) -> list[str]:
    return [word for word in WORDS if word.casefold() in content.decode(errors="replace").casefold()]


def test_its_words_stand_nowhere_in_the_clear(way: Walk) -> None:
    for original in Original.objects.all():
        assert NAME in words_of(original).title, "planted"
        assert b"900123" in content_of(original)
    assert (Scan.objects.count(), Case.objects.count()) == (3, 1)
    Message.objects.create(kind="x", email="x@example.org", subject="Thistlewick", body="x")
    assert found_in_database(["Thistlewick"]) == ["notices_message.subject"], "what is looked with finds it"
    Message.objects.all().delete()
    daily.run(now=timezone.now(), send=True)
    assert found_in_database(WORDS) == [], "no table, of the award half or of the gate itself, nor the ledger's"
    stored = dict(files())
    assert len([place for place in stored if place.startswith("originals/")]) == 3
    assert {place: telling(content) for place, content in stored.items() if telling(content)} == {}
    assert Record.objects.filter(act="gate.passed").exists()
    assert [one.subject for one in mail.outbox if telling(str(one.message()).encode())] == []


def parts(packed: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def test_no_archive_and_no_copy_for_a_person_holds_it(way: Walk, people: Cast, today: date) -> None:
    service, now = way.journey.service, timezone.now()
    assert service is not None
    practice = a_practice(service, people.ada, today)
    out = io.BytesIO()
    export(practice=practice, out=out, parts=frozenset(), by=people.ada, now=now)
    for user, body in ((people.dot, people.body), (people.olu, people.body), (people.dot, None), (people.ada, None)):
        more = io.BytesIO()
        account_bundle.hand_over(person=user, body=body, out=more, by=people.olu, now=now)
        assert [(name, telling(content)) for name, content in parts(more.getvalue()) if telling(content)] == []
    assert [(name, telling(content)) for name, content in parts(out.getvalue()) if telling(content)] == []


def test_neither_search_nor_history_nor_programs_nor_downloads_hold_it(
    way: Walk, people: Cast, as_user: Callable[[User], Client], today: date
) -> None:
    dot, olu = as_user(people.dot), as_user(people.olu)
    secret = make_key(user=people.olu, name="it", today=today)[1]
    asked = [
        (dot, f"/assess/{way.journey.ref}/"),
        (dot, f"/assess/{way.journey.ref}/requirements/1/"),
        (olu, f"/body/{people.body.slug}/journeys/{way.journey.ref}/"),
        (olu, f"/body/{people.body.slug}/?q=Notes"),
        (olu, f"/body/{people.body.slug}/breaches/?q=Notes&format=csv"),
        (Client(), "/register/?q=Notes"),
    ]
    for client, address in asked:
        answer = client.get(address, headers={"Authorization": f"Bearer {secret}"} if client is olu else {})
        assert answer.status_code == 200, address
        assert telling(answer.getvalue() if answer.streaming else answer.content) == [], address
    item = way.journey.items.get(kind="file")
    file = dot.get(reverse("assess_file", args=[way.journey.ref, item.ref]))
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert b"Notes 1" in content
    assert telling(content) == []
    waiting = Original.objects.get(state=Original.State.READY)
    for client in (dot, olu, Client()):
        assert client.get(reverse("gate_one", args=[way.journey.ref, waiting.ref])).status_code in {302, 404}


def test_without_its_key_a_copy_of_the_disk_tells_nothing(way: Walk, settings: Settings) -> None:
    original = Original.objects.get(state=Original.State.READY)
    settings.ORIGINALS_KEY = "A" * 43 + "="
    with pytest.raises(Broken):
        content_of(original)
    with pytest.raises(Broken):
        words_of(original)
