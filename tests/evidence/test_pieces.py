"""Case studies: 300 to 800 words, declared, one text at a time."""

from collections.abc import Callable

import pytest

from kithwork.core.verdict import Refused
from kithwork.evidence.actions import write_piece
from kithwork.evidence.models import Feedback, Item, Round
from kithwork.evidence.queries import items_for
from kithwork.procedures import assessing
from kithwork.procedures.sample import Walk
from kithwork.procedures.sample.words import let_go

BOTH = ("consent", "took-part")


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


def write(way: Walk, words: int = 400, declared: tuple[str, ...] = BOTH, piece: str = "mentee-journey") -> Item:
    return write_piece(
        journey=way.journey,
        stage="case-studies",
        piece_id=piece,
        text="word " * words,
        declared=declared,
        by=way.cast.ada,
        passing=let_go(way.cast.ada),
        today=way.today,
    )


def send(way: Walk) -> None:
    assessing.send_evidence(
        journey=way.journey, stage="case-studies", slots=["mentee-journey"], by=way.cast.ada, today=way.today
    )


@pytest.mark.parametrize(
    ("words", "because"),
    [(0, "0 words"), (299, "at least 300"), (300, ""), (800, ""), (801, "at most 800")],
)
def test_a_piece_has_its_words(way: Walk, words: int, because: str) -> None:
    if because:
        with pytest.raises(Refused, match=because):
            write(way, words)
        assert not Item.objects.exists()
    else:
        item = write(way, words)
        assert items_for(way.journey, "mentee-journey") == [item]


@pytest.mark.parametrize("declared", [(), ("consent",), ("took-part",), ("something-else",)])
def test_every_declaration_is_made(way: Walk, declared: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="Please confirm"):
        write(way, declared=declared)
    assert not Item.objects.exists()


def test_what_was_declared_is_kept_word_for_word(way: Walk) -> None:
    item = write(way)
    assert item.casework
    assert item.redacted_by == way.cast.ada
    assert item.declarations == {
        "consent": "This is about a real person, who has agreed that their story may be shared.",
        "took-part": "That person took part in writing it.",
    }


def test_a_new_text_takes_the_place_of_the_one_before(way: Walk) -> None:
    write(way)
    other = write(way, piece="mentor-journey")
    second = write(way, 500)
    assert items_for(way.journey, "mentee-journey") == [second]
    assert items_for(way.journey, "mentor-journey") == [other]


def test_a_refused_text_leaves_the_one_before(way: Walk) -> None:
    first = write(way)
    with pytest.raises(Refused):
        write(way, 2)
    send(way)
    with pytest.raises(Refused, match="with the assessor"):
        write(way, 500)
    assert items_for(way.journey, "mentee-journey") == [first]


def test_what_was_sent_can_be_read_after_it_was_written_anew(way: Walk) -> None:
    first = write(way)
    send(way)
    way.judge(way.edition.stage("case-studies"), ["mentee-journey"], Feedback.Outcome.RETURNED, "How did it end?")
    second = write(way, 500)
    send(way)
    assert [list(one.items.all()) for one in Round.objects.order_by("number")] == [[first], [second]]


@pytest.mark.parametrize("stage", ["case-studies", "online"])
def test_a_piece_nobody_asked_for_is_refused(way: Walk, stage: str) -> None:
    with pytest.raises(Refused, match="no such piece"):
        write_piece(
            journey=way.journey, stage=stage, piece_id="poem", text="word " * 400, declared=BOTH, by=way.cast.ada,
            passing=let_go(way.cast.ada), today=way.today,
        )  # fmt: skip
