"""What a coordinator asks of a proposal: each answer is that of solving anew, and each reason that of two people."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from kithwork.core.matching import (
    Grid,
    Impossible,
    Mentee,
    Mentor,
    Objective,
    Rules,
    Scorer,
    assign,
    choices,
    fit,
    veto,
    vetoes,
    what_if,
    why_unmatched,
)
from tests.core.matching.cohort import TODAY, cohort
from tests.core.matching.people import crowds, rules

COVER = Objective.COVERAGE


def ground(mentees: list[Mentee], mentors: list[Mentor], by: Rules | None = None) -> tuple[Grid, list[int]]:
    return Grid(Scorer(mentees, mentors, by or Rules(), TODAY)), [mentor.capacity for mentor in mentors]


def best(grid: Grid, places: list[int], fixed: dict[int, int]) -> tuple[int, int]:
    """Matched and total with these pairs fixed, by looking at every set."""
    (fits,) = (block.tolist() for _, block in grid.scorer.blocks())
    options = [
        [fixed[at]] if at in fixed else [-1, *(m for m, fit in enumerate(row) if fit >= 0)]
        for at, row in enumerate(fits)
    ]
    sets = (one for one in product(*options) if all(one.count(m) <= room for m, room in enumerate(places)))
    sums = ([fits[at][m] for at, m in enumerate(one) if m >= 0] for one in sets)
    return max((len(one), sum(one)) for one in sums)


@pytest.mark.parametrize("seed", range(12))
def test_the_cost_to_others_is_that_of_every_set_looked_at(seed: int) -> None:
    grid, places = ground(*cohort(5, 0.7, seed))
    proposal = assign(grid, places, COVER, TODAY)
    for mentee in range(len(grid)):
        own = max(int(proposal.fit_of[mentee]), 0)
        for choice in choices(grid, places, COVER, TODAY, proposal, mentee):
            matched, total = best(grid, places, {mentee: choice.mentor})
            assert choice.fewer == proposal.matched - matched
            assert choice.cost == (proposal.total - own) - (total - choice.fit.total)
            assert choice.assignment.mentor_of[mentee] == choice.mentor


def test_what_a_choice_costs_the_others() -> None:
    maths, sums = frozenset({"maths"}), frozenset({"sums"})
    mentees = [Mentee("e0", needs=maths), Mentee("e1", needs=maths)]
    grid, places = ground(mentees, [Mentor("o0", skills=maths), Mentor("o1", skills=sums)])
    first, second = choices(grid, places, COVER, TODAY, assign(grid, places, COVER, TODAY), 1)
    assert (first.mentor, second.mentor) == (0, 1)
    # whoever has maths has 300 more of it; the other goes without
    assert sorted((first.cost, second.cost)) in ([-300, 0], [0, 300])
    assert first.cost - second.cost == 300


def test_the_five_best_come_in_order_and_the_proposed_one_costs_nothing() -> None:
    mentees, mentors = cohort(60)
    grid, places = ground(mentees, mentors)
    proposal = assign(grid, places, COVER, TODAY)
    fits = [one.fit.total for one in choices(grid, places, COVER, TODAY, proposal, 3)]
    possible = [fit(mentees[3], one, Rules(), TODAY).total for one in mentors if not veto(mentees[3], one, Rules())]
    assert fits == sorted(possible, reverse=True)[:5]
    same = what_if(grid, places, COVER, TODAY, proposal, (3, int(proposal.mentor_of[3])))
    assert (same.cost, same.fewer) == (0, 0)


def test_a_mentor_whose_places_are_kept_is_no_choice() -> None:
    grid, places = ground([Mentee("e0"), Mentee("e1")], [Mentor("o0"), Mentor("o1")])
    keep = [(1, 0)]
    proposal = assign(grid, places, COVER, TODAY, keep=keep)
    found = choices(grid, places, COVER, TODAY, proposal, 0, keep=keep)
    assert [one.mentor for one in found] == [1]
    with pytest.raises(Impossible):
        what_if(grid, places, COVER, TODAY, proposal, (0, 0), keep=keep)


def test_a_refused_pair_is_no_choice_unless_it_is_asked_for_by_name() -> None:
    grid, places = ground([Mentee("e0")], [Mentor("o0"), Mentor("o1")])
    refused = [(0, 0)]
    proposal = assign(grid, places, COVER, TODAY, forbid=refused)
    assert proposal.pairs == [(0, 1)]
    assert [one.mentor for one in choices(grid, places, COVER, TODAY, proposal, 0, forbid=refused)] == [1]
    assert what_if(grid, places, COVER, TODAY, proposal, (0, 0), forbid=refused).assignment.pairs == [(0, 0)]


def test_why_somebody_is_left_counts_what_stands_in_the_way() -> None:
    mentee = Mentee("e0", household="elm", not_with=frozenset({"o1"}), wants_gender="f")
    mentors = [Mentor("o0", gender="f", household="elm"), Mentor("o1"), Mentor("o2", gender="m", lacks="vetting")]
    grid, _ = ground([mentee], mentors)
    assert why_unmatched(grid, 0) == [
        "2 of 3 mentors: An essential wish of the mentee about gender is not met.",
        "1 of 3 mentors: Not before this is there: vetting.",
        "1 of 3 mentors: These two are not to be matched.",
        "1 of 3 mentors: They live in the same household.",
    ]


def test_why_somebody_is_left_whose_mentors_are_needed_elsewhere() -> None:
    needs = frozenset({"maths"})
    grid, places = ground([Mentee("e0"), Mentee("e1", needs=needs)], [Mentor("o0", skills=needs)])
    assert assign(grid, places, COVER, TODAY).pairs == [(1, 0)]
    assert why_unmatched(grid, 0) == [
        "The one possible mentor is matched with others, so that as much as can be is reached for all."
    ]


def test_why_somebody_is_left_whose_fits_are_too_low() -> None:
    grid, _ = ground([Mentee("e0")], [Mentor("o0")], Rules(floor=900))
    assert why_unmatched(grid, 0) == ["1 of 1 mentors: The fit is below what the rules ask for."]


@given(crowds(3), rules())
@settings(max_examples=60)
def test_no_score_buys_back_a_veto(crowd: tuple[list[Mentee], list[Mentor]], by: Rules) -> None:
    mentees, mentors = crowd
    grid, places = ground(mentees, mentors, by)
    for objective in Objective:
        for mentee, mentor in assign(grid, places, objective, TODAY).pairs:
            assert list(vetoes(mentees[mentee], mentors[mentor], by)) == []


CID = Mentee("e", lat=51.5, lon=-0.1, about=frozenset({"hills"}))
BEA = Mentor("o", lat=51.5, lon=-0.1, max_km=5, about=frozenset({"dogs"}), gender="f")


@pytest.mark.parametrize(
    ("mentee", "mentor", "why"),
    [
        ({}, {"capacity": 0}, "The mentor has no room."),
        ({}, {"lacks": "vetting"}, "Not before this is there: vetting."),
        ({"lacks": "a consent"}, {}, "Not before this is there: a consent."),
        ({}, {"line_manages": frozenset({"e"})}, "The mentor is their line manager."),
        ({"not_with": frozenset({"o"})}, {}, "These two are not to be matched."),
        ({}, {"not_with": frozenset({"e"})}, "These two are not to be matched."),
        ({"ended_badly": frozenset({"o"})}, {}, "A match of these two has ended badly."),
        ({}, {"ended_badly": frozenset({"e"})}, "A match of these two has ended badly."),
        ({"household": "elm"}, {"household": "elm"}, "They live in the same household."),
        ({"wants_gender": "m"}, {}, "An essential wish of the mentee about gender is not met."),
        ({"essential": frozenset({"cats"})}, {}, "An essential wish of the mentee is not met."),
        ({}, {"essential": frozenset({"cats"})}, "An essential wish of the mentor is not met."),
        ({"lat": 51.6}, {}, "It is further than the mentor can go."),
    ],
)
def test_each_veto_says_itself_and_stands_alone(mentee: dict[str, object], mentor: dict[str, object], why: str) -> None:
    ours, theirs = replace(CID, **mentee), replace(BEA, **mentor)  # type: ignore[arg-type]
    assert list(vetoes(CID, BEA, Rules())) == []
    assert list(vetoes(ours, theirs, Rules())) == [why]
    grid, places = ground([ours], [theirs])
    assert assign(grid, places, COVER, TODAY).pairs == []


def test_wishes_that_are_met_are_no_veto() -> None:
    ours = replace(CID, essential=frozenset({"dogs"}), wants_gender="F")
    assert veto(ours, replace(BEA, essential=frozenset({"hills"})), Rules()) == ""


def test_gender_household_and_names_are_in_no_score() -> None:
    other = replace(BEA, gender="m", name="Other", household="oak")
    assert fit(CID, BEA, Rules(), TODAY) == fit(replace(CID, gender="f", name="Cy"), other, Rules(), TODAY)
