"""What falls due about the service: on its last day it is in time, on the next it is overdue."""

from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.core.days import add_months
from kithwork.governance import due
from kithwork.governance.due import Cover, Due, Matter
from kithwork.governance.models import (
    Acknowledgement,
    Appraisal,
    Change,
    Complaint,
    Evaluation,
    Funding,
    Insurance,
    Loan,
    Policy,
    PolicyVersion,
    Resource,
    Risk,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast

DAY = timedelta(days=1)


def test_on_the_day_it_is_in_time_and_the_next_day_overdue(today: date) -> None:
    one = Due(Matter.POLICY, today)
    assert one.soon(today - DAY)
    assert one.soon(today)
    assert not one.overdue(today)
    assert one.overdue(today + DAY)
    assert not one.soon(today + DAY)


def test_sixty_days_before_it_is_near(today: date) -> None:
    one = Due(Matter.POLICY, today)
    assert not due.near([one], today - 61 * DAY)
    assert due.near([one], today - 60 * DAY) == [one]


def test_what_was_never_done_is_overdue_and_comes_first(today: date) -> None:
    never, late = Due(Matter.STAFF_INDUCTION, None), Due(Matter.POLICY, today - 400 * DAY)
    assert never.overdue(today)
    assert due.near([late, never], today) == [never, late]


def a_policy(service: Service, by: Any, approved: date | None = None, **more: Any) -> Policy:
    policy = Policy.objects.create(service=service, subject=more.pop("subject", "equality"), title="Equality", **more)
    if approved:
        a_version(policy, by, approved)
    return policy


def a_version(policy: Policy, by: Any, approved: date, number: int = 1, **more: Any) -> PolicyVersion:
    return PolicyVersion.objects.create(
        policy=policy, number=number, approved_on=approved, review_due=add_months(approved, 36), by=by, **more
    )


def test_a_policy_is_due_by_its_latest_version(people: Cast, service: Service, today: date) -> None:
    policy = a_policy(service, people.ada, today - 1000 * DAY)
    a_version(policy, people.ada, today - 10 * DAY, 2)
    bare = a_policy(service, people.ada, subject="driving")
    a_policy(service, people.ada, subject="other", ended_on=today)
    found = {one.ref: one.on for one in due.policies_due(service)}
    assert found == {policy.ref: add_months(today - 10 * DAY, 36), bare.ref: None}


def test_a_change_that_touches_people_waits_until_both_are_told(people: Cast, service: Service, today: date) -> None:
    policy = a_policy(service, people.ada)
    version = a_version(policy, people.ada, today - 5 * DAY, affects_people=True)
    for group in ("mentees", "mentors"):
        assert [one.ref for one in due.untold(service)] == [policy.ref], group
        Acknowledgement.objects.create(version=version, group=group, on=today, how="letter", by=people.ada)
    assert due.untold(service) == []


def test_a_review_without_a_change_does_not_hide_who_was_not_told(people: Cast, service: Service, today: date) -> None:
    policy = a_policy(service, people.ada)
    a_version(policy, people.ada, today - 5 * DAY, affects_people=True)
    a_version(policy, people.ada, today, 2, changed=False)
    assert [one.on for one in due.untold(service)] == [today - 5 * DAY]
    a_version(policy, people.ada, today, 3, changed=True, affects_people=False)
    assert due.untold(service) == []


def insured(service: Service, begins: date, ends: date, cover: str = "both", *, volunteers: bool = True) -> None:
    Insurance.objects.create(
        service=service, cover=cover, insurer="Oak", begins=begins, ends=ends, volunteers=volunteers
    )


def test_insurance_lapses_after_the_last_day_of_an_unbroken_row(service: Service, today: date) -> None:
    insured(service, today - 300 * DAY, today + 20 * DAY)
    insured(service, today + 21 * DAY, today + 100 * DAY)
    insured(service, today + 102 * DAY, today + 300 * DAY)  # a day too late
    assert {one.on for one in due.insurance_due(service, today)} == {today + 100 * DAY}


def test_each_cover_stands_by_itself(service: Service, today: date) -> None:
    insured(service, today - 300 * DAY, today, "employer", volunteers=False)
    insured(service, today - 300 * DAY, today - DAY, "public")
    found = {one.what: one.on for one in due.insurance_due(service, today)}
    assert found == {Cover.EMPLOYER: today, Cover.PUBLIC: today - DAY, Cover.VOLUNTEERS: today - DAY}
    assert {one.what for one in due.insurance_due(service, today) if one.overdue(today)} == {"public", "volunteers"}


def test_without_insurance_all_three_are_missing(service: Service, today: date) -> None:
    assert [one.on for one in due.insurance_due(service, today)] == [None, None, None]


def test_an_action_against_a_risk_is_due_until_it_is_done_or_closed(service: Service, today: date) -> None:
    def risk(**more: Any) -> Risk:
        return Risk.objects.create(service=service, what="Nobody answers", reviewed_on=today, **more)

    open_ = risk(due_on=today)
    risk(due_on=today, done_on=today)
    risk(due_on=today, closed_on=today)
    risk()
    assert [(one.ref, one.on) for one in due.risk_actions_due(service)] == [(open_.ref, today)]


def funding(service: Service, begins: date, ends: date, state: str = "secured") -> None:
    Funding.objects.create(service=service, source="Trust", begins=begins, ends=ends, state=state, on=begins)


def test_the_next_twelve_months_are_funded_to_the_day(service: Service, today: date) -> None:
    last = add_months(today, 12) - DAY
    funding(service, today - 30 * DAY, last - DAY)
    assert due.funded(service, today).secured == last
    funding(service, last, last)
    assert due.funded(service, today).secured is None
    assert due.funding_due(service, today) == []


def test_what_was_applied_for_counts_apart_and_what_was_refused_not_at_all(service: Service, today: date) -> None:
    funding(service, today, today + 99 * DAY)
    funding(service, today + 100 * DAY, today + 400 * DAY, "applied")
    funding(service, today, today + 400 * DAY, "refused")
    found = due.funded(service, today)
    assert found.secured == today + 100 * DAY
    assert found.applied is None
    assert due.funding_due(service, today) == []


def test_without_funding_it_is_due_at_once(service: Service, today: date) -> None:
    assert [one.on for one in due.funding_due(service, today)] == [None]
    funding(service, today, today + 9 * DAY)
    assert [one.on for one in due.funding_due(service, today)] == [today + 9 * DAY]


def test_an_evaluation_is_due_three_years_after_the_last_or_the_beginning(
    people: Cast, service: Service, today: date
) -> None:
    since = today - 100 * DAY
    assert [one.on for one in due.evaluation_due(service, since)] == [add_months(since, 36)]
    Evaluation.objects.create(service=service, on=today, title="Survey", by=people.ada)
    assert [one.on for one in due.evaluation_due(service, since)] == [add_months(today, 36)]


def test_a_change_made_is_told_to_both(people: Cast, service: Service, today: date) -> None:
    change = Change.objects.create(
        service=service, seen_on=today, weakness="Slow", affects_people=True, mentees_told_on=today, by=people.ada
    )
    assert due.changes_untold(service) == []  # nothing was changed yet
    Change.objects.update(changed_on=today)
    assert [one.ref for one in due.changes_untold(service)] == [change.ref]
    Change.objects.update(mentors_told_on=today)
    assert due.changes_untold(service) == []


def test_a_loan_is_due_until_it_is_back(people: Cast, service: Service, today: date) -> None:
    thing = Resource.objects.create(service=service, kind="thing", title="Chess set")
    loan = Loan.objects.create(resource=thing, borrower="M", lent_on=today, due_on=today, by=people.ada)
    assert [one.on for one in due.loans_due(service)] == [today]
    Loan.objects.filter(pk=loan.pk).update(back_on=today)
    assert due.loans_due(service) == []


def test_praise_waits_for_no_answer(service: Service, today: date) -> None:
    for kind in ("complaint", "suggestion", "praise"):
        Complaint.objects.create(service=service, kind=kind, on=today, what=kind)
    assert [one.kind for one in due.unanswered(service)] == ["complaint", "suggestion"]


# staff


@pytest.fixture
def ivy(service: Service, today: date) -> Staff:
    return Staff.objects.create(service=service, name="Ivy Marsh", role="Coordinator", began_on=today - 10 * DAY)


def dues(service: Service, today: date) -> dict[str, date | None]:
    return {f"{one.matter}{one.what}": one.on for one in due.staff_due(service, today)}


def test_somebody_new_needs_everything_that_is_asked_once(service: Service, ivy: Staff, today: date) -> None:
    found = dues(service, today)
    missing = {name for name, on in found.items() if on is None}
    assert missing == {
        "staff-references",
        "staff-vetting",
        "staff-trainingprotection",
        "staff-trainingrisk",
        "staff-trainingvolunteers",
        "staff-induction",
    }
    assert found["staff-supervision"] == add_months(ivy.began_on, 3)
    assert found["staff-appraisal"] == add_months(ivy.began_on, 12)


def test_a_complete_file_leaves_what_is_repeated(people: Cast, service: Service, ivy: Staff, today: date) -> None:
    for name in ("One", "Two"):
        StaffReference.objects.create(staff=ivy, name=name, received_on=today)
    StaffVetting.objects.create(staff=ivy, level="enhanced", on=today, expires_on=today + DAY, by=people.ada)
    for topic in ("protection", "risk", "volunteers"):
        StaffTraining.objects.create(staff=ivy, topic=topic, title=topic, on=today)
    Staff.objects.update(inducted_on=today)
    StaffSupervision.objects.create(staff=ivy, on=today, supervisor="Bo", by=people.ada)
    Appraisal.objects.create(staff=ivy, on=today, by=people.ada)
    assert dues(service, today) == {
        "staff-vetting": today + DAY,
        "staff-supervision": add_months(today, 3),
        "staff-appraisal": add_months(today, 12),
    }


def test_one_unsatisfactory_reference_is_not_two(service: Service, ivy: Staff, today: date) -> None:
    StaffReference.objects.create(staff=ivy, name="One", received_on=today)
    StaffReference.objects.create(staff=ivy, name="Two", received_on=today, satisfactory=False)
    assert dues(service, today)["staff-references"] is None


def test_the_latest_check_counts_even_when_an_older_one_was_clear(
    people: Cast, service: Service, ivy: Staff, today: date
) -> None:
    StaffVetting.objects.create(staff=ivy, level="basic", on=today - DAY, by=people.ada)
    assert "staff-vetting" not in dues(service, today)  # it does not run out
    StaffVetting.objects.create(staff=ivy, level="basic", on=today, clear=False, by=people.ada)
    assert dues(service, today)["staff-vetting"] is None


def test_supervision_without_minutes_does_not_count(people: Cast, service: Service, ivy: Staff, today: date) -> None:
    StaffSupervision.objects.create(staff=ivy, on=today, supervisor="Bo", minuted=False, by=people.ada)
    assert dues(service, today)["staff-supervision"] == add_months(ivy.began_on, 3)


@pytest.mark.parametrize(
    "change",
    [{"mentoring": False}, {"ended_on": -1}, {"away_from": 0}, {"away_from": -3, "away_until": 0}, {"began_on": 1}],
    ids=str,
)
def test_who_is_away_left_or_elsewhere_owes_nothing(
    service: Service, ivy: Staff, today: date, change: dict[str, int | bool]
) -> None:
    days = {name: value if isinstance(value, bool) else today + value * DAY for name, value in change.items()}
    Staff.objects.update(**days)
    assert dues(service, today) == {}


def test_on_the_day_of_leaving_it_is_still_due(service: Service, ivy: Staff, today: date) -> None:
    Staff.objects.update(ended_on=today)
    assert dues(service, today)


def test_what_is_repeated_runs_on_from_the_return(service: Service, ivy: Staff, today: date) -> None:
    Staff.objects.update(began_on=today - 900 * DAY, away_from=today - 100 * DAY, away_until=today - DAY)
    assert dues(service, today)["staff-supervision"] == add_months(today - DAY, 3)


def test_who_meets_nobody_alone_needs_no_vetting(service: Service, ivy: Staff, today: date) -> None:
    Staff.objects.update(one_to_one=False)
    assert not {"staff-vetting", "staff-references"} & {*dues(service, today)}


def test_the_sets_cost_the_same_for_one_and_many(
    people: Cast, service: Service, today: date, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        Staff.objects.create(service=service, name=f"S{number}", role="Worker", began_on=today)
        a_policy(service, people.ada, today, subject="other")
    with django_assert_num_queries(1):
        assert len(due.staff_due(service, today)) == 30 * 8
    with django_assert_num_queries(8):
        assert len(due.ground_due(service, today, today)) >= 30
