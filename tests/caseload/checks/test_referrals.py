"""Checks of how people come, on the edge of each rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Mentor, Practice, Referral, RiskAssessment
from kithwork.caseload.queries.referrals import openness
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import AT, Put, put
from tests.running import a_match, a_mentee, a_mentor, a_practice

DAY = timedelta(days=1)
ASKED = ("It is somebody we are for.", 'Lives "here": true, false__or not')


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT, eligibility=list(ASKED))


def matched(practice: Practice, by: User, name: str = "Cai Rowan", **more: Any) -> Mentee:
    mentee = a_mentee(practice.service, AT, name)
    mentor = Mentor.objects.create(service=practice.service, name="Mab", applied_on=AT - 99 * DAY)
    a_match(mentee, mentor, by, AT, **more)
    return mentee


# capacity


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, False),
        ({"introduced_on": AT}, False),
        ({"introduced_on": AT + DAY}, True),
        ({"introduced_on": None}, True),
        ({"ended_on": AT}, False),
        ({"ended_on": AT - DAY}, True),
    ],
)
def test_matches_that_run_on_the_day_are_held_against_the_capacity(
    practice: Practice, by: User, more: dict[str, Any], kept: bool
) -> None:
    practice.capacity = 1
    practice.save()
    matched(practice, by)
    first = put(practice, AT, "capacity.kept")
    assert (first.state, first.labels) == (State.MET, ["1 of 1 places for matches are taken"])
    matched(practice, by, "Dee Fallow", **more)
    second = put(practice, AT, "capacity.kept")
    assert (second.state is State.MET) == kept
    assert second.fail == ([] if kept else [practice.service.ref])
    assert second.answer.total == 1


def test_a_service_without_matches_keeps_its_capacity_and_others_do_not_count(
    practice: Practice, people: Cast, by: User
) -> None:
    practice.capacity = 0
    practice.save()
    assert put(practice, AT, "capacity.kept").state is State.MET
    matched(practice, by)
    assert put(practice, AT, "capacity.kept").figure == "More matches run than the service has said it can support"


# the waiting list


@pytest.mark.parametrize(
    ("given", "controlled"),
    [
        ({}, False),
        ({"waiting_limit": 3}, True),
        ({"waiting_limit": 2}, False),
        ({"takes_referrals": False}, True),
        ({"takes_referrals": False, "closed_until": AT + DAY}, True),
        ({"takes_referrals": False, "closed_until": AT}, False),
        ({"takes_referrals": False, "waiting_limit": 2}, True),
    ],
)
def test_referrals_are_closed_or_no_more_wait_than_the_limit(
    practice: Practice, by: User, given: dict[str, Any], controlled: bool
) -> None:
    """Three wait: two on the list, one of them away, and one whose referral is open. Nobody else does."""
    for field, value in given.items():
        setattr(practice, field, value)
    practice.save()
    service = practice.service
    a_mentee(service, AT, "Ann")
    a_mentee(service, AT, "Bo").pauses.create(begins=AT - DAY, reason="Away", by=by)
    coming: dict[str, Any] = {"accepted_on": None, "waiting_since": None}
    a_mentee(service, AT, "Cy", came_on=AT, **coming)
    a_mentee(service, AT, "Di", came_on=AT + DAY, **coming)  # comes tomorrow
    a_mentee(service, AT, "Ed", came_on=AT - 9 * DAY, left_on=AT, **coming)  # withdrew today
    a_mentee(service, AT, "Fi", left_on=AT - DAY)
    matched(practice, by, "Gus")
    found = put(practice, AT, "waiting_list.managed")
    assert found.labels == [f"3 of {practice.waiting_limit} places on the waiting list are taken"]
    assert (found.state is State.MET) == controlled


@pytest.mark.parametrize("more", [0, 1])
def test_who_waits_is_counted_as_where_referrals_close_themselves(practice: Practice, more: int) -> None:
    practice.waiting_limit = 2
    practice.save()
    for number in range(2 + more):
        a_mentee(practice.service, AT, f"Ann {number}")
    assert not openness(practice, AT).open
    assert put(practice, AT, "waiting_list.managed").state is (State.NOT_MET if more else State.MET)


@pytest.mark.parametrize(
    ("ended", "since", "timed"),
    [
        (None, AT - 40 * DAY, True),
        (None, None, False),
        (None, AT + DAY, True),  # has taken the place of an earlier day
        (AT - 7 * DAY, AT - 40 * DAY, True),
        (AT - 8 * DAY, AT - 40 * DAY, False),
        (AT - 8 * DAY, AT - 9 * DAY, False),
        (AT - 8 * DAY, AT - 8 * DAY, True),
        (AT - 8 * DAY, None, False),
    ],
)
def test_whoever_waits_has_the_day_since_when_and_a_new_one_after_a_match(
    practice: Practice, by: User, ended: date | None, since: date | None, timed: bool
) -> None:
    mentee = matched(practice, by, ended_on=ended) if ended else a_mentee(practice.service, AT)
    mentee.waiting_since = since
    mentee.save()
    found = put(practice, AT, "waiting_list.timed")
    assert found.answer.total == 1
    assert found.fail == ([] if timed else [mentee.ref])


def test_nobody_on_the_waiting_list_is_no_gap(practice: Practice, by: User) -> None:
    matched(practice, by)
    a_mentee(practice.service, AT, "Ann", accepted_on=None, waiting_since=None)
    a_mentee(practice.service, AT, "Bo", left_on=AT - DAY, waiting_since=None)
    found = put(practice, AT, "waiting_list.timed")
    assert (found.state, found.figure) == (None, "Nobody is waiting.")


# referrals


def referral(practice: Practice, decided: date | None = None, outcome: str = "accepted", **more: Any) -> Referral:
    """Came ten days before the decision, or on `came_on`; complete in every way, and told on the day of the decision.
    Fields of the mentee begin with `mentee_`.
    """
    came = more.pop("came_on", decided - 10 * DAY if decided else AT)
    about = {key.removeprefix("mentee_"): more.pop(key) for key in list(more) if key.startswith("mentee_")}
    mentee = Mentee.objects.create(
        **{
            "service": practice.service,
            "name": "Cai Rowan",
            "phone": "01632 960001",
            "needs": ["company"],
            "came_on": came,
            "accepted_on": decided if outcome == "accepted" else None,
            **about,
        }
    )
    answered: dict[str, Any] = {"outcome": outcome, "decided_on": decided, "told_on": decided, "eligible_on": decided}
    return Referral.objects.create(
        **{
            "mentee": mentee,
            "source": "agency",
            "came_on": came,
            "why": "Alone.",
            "agreed": True,
            "reason": "It fits, or does not.",
            "signposted_to": "The Friday group",
            "eligible": dict.fromkeys(ASKED, True),
            **(answered if decided else {}),
            **more,
        }
    )


def looked(row: Referral, on: date, by: User, kind: str = "person") -> None:
    RiskAssessment.objects.create(mentee=row.mentee, kind=kind, on=on, level="low", by=by)


@pytest.mark.parametrize(
    ("decided", "more", "tracked"),
    [
        # open: acknowledged within a week, decided within a month
        (None, {"came_on": AT - 7 * DAY}, True),
        (None, {"came_on": AT - 8 * DAY}, False),
        (None, {"came_on": AT - 8 * DAY, "acknowledged_on": AT}, True),
        (None, {"came_on": AT - 8 * DAY, "acknowledged_on": AT + DAY}, False),
        (None, {"came_on": date(2026, 10, 22), "acknowledged_on": AT}, True),
        (None, {"came_on": date(2026, 10, 21), "acknowledged_on": AT}, False),
        # decided: told within a week, in whatever way it was decided
        (AT - 7 * DAY, {"told_on": None}, True),
        (AT - 8 * DAY, {"told_on": None}, False),
        (AT - 8 * DAY, {"told_on": None, "outcome": "withdrawn"}, False),
        (AT - 8 * DAY, {"told_on": None, "source": "self"}, False),
        (AT - 8 * DAY, {"told_on": AT}, True),
        (AT - 8 * DAY, {"told_on": AT + DAY}, False),
        (AT - 8 * DAY, {"acknowledged_on": None, "came_on": AT - 90 * DAY}, True),
        # decided after the day: it was open on it
        (AT + DAY, {"came_on": AT - 8 * DAY}, False),
        (AT + DAY, {"came_on": AT - 7 * DAY}, True),
    ],
)
def test_a_referral_is_acknowledged_decided_and_told(
    practice: Practice, decided: date | None, more: dict[str, Any], tracked: bool
) -> None:
    row = referral(practice, decided, **more)
    found = put(practice, AT, "referrals.tracked")
    assert (found.answer.total, found.labels) == (1, ["Cai Rowan"])
    assert found.fail == ([] if tracked else [row.ref])


@pytest.mark.parametrize(
    ("at", "last", "late"),
    [
        (date(2026, 3, 31), date(2026, 3, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2028, 1, 29), date(2028, 1, 28)),
    ],
)
def test_a_month_to_decide_ends_where_months_do(practice: Practice, at: date, last: date, late: date) -> None:
    referral(practice, came_on=last, acknowledged_on=last)
    assert put(practice, at, "referrals.tracked").fail == []
    row = referral(practice, came_on=late, acknowledged_on=late)
    assert put(practice, at, "referrals.tracked").fail == [row.ref]


NAMES: dict[str, dict[str, object]] = {
    "referrals.tracked": {},
    "referrals.completed": {},
    "referrals.assessed": {"of": ["eligibility", "risk"], "before": "waiting-list"},
}


def asked(practice: Practice, name: str, at: date = AT, **given: object) -> Put:
    return put(practice, at, name, **{**NAMES[name], **given})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("decided", "more", "among"),
    [
        (AT, {}, True),
        (AT + DAY, {"came_on": AT + DAY}, False),
        (date(2025, 11, 23), {}, True),
        (date(2025, 11, 22), {}, False),
        (AT, {"mentee_erased_at": "2026-11-22T12:00Z"}, False),
        (AT, {"mentee_left_on": AT}, True),
    ],
)
def test_referrals_decided_within_the_last_year_are_asked_about(
    practice: Practice, name: str, decided: date, more: dict[str, Any], among: bool
) -> None:
    referral(practice, decided, **more)
    assert asked(practice, name).answer.total == among


@pytest.mark.parametrize("name", ["referrals.completed", "referrals.assessed"])
def test_who_was_not_accepted_by_then_is_not_asked_about(practice: Practice, name: str) -> None:
    referral(practice, AT, "signposted")
    referral(practice, AT, "withdrawn")
    referral(practice)
    referral(practice, AT + DAY)
    found = asked(practice, name)
    assert (found.state, found.figure) == (
        State.NOT_RECORDED,
        "Nobody was put onto the waiting list in the last year.",
    )


@pytest.mark.parametrize(
    ("more", "complete"),
    [
        ({}, True),
        ({"why": ""}, False),
        ({"agreed": False}, False),
        ({"mentee_name": ""}, False),
        ({"mentee_needs": []}, False),
        ({"mentee_phone": ""}, False),
        ({"mentee_phone": "", "mentee_email": "cai@people.example"}, True),
        ({"mentee_phone": "", "mentee_address": "1 High Street"}, True),
        ({"mentee_phone": "", "mentee_contact_wishes": "Through the school"}, True),
    ],
)
def test_a_referral_that_was_accepted_is_complete(practice: Practice, more: dict[str, Any], complete: bool) -> None:
    row = referral(practice, AT, **more)
    assert asked(practice, "referrals.completed").fail == ([] if complete else [row.ref])


@pytest.mark.parametrize(
    ("more", "assessed"),
    [
        ({}, True),
        ({"eligible": {}}, False),
        ({"eligible_on": None}, False),
        ({"eligible_on": AT - 20 * DAY}, True),
        ({"eligible_on": AT - 19 * DAY}, False),  # the day after the decision
        ({"eligible": {ASKED[0]: True, ASKED[1]: False}}, False),
        ({"eligible": {ASKED[0]: True}}, True),  # the other was not asked then
        ({"eligible": {"It was asked once.": False, ASKED[0]: True}}, False),
        ({"eligible": {ASKED[1]: None, ASKED[0]: True}}, True),
    ],
)
def test_eligibility_was_looked_at_by_the_day_of_the_decision(
    practice: Practice, more: dict[str, Any], assessed: bool
) -> None:
    row = referral(practice, AT - 20 * DAY, **more)
    assert asked(practice, "referrals.assessed", of=["eligibility"]).fail == ([] if assessed else [row.ref])


def test_where_the_service_has_no_criteria_none_are_to_be_met(practice: Practice) -> None:
    practice.eligibility = []
    referral(practice, AT, eligible={})
    assert asked(practice, "referrals.assessed", of=["eligibility"]).state is State.MET


@pytest.mark.parametrize(
    ("on", "kind", "assessed"),
    [(AT - 20 * DAY, "person", True), (AT - 19 * DAY, "person", False), (AT - 20 * DAY, "home", False)],
)
def test_risk_was_assessed_by_the_day_of_the_decision(
    practice: Practice, by: User, on: date, kind: str, assessed: bool
) -> None:
    row = referral(practice, AT - 20 * DAY)
    looked(row, on, by, kind)
    assert asked(practice, "referrals.assessed", of=["risk"]).fail == ([] if assessed else [row.ref])


def test_who_was_not_assessed_is_asked_about_until_a_year_after_the_decision(practice: Practice, by: User) -> None:
    good = referral(practice, AT)
    looked(good, AT, by)
    rows = [referral(practice, AT - 100 * DAY), referral(practice, AT - 50 * DAY)]
    looked(referral(practice, AT - DAY, eligible={}), AT - DAY, by)
    found = asked(practice, "referrals.assessed")
    assert (found.answer.total, found.answer.failing) == (4, 3)
    assert set(found.fail) > {row.ref for row in rows}
    over = add_months(AT - DAY, 12)
    assert asked(practice, "referrals.assessed", over - DAY).answer.failing == 1
    assert asked(practice, "referrals.assessed", over).answer.failing == 0
    assert found.answer.heals is not None
    assert found.answer.heals >= over


def test_turned_down_within_the_last_year_says_where_else_they_were_pointed(practice: Practice) -> None:
    assert put(practice, AT, "referrals.signposted").state is None
    referral(practice, AT, "withdrawn", signposted_to="")
    referral(practice, AT)
    referral(practice, AT + DAY, "signposted")
    referral(practice, date(2025, 11, 22), "signposted")
    assert put(practice, AT, "referrals.signposted").state is None
    referral(practice, date(2025, 11, 23), "signposted")
    found = put(practice, AT, "referrals.signposted")
    assert found.state is State.MET
    assert found.figure == "1 of 1 referral not accepted in the last year pointed elsewhere"


def test_other_services_are_not_read(practice: Practice, people: Cast, by: User) -> None:
    other = people.elsewhere.services.first() or people.elsewhere.services.create(name="Far Shore", slug="far")
    theirs = Mentee.objects.create(service=other, name="Zed", came_on=AT - 90 * DAY, accepted_on=AT - 80 * DAY)
    Referral.objects.create(mentee=theirs, source="self", came_on=AT - 90 * DAY)
    for name in NAMES:
        assert asked(practice, name).answer.total == 0
    assert put(practice, AT, "waiting_list.timed").answer.total == 0
    assert put(practice, AT, "waiting_list.managed").labels[0].startswith("0 of")


def test_a_mentor_made_ready_is_no_mentee(practice: Practice, by: User) -> None:
    a_mentor(practice.service, by, AT)
    assert put(practice, AT, "waiting_list.managed").labels[0].startswith("0 of")
