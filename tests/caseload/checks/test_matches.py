"""Checks of profiles, of how matches are made, and of boundaries, on the edge of each rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import BoundaryChange, Match, Pause, Practice
from kithwork.core.readiness import State
from kithwork.core.readiness.catalogue import read
from tests.caseload.checks.pairs import BOTH, DAY, SINCE, Pair
from tests.caseload.checks.put import AT, fails, put
from tests.running import a_mentee

FULL = {"profile": "Likes the sea.", "interests": ["chess"], "availability": ["mon-am"]}

# profiles


@pytest.mark.parametrize("whose", ["mentee", "mentor"])
@pytest.mark.parametrize(
    ("lacks", "kept"), [({}, True), ({"profile": ""}, False), ({"interests": []}, False), ({"availability": []}, False)]
)
def test_profile_interests_and_free_times_of_either_side_make_a_profile(
    practice: Practice, pair: Pair, whose: str, lacks: dict[str, Any], kept: bool
) -> None:
    match = pair(**{whose: {**FULL, **lacks}})
    asked = put(practice, AT, "profiles.completed", of=[f"{whose}s"])
    person = match.mentee if whose == "mentee" else match.mentor
    assert asked.answer.total == 1
    assert asked.fail == ([] if kept else [person.ref])


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"introduced_on": AT, "first_met_on": None}, True),
        ({"introduced_on": AT + DAY, "first_met_on": None}, False),
        ({"ended_on": AT}, True),
        ({"ended_on": AT - DAY}, False),
    ],
)
def test_a_profile_is_asked_for_while_a_match_runs(
    practice: Practice, pair: Pair, more: dict[str, Any], asked: bool
) -> None:
    pair(**more)
    for whose in BOTH:
        assert put(practice, AT, "profiles.completed", of=[whose]).answer.failing == asked


def test_who_waits_is_not_asked_for_a_profile_and_who_is_away_is(practice: Practice, pair: Pair, by: User) -> None:
    match = pair()
    a_mentee(practice.service, AT, "Waits")
    Pause.objects.create(mentee=match.mentee, begins=AT - DAY, reason="Holiday", by=by)
    assert put(practice, AT, "profiles.completed", of="mentees").fail == [match.mentee.ref]


# how a match is made


@pytest.mark.parametrize(
    ("more", "total"),
    [
        ({}, 1),
        ({"introduced_on": AT}, 1),
        ({"introduced_on": AT + DAY}, 0),
        ({"introduced_on": date(2021, 1, 4)}, 1),
        ({"introduced_on": date(2025, 1, 4), "ended_on": SINCE}, 1),
        ({"introduced_on": date(2025, 1, 4), "ended_on": SINCE - DAY}, 0),
        ({"ended_on": AT + DAY}, 1),
    ],
)
def test_matches_are_asked_about_that_ran_on_a_day_of_the_year(
    practice: Practice, pair: Pair, more: dict[str, Any], total: int
) -> None:
    pair(**{"first_met_on": None, **more})
    for name in ("matches.reasoned", "matches.introduced", "matches.explained", "matches.agreed"):
        assert put(practice, AT, name).answer.total == total


def test_the_year_before_29_february_begins_on_1_march(practice: Practice, pair: Pair) -> None:
    leap = date(2028, 2, 29)
    pair(introduced_on=date(2026, 1, 1), first_met_on=None, ended_on=date(2027, 2, 28))
    assert put(practice, leap, "matches.reasoned").answer.total == 0
    assert put(practice, leap, "matches.reasoned").state is State.NOT_RECORDED
    pair(introduced_on=date(2026, 1, 1), first_met_on=None, ended_on=date(2027, 3, 1))
    assert put(practice, leap, "matches.reasoned").answer.total == 1


@pytest.mark.parametrize(
    ("name", "lacks"), [("matches.reasoned", {"rationale": ""}), ("matches.introduced", {"introduced_by": ""})]
)
def test_reasons_and_who_introduced_them_are_on_record(
    practice: Practice, pair: Pair, name: str, lacks: dict[str, Any]
) -> None:
    pair()
    assert put(practice, AT, name).state is State.MET
    bad = pair(**lacks)
    assert put(practice, AT, name).fail == [bad.ref]


@pytest.mark.parametrize("field", ["told_on", "answered_on"])
@pytest.mark.parametrize("side", ["mentee", "mentor"])
@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True), (None, True)])
def test_told_and_agreed_on_the_day_of_the_introduction_is_in_time(
    practice: Practice, pair: Pair, field: str, side: str, days: int | None, late: bool
) -> None:
    introduced = AT - 30 * DAY
    on = None if days is None else introduced + days * DAY
    match = pair(introduced_on=introduced, **{f"{side}_{field}": on})
    name = "matches.explained" if field == "told_on" else "matches.agreed"
    assert fails(put(practice, AT, name, of=BOTH, before="introduction"), match) == late
    assert fails(put(practice, AT, name, of=[f"{side}s"]), match) == late
    other = "mentors" if side == "mentee" else "mentees"
    assert not fails(put(practice, AT, name, of=[other]), match)


@pytest.mark.parametrize("answer", ["", "no"])
def test_a_day_without_a_yes_is_no_agreement(practice: Practice, pair: Pair, answer: str) -> None:
    match = pair(mentor_answer=answer)
    assert fails(put(practice, AT, "matches.agreed"), match)


def test_a_justification_is_asked_for_where_a_protected_characteristic_decided(practice: Practice, pair: Pair) -> None:
    pair()
    nobody = put(practice, AT, "matches.justified", when="protected-characteristic")
    assert (nobody.answer.total, nobody.state) == (0, None)
    pair(characteristic="gender", justification="The mentee asked for a woman, after what happened.")
    one = put(practice, AT, "matches.justified", when="protected-characteristic")
    assert (one.answer.total, one.state) == (1, State.MET)
    assert one.figure == "1 of 1 match decided by a protected characteristic made with the justification noted"


def test_what_cannot_be_mended_heals_a_year_after_the_last_day_and_not_while_a_match_runs(
    practice: Practice, pair: Pair
) -> None:
    old = {"introduced_on": date(2026, 1, 4), "first_met_on": None, "introduced_by": ""}
    pair(ended_on=date(2026, 3, 1), **old)
    pair(ended_on=date(2026, 2, 1), **old)
    pair()
    healed = date(2027, 3, 1)
    assert put(practice, AT, "matches.introduced").answer.heals == healed
    assert put(practice, healed - DAY, "matches.introduced").answer.failing == 1
    assert put(practice, healed, "matches.introduced").answer.failing == 0
    pair(introduced_by="")
    still = put(practice, AT, "matches.introduced").answer
    assert (still.failing, still.heals) == (3, None)


@pytest.mark.parametrize(
    ("ended", "healed"),
    [
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (date(2028, 3, 1), date(2029, 3, 1)),
    ],
)
def test_the_day_it_heals_is_the_first_on_which_it_is_not_asked_about(
    practice: Practice, pair: Pair, ended: date, healed: date
) -> None:
    pair(introduced_by="", ended_on=ended)
    assert put(practice, ended + DAY, "matches.introduced").answer.heals == healed
    assert put(practice, healed - DAY, "matches.introduced").answer.failing == 1
    assert put(practice, healed, "matches.introduced").answer.total == 0


def test_a_parameter_that_is_not_known_is_refused_with_the_names_as_schemes_write_them() -> None:
    with pytest.raises(ValueError, match="knows no 'whom'; it knows 'of', 'before'"):
        read("matches.explained", {"whom": ["mentees"]})


# boundaries


@pytest.mark.parametrize(
    ("noticed", "done", "total", "fails"),
    [
        (AT, None, 0, 0),
        (AT, AT, 1, 0),
        (AT - DAY, None, 1, 1),
        (AT - DAY, AT, 1, 0),
        (AT - DAY, AT + DAY, 1, 1),
        (AT + DAY, AT + DAY, 0, 0),
        (date(2024, 5, 1), None, 1, 1),
    ],
)
def test_a_change_of_boundaries_is_acted_on(
    practice: Practice, pair: Pair, by: User, noticed: date, done: date | None, total: int, fails: int
) -> None:
    match = pair(introduced_on=date(2024, 1, 4), first_met_on=None)
    assert put(practice, AT, "boundaries.acted_on").state is None
    BoundaryChange.objects.create(
        match=match, noticed_on=noticed, what="They meet at home.", done="Talked." if done else "", done_on=done, by=by
    )
    asked = put(practice, AT, "boundaries.acted_on")
    assert (asked.answer.total, asked.answer.failing) == (total, fails)
    assert asked.fail == [match.ref] * fails
    Match.objects.update(ended_on=SINCE - DAY)
    assert put(practice, AT, "boundaries.acted_on").answer.total == 0
