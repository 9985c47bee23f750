"""A sample is the same whoever draws it, and nobody chooses what is in it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.readiness.sampling import drawn, size_for

REFS = st.sets(st.text("bcdfghjkmnpqrstvwxyz23456789", min_size=12, max_size=12), max_size=60)
FOR = {"journey": "abcdefghjkmn", "requirement": "42", "check": "mentees.contacted", "turn": 1}


@given(REFS, st.integers(0, 20), st.randoms())
def test_the_order_in_which_rows_come_is_no_matter(refs: set[str], size: int, shuffled) -> None:  # type: ignore[no-untyped-def]
    rows = sorted(refs)
    shuffled.shuffle(rows)
    sample = drawn(rows, size=size, **FOR)  # type: ignore[arg-type]
    assert sample == drawn(sorted(refs), size=size, **FOR)  # type: ignore[arg-type]
    assert len(sample) == len(set(sample)) == min(size, len(refs))
    assert set(sample) <= refs


@given(REFS, st.sets(st.text("bcdfghjkmnpqrstvwxyz", min_size=12, max_size=12), max_size=5))
def test_who_was_drawn_stays_drawn_while_the_others_come_and_go(refs: set[str], new: set[str]) -> None:
    """A service that draws again and again, with other people on record, cannot get rid of one it does not like."""
    before = drawn(refs, size=8, **FOR)  # type: ignore[arg-type]
    after = drawn(refs | new, size=8, **FOR)  # type: ignore[arg-type]
    assert [one for one in after if one in refs] == before[: len([one for one in after if one in refs])]


def test_another_turn_requirement_or_journey_is_another_sample() -> None:
    refs = [f"{n:012d}" for n in range(200)]
    samples = {
        tuple(drawn(refs, size=8, **{**FOR, **other}))  # type: ignore[arg-type]
        for other in ({}, {"turn": 2}, {"requirement": "53"}, {"journey": "z" * 12}, {"check": "plans.agreed"})
    }
    assert len(samples) == 5


def test_everybody_is_drawn_alike_often() -> None:
    refs = [f"{n:012d}" for n in range(40)]
    seen = Counter(ref for turn in range(1, 2001) for ref in drawn(refs, size=8, **{**FOR, "turn": turn}))  # type: ignore[arg-type]
    assert min(seen.values()) > 300  # 400 each, were chance fair to the last one
    assert max(seen.values()) < 500


@pytest.mark.parametrize(("total", "size"), [(0, 0), (3, 3), (5, 5), (6, 5), (50, 5), (51, 6), (120, 12), (9000, 12)])
def test_how_many_are_shown(total: int, size: int) -> None:
    assert size_for(total) == size


@pytest.mark.parametrize(("turn", "size"), [(0, 5), (-1, 5), (1, -1)])
def test_no_turn_before_the_first(turn: int, size: int) -> None:
    with pytest.raises(ValueError, match="a sample has a turn from 1"):
        drawn(["abc"], size=size, **{**FOR, "turn": turn})  # type: ignore[arg-type]
