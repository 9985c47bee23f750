"""What pieces cover: counts by requirement and point, gaps, and which links can be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.portfolio import SENTENCE, Link, coverage, may_link
from kithwork.core.schemes.model import Requirement


def requirement(id: str, *points: str) -> Requirement:
    return Requirement(
        id=id, number=id, level="l", area="a", title=id.upper(), asks="x", points=points, assessed="p", source="made up"
    )


ONE, TWO = requirement("one", "first", "second", "third"), requirement("two")


def test_each_piece_counts_once_for_a_requirement_and_once_for_each_of_its_points() -> None:
    pieces = [[Link("one", (1, 3))], [Link("one"), Link("two")], [Link("one", (1,)), Link("elsewhere", (9,))], []]
    one, two = coverage([ONE, TWO], pieces)
    assert (one.pieces, one.points, one.open_points) == (3, (2, 0, 1), (2,))
    assert (two.pieces, two.points, two.open_points) == (1, (), ())


def test_linked_as_a_whole_names_no_point() -> None:
    (one,) = coverage([ONE], [[Link("one")]])
    assert (one.pieces, one.open_points) == (1, (1, 2, 3))


links = st.builds(
    Link,
    st.sampled_from(["one", "two", "elsewhere"]),
    st.sets(st.integers(1, 3)).map(lambda found: tuple(sorted(found))),
).map(lambda link: link if link.slot == "one" else Link(link.slot))


@given(st.lists(st.lists(links, max_size=3, unique_by=lambda link: link.slot), max_size=6), st.randoms())
def test_the_order_of_pieces_does_not_matter_and_one_more_never_takes_away(
    pieces: list[list[Link]], chance: object
) -> None:
    before = coverage([ONE, TWO], pieces)
    shuffled = list(pieces)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert coverage([ONE, TWO], shuffled) == before
    after = coverage([ONE, TWO], [*pieces, [Link("one", (2,))]])
    assert after[0].pieces == before[0].pieces + 1
    assert all(later >= earlier for later, earlier in zip(after[0].points, before[0].points, strict=True))
    assert after[1] == before[1]


@pytest.mark.parametrize(
    ("asked", "link", "because"),
    [
        (ONE, Link("one"), ""),
        (ONE, Link("one", (1, 2, 3), "x" * SENTENCE), ""),
        (None, Link("other"), "Say what this piece shows"),
        (ONE, Link("one", (0,)), "no such point"),
        (ONE, Link("one", (4,)), "no such point"),
        (TWO, Link("two", (1,)), "no such point"),
        (ONE, Link("one", (1, 1)), "each point once"),
        (ONE, Link("one", (1,), "x" * (SENTENCE + 1)), "at most 500"),
    ],
)
def test_which_links_can_be_kept(asked: Requirement | None, link: Link, because: str) -> None:
    verdict = may_link(asked, link)
    assert bool(verdict) is not bool(because)
    assert because in verdict.because
