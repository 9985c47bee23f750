"""Checks of how mentors come, on the edge of each rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Exemption,
    Mentor,
    MentorStep,
    Pause,
    Practice,
    Reference,
    Vetting,
)
from kithwork.core.readiness import State
from kithwork.core.readiness.catalogue import read
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import Put, put
from tests.caseload.checks.rows import AT, DAY, YEAR_AGO, a_mentor, a_step
from tests.running import a_practice

K = MentorStep.Kind
ONCE: dict[str, dict[str, object]] = {
    "id_badges.issued": {"of": "mentors"},
    "applications.assessed": {"of": "mentors", "against": "role-description"},
    "mentors.interviewed": {"stage": "selection"},
    "references.taken": {"of": "mentors", "count": 2},
    "vetting.cleared": {"of": "mentors", "before": "acceptance"},
    "training.completed": {"of": "mentors", "sessions": 2},
}


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


def a_check(mentor: Mentor, by: User, on: date | None, until: date | None = None, outcome: str = "clear") -> Vetting:
    return Vetting.objects.create(
        mentor=mentor,
        level="enhanced",
        asked_on=on or AT - 30 * DAY,
        on=on,
        expires_on=until,
        outcome=outcome,
        by=by,
    )


def asked(practice: Practice, name: str, at: date = AT, **given: object) -> Put:
    return put(practice, at, name, **{**ONCE.get(name, {}), **given})


# who is asked about


@pytest.mark.parametrize("name", ONCE)
@pytest.mark.parametrize(
    ("more", "among"),
    [
        ({}, True),
        ({"accepted_on": AT - DAY}, True),
        ({"accepted_on": AT}, False),
        ({"accepted_on": AT + DAY}, False),
        ({"accepted_on": None}, False),
        ({"left_on": AT}, True),
        ({"left_on": AT - DAY}, False),
    ],
)
def test_what_is_had_once_is_asked_of_mentors_from_the_day_after_they_were_selected_to_their_last(
    practice: Practice, name: str, more: dict[str, Any], among: bool
) -> None:
    mentor = a_mentor(practice, **more)
    found = asked(practice, name)
    assert found.fail == ([mentor.ref] if among else [])
    assert found.answer.total == among


@pytest.mark.parametrize("name", ONCE)
@pytest.mark.parametrize(
    ("begins", "ends", "away"),
    [(AT, AT, True), (AT - DAY, None, True), (AT + DAY, None, False), (AT - 9 * DAY, AT - DAY, False)],
)
def test_whoever_is_away_is_asked_for_nothing_meanwhile(
    practice: Practice, by: User, name: str, begins: date, ends: date | None, away: bool
) -> None:
    Pause.objects.create(mentor=a_mentor(practice), begins=begins, ends=ends, reason="Away", by=by)
    assert asked(practice, name).answer.total == (not away)


@pytest.mark.parametrize("name", ONCE)
def test_mentors_of_another_service_are_not_asked_about(practice: Practice, people: Cast, name: str) -> None:
    other = Service.objects.create(organisation=people.elsewhere, name="Far Shore", slug="far-shore-mentors")
    day = AT - 99 * DAY
    Mentor.objects.create(service=other, name="Mab Sorrel", applied_on=day, accepted_on=day)
    assert asked(practice, name).answer.total == 0


# steps


@pytest.mark.parametrize(
    ("name", "given", "kind", "judges"),
    [
        ("id_badges.issued", {}, K.BADGE, False),
        ("applications.assessed", {}, K.ROLE, True),
        ("mentors.interviewed", {}, K.INTERVIEW, True),
        ("mentors.interviewed", {"stage": "after-training"}, K.POST_TRAINING, True),
    ],
)
def test_a_step_counts_from_its_day_and_the_latest_of_its_kind_judges(
    practice: Practice, name: str, given: dict[str, object], kind: MentorStep.Kind, judges: bool
) -> None:
    mentor = a_mentor(practice)
    a_step(mentor, K.INDUCTION, AT)
    step = a_step(mentor, kind, AT + DAY)
    assert asked(practice, name, **given).fail == [mentor.ref]
    step.on = AT
    step.save()
    assert asked(practice, name, **given).state is State.MET
    if judges:
        a_step(mentor, kind, AT, "no")
        a_step(mentor, kind, AT - DAY, "yes")
        assert asked(practice, name, **given).fail == [mentor.ref]
        assert asked(practice, name, AT - DAY, **given).fail == []
        a_step(mentor, kind, AT, "yes")
        assert asked(practice, name, **given).fail == []


def test_badges_are_asked_for_where_a_service_says_that_it_gives_none(practice: Practice) -> None:
    practice.badges = False
    mentor = a_mentor(practice)
    assert asked(practice, "id_badges.issued").fail == [mentor.ref]


def test_so_many_references_are_suitable_and_came_by_the_day(practice: Practice) -> None:
    mentor = a_mentor(practice)
    for given in (
        {"received_on": AT, "suitable": True},
        {"received_on": AT + DAY, "suitable": True},
        {"received_on": AT, "suitable": False},
        {"received_on": AT, "suitable": None},
        {},
    ):
        Reference.objects.create(mentor=mentor, name="Fern Abbot", relation="colleague", **given)
    assert asked(practice, "references.taken", count=1).state is State.MET
    assert asked(practice, "references.taken").fail == [mentor.ref]
    assert asked(practice, "references.taken").figure == "0 of 1 mentor came with 2 suitable references or more"
    assert asked(practice, "references.taken", AT + DAY).state is State.MET


@pytest.mark.parametrize("missing", ["vetting", "references", "interview", "role", "badge", "training"])
def test_an_exemption_is_no_evidence(practice: Practice, by: User, missing: str) -> None:
    mentor = a_mentor(practice)
    Exemption.objects.create(
        mentor=mentor, missing=missing, reason="Known to us.", begins=AT - DAY, until=AT + 9 * DAY, by=by
    )
    assert all(asked(practice, name).fail == [mentor.ref] for name in ONCE)


# vetting


@pytest.mark.parametrize(("until", "state"), [
    (AT - DAY, State.NOT_MET),
    (AT, State.AT_RISK),
    (AT + 30 * DAY, State.AT_RISK),
    (AT + 31 * DAY, State.MET),
    (None, State.MET),
])  # fmt: skip
def test_a_check_counts_through_its_last_day_whatever_grace_there_is(
    practice: Practice, by: User, until: date | None, state: State
) -> None:
    practice.vetting_grace_days = 60
    a_check(a_mentor(practice), by, AT - 300 * DAY, until)
    found = asked(practice, "vetting.cleared")
    assert found.state is state
    assert found.answer.until == (None if state is State.NOT_MET else until)


def test_the_latest_check_counts_by_its_own_day_and_one_that_is_awaited_does_not(practice: Practice, by: User) -> None:
    mentor = a_mentor(practice)
    a_check(mentor, by, None, outcome="asked")
    assert asked(practice, "vetting.cleared").fail == [mentor.ref]
    a_check(mentor, by, AT - 9 * DAY, outcome="unsuitable")
    a_check(mentor, by, AT - 99 * DAY, AT + 999 * DAY)
    a_check(mentor, by, AT + DAY, AT + 999 * DAY)
    assert asked(practice, "vetting.cleared").fail == [mentor.ref]
    a_check(mentor, by, AT - 9 * DAY, AT + 999 * DAY)  # of two on one day the one recorded last
    assert asked(practice, "vetting.cleared").state is State.MET
    a_check(mentor, by, AT - 8 * DAY, AT - DAY)
    assert asked(practice, "vetting.cleared").fail == [mentor.ref]


@pytest.mark.parametrize(
    ("accepted", "on", "until", "more", "good"),
    [
        (AT - DAY, AT - DAY, None, {}, True),
        (AT - 2 * DAY, AT - DAY, None, {}, False),
        (AT - 2 * DAY, AT - DAY, None, {"joined_by": "p1"}, True),
        (YEAR_AGO + DAY, YEAR_AGO + 2 * DAY, None, {}, False),
        (YEAR_AGO, YEAR_AGO + 2 * DAY, None, {}, True),
    ],
)
def test_whoever_was_selected_in_the_last_year_was_cleared_first(
    practice: Practice, by: User, accepted: date, on: date, until: date | None, more: dict[str, Any], good: bool
) -> None:
    mentor = a_mentor(practice, accepted_on=accepted, **more)
    a_check(mentor, by, on, until)
    assert asked(practice, "vetting.cleared").fail == ([] if good else [mentor.ref])
    assert asked(practice, "vetting.cleared", before=None).fail == []


@pytest.mark.parametrize(("until", "good"), [(AT - 40 * DAY, True), (AT - 41 * DAY, False)])
def test_the_first_check_counted_on_the_day_of_the_selection(
    practice: Practice, by: User, until: date, good: bool
) -> None:
    mentor = a_mentor(practice, accepted_on=AT - 40 * DAY)
    a_check(mentor, by, AT - 400 * DAY, until)
    a_check(mentor, by, AT - 9 * DAY, AT + 999 * DAY)
    assert asked(practice, "vetting.cleared").fail == ([] if good else [mentor.ref])


def test_a_service_that_needs_no_vetting_is_not_asked(practice: Practice) -> None:
    practice.vetting = Practice.Vetting.NONE
    a_mentor(practice)
    found = asked(practice, "vetting.cleared")
    assert (found.state, found.labels) == (None, [])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("mentors.counted", {"stages": []}),
        ("mentors.counted", {"stages": ["left"]}),
        ("mentors.interviewed", {}),
        ("mentors.contacted", {}),
        ("mentors.contacted", {"every": "3 months", "between": "supervision"}),
        ("supervision.held", {"of": "mentors", "every": "6 months", "topics": ["weather"]}),
    ],
)
def test_a_parameter_that_says_nothing_or_too_much_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=name):
        read(name, given)
