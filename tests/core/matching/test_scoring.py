"""Many fits at once are the fits of the plain definition, one by one, whatever people told."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kithwork.core.matching import Mentee, Mentor, Rules, Scorer, fit, veto
from kithwork.core.matching.fit import position
from kithwork.core.matching.scoring import _positions
from tests.core.matching.cohort import TODAY, cohort
from tests.core.matching.people import crowds, rules


def plain(mentees: list[Mentee], mentors: list[Mentor], by: Rules) -> list[list[int]]:
    def one(mentee: Mentee, mentor: Mentor) -> int:
        total = fit(mentee, mentor, by, TODAY).total
        return -1 if veto(mentee, mentor, by) or total < by.floor else total

    return [[one(mentee, mentor) for mentor in mentors] for mentee in mentees]


def at_once(mentees: list[Mentee], mentors: list[Mentor], by: Rules) -> list[list[int]]:
    found: list[list[int]] = np.concatenate([fits for _, fits in Scorer(mentees, mentors, by, TODAY).blocks()]).tolist()
    return found


@given(crowds(), rules())
@settings(max_examples=40)
def test_equals_the_definition_whatever_is_told(crowd: tuple[list[Mentee], list[Mentor]], by: Rules) -> None:
    mentees, mentors = crowd
    expected = plain(mentees, mentors, by)
    assert at_once(mentees, mentors, by) == expected
    rows, columns = np.divmod(np.arange(len(mentees) * len(mentors)), len(mentors))
    assert Scorer(mentees, mentors, by, TODAY).pairs(rows, columns).tolist() == [fit for row in expected for fit in row]


def test_equals_the_definition_in_a_crowd_of_a_hundred() -> None:
    mentees, mentors = cohort(100)
    assert at_once(mentees, mentors, Rules()) == plain(mentees, mentors, Rules())


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 1000))
def test_every_quotient_of_needs_comes_out_whole(needs: int, met: int, weight: int) -> None:
    told = [f"need {at}" for at in range(needs)]
    mentees = [Mentee("e", needs=frozenset(told))]
    mentors = [Mentor("o", skills=frozenset(told[:met]) | {"other"})]
    by = Rules(weights={"needs": weight})
    assert at_once(mentees, mentors, by) == plain(mentees, mentors, by)


@given(st.sampled_from((0.0, 1.0, 7.3, 25.0)), st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=8))
def test_distances_come_out_alike_at_the_edge_of_a_reach(reach: float, far: list[float]) -> None:
    mentees = [Mentee(f"e{at}", lat=52 + north, lon=0.1) for at, north in enumerate([0.0, *far])]
    mentors = [Mentor("o", lat=52.0, lon=0.1, max_km=reach), Mentor("p", lat=52.0, lon=0.1)]
    assert at_once(mentees, mentors, Rules()) == plain(mentees, mentors, Rules())


def test_everybody_stands_to_the_metre_where_the_definition_says() -> None:
    chance = random.Random(4)
    round_ones = (0.0, 30.0, 45.0, 60.0, -90.0, 90.0)
    north = [round(chance.uniform(-90, 90), chance.randint(0, 7)) for _ in range(20_000)]
    people = [
        Mentee(id=str(at), lat=chance.choice((lat, *round_ones)), lon=chance.choice((2 * lat, *round_ones, 180.0)))
        for at, lat in enumerate(north)
    ]
    where, placed = _positions([*people, Mentee(id="x", lat=1.0), Mentee(id="y")])
    assert placed.tolist() == [True] * len(people) + [False, False]
    assert [tuple(map(int, one)) for one in where[:-2]] == [position(one) for one in people]
