"""The check of written agreements, on the edge of its rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Agreement, Match, Practice
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.core.readiness.catalogue import read
from tests.caseload.checks.pairs import BOTH, DAY, Pair
from tests.caseload.checks.put import AT, fails, put


def agreed(match: Match, by: User, on: date | None, **more: Any) -> Agreement:
    given = {"drawn_up_on": match.introduced_on, "mentee_on": on, "mentor_on": on, "service_on": on, "by": by}
    return Agreement.objects.create(match=match, **{**given, **more})


SIGNED: dict[str, Any] = {"of": [*BOTH, "service"], "within": "2 months"}


@pytest.mark.parametrize("who", ["mentee", "mentor", "service"])
@pytest.mark.parametrize(
    ("introduced", "last"),
    [
        (date(2026, 5, 10), date(2026, 7, 10)),
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2026, 6, 30), date(2026, 8, 30)),
    ],
)
def test_all_have_signed_within_two_months_of_the_introduction(
    practice: Practice, pair: Pair, by: User, who: str, introduced: date, last: date
) -> None:
    match = pair(introduced_on=introduced, first_met_on=None)
    row = agreed(match, by, introduced)
    for on, late in ((last, False), (last + DAY, True), (None, True)):
        Agreement.objects.filter(pk=row.pk).update(**{f"{who}_on": on})
        assert fails(put(practice, AT, "agreements.signed", **SIGNED), match) == late
    others = [one for one in SIGNED["of"] if not one.startswith(who)]
    assert not fails(put(practice, AT, "agreements.signed", **{**SIGNED, "of": others}), match)


def test_the_two_months_of_a_leap_year_end_on_29_february(practice: Practice, pair: Pair, by: User) -> None:
    match = pair(introduced_on=date(2027, 12, 31), first_met_on=None)
    last = date(2028, 2, 29)
    waits = put(practice, last - 30 * DAY, "agreements.signed", **SIGNED)
    assert (waits.state, waits.answer.until, waits.answer.lapsing) == (State.MET, last, (0, 1, 1))
    assert put(practice, last - 6 * DAY, "agreements.signed", **SIGNED).state is State.AT_RISK
    assert not fails(put(practice, last, "agreements.signed", **SIGNED), match)
    assert fails(put(practice, last + DAY, "agreements.signed", **SIGNED), match)
    agreed(match, by, last + DAY)
    assert fails(put(practice, last + DAY, "agreements.signed", **SIGNED), match)  # late for good
    Agreement.objects.update(mentor_on=last, mentee_on=last, service_on=last)
    signed = put(practice, last + DAY, "agreements.signed", **SIGNED)
    assert (signed.state, signed.answer.until) == (State.MET, None)
    before = put(practice, last - DAY, "agreements.signed", **SIGNED)
    assert (fails(before, match), before.answer.until) == (False, last)  # not due yet, and what came later is not read


def test_halves_of_two_agreements_are_none_and_a_new_one_takes_nothing_away(
    practice: Practice, pair: Pair, by: User
) -> None:
    match = pair(introduced_on=add_months(AT, -6), first_met_on=None)
    begun = add_months(AT, -6)
    agreed(match, by, begun, mentee_on=None)
    agreed(match, by, begun, mentor_on=None)
    assert fails(put(practice, AT, "agreements.signed", **SIGNED), match)
    agreed(match, by, begun)
    agreed(match, by, None, drawn_up_on=AT)
    assert not fails(put(practice, AT, "agreements.signed", **SIGNED), match)


def test_groups_are_left_out_unless_the_scheme_asks_of_all(practice: Practice, pair: Pair) -> None:
    pair(kind="group", introduced_on=add_months(AT, -6), first_met_on=None)
    assert put(practice, AT, "agreements.signed", **SIGNED).answer.total == 0
    assert put(practice, AT, "agreements.signed", matches="all", **SIGNED).answer.failing == 1


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_mentor_bank_has_it_signed_before_the_first_meeting(
    practice: Practice, pair: Pair, by: User, days: int, late: bool
) -> None:
    pair(first_met_on=None)
    met = AT - 20 * DAY
    match = pair(first_met_on=met)
    agreed(match, by, met + days * DAY)
    asked = put(practice, AT, "agreements.signed", of=[*BOTH, "service"], before="first-meeting")
    assert fails(asked, match) == late


@pytest.mark.parametrize("lacks", ["time", "face_to_face", "roles", "boundaries", "disputes", ""])
def test_an_agreement_says_what_the_scheme_asks_it_to(practice: Practice, pair: Pair, by: User, lacks: str) -> None:
    match = pair()
    terms: dict[str, Any] = {"time": "1 h", "face_to_face": 0, "roles": "R", "boundaries": "B", "disputes": "D"}
    if lacks:
        terms[lacks] = None if lacks == "face_to_face" else ""
    agreed(match, by, match.first_met_on, **terms)
    states = ["time", "face-to-face", "roles", "boundaries", "disputes"]
    asked = put(practice, AT, "agreements.signed", of=BOTH, before="first-meeting", states=states)
    assert fails(asked, match) == bool(lacks)


@pytest.mark.parametrize("given", [{}, {"within": "2 months", "before": "first-meeting"}])
def test_a_scheme_says_by_when_in_one_way(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^'agreements\.signed': say either within which time, or before what"):
        read("agreements.signed", {"of": ["mentees"], **given})
