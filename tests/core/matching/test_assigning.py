"""The best set of pairs, against every set there is: small crowds, all objectives, places, vetoes, ties."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kithwork.core.matching import Grid, Impossible, Mentee, Mentor, Objective, Pair, Rules, Scorer, assign, solving
from kithwork.core.matching import grid as grids
from kithwork.core.matching.assigning import waited
from tests.core.matching.cohort import TODAY


class Given(Scorer):
    """Fits as they are given, so that every shape of problem is met."""

    def __init__(self, fits: Sequence[Sequence[int]], weeks: Sequence[int]) -> None:
        mentees = [Mentee(f"e{at}", waiting_since=TODAY - timedelta(weeks=ago)) for at, ago in enumerate(weeks)]
        super().__init__(mentees, [Mentor(f"o{at}", capacity=3) for at in range(len(fits[0]))], Rules(), TODAY)
        self.fits = np.array(fits, dtype=np.int16)

    def rows(self, rows: NDArray[np.intp]) -> NDArray[np.int16]:
        return self.fits[rows].copy()

    def pairs(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int16]:
        return self.fits[rows, columns]


Case = tuple[list[list[int]], list[int], list[int]]  # fits, places of each mentor, weeks of each mentee


@st.composite
def cases(draw: st.DrawFn) -> Case:
    mentees, mentors = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    fits = st.sampled_from((-1, -1, 0, 1, 5, 5, 1000)) if draw(st.booleans()) else st.integers(-1, 1000)
    row = st.lists(fits, min_size=mentors, max_size=mentors)
    return (
        draw(st.lists(row, min_size=mentees, max_size=mentees)),
        draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors)),
        draw(st.lists(st.integers(0, 60), min_size=mentees, max_size=mentees)),
    )


def every_set(fits: list[list[int]], places: list[int]) -> Iterator[tuple[int, ...]]:
    """Each way to give every mentee a mentor or none (-1), within places and vetoes."""
    choices = [[-1, *(at for at, fit in enumerate(row) if fit >= 0)] for row in fits]
    for picked in product(*choices):
        if all(picked.count(at) <= room for at, room in enumerate(places)):
            yield picked


def measure(picked: Sequence[int], case: Case, objective: Objective) -> tuple[int, ...]:
    fits, _, weeks = case
    pairs = [(at, mentor) for at, mentor in enumerate(picked) if mentor >= 0]
    total, waited = sum(fits[at][mentor] for at, mentor in pairs), sum(weeks[at] for at, _ in pairs)
    worst = min((fits[at][mentor] for at, mentor in pairs), default=0)
    if objective is Objective.TOTAL:
        return total, len(pairs), waited
    return (len(pairs), total, waited) if objective is Objective.COVERAGE else (len(pairs), worst, total, waited)


@pytest.mark.parametrize("objective", list(Objective))
@given(case=cases())
@settings(max_examples=60)
def test_nothing_better_exists(objective: Objective, case: Case) -> None:
    fits, places, weeks = case
    found = assign(Grid(Given(fits, weeks)), places, objective, TODAY)
    best = max(measure(picked, case, objective) for picked in every_set(fits, places))
    assert measure(found.mentor_of.tolist(), case, objective) == best
    assert found.certificate.holds


@pytest.mark.parametrize("objective", list(Objective))
@pytest.mark.parametrize(
    ("small", "every", "few", "exact"), [(50_000, 0, 12, 99), (0, 60_000, 12, 99), (0, 0, 1, 99), (0, 0, 1, 0)]
)
def test_nothing_better_exists_in_hundreds_of_cases_by_chance(
    objective: Objective, small: int, every: int, few: int, exact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a full table; as all pairs that can be; so that nearly every pair must be found by its price; and that where
    fits are known to the next four, as of a large crowd.
    """
    monkeypatch.setattr(solving, "SMALL", small)
    monkeypatch.setattr(solving, "ALL", every)
    monkeypatch.setattr(solving, "FEW", few)
    monkeypatch.setattr(grids, "EXACT", exact)
    chance = random.Random(7)
    for _ in range(225):
        mentees, mentors, high = chance.randint(1, 5), chance.randint(1, 3), chance.choice((2, 30, 1000))
        fits = [[chance.randint(-high // 3 - 1, high) for _ in range(mentors)] for _ in range(mentees)]
        case = (
            [[max(fit, -1) for fit in row] for row in fits],
            [chance.randint(0, 2) for _ in range(mentors)],
            [chance.randint(0, 40) for _ in range(mentees)],
        )
        found = assign(Grid(Given(case[0], case[2])), case[1], objective, TODAY)
        best = max(measure(picked, case, objective) for picked in every_set(case[0], case[1]))
        assert measure(found.mentor_of.tolist(), case, objective) == best, case


@pytest.mark.parametrize("objective", list(Objective))
@given(case=cases())
@settings(max_examples=30)
def test_places_and_vetoes_hold(objective: Objective, case: Case) -> None:
    fits, places, weeks = case
    found = assign(Grid(Given(fits, weeks)), places, objective, TODAY)
    taken = np.bincount([mentor for _, mentor in found.pairs], minlength=len(places))
    assert (taken <= places).all()
    assert [fits[at][mentor] for at, mentor in found.pairs] == [fit for fit in found.fit_of.tolist() if fit >= 0]


@given(case=cases(), by=st.integers(1, 200), pick=st.integers(0, 4))
@settings(max_examples=60)
def test_a_better_fit_never_loses_its_pair(case: Case, by: int, pick: int) -> None:
    fits, places, weeks = case
    for objective in (Objective.TOTAL, Objective.COVERAGE):
        pairs = assign(Grid(Given(fits, weeks)), places, objective, TODAY).pairs
        if pairs:
            at, mentor = pairs[pick % len(pairs)]
            better = [list(row) for row in fits]
            better[at][mentor] += by
            assert (at, mentor) in assign(Grid(Given(better, weeks)), places, objective, TODAY).pairs


@given(case=cases(), data=st.data())
@settings(max_examples=60)
def test_kept_and_refused_pairs_stand_and_the_rest_is_best(case: Case, data: st.DataObject) -> None:
    fits, places, weeks = case
    some = data.draw(st.sampled_from(list(every_set(fits, places))))
    keep = {(at, mentor) for at, mentor in enumerate(some) if mentor >= 0 and data.draw(st.booleans())}
    every = [(at, mentor) for at in range(len(fits)) for mentor in range(len(places))]
    forbid: set[Pair] = set(data.draw(st.lists(st.sampled_from(every), max_size=3))) - keep
    held = np.array(fits)
    for pair in forbid:
        held[pair] = -1
    scorer = Given(fits, weeks)
    for objective in (Objective.TOTAL, Objective.COVERAGE):
        found = assign(Grid(scorer), places, objective, TODAY, keep=keep, forbid=forbid)
        assert keep <= set(found.pairs)
        assert not forbid & set(found.pairs)
        ways = (one for one in every_set(held.tolist(), places) if all(one[at] == mentor for at, mentor in keep))
        best = max(measure(one, case, objective) for one in ways)
        # what is kept counts by its people's own fit, here not the fit that is given
        chosen = sum(int(found.fit_of[at]) for at, _ in found.pairs if (at, found.mentor_of[at]) not in keep)
        reached = chosen + sum(fits[at][mentor] for at, mentor in keep)
        assert reached == best[0 if objective is Objective.TOTAL else 1]


def test_a_vetoed_pair_cannot_be_kept() -> None:
    mentees, mentors = [Mentee("e0", household="elm")], [Mentor("o0", household="elm")]
    with pytest.raises(Impossible, match="They live in the same household"):
        assign(Grid(Scorer(mentees, mentors, Rules(), TODAY)), [1], Objective.COVERAGE, TODAY, keep=[(0, 0)])


def test_there_is_no_more_room_than_there_is_for_pairs_that_are_kept() -> None:
    mentees, mentors = [Mentee("e0"), Mentee("e1")], [Mentor("o0")]
    with pytest.raises(Impossible, match="There is no place to keep e1 with o0"):
        assign(Grid(Scorer(mentees, mentors, Rules(), TODAY)), [1], Objective.COVERAGE, TODAY, keep=[(0, 0), (1, 0)])


@pytest.mark.parametrize("objective", list(Objective))
def test_among_equals_the_longest_wait_comes_first(objective: Objective) -> None:
    found = assign(Grid(Given([[500], [500], [500]], [3, 9, 4])), [1], objective, TODAY)
    assert found.mentor_of.tolist() == [-1, 0, -1]


@pytest.mark.parametrize("objective", list(Objective))
def test_nobody_and_nowhere(objective: Objective) -> None:
    assert assign(Grid(Given([[-1, -1]], [5])), [1, 1], objective, TODAY).matched == 0
    assert assign(Grid(Given([[700]], [5])), [0], objective, TODAY).matched == 0
    empty = Scorer([], [], Rules(), TODAY)
    assert assign(Grid(empty), [], objective, TODAY).pairs == []


def test_days_to_come_are_no_wait_and_untold_is_none() -> None:
    assert waited(Mentee("e", waiting_since=TODAY + timedelta(days=30)), TODAY) == 0
    assert waited(Mentee("e"), TODAY) == 0
    assert waited(Mentee("e", waiting_since=TODAY - timedelta(days=20)), TODAY) == 2
