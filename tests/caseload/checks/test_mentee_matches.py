"""Checks of what is done for a mentee in a match, on the edge of each rule: risks, plans, reviews."""

from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Match,
    Mentee,
    Plan,
    Practice,
    Review,
    RiskAssessment,
)
from kithwork.caseload.queries import due, followups
from kithwork.core.readiness import State
from tests.caseload.checks.put import AT, Put, fails, put, scale

DAY = timedelta(days=1)
SHARED = ["ask-third-parties", "share-risks", "share-review-feedback"]
TOPICS = ["aims", "wish-to-continue", "view-of-service", "outcome"]
QUARTER = "3 months"


# risks (43)


def looked(person: Mentee, on: date, by: User, kind: str = "activity", **more: Any) -> RiskAssessment:
    return RiskAssessment.objects.create(mentee=person, kind=kind, on=on, level="low", by=by, **more)


def test_where_no_homes_are_visited_none_is_asked_about(practice: Practice, match: Match) -> None:
    found = put(practice, AT, "risks.assessed", of="homes", before="first-visit")
    assert (found.state, found.figure) == (None, "No mentor visits a home.")


@pytest.mark.parametrize(
    ("met", "ended", "home", "among", "bad"),
    [
        (AT, None, None, True, True),
        (AT, None, AT, True, False),
        (AT - DAY, None, AT, True, True),
        (AT - DAY, AT - DAY, AT - DAY, True, False),
        (AT - 9 * DAY, AT - DAY, None, True, True),
        (AT + DAY, None, None, False, False),
        (None, None, None, False, False),
        (date(2025, 11, 23), None, AT, True, True),
        (date(2025, 11, 22), None, AT, True, False),  # met before the last year: assessed since is well
        (date(2025, 11, 22), None, AT + DAY, True, True),
        (date(2025, 11, 22), AT - DAY, None, False, False),
    ],
)
def test_a_home_is_assessed_by_the_first_meeting(
    practice: Practice,
    match: Match,
    by: User,
    met: date | None,
    ended: date | None,
    home: date | None,
    among: bool,
    bad: bool,
) -> None:
    practice.visits_homes = True
    Match.objects.filter(pk=match.pk).update(first_met_on=met, ended_on=ended)
    looked(match.mentee, AT - 800 * DAY, by)
    if home:
        looked(match.mentee, home, by, "home")
    found = put(practice, AT, "risks.assessed", of="homes", before="first-visit")
    assert (found.answer.total, found.fail) == (among, [match.ref] if bad else [])


def test_a_home_assessed_too_late_heals_and_one_never_assessed_does_not(
    practice: Practice, match: Match, by: User
) -> None:
    practice.visits_homes = True
    assert put(practice, AT, "risks.assessed", of="homes").answer.heals is None
    Match.objects.filter(pk=match.pk).update(first_met_on=AT - 9 * DAY)
    looked(match.mentee, AT, by, "home")
    heals = put(practice, AT, "risks.assessed", of="homes").answer.heals
    assert heals is not None
    assert not put(practice, heals, "risks.assessed", of="homes").fail


@pytest.mark.parametrize(
    ("kind", "on", "bad"),
    [("activity", AT, False), ("activity", AT - 900 * DAY, False), ("activity", AT + DAY, True), ("home", AT, True)],
)
def test_what_a_match_does_is_assessed(
    practice: Practice, match: Match, by: User, kind: str, on: date, bad: bool
) -> None:
    looked(match.mentee, on, by, kind)
    assert fails(put(practice, AT, "risks.assessed", of="activities"), match) == bad
    missing = due.matches_risk_assessed(practice.service, "activity", AT).filter(last=None)
    assert missing.exists() == bad


REVIEWED = {"name": "risks.reviewed", "of": "activities", "every": "1 year"}


