"""What a mentor bank asks of matches (002), on the edge of each rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Agreement, Contact, DropoutRisk, Match, Mentee, Mentor, Pause, Practice
from kithwork.caseload.queries import followups
from kithwork.core.readiness import State
from tests.caseload.checks.pairs import DAY, Pair, a_pair
from tests.caseload.checks.put import AT, fails, put

MONTHS_AGO = date(2026, 8, 22)  # three of them


@pytest.fixture
def pair(practice: Practice, by: User) -> Pair:
    """pair(introduced_on=...) -> a match that runs, introduced a year before AT."""
    return lambda **more: a_pair(practice, by, **{"introduced_on": date(2025, 11, 22), "first_met_on": None, **more})


def test_a_line_manager_mentors_where_it_is_noted_why_that_cannot_be_avoided(practice: Practice, pair: Pair) -> None:
    match = pair()
    Mentor.objects.update(line_manages=["bcdfghjkmnpq", match.mentee.ref.upper()])
    assert not fails(put(practice, AT, "matches.not_managed"), match)
    Mentor.objects.update(line_manages=["bcdfghjkmnpq", match.mentee.ref])
    assert fails(put(practice, AT, "matches.not_managed"), match)
    Match.objects.update(manages=True, manages_because="Nobody else teaches this subject there.")
    assert not fails(put(practice, AT, "matches.not_managed"), match)


def test_who_takes_part_in_the_assessment_does_not_mentor(practice: Practice, pair: Pair) -> None:
    match = pair()
    Mentor.objects.update(assesses=["bcdfghjkmnpq"], line_manages=[match.mentee.ref])
    assert not fails(put(practice, AT, "matches.not_assessed"), match)
    Mentor.objects.update(assesses=["bcdfghjkmnpq", match.mentee.ref])
    assert fails(put(practice, AT, "matches.not_assessed"), match)


@pytest.mark.parametrize(("ended", "total"), [(AT - DAY, 0), (AT, 1), (AT + DAY, 1)])
def test_lists_without_a_date_are_asked_of_matches_that_run(
    practice: Practice, pair: Pair, ended: date, total: int
) -> None:
    pair(ended_on=ended)
    for name in ("matches.not_managed", "matches.not_assessed"):
        assert put(practice, AT, name).answer.total == total


# dropping out


def noted(match: Match, by: User, on: date, level: str = "none", **more: Any) -> None:
    DropoutRisk.objects.create(match=match, on=on, level=level, by=by, **more)


@pytest.mark.parametrize(("on", "late"), [(MONTHS_AGO, False), (MONTHS_AGO - DAY, True), (AT + DAY, True)])
def test_the_risk_is_looked_at_in_its_time(practice: Practice, pair: Pair, by: User, on: date, late: bool) -> None:
    match = pair()
    noted(match, by, on)
    asked = put(practice, AT, "dropout.looked_at", every="3 months")
    assert fails(asked, match) == late
    assert asked.answer.until == (None if late else AT)


@pytest.mark.parametrize(("introduced", "late"), [(MONTHS_AGO, False), (MONTHS_AGO - DAY, True)])
def test_the_first_note_has_its_time_from_the_introduction(
    practice: Practice, pair: Pair, introduced: date, late: bool
) -> None:
    match = pair(introduced_on=introduced)
    assert fails(put(practice, AT, "dropout.looked_at", every="3 months"), match) == late


@pytest.mark.parametrize(("again", "late"), [(AT, False), (AT - DAY, True), (AT + 400 * DAY, False)])
def test_the_last_note_says_when_to_look_again_at_the_latest(
    practice: Practice, pair: Pair, by: User, again: date, late: bool
) -> None:
    match = pair()
    noted(match, by, AT - 20 * DAY, look_again_on=AT - 15 * DAY)
    noted(match, by, AT - 10 * DAY, "some", look_again_on=again)
    noted(match, by, AT + DAY, look_again_on=AT + 2 * DAY)
    asked = put(practice, AT, "dropout.looked_at", every="3 months")
    assert fails(asked, match) == late
    if again > AT:
        assert asked.answer.until == date(2027, 2, 12)
    DropoutRisk.objects.filter(on__gt=AT).delete()
    assert followups.dropout_to_look_at(practice.service, AT - DAY).exists() == late


def test_who_is_away_is_not_asked_about_and_has_the_time_anew_after_it(
    practice: Practice, pair: Pair, by: User
) -> None:
    match = pair()
    pause = Pause.objects.create(mentee=match.mentee, begins=AT - 200 * DAY, ends=AT, reason="Ill", by=by)
    assert put(practice, AT, "dropout.looked_at", every="3 months").answer.total == 0
    for ends, late in ((MONTHS_AGO, False), (MONTHS_AGO - DAY, True)):
        pause.ends = ends
        pause.save()
        assert fails(put(practice, AT, "dropout.looked_at", every="3 months"), match) == late


@pytest.mark.parametrize(("level", "total"), [("none", 0), ("some", 1), ("high", 1)])
def test_where_a_risk_is_seen_something_is_done(
    practice: Practice, pair: Pair, by: User, level: str, total: int
) -> None:
    match = pair()
    noted(match, by, AT - 9 * DAY, level)
    noted(match, by, AT + DAY, "high", action="Talked with the tutor.")
    asked = put(practice, AT, "dropout.acted_on")
    assert (asked.answer.total, asked.fail) == (total, [match.ref] * total)
    assert (asked.state is None) == (total == 0)
    noted(match, by, AT - 8 * DAY, level, action="Talked with the tutor.")
    assert put(practice, AT, "dropout.acted_on").answer.failing == 0


@pytest.mark.parametrize(
    ("on", "more", "done"),
    [
        (AT - 9 * DAY, {}, True),
        (AT - 10 * DAY, {}, False),
        (AT + DAY, {}, False),
        (AT, {"reached": False}, False),
        (AT, {"kind": "mentee"}, False),
    ],
)
def test_contact_with_the_institution_since_the_note_is_something_done(
    practice: Practice, pair: Pair, by: User, on: date, more: dict[str, Any], done: bool
) -> None:
    match = pair()
    noted(match, by, AT - 9 * DAY, "high")
    given = {"kind": "referrer", "service": practice.service, "mentee": match.mentee, "on": on}
    Contact.objects.create(**{**given, **more})
    assert fails(put(practice, AT, "dropout.acted_on"), match) != done


def test_a_risk_seen_today_is_asked_about_tomorrow(practice: Practice, pair: Pair, by: User) -> None:
    match = pair()
    noted(match, by, AT, "high")
    assert put(practice, AT, "dropout.acted_on").answer.total == 0
    assert fails(put(practice, AT + DAY, "dropout.acted_on"), match)


# kept through the years


@pytest.mark.parametrize(
    ("introduced", "last", "late"),
    [
        (date(2023, 10, 1), date(2026, 10, 1), False),
        (date(2023, 10, 2), date(2026, 10, 1), True),
        (date(2024, 2, 29), date(2026, 10, 1), True),
    ],
)
def test_a_mentor_stays_for_three_years(
    practice: Practice, pair: Pair, introduced: date, last: date, late: bool
) -> None:
    match = pair(introduced_on=introduced, ended_on=last)
    asked = put(practice, AT, "matches.kept", through="3 years")
    assert fails(asked, match) == late
    assert asked.answer.heals == (date(2027, 10, 1) if late else None)


@pytest.mark.parametrize(("until", "late"), [(date(2026, 10, 1), False), (date(2026, 10, 2), True), (None, True)])
def test_or_until_the_day_the_latest_agreement_names(
    practice: Practice, pair: Pair, by: User, until: date | None, late: bool
) -> None:
    match = pair(ended_on=date(2026, 10, 1))
    Agreement.objects.create(match=match, drawn_up_on=date(2026, 1, 1), until=date(2026, 2, 1), by=by)
    Agreement.objects.create(match=match, drawn_up_on=date(2026, 3, 1), until=until, by=by)
    assert fails(put(practice, AT, "matches.kept", through="3 years"), match) == late


@pytest.mark.parametrize(
    ("left", "at", "late"),
    [
        (date(2026, 10, 8), AT, False),
        (date(2026, 10, 9), AT, True),
        (date(2026, 10, 8), date(2026, 10, 7), True),
        (None, AT, True),
    ],
)
def test_or_as_long_as_the_mentee_stays(
    practice: Practice, pair: Pair, left: date | None, at: date, late: bool
) -> None:
    match = pair(ended_on=date(2026, 10, 1))
    Mentee.objects.update(left_on=left)
    assert fails(put(practice, at, "matches.kept", through="3 years"), match) == late


def test_where_no_match_ended_none_was_cut_short(practice: Practice, pair: Pair) -> None:
    pair(ended_on=AT)
    asked = put(practice, AT, "matches.kept", through="3 years")
    assert (asked.answer.total, asked.state) == (0, None)
    assert put(practice, AT, "matches.not_managed").state is State.MET
