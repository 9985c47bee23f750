"""The check that both hear from staff after the first meeting, on the edge of its rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.caseload.models import Contact, Match, Practice
from kithwork.caseload.queries import followups
from kithwork.core.readiness import State
from tests.caseload.checks.pairs import BOTH, DAY, Pair, said
from tests.caseload.checks.put import AT, fails, put

WEEK = AT - 30 * DAY + 7 * DAY  # the last day of the first week of a match from `pair`
FOLLOWED: dict[str, Any] = {"of": BOTH, "within": "1 week", "meetings": 5}


@pytest.mark.parametrize("side", ["mentee", "mentor"])
@pytest.mark.parametrize(
    ("on", "more", "late"),
    [
        (WEEK - 7 * DAY, {}, False),
        (WEEK, {}, False),
        (WEEK + DAY, {}, True),
        (WEEK - 8 * DAY, {}, True),  # the day before they met
        (WEEK, {"reached": False}, True),
    ],
)
def test_both_hear_from_staff_within_a_week_of_the_first_meeting(
    practice: Practice, pair: Pair, side: str, on: date, more: dict[str, Any], late: bool
) -> None:
    match = pair()
    said(match, WEEK, "mentor" if side == "mentee" else "mentee")
    said(match, WEEK, "meeting", "referrer")
    said(match, on, side, **more)
    assert fails(put(practice, AT, "matches.followed_up", **FOLLOWED), match) == late
    assert fails(put(practice, AT, "matches.followed_up", **{**FOLLOWED, "of": [f"{side}s"]}), match) == late


def test_the_week_has_a_last_day_and_is_at_risk_until_then(practice: Practice, pair: Pair) -> None:
    match = pair()
    said(match, WEEK, "mentor")
    said(match, WEEK, "mentee")
    before = put(practice, WEEK - DAY, "matches.followed_up", **FOLLOWED)  # nothing of the day after is read
    assert (before.state, before.answer.until, before.answer.lapsing) == (State.AT_RISK, WEEK, (1, 1, 1))
    Contact.objects.all().delete()
    assert put(practice, WEEK, "matches.followed_up", **FOLLOWED).state is State.AT_RISK
    after = put(practice, WEEK + DAY, "matches.followed_up", **FOLLOWED)
    assert (after.state, after.fail) == (State.NOT_MET, [match.ref])
    assert {
        one.ref
        for one in followups.first_week(practice.service, "mentee", WEEK + DAY).filter(
            followups.first_week_overdue(WEEK + DAY)
        )
    } == {match.ref}


@pytest.mark.parametrize(("ended", "late"), [(WEEK, False), (WEEK + DAY, True)])
def test_a_match_that_ended_within_the_week_is_let_off(practice: Practice, pair: Pair, ended: date, late: bool) -> None:
    match = pair(ended_on=ended)
    assert fails(put(practice, AT, "matches.followed_up", **FOLLOWED), match) == late


def test_who_has_not_met_is_not_asked_about_and_a_month_is_counted_as_months_are(
    practice: Practice, pair: Pair
) -> None:
    pair(first_met_on=None)
    pair(first_met_on=AT + DAY)
    assert put(practice, AT, "matches.followed_up", **FOLLOWED).answer.total == 0
    met = date(2026, 1, 31)
    match = pair(introduced_on=met, first_met_on=met, ended_on=date(2026, 10, 1))
    given = {**FOLLOWED, "within": "1 month"}
    said(match, date(2026, 2, 28), "mentee", "mentor")
    assert not fails(put(practice, AT, "matches.followed_up", **given), match)
    Contact.objects.update(on=date(2026, 3, 1))
    assert fails(put(practice, AT, "matches.followed_up", **given), match)


def six_meetings(match: Match, **last: Any) -> list[date]:
    """The days: the first, and every third from then on."""
    assert match.first_met_on is not None
    days = [match.first_met_on + 3 * number * DAY for number in range(6)]
    for day in days[:5]:
        said(match, day, "meeting")
    said(match, days[5], "meeting", **last)
    return days


@pytest.mark.parametrize("side", ["mentee", "mentor"])
@pytest.mark.parametrize(
    ("again", "late"), [(2, False), (12, False), (14, False), (15, False), (16, True), (None, True)]
)
def test_both_hear_again_by_the_day_of_the_sixth_meeting(
    practice: Practice, pair: Pair, side: str, again: int | None, late: bool
) -> None:
    match = pair()
    days = six_meetings(match)
    said(match, days[0], "mentee", "mentor")
    said(match, days[1], "mentor" if side == "mentee" else "mentee")
    said(match, days[1], side, reached=False)
    if again is not None:
        said(match, days[0] + again * DAY, side)
    asked = put(practice, AT, "matches.followed_up", **FOLLOWED)
    assert fails(asked, match) == late
    listed = followups.fifth_meeting(practice.service, side, AT)  # type: ignore[arg-type]  # one of the two
    assert {one.ref for one in listed} == ({match.ref} if again is None else set())


def test_it_is_late_from_the_sixth_meeting_and_one_that_did_not_take_place_is_none(
    practice: Practice, pair: Pair
) -> None:
    match = pair()
    days = six_meetings(match, reached=False)
    said(match, days[0], "mentee", "mentor")
    assert not fails(put(practice, AT, "matches.followed_up", **FOLLOWED), match)
    said(match, days[5], "meeting")
    assert not fails(put(practice, days[5] - DAY, "matches.followed_up", **FOLLOWED), match)
    assert fails(put(practice, days[5], "matches.followed_up", **FOLLOWED), match)
    assert not fails(put(practice, AT, "matches.followed_up", **{**FOLLOWED, "meetings": 6}), match)


def test_where_five_meetings_lie_in_the_first_week_one_call_after_them_is_both(practice: Practice, pair: Pair) -> None:
    match = pair()
    first = WEEK - 7 * DAY
    for number in (0, 1, 2, 3, 4, 7):
        said(match, first + number * DAY, "meeting")
    said(match, first + 3 * DAY, "mentee")
    said(match, first + 4 * DAY, "mentor")
    asked = put(practice, AT, "matches.followed_up", **FOLLOWED)
    assert fails(asked, match)  # the mentee heard before the fifth, and once alone
    Contact.objects.filter(kind="mentee").update(on=first + 5 * DAY)
    assert not fails(put(practice, AT, "matches.followed_up", **FOLLOWED), match)
