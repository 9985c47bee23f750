"""Checks of policies and the library, on the edge of each rule."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.governance import due
from kithwork.governance.models import Acknowledgement, Policy, PolicyVersion, Resource, ResourceVersion
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.governance.checks.put import Put, put

DAY = timedelta(days=1)
AT = date(2026, 11, 22)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def a_policy(service: Service, subject: str = "equality", **more: Any) -> Policy:
    return Policy.objects.create(
        **{"service": service, "subject": subject, "title": subject.capitalize(), "made_at": LONG_AGO, **more}
    )


def a_version(policy: Policy, by: User, on: date, number: int = 1, **more: Any) -> PolicyVersion:
    return PolicyVersion.objects.create(
        policy=policy, number=number, approved_on=on, review_due=add_months(on, 36), by=by, **more
    )


def reviewed(service: Service, at: date = AT, topic: str = "equality-and-diversity", **given: object) -> Put:
    return put(service, at, "policies.reviewed", topic=topic, **{"within": "3 years", **given})


@pytest.mark.parametrize(
    ("approved", "at", "holds"),
    [
        (date(2023, 11, 23), AT, True),
        (date(2023, 11, 22), AT, True),  # due on the day is in time
        (date(2023, 11, 21), AT, False),
        (date(2024, 2, 29), date(2027, 2, 28), True),
        (date(2024, 2, 29), date(2027, 3, 1), False),
        (date(2025, 2, 28), date(2028, 2, 28), True),
        (date(2025, 2, 28), date(2028, 2, 29), False),
    ],
)
def test_a_review_counts_to_its_anniversary(
    people: Cast, service: Service, approved: date, at: date, holds: bool
) -> None:
    policy = a_policy(service)
    a_version(policy, people.ada, approved)
    found = reviewed(service, at)
    assert found.fail == ([] if holds else [policy.ref])
    assert found.answer.total == 1
    assert (found.answer.until == add_months(approved, 36)) is holds


def test_the_latest_review_up_to_the_day_counts_and_a_later_one_is_not_read(people: Cast, service: Service) -> None:
    policy = a_policy(service)
    a_version(policy, people.ada, AT - 2000 * DAY)
    a_version(policy, people.ada, AT, 2, changed=False)
    assert reviewed(service).state is State.MET
    assert reviewed(service, AT - DAY).fail == [policy.ref]


def test_no_policy_is_not_recorded_and_one_never_approved_fails(service: Service) -> None:
    assert reviewed(service).state is State.NOT_RECORDED
    assert reviewed(service).figure == "There is no policy on this subject in the register."
    policy = a_policy(service)
    assert reviewed(service).fail == [policy.ref]
    a_policy(service, "driving")
    assert reviewed(service).answer.total == 1, "another subject is another question"


def test_before_it_was_entered_there_was_no_policy(people: Cast, service: Service) -> None:
    policy = a_policy(service, made_at=datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert reviewed(service, AT - DAY).state is State.NOT_RECORDED
    assert reviewed(service, AT).fail == [policy.ref]
    a_version(policy, people.ada, AT - 10 * DAY)
    assert reviewed(service, AT - DAY).state is State.MET, "approved before it was entered"


@pytest.mark.parametrize(("ended", "total"), [(AT - DAY, 0), (AT, 1), (AT + DAY, 1)])
def test_on_its_last_day_a_policy_is_still_in_force(service: Service, ended: date, total: int) -> None:
    a_policy(service, ended_on=ended)
    assert reviewed(service).answer.total == total


def test_lone_working_has_to_cover_volunteers(people: Cast, service: Service) -> None:
    policy = a_policy(service, "lone-working")
    a_version(policy, people.ada, AT)
    assert reviewed(service, topic="lone-working").fail == []
    assert reviewed(service, topic="lone-working", covers=["volunteers"]).fail == [policy.ref]
    Policy.objects.update(covers_volunteers=True)
    found = reviewed(service, topic="lone-working", covers=["volunteers"])
    assert (found.state, found.figure) == (State.MET, "1 of 1 policy reviewed within 3 years, with volunteers covered")
    assert reviewed(service, add_months(AT, 37), topic="lone-working", covers=["volunteers"]).fail == [policy.ref]


def test_without_an_interval_one_approval_is_enough(people: Cast, service: Service) -> None:
    policy = a_policy(service, "capacity")
    assert put(service, AT, "policies.reviewed", topic="capacity").fail == [policy.ref]
    a_version(policy, people.ada, date(2011, 1, 1))
    found = put(service, AT, "policies.reviewed", topic="capacity")
    assert (found.state, found.answer.until) == (State.MET, None)


def test_a_privacy_statement_stands_in_for_a_policy_on_information(people: Cast, service: Service) -> None:
    privacy = a_policy(service, "privacy")
    assert reviewed(service, topic="information-handling").fail == [privacy.ref]
    a_version(privacy, people.ada, AT)
    assert reviewed(service, topic="information-handling").state is State.MET
    policy = a_policy(service, "information")
    assert reviewed(service, topic="information-handling").fail == [policy.ref]
    a_version(policy, people.ada, AT)
    PolicyVersion.objects.filter(policy=privacy).delete()
    assert reviewed(service, topic="information-handling").fail == [], "the policy alone is asked about"


def test_of_several_protocols_each_has_to_be_reviewed_every_year(people: Cast, service: Service) -> None:
    old, new = a_policy(service, "protocol"), a_policy(service, "protocol")
    a_version(old, people.ada, AT - 366 * DAY)
    a_version(new, people.ada, AT - 365 * DAY)
    assert reviewed(service, topic="protocol", within="1 year").fail == [old.ref]


# told of changes


def told(service: Service, of: str = "mentees", at: date = AT) -> Put:
    return put(service, at, "policies.notified", of=of)


def tell(version: PolicyVersion, by: User, on: date, group: str = "mentees") -> None:
    Acknowledgement.objects.create(version=version, group=group, on=on, how="letter", by=by)


def test_each_group_has_to_be_told_from_the_day_after_the_approval(people: Cast, service: Service) -> None:
    policy = a_policy(service)
    version = a_version(policy, people.ada, AT, affects_people=True)
    assert told(service).state is None, "in time on the day itself"
    assert told(service, at=AT + DAY).fail == [policy.ref]
    tell(version, people.ada, AT + DAY)
    assert told(service, at=AT).answer.total == 0
    assert told(service, at=AT + DAY).state is State.MET
    assert told(service, "mentors", AT + DAY).fail == [policy.ref]
    tell(version, people.ada, AT, "staff")
    assert told(service, "mentors", AT + DAY).fail == [policy.ref]


def test_told_on_the_day_itself_it_shows_at_once(people: Cast, service: Service) -> None:
    tell(a_version(a_policy(service), people.ada, AT, affects_people=True), people.ada, AT - DAY)
    assert told(service).figure == "1 of 1 changed policy of the last year told to mentees"


@pytest.mark.parametrize(
    ("approved", "at", "total"),
    [
        (date(2025, 11, 23), AT, 1),
        (date(2025, 11, 22), AT, 0),
        (date(2027, 3, 1), date(2028, 2, 29), 1),
        (date(2027, 2, 28), date(2028, 2, 29), 0),
    ],
)
def test_a_change_is_asked_about_for_a_year(
    people: Cast, service: Service, approved: date, at: date, total: int
) -> None:
    a_version(a_policy(service), people.ada, approved, affects_people=True)
    assert told(service, at=at).answer.total == total


def test_the_latest_change_alone_is_asked_about_and_later_ones_are_not_read(people: Cast, service: Service) -> None:
    policy = a_policy(service)
    a_version(policy, people.ada, AT - 30 * DAY, affects_people=True)
    a_version(policy, people.ada, AT - 20 * DAY, 2, changed=False)
    assert told(service).fail == [policy.ref], "a review without a change takes nothing back"
    tell(a_version(policy, people.ada, AT, 3, affects_people=True), people.ada, AT)
    assert told(service).state is State.MET
    assert told(service, at=AT - DAY).fail == [policy.ref]
    assert {one.ref for one in due.untold(service)} == {policy.ref}, "the mentors are still to hear of it"


def test_what_touches_nobody_or_is_no_longer_in_force_is_not_asked_about(people: Cast, service: Service) -> None:
    a_version(a_policy(service), people.ada, AT - DAY)
    a_version(a_policy(service, "driving", ended_on=AT - DAY), people.ada, AT - 9 * DAY, affects_people=True)
    assert told(service).state is None
    assert told(service).figure == "No change of a policy in the last year touched people."


# the library


def shared(service: Service, at: date = AT) -> Put:
    return put(service, at, "resources.shared")


def a_resource(service: Service, kind: str = "link", **more: Any) -> Resource:
    return Resource.objects.create(**{"service": service, "kind": kind, "title": "A walk", "made_at": LONG_AGO, **more})


def test_the_library_holds_things_for_mentors_that_can_be_opened(people: Cast, service: Service) -> None:
    a_resource(service, for_mentors=False)
    assert shared(service).state is State.NOT_RECORDED
    a_resource(service, "thing")
    link = a_resource(service)
    ResourceVersion.objects.create(resource=link, number=1, url="https://walks.example/", on=AT, by=people.ada)
    assert shared(service).figure == "2 of 2 things in the library ready for mentors"
    assert shared(service, AT - DAY).fail == [link.ref], "its version came a day later"


@pytest.mark.parametrize(("ended", "total"), [(AT - DAY, 0), (AT, 1)])
def test_what_was_taken_out_of_the_library_is_not_counted(service: Service, ended: date, total: int) -> None:
    a_resource(service, "thing", ended_on=ended)
    assert shared(service).answer.total == total


def test_what_was_entered_later_is_not_in_the_library_yet(service: Service) -> None:
    a_resource(service, "thing", made_at=datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert shared(service, AT).answer.total == 1
    assert shared(service, AT - DAY).answer.total == 0
