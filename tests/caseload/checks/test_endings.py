"""Checks of how matches end, on the edge of each rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Ending, ExtraSupport, Match, Practice, Questionnaire, Referral
from kithwork.core.readiness import State
from tests.caseload.checks.pairs import DAY, SINCE, a_pair
from tests.caseload.checks.put import AT, fails, put

LAST = date(2026, 10, 1)  # of the match, where a test does not say otherwise
BEFORE = LAST - 14 * DAY
ALL_FOUR = ["mentees", "mentors", "carers", "referrers"]
DONE: dict[str, Any] = {
    "mentee_told_on": BEFORE,
    "mentor_told_on": BEFORE,
    "carer_told_on": BEFORE,
    "referrer_told_on": BEFORE,
    "looked_back_on": LAST,
    "mentee_confirmed_on": LAST,
    "mentor_confirmed_on": LAST,
    "follows": "They may write to each other.",
    "asked_exit_on": LAST,
}
NAMES: dict[str, dict[str, Any]] = {
    "endings.planned": {},
    "endings.reflected_on": {},
    "endings.explained": {"of": ALL_FOUR},
    "endings.confirmed": {"of": ["mentees", "mentors"], "states": "what-follows"},
    "endings.surveyed": {"of": ["referrers", "carers"]},
}


def ended(
    practice: Practice,
    by: User,
    last: date = LAST,
    *,
    mentee: dict[str, Any] | None = None,
    source: str = "agency",
    **more: Any,
) -> Match:
    """A match with a carer and a referrer, of which all was done, save what `more` says of its ending."""
    match = a_pair(
        practice,
        by,
        mentee={"carer": "Fay Rowan", **(mentee or {})},
        introduced_on=date(2024, 5, 1),
        first_met_on=None,
        ended_on=last,
    )
    Referral.objects.create(mentee=match.mentee, source=source, came_on=date(2024, 1, 8))
    given = {"kind": "planned", "known_on": last - 14 * DAY, "reason": "It was time.", "by": by, **DONE, **more}
    Ending.objects.create(match=match, last_day=last, **given)
    return match


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("last", "total"), [(SINCE - DAY, 0), (SINCE, 1), (AT - DAY, 1), (AT, 0)])
def test_the_endings_of_the_year_are_asked_about_from_the_day_after_the_last(
    practice: Practice, by: User, name: str, last: date, total: int
) -> None:
    ended(practice, by, last, **{key: last for key, value in DONE.items() if isinstance(value, date)})
    asked = put(practice, AT, name, **NAMES[name])
    assert (asked.answer.total, asked.answer.failing) == (total, 0)
    assert (asked.state is State.MET) == bool(total)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("endings.planned", None),
        ("endings.reflected_on", None),
        ("endings.supported", None),
        ("endings.surveyed", None),
        ("endings.explained", State.NOT_RECORDED),
        ("endings.confirmed", State.NOT_RECORDED),
    ],
)
def test_where_no_match_ended_there_is_no_gap_or_no_record(practice: Practice, name: str, state: State | None) -> None:
    assert put(practice, AT, name, **NAMES.get(name, {})).state is state


@pytest.mark.parametrize(
    ("notice", "because", "late"),
    [(14, "", False), (13, "", True), (13, "The mentor moves house.", False), (0, "", True)],
)
def test_the_notice_is_the_one_the_service_has_set(
    practice: Practice, by: User, notice: int, because: str, late: bool
) -> None:
    match = ended(practice, by, known_on=LAST - notice * DAY, short_because=because)
    assert fails(put(practice, AT, "endings.planned"), match) == late
    practice.notice_days = notice + 1
    assert fails(put(practice, AT, "endings.planned"), match) == (because == "")


def test_sudden_endings_give_no_notice_and_are_not_looked_back_on(practice: Practice, by: User) -> None:
    ended(practice, by, kind="sudden", known_on=LAST, looked_back_on=None)
    for name in ("endings.planned", "endings.reflected_on"):
        assert put(practice, AT, name).answer.total == 0


WEEKS = [
    ("endings.reflected_on", "looked_back_on", 7),
    ("endings.confirmed", "mentee_confirmed_on", 7),
    ("endings.confirmed", "mentor_confirmed_on", 7),
    ("endings.explained", "mentee_told_on", 7),
    ("endings.explained", "mentor_told_on", 7),
    ("endings.explained", "carer_told_on", 7),
    ("endings.explained", "referrer_told_on", 7),
    ("endings.surveyed", "asked_exit_on", 14),
]


@pytest.mark.parametrize(("name", "field", "days"), WEEKS)
def test_so_much_time_is_given_after_the_last_day(
    practice: Practice, by: User, name: str, field: str, days: int
) -> None:
    match = ended(practice, by, **{field: None})
    given = NAMES[name]
    assert put(practice, LAST + days * DAY, name, **given).answer.total == 0
    late = put(practice, LAST + (days + 1) * DAY, name, **given)
    assert fails(late, match)
    assert late.answer.heals == date(2027, 10, 1)
    Ending.objects.update(**{field: AT})
    assert not fails(put(practice, AT, name, **given), match)
    assert fails(put(practice, AT - DAY, name, **given), match)  # what came later is not read
    Ending.objects.update(**{field: LAST})
    assert not fails(put(practice, LAST + DAY, name, **given), match)  # done, so asked about at once


@pytest.mark.parametrize(
    ("on", "late"), [(LAST - DAY, True), (LAST, False), (AT, False), (AT + DAY, True), (None, True)]
)
@pytest.mark.parametrize("to", ["mentee", "mentor", "both"])
def test_after_a_sudden_ending_one_of_them_has_support(
    practice: Practice, by: User, to: str, on: date | None, late: bool
) -> None:
    match = ended(practice, by, kind="sudden", known_on=LAST)
    if on is not None:
        ExtraSupport.objects.create(match=match, to=to, on=on, what="Rang every week.", by=by)
    assert fails(put(practice, AT, "endings.supported", when="sudden"), match) == late


def test_support_has_a_week_and_is_not_asked_for_after_planned_endings(practice: Practice, by: User) -> None:
    ended(practice, by)
    match = ended(practice, by, kind="sudden", known_on=LAST)
    assert put(practice, LAST + 7 * DAY, "endings.supported").answer.total == 0
    assert fails(put(practice, LAST + 8 * DAY, "endings.supported"), match)


NOBODY_ELSE = {"carer_told_on": None, "referrer_told_on": None}


@pytest.mark.parametrize(
    ("mentee", "source", "late"),
    [
        ({}, "agency", True),
        ({"carer": ""}, "agency", True),
        ({"referrer_involved": False}, "agency", True),
        ({"carer": "", "referrer_involved": False}, "agency", False),
        ({"carer": ""}, "family", True),
        ({"carer": ""}, "self", False),
    ],
)
def test_carer_and_referrer_are_told_where_there_are_such(
    practice: Practice, by: User, mentee: dict[str, Any], source: str, late: bool
) -> None:
    match = ended(practice, by, mentee=mentee, source=source, **NOBODY_ELSE)
    assert fails(put(practice, AT, "endings.explained", of=ALL_FOUR), match) == late
    assert not fails(put(practice, AT, "endings.explained", of=["mentees", "mentors"]), match)


def test_a_letter_says_what_follows(practice: Practice, by: User) -> None:
    match = ended(practice, by, follows="")
    assert fails(put(practice, AT, "endings.confirmed", **NAMES["endings.confirmed"]), match)


def test_a_letter_to_one_is_enough_where_the_scheme_names_one(practice: Practice, by: User) -> None:
    match = ended(practice, by, mentor_confirmed_on=None)
    assert not fails(put(practice, AT, "endings.confirmed", of=["mentees"]), match)
    assert fails(put(practice, AT, "endings.confirmed", of=["mentors"]), match)


@pytest.mark.parametrize(
    ("mentee", "source", "total"),
    [
        ({"carer": ""}, "agency", 1),
        ({"referrer_involved": False}, "agency", 1),
        ({}, "self", 1),
        ({"carer": ""}, "self", 0),
        ({"carer": "", "referrer_involved": False}, "agency", 0),
    ],
)
def test_a_survey_is_asked_for_where_there_is_somebody_to_ask(
    practice: Practice, by: User, mentee: dict[str, Any], source: str, total: int
) -> None:
    ended(practice, by, mentee=mentee, source=source, asked_exit_on=None)
    asked = put(practice, AT, "endings.surveyed", **NAMES["endings.surveyed"])
    assert (asked.answer.total, asked.answer.failing) == (total, total)


@pytest.mark.parametrize(
    ("whose", "on", "late"),
    [("family", AT, False), ("referrer", AT, False), ("mentee", AT, True), ("family", AT + DAY, True)],
)
def test_an_answer_of_carer_or_referrer_counts_without_a_day_of_asking(
    practice: Practice, by: User, whose: str, on: date, late: bool
) -> None:
    match = ended(practice, by, asked_exit_on=None)
    Questionnaire.objects.create(service=practice.service, whose=whose, on=on, answers={})
    Questionnaire.objects.create(service=practice.service, match=match, whose=whose, on=on, answers={})
    assert fails(put(practice, AT, "endings.surveyed", **NAMES["endings.surveyed"]), match) == late
    alone = put(practice, AT, "endings.surveyed", of=["carers"])
    assert fails(alone, match) == (late or whose != "family")


def test_an_ended_match_without_a_record_of_its_ending_fails_what_is_asked_of_all(practice: Practice, by: User) -> None:
    match = ended(practice, by)
    Ending.objects.all().delete()
    for name in ("endings.explained", "endings.confirmed", "endings.surveyed"):
        assert fails(put(practice, AT, name, **NAMES[name]), match)
    assert put(practice, AT, "endings.planned").answer.total == 0
