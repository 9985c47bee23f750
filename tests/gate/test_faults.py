"""A fault in any step of the gate passes nothing: no evidence comes of it, people are told in words and try again."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.redaction.files.shape import Unreadable
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Item
from kithwork.gate import actions
from kithwork.gate.models import Original
from kithwork.ledger.models import Record
from kithwork.procedures.gating import engine, working
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import send
from tests.gate.acts import approve, bring, decide_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]

SECRET = "Quenby Yarrow stood in the message"
FAULTS = [
    RuntimeError(SECRET),
    MemoryError(SECRET),
    OSError(SECRET),
    RecursionError(SECRET),
    Unreadable("This picture is too dark."),
]
READING = {"reading": (engine, "read"), "finding": (engine, "find_in"), "storing": (working.gate, "keep_scan")}
COPYING = {
    "making": (engine, "remake"),
    "re-reading": (engine, "read_again"),
    "finding again": (engine, "find_in"),
    "storing": (working, "add_file"),
    "its last word": (working.gate, "finished"),
}


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def raising(fault: Exception) -> Callable[..., NoReturn]:
    def broken(*_: object, **__: object) -> NoReturn:
        raise fault

    return broken


def nothing_passed(way: Walk, original: Original, client: Client) -> str:
    """No evidence, nothing to send, and the page says why, without a word of the file; the reason."""
    original.refresh_from_db()
    assert not Item.objects.exists()
    with pytest.raises(Refused):
        send(way, "1")
    assert len(original.reason) > 20
    assert "Yarrow" not in original.reason
    shown = client.get(reverse("gate_one", args=[way.journey.ref, original.ref])).content.decode()
    assert original.reason.partition("'")[0] in shown
    assert "Yarrow" not in str(list(Record.objects.values_list("facts", flat=True)))
    return original.reason


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("step", READING)
def test_while_it_is_read(step: str, fault: Exception, way: Walk, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(*READING[step], raising(fault))
        original = bring(way)
    nothing_passed(way, original, ada)
    assert original.state == Original.State.FAILED
    with pytest.raises(Refused):
        actions.approve(original=original, seen=None, by=way.cast.ada, now=timezone.now())
    url = reverse("gate_one", args=[way.journey.ref, original.ref])
    assert ada.post(url, {"do": "again"}).status_code == 303
    assert ada.post(url, {"do": "again"}).status_code == 303, "a second click says that it is on its way"
    working.work()
    original.refresh_from_db()
    assert (original.state, original.reason) == (Original.State.READY, "")
    decide_all(original, way.cast.ada)
    assert approve(original, way.cast.ada) is not None


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("step", COPYING)
def test_while_its_copy_is_made(
    step: str, fault: Exception, way: Walk, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = bring(way)
    decide_all(original, way.cast.ada)
    with monkeypatch.context() as patch:
        patch.setattr(*COPYING[step], raising(fault))
        assert approve(original, way.cast.ada) is None
    nothing_passed(way, original, ada)
    assert original.state == Original.State.READY
    assert original.approved_by is None, "the approval was of a copy that is not there"
    assert approve(original, way.cast.ada) is not None, "approved again, it passes"


def test_only_what_failed_is_tried_again(way: Walk, ada: Client) -> None:
    original: Any = bring(way)
    with pytest.raises(Refused):
        actions.try_again(original=original, by=way.cast.ada)
    assert ada.post(reverse("gate_one", args=[way.journey.ref, original.ref]), {"do": "again"}).status_code == 409