@pytest.mark.parametrize(
    ("at", "last", "late"),
    [
        (AT, date(2025, 11, 22), date(2025, 11, 21)),
        (date(2028, 2, 29), date(2027, 3, 1), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28), date(2028, 2, 27)),
    ],
)
def test_an_activity_assessment_is_looked_at_every_year(
    practice: Practice, match: Match, by: User, at: date, last: date, late: date
) -> None:
    Match.objects.filter(pk=match.pk).update(introduced_on=date(2025, 1, 1))
    assert put(practice, at, **REVIEWED).answer.total == 0
    looked(match.mentee, late, by)
    looked(match.mentee, at + DAY, by)
    assert fails(put(practice, at, **REVIEWED), match)
    looked(match.mentee, last, by)
    assert not fails(put(practice, at, **REVIEWED), match)


@pytest.mark.parametrize(
    ("more", "bad"),
    [
        ({"actions": "Meet in the library."}, False),
        ({"actions": "Meet in the library.", "actions_due": AT}, False),
        ({"actions": "Meet in the library.", "actions_due": AT - DAY}, True),
        ({"actions": "Meet in the library.", "actions_due": AT - DAY, "actions_done_on": AT}, False),
        ({"actions": "Meet in the library.", "actions_due": AT - DAY, "actions_done_on": AT + DAY}, True),
        ({"actions_due": AT - DAY}, False),
        ({"actions": "Meet in the library.", "actions_due": AT - DAY, "kind": "person"}, False),
    ],
)
def test_what_an_activity_assessment_calls_for_is_done(
    practice: Practice, match: Match, by: User, more: dict[str, Any], bad: bool
) -> None:
    looked(match.mentee, AT - 9 * DAY, by)
    looked(match.mentee, AT - 300 * DAY, by, **more)
    assert fails(put(practice, AT, **REVIEWED), match) == bad


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "risks.assessed", "of": "activities"},
        {"name": "plans.agreed", "of": "mentees"},
        {"name": "mentees.reviewed", "every": QUARTER},
        {"name": "outcomes.compared"},
    ],
)
@pytest.mark.parametrize(
    ("more", "among"),
    [
        ({}, True),
        ({"ended_on": AT}, True),
        ({"ended_on": AT - DAY}, False),
        ({"introduced_on": AT + DAY}, False),
        ({"introduced_on": None}, False),
    ],
)
def test_matches_that_run_are_asked_about(
    practice: Practice, match: Match, asked: dict[str, str], more: dict[str, Any], among: bool
) -> None:
    scale(practice)
    Match.objects.filter(pk=match.pk).update(**more)
    assert put(practice, AT, **asked).answer.total == among


@pytest.mark.parametrize(
    ("asked", "among"),
    [
        ({"name": "equalities.monitored", "of": "mentees"}, False),
        ({"name": "equalities.monitored", "of": "mentors"}, False),
        ({"name": "consents.given", "of": "mentees", "to": SHARED}, False),
        ({"name": "consents.given", "of": "mentors", "to": SHARED}, False),
        ({"name": "outcomes.compared"}, False),
        ({"name": "mentees.reviewed", "every": QUARTER}, False),
        ({"name": "risks.assessed", "of": "activities"}, True),
        ({"name": "plans.agreed", "of": "mentees"}, True),
    ],
)
def test_nobody_who_is_away_is_to_be_asked_anything(
    practice: Practice, match: Match, by: User, asked: dict[str, Any], among: bool
) -> None:
    scale(practice)
    for person in (match.mentee, match.mentor):
        person.pauses.create(begins=AT, ends=AT, reason="Away", by=by)
    assert put(practice, AT, **asked).answer.total == among
    assert put(practice, AT + DAY, **asked).answer.total == 1


# plans and reviews (44)


@pytest.mark.parametrize(
    ("on", "aims", "bad"), [(AT, "Join a choir.", False), (AT + DAY, "Join a choir.", True), (AT, "", True)]
)
def test_a_match_has_a_plan(practice: Practice, match: Match, on: date, aims: str, bad: bool) -> None:
    assert fails(put(practice, AT, "plans.agreed", of="mentees", at="start"), match)
    Plan.objects.create(match=match, on=on, aims=aims)
    assert fails(put(practice, AT, "plans.agreed", of="mentees", at="start"), match) == bad


