"""Finds marked on the picture of a page: where they stand, what becomes of them, and the way to the list."""

import io
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kithwork.accounts.models import User
from kithwork.core.documents.kinds import Kind as FileKind
from kithwork.core.redaction.finds import Find, Kind, Source
from kithwork.core.redaction.passages import Box, Passage, Place, Word
from kithwork.files import redacting
from kithwork.gate.models import Original
from kithwork.gate.scans import Choice, Document, Mark, packed, unpacked
from kithwork.procedures.sample import Cast, Walk
from kithwork.web.service.gate.spots import SIDE, spots
from tests.core.redaction.files.mutating import pdf_of
from tests.core.redaction.files.planting.pictures import drawn
from tests.gate.acts import approve, bring, decide_all, look

SAID = "Quenby Yarrow rang on 07700 900123."


def words(text: str, *boxes: Box) -> tuple[Word, ...]:
    found = [one.span() for one in re.finditer(r"\S+", text)]
    return tuple(Word(start, end, box) for (start, end), box in zip(found, boxes, strict=True))


def page_of(*boxes: Box, outcome: Choice | None = None, stays: bool = True, page: int = 2) -> Document:
    """A document whose second page says 'by Quenby Yarrow' at these places, the name found in it."""
    text = "by Quenby Yarrow"
    find = Find(3, 16, Kind.PERSON, (Source.MODEL,), 0.2)
    passage = Passage(text, Place.BODY, page, "", stays, words(text, Box(0, 0, 0.05, 0.02), *boxes))
    return Document((passage,), (Mark(0, find, outcome),), pages=2)


def test_a_name_on_one_line_is_one_mark_and_on_two_lines_two() -> None:
    beside = page_of(Box(0.1, 0.1, 0.2, 0.12), Box(0.21, 0.1, 0.3, 0.12))
    (one,) = spots(beside, 2)
    assert (one.x, one.width, one.outcome) == (97.5, 205.0, "decide")
    assert one.said == "Quenby Yarrow: perhaps a name"
    broken = page_of(Box(0.8, 0.1, 0.9, 0.12), Box(0.1, 0.14, 0.2, 0.16))
    assert [(round(one.x), round(one.y)) for one in spots(broken, 2)] == [(798, 98), (98, 138)]
    columns = page_of(Box(0.1, 0.1, 0.2, 0.12), Box(0.7, 0.1, 0.8, 0.12))
    assert len(spots(columns, 2)) == 2, "two cells of a table, with what stands between them unmarked"


def test_what_is_on_another_page_or_in_nothing_that_can_be_seen_is_not_marked() -> None:
    boxes = Box(0.1, 0.1, 0.2, 0.12), Box(0.21, 0.1, 0.3, 0.12)
    assert spots(page_of(*boxes), 1) == []
    assert spots(page_of(*boxes, stays=False), 2) == []
    assert spots(page_of(*boxes, page=0), 0) == [], "a file without pages has no picture"


def test_a_mark_stays_on_the_page() -> None:
    edge = page_of(Box(0, 0, 0.5, 0.02), Box(0.51, 0, 1, 0.02))
    (one,) = spots(edge, 2)
    assert (one.x, one.y) == (0, 0)
    assert one.x + one.width <= SIDE


def test_places_are_kept_with_the_reading_and_older_readings_open_without() -> None:
    document = page_of(Box(0.1, 0.1, 0.25, 0.125), Box(0.3, 0.1, 0.4, 0.125))
    kept = packed(document)
    assert unpacked(kept).passages == tuple(
        Passage(
            one.text, one.place, one.page, one.label, one.stays, tuple(Word(w.start, w.end, w.box) for w in one.words)
        )
        for one in document.passages
    )
    older = {**kept, "passages": [one[:5] for one in kept["passages"]]}
    assert unpacked(older).passages[0].words == ()
    once = {**kept, "passages": [[*one[:5], [0, 2, 1000, 1000, 2500, 1250]] for one in kept["passages"]]}
    del once["exact"]
    again = unpacked(packed(unpacked(once)))
    assert again.passages[0].words == (Word(0, 2, Box(0.1, 0.1, 0.25, 0.125)),)
    assert not again.exact, "how sure its words are was not kept: a copy is made of what is read again"


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def as_png() -> bytes:
    out = io.BytesIO()
    drawn(["Notes of the spring", SAID]).save(out, "PNG")
    return out.getvalue()


def rectangles(shown: str) -> list[tuple[str, str]]:
    return re.findall(r'kw-spot--(\w+)" href="#find-(\w+)"', shown)


@pytest.mark.django_db
@pytest.mark.usefixtures("finder")
@pytest.mark.parametrize(
    ("content", "name"), [(pdf_of(SAID), "notes.pdf"), (as_png(), "notes.png")], ids=["pdf", "png"]
)
def test_finds_are_marked_on_the_picture_and_lead_to_the_list(
    ada: Client, way: Walk, content: bytes, name: str
) -> None:
    original = bring(way, content, name)
    address = reverse("gate_one", args=[original.journey, original.ref])
    shown = ada.get(address).content.decode()
    marked = rectangles(shown)
    assert marked
    assert all(f'id="find-{key}"' in shown for _, key in marked), "each leads to where it is decided"
    order = [outcome == "decide" for outcome, _ in marked]
    assert all(one <= after for one, after in pairwise(order)), "what waits lies over the rest"
    decide_all(original, way.cast.ada, Choice.KEEP)
    assert {outcome for outcome, _ in rectangles(ada.get(address).content.decode())} == {"keep"}
    assert ink_under(ada, original, shown), "a mark lies where the picture has letters"


@pytest.mark.django_db
@pytest.mark.usefixtures("finder")
def test_a_copy_is_made_of_what_was_read_and_the_file_is_not_read_again(
    way: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    real = redacting.remake
    monkeypatch.setattr(redacting, "remake", lambda *told, **more: (given.append(told[3]), real(*told, **more))[1])
    original = bring(way, as_png(), "notes.png")
    decide_all(original, way.cast.ada)
    item = approve(original, way.cast.ada)
    assert item is not None, original.reason
    assert [one.passages for one in given] == [redacting.read(as_png(), FileKind.PNG, "notes.png").passages]


def ink_under(client: Client, original: Original, shown: str) -> bool:
    """Whether each mark on the picture covers something dark."""
    page: Any = client.get(reverse("gate_picture", args=[original.journey, original.ref, 1]))
    picture = Image.open(io.BytesIO(page.content)).convert("L")
    assert f'width="{picture.width}" height="{picture.height}"' in shown, "nothing moves when it comes"
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', shown)
    across, down = picture.width / SIDE, picture.height / SIDE
    for x, y, width, height in (map(float, one) for one in found):
        under = picture.crop((int(x * across), int(y * down), int((x + width) * across), int((y + height) * down)))
        if under.getextrema()[0] >= 128:
            return False
    return bool(found)


@pytest.mark.django_db
@pytest.mark.usefixtures("finder")
def test_what_a_person_adds_is_marked_on_the_picture_too(ada: Client, way: Walk) -> None:
    original = bring(way, pdf_of("The kingfisher came at dawn"), "notes.pdf")
    address = reverse("gate_one", args=[original.journey, original.ref])
    before = len(rectangles(ada.get(address).content.decode()))
    assert ada.post(address, {"do": "mark", "words": "kingfisher", "kind": "person"}).status_code == 303
    assert look(original).reducing
    assert len(rectangles(ada.get(address).content.decode())) == before + 1
