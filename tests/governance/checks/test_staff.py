"""Checks of staff files, on the edge of each rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.governance import due
from kithwork.governance.models import (
    Appraisal,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.governance.checks.put import Put, put

DAY = timedelta(days=1)
AT = date(2026, 11, 22)
TOPICS = ["protection", "risk-management", "managing-volunteers"]
EVERY: dict[str, dict[str, object]] = {
    "references.taken": {"count": 2},
    "vetting.cleared": {},
    "training.completed": {"topics": TOPICS},
    "training.recorded": {},
    "id_badges.issued": {},
    "supervision.held": {"every": "3 months", "minuted": True},
    "appraisals.held": {"every": "1 year"},
    "training_needs.assessed": {"every": "1 year"},
}
ONCE = ["references.taken", "vetting.cleared", "training.completed", "training.recorded", "id_badges.issued"]
ROUND = [name for name in EVERY if name not in ONCE]


def staff(service: Service, **more: Any) -> Staff:
    given = {"name": "Cora Lyle", "role": "Coordinator", "began_on": AT - 1000 * DAY}
    return Staff.objects.create(service=service, **{**given, **more})


def asked(service: Service, name: str, at: date = AT, **given: object) -> Put:
    return put(service, at, name, of="staff", **{**EVERY[name], **given})


# who is asked about


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("more", "among"),
    [
        ({}, True),
        ({"mentoring": False}, False),
        ({"ended_on": AT - DAY}, False),
        ({"ended_on": AT}, True),
        ({"began_on": AT + DAY}, False),
        ({"away_from": AT}, False),
        ({"away_from": AT - 9 * DAY, "away_until": AT}, False),
        ({"away_from": AT - 9 * DAY, "away_until": AT - DAY}, True),
        ({"away_from": AT + DAY}, True),
    ],
)
def test_who_is_here_and_of_the_mentoring_service_is_asked_about(
    service: Service, name: str, more: dict[str, object], among: bool
) -> None:
    staff(service, **more)
    assert asked(service, name).answer.total == among


@pytest.mark.parametrize("name", ONCE)
def test_what_is_had_once_is_asked_from_the_day_after_the_first(service: Service, name: str) -> None:
    row = staff(service, began_on=AT)
    assert asked(service, name).state is State.NOT_RECORDED
    assert asked(service, name, AT + DAY).fail == [row.ref]


@pytest.mark.parametrize("name", ["references.taken", "vetting.cleared"])
def test_only_who_meets_mentees_one_to_one_needs_references_and_vetting(service: Service, name: str) -> None:
    staff(service, one_to_one=False)
    assert asked(service, name).figure == (
        "No staff who meet mentees one to one are on record who could be asked about today."
    )


def test_without_staff_it_is_not_recorded(service: Service) -> None:
    assert asked(service, "id_badges.issued").figure == (
        "No staff of the mentoring service are on record who could be asked about today."
    )


# what is had once


def test_two_suitable_references_received_by_the_day(service: Service) -> None:
    row = staff(service)
    StaffReference.objects.create(staff=row, name="Fern", received_on=AT)
    StaffReference.objects.create(staff=row, name="Hal", received_on=AT, satisfactory=False)
    assert asked(service, "references.taken").fail == [row.ref]
    assert asked(service, "references.taken", count=1).fail == []
    StaffReference.objects.create(staff=row, name="Ivo", received_on=AT)
    assert asked(service, "references.taken").fail == []
    assert asked(service, "references.taken", AT - DAY).fail == [row.ref]
    other = staff(service, name="Dan Oak")
    found = asked(service, "references.taken")
    assert found.fail == [other.ref]
    assert found.figure == "1 of 2 members of staff who meet mentees one to one brought 2 suitable references"


def vet(people: Cast, row: Staff, on: date, until: date | None, *, clear: bool = True) -> None:
    StaffVetting.objects.create(staff=row, level="enhanced", on=on, clear=clear, expires_on=until, by=people.ada)


@pytest.mark.parametrize(
    ("on", "until", "clear", "holds"),
    [
        (AT - 900 * DAY, AT - DAY, True, False),
        (AT - 900 * DAY, AT, True, True),
        (AT - 900 * DAY, None, True, True),
        (AT - 900 * DAY, AT + DAY, False, False),
        (AT, None, True, True),
        (AT + DAY, None, True, False),
    ],
)
def test_a_clear_check_counts_to_its_last_day(
    people: Cast, service: Service, on: date, until: date | None, clear: bool, holds: bool
) -> None:
    row = staff(service)
    vet(people, row, on, until, clear=clear)
    found = asked(service, "vetting.cleared")
    assert found.fail == ([] if holds else [row.ref])
    assert found.answer.until == (until if holds else None)


def test_the_latest_check_alone_counts(people: Cast, service: Service) -> None:
    row = staff(service)
    vet(people, row, AT - 900 * DAY, None)
    vet(people, row, AT, None, clear=False)
    assert asked(service, "vetting.cleared").fail == [row.ref]
    assert asked(service, "vetting.cleared", AT - DAY).fail == []
    vet(people, row, AT, AT + 20 * DAY)
    assert asked(service, "vetting.cleared").state is State.AT_RISK
    assert asked(service, "vetting.cleared").answer.lapsing == (1, 1, 1)


def train(row: Staff, topic: str, on: date = AT) -> None:
    StaffTraining.objects.create(staff=row, topic=topic, title=topic, on=on)


def test_training_in_each_subject(service: Service) -> None:
    row = staff(service)
    for topic in ("protection", "risk", "other", "protection"):
        train(row, topic, AT - 3000 * DAY)
    assert asked(service, "training.completed").fail == [row.ref]
    assert asked(service, "training.completed", topics=["protection", "risk-management"]).fail == []
    train(row, "volunteers")
    assert asked(service, "training.completed").figure == (
        "1 of 1 member of staff took training in protecting people, managing risk and managing volunteers"
    )
    assert asked(service, "training.completed", AT - DAY).fail == [row.ref]
    assert asked(service, "training.completed", topics=["training-for-trainers"]).fail == [row.ref]
    assert asked(service, "training.completed", topics=["challenges"]).fail == [row.ref]


def test_any_training_is_a_record_of_training(service: Service) -> None:
    row = staff(service)
    train(row, "other")
    assert asked(service, "training.recorded").fail == []
    assert asked(service, "training.recorded", AT - DAY).fail == [row.ref]


@pytest.mark.parametrize(("badge", "holds"), [(None, False), (AT + DAY, False), (AT, True), (AT - DAY, True)])
def test_a_badge_given_by_the_day(service: Service, badge: date | None, holds: bool) -> None:
    row = staff(service, badge_on=badge)
    assert asked(service, "id_badges.issued").fail == ([] if holds else [row.ref])


# what comes round


def enter(people: Cast, name: str, row: Staff, on: date, *, counts: bool = True) -> None:
    """The thing itself, or one that lacks what makes it count."""
    if name == "supervision.held":
        StaffSupervision.objects.create(staff=row, on=on, supervisor="Chair", minuted=counts, by=people.ada)
        return
    mark = "by_job_description" if name == "appraisals.held" else "needs_assessed"
    Appraisal.objects.create(staff=row, on=on, by=people.ada, **{mark: counts})


def length(name: str) -> int:
    return 3 if name == "supervision.held" else 12


@pytest.mark.parametrize("name", ROUND)
@pytest.mark.parametrize("day", [AT, date(2026, 5, 31), date(2024, 2, 29), date(2025, 11, 30), date(2023, 3, 1)])
def test_it_is_in_time_on_its_last_day_and_late_on_the_next(
    people: Cast, service: Service, name: str, day: date
) -> None:
    row = staff(service, began_on=day - 1000 * DAY)
    enter(people, name, row, day)
    last = add_months(day, length(name))
    assert asked(service, name, last).fail == []
    assert asked(service, name, last).answer.until == last
    assert asked(service, name, last + DAY).fail == [row.ref]
    assert asked(service, name, day - DAY).fail == [row.ref], "it was still to come"
    matter = due.Matter.STAFF_SUPERVISION if name == "supervision.held" else due.Matter.STAFF_APPRAISAL
    assert last in {one.on for one in due.staff_due(service, day) if one.matter == matter}, "Today says the same"


@pytest.mark.parametrize("name", ROUND)
def test_it_is_counted_from_the_first_day_and_from_the_last_day_away(people: Cast, service: Service, name: str) -> None:
    began = add_months(AT, -length(name))
    row = staff(service, began_on=began)
    assert asked(service, name).fail == []
    assert asked(service, name, AT + DAY).fail == [row.ref]
    enter(people, name, row, began - 40 * DAY)
    assert asked(service, name).fail == [], "of before they came; the first day is later"
    Staff.objects.update(away_from=AT - 60 * DAY, away_until=AT - 5 * DAY)
    last = add_months(AT - 5 * DAY, length(name))
    assert asked(service, name, last).fail == []
    assert asked(service, name, last + DAY).fail == [row.ref]


@pytest.mark.parametrize("name", ROUND)
def test_one_that_lacks_what_is_asked_does_not_count(people: Cast, service: Service, name: str) -> None:
    row = staff(service)
    enter(people, name, row, AT - DAY, counts=False)
    assert asked(service, name).fail == [row.ref]
    enter(people, name, row, AT - 2 * DAY)
    assert asked(service, name).answer.until == add_months(AT - 2 * DAY, length(name))


def test_where_minutes_are_not_asked_any_session_counts(people: Cast, service: Service) -> None:
    row = staff(service)
    enter(people, "supervision.held", row, AT - DAY, counts=False)
    found = asked(service, "supervision.held", minuted=False)
    assert found.figure == "1 of 1 member of staff had supervision in the last 3 months"
    assert asked(service, "supervision.held").figure == (
        "0 of 1 member of staff had supervision with minutes in the last 3 months"
    )


def test_the_oldest_of_those_who_fail_comes_first(people: Cast, service: Service) -> None:
    late, later = staff(service, name="Ann Ash"), staff(service, name="Bo Elm")
    fine = staff(service, name="Cy Fir", began_on=AT)
    enter(people, "supervision.held", late, AT - 120 * DAY)
    enter(people, "supervision.held", later, AT - 200 * DAY)
    found = asked(service, "supervision.held")
    assert found.fail == [later.ref, late.ref]
    assert found.labels == ["Bo Elm", "Ann Ash", "Cy Fir"]
    assert found.answer.until == add_months(fine.began_on, 3)