def test_a_plan_is_due_on_the_day_of_the_introduction(practice: Practice, match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(introduced_on=AT)
    assert put(practice, AT, "plans.agreed", of="mentees").state is State.NOT_RECORDED
    assert fails(put(practice, AT + DAY, "plans.agreed", of="mentees"), match)
    assert followups.without_plan(practice.service, AT + DAY).exists()


def review(match: Match, on: date, by: User, **more: Any) -> Review:
    whole: dict[str, Any] = {
        "achieved": "partly",
        "goes_on": True,
        "needed": False,
        "of_service": "Kind.",
        "outcome": "Goes on.",
    }
    return Review.objects.create(match=match, on=on, by=by, **{**whole, **more})


def reviewed(practice: Practice, at: date = AT, topics: list[str] = TOPICS) -> Put:
    return put(practice, at, "mentees.reviewed", every=QUARTER, topics=topics)


@pytest.mark.parametrize(
    ("at", "last", "late"),
    [
        (AT, date(2026, 8, 22), date(2026, 8, 21)),
        (date(2026, 5, 31), date(2026, 3, 1), date(2026, 2, 28)),
        (date(2028, 5, 30), date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a_match_is_reviewed_within_the_interval(
    practice: Practice, match: Match, by: User, at: date, last: date, late: date
) -> None:
    for day, bad in ((late, True), (last, False)):
        Match.objects.filter(pk=match.pk).update(introduced_on=day)
        assert fails(reviewed(practice, at), match) == bad
    Match.objects.filter(pk=match.pk).update(introduced_on=date(2025, 1, 1))
    review(match, late, by)
    review(match, at + DAY, by)
    assert fails(reviewed(practice, at), match)
    assert due.overdue(due.matches_reviewed(practice.service, at), 3, at).exists()
    review(match, last, by)
    assert not fails(reviewed(practice, at), match)
    assert not due.overdue(due.matches_reviewed(practice.service, at), 3, at).exists()


def test_the_interval_of_reviews_runs_on_after_a_pause(practice: Practice, match: Match, by: User) -> None:
    pause = match.mentee.pauses.create(begins=AT - 300 * DAY, ends=date(2026, 8, 22), reason="Away", by=by)
    assert not fails(reviewed(practice), match)
    pause.ends = date(2026, 8, 21)
    pause.save()
    assert fails(reviewed(practice), match)


LACKING = [
    ({}, None),
    ({"achieved": ""}, "aims"),
    ({"goes_on": None}, "wish-to-continue"),
    ({"needed": None}, "wish-to-continue"),
    ({"of_service": ""}, "view-of-service"),
    ({"outcome": ""}, "outcome"),
]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(("more", "lacks"), LACKING)
def test_the_latest_review_answers_each_topic_that_is_asked_for(
    practice: Practice, match: Match, by: User, more: dict[str, Any], lacks: str | None, there: bool
) -> None:
    """Where the mentor was there, what follows is asked for alone."""
    review(match, AT - 9 * DAY, by)
    review(match, AT - DAY, by, **more, mentor_there=there)
    bad = lacks is not None and (not there or lacks == "outcome")
    assert fails(reviewed(practice), match) == bad
    others = [topic for topic in TOPICS if topic != lacks]
    assert not fails(reviewed(practice, topics=others), match)
    assert not fails(reviewed(practice, topics=[]), match)


def test_of_reviews_the_latest_before_the_day_has_to_be_whole(practice: Practice, match: Match, by: User) -> None:
    review(match, AT - 9 * DAY, by, outcome="")
    assert fails(reviewed(practice), match)
    review(match, AT - 9 * DAY, by)  # the same day, recorded later
    assert not fails(reviewed(practice), match)
    review(match, AT, by, outcome="")
    assert not fails(reviewed(practice), match), "what follows may be written on the day of the review"
    assert fails(reviewed(practice, AT + DAY), match)
    review(match, AT + DAY, by)
    assert fails(reviewed(practice, AT + DAY), match)
    assert not fails(reviewed(practice, AT + 2 * DAY), match)
