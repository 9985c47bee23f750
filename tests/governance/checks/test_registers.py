"""Checks of registers, on the edge of each rule."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kithwork.checks import ask
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.core.readiness.catalogue import read
from kithwork.governance.checks import CHECKS, Ground
from kithwork.governance.due import Cover, covered_until
from kithwork.governance.models import Change, Evaluation, Insurance, Risk, Target
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.governance.checks.put import Put, put

DAY = timedelta(days=1)
AT = date(2026, 11, 22)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ALL = ["employers-liability", "public-liability", "volunteers"]


# insurance


def insured(service: Service, begins: date, ends: date, cover: str = "both", *, volunteers: bool = True) -> Insurance:
    return Insurance.objects.create(
        service=service, cover=cover, insurer="Oak", volunteers=volunteers, begins=begins, ends=ends
    )


def covers(service: Service, at: date = AT, *asked: str) -> Put:
    return put(service, at, "insurance.current", covers=list(asked) or ALL)


@pytest.mark.parametrize(
    ("begins", "ends", "failing"),
    [
        (AT - 364 * DAY, AT - DAY, 3),
        (AT - 364 * DAY, AT, 0),
        (AT, AT + 364 * DAY, 0),
    ],
)
def test_insurance_covers_from_its_first_day_to_its_last(
    service: Service, begins: date, ends: date, failing: int
) -> None:
    row = insured(service, begins, ends)
    found = covers(service)
    assert (found.answer.total, found.answer.failing) == (3, failing)
    assert set(found.fail) <= {row.ref}


def test_without_insurance_it_is_not_recorded_and_lapsed_it_is_not_met(service: Service) -> None:
    assert covers(service).figure == "No insurance is on record."
    insured(service, AT + DAY, AT + 30 * DAY)
    assert covers(service).state is State.NOT_RECORDED, "it has not begun"
    insured(service, AT - 30 * DAY, AT - 2 * DAY)
    assert covers(service).state is State.NOT_MET
    assert covers(service).figure == "Insurance covers none of the 3 things asked"


def test_each_cover_is_judged_by_itself(service: Service) -> None:
    insured(service, AT - DAY, AT + 90 * DAY, "employer", volunteers=False)
    found = covers(service)
    assert found.figure == "Insurance covers 1 of the 3 things asked"
    assert found.fail == ["", ""], "nothing there ever covered the public or volunteers"
    named = insured(service, AT - DAY, AT + 90 * DAY, "other")
    assert covers(service, AT, "volunteers").fail == []
    assert covers(service, AT, "volunteers").figure == "Insurance covers volunteers"
    named.volunteers = False
    named.save()
    insured(service, AT - DAY, AT + 90 * DAY, "public", volunteers=True)
    assert covers(service).figure == "Insurance covers all 3 things asked"


def test_what_follows_on_without_a_gap_carries_a_cover_on(service: Service) -> None:
    first = insured(service, AT - 300 * DAY, AT + 9 * DAY)
    assert (covers(service).state, covers(service).answer.until) == (State.AT_RISK, first.ends)
    assert covers(service).answer.lapsing == (3, 3, 3)
    insured(service, AT + 11 * DAY, AT + 300 * DAY)
    assert covers(service).answer.until == first.ends, "one day lies open"
    next_one = insured(service, AT + 10 * DAY, AT + 200 * DAY)
    assert covers(service).answer.until == AT + 300 * DAY
    assert covers(service).state is State.MET
    rows = [*Insurance.objects.all()]
    assert covered_until(rows, Cover.VOLUNTEERS, AT) == AT + 300 * DAY, "Today says the same"
    assert next_one.ref not in covers(service).fail


def test_without_an_end_in_sight_nothing_lapses(service: Service) -> None:
    insured(service, AT, date.max)
    assert (covers(service).state, covers(service).answer.until) == (State.MET, None)


# risks


def a_risk(service: Service, **more: Any) -> Risk:
    given = {"what": "Money", "owner": "Ada", "due_on": AT + 90 * DAY, "reviewed_on": AT, "made_at": LONG_AGO}
    return Risk.objects.create(service=service, **{**given, **more})


def risks(service: Service, at: date = AT, *actions: str) -> Put:
    asked = list(actions) if actions else ["owner", "due-date"]
    return put(service, at, "risks.assessed", of="service", actions=asked)


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"due_on": AT}, True),
        ({"due_on": AT - DAY}, False),
        ({"due_on": AT - DAY, "done_on": AT}, True),
        ({"due_on": AT - DAY, "done_on": AT + DAY}, False),  # done later than the day
        ({"due_on": None}, False),
        ({"due_on": None, "done_on": AT - DAY}, True),
        ({"owner": ""}, False),
        ({"owner": "", "done_on": AT}, True),
        ({"reviewed_on": AT - 4000 * DAY}, True),  # no interval is asked
    ],
)
def test_an_open_risk_has_somebody_and_a_day_that_has_not_passed(
    service: Service, more: dict[str, object], holds: bool
) -> None:
    row = a_risk(service, **more)
    assert risks(service).fail == ([] if holds else [row.ref])
    assert risks(service).labels == ["Money"]


def test_only_what_is_asked_of_a_risk_is_judged(service: Service) -> None:
    row = a_risk(service, due_on=AT - DAY)
    assert risks(service, AT, "owner").fail == []
    assert risks(service, AT, "due-date").fail == [row.ref]
    Risk.objects.update(due_on=AT, owner="")
    assert risks(service, AT, "due-date").fail == []
    assert put(service, AT, "risks.assessed", of="service").fail == []


@pytest.mark.parametrize(("closed", "total"), [(AT - DAY, 0), (AT, 0), (AT + DAY, 1)])
def test_a_closed_risk_is_not_asked_about(service: Service, closed: date, total: int) -> None:
    a_risk(service, closed_on=closed)
    assert risks(service).answer.total == total


def test_a_register_without_open_risks_is_not_recorded_and_later_ones_are_not_read(service: Service) -> None:
    assert risks(service).state is State.NOT_RECORDED
    a_risk(service, made_at=datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert risks(service, AT - DAY).answer.total == 0
    assert risks(service, AT).answer.total == 1


def test_it_is_at_risk_in_the_month_before_the_first_action_falls_due(service: Service) -> None:
    a_risk(service, due_on=AT + 31 * DAY)
    a_risk(service, due_on=AT - 9 * DAY, done_on=AT)
    assert (risks(service).state, risks(service).answer.until) == (State.MET, AT + 31 * DAY)
    assert risks(service).answer.lapsing == (0, 1, 1)
    assert risks(service, AT + DAY).state is State.AT_RISK


# targets and reports


def a_target(service: Service, year: int, **more: Any) -> Target:
    return Target.objects.create(**{"service": service, "year": year, "counts": "matched", "aim": 12, **more})


def targets(service: Service, at: date = AT) -> Put:
    return put(service, at, "targets.set")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (date(2025, 12, 31), State.NOT_RECORDED),
        (date(2026, 1, 1), State.MET),
        (date(2026, 11, 30), State.MET),
        (date(2026, 12, 1), State.AT_RISK),
        (date(2026, 12, 31), State.AT_RISK),
        (date(2027, 1, 1), State.NOT_RECORDED),
    ],
)
def test_targets_hold_for_their_year(service: Service, at: date, state: State) -> None:
    a_target(service, 2026)
    assert targets(service, at).state is state


def test_with_the_next_years_targets_there_nothing_lapses_at_its_end(service: Service) -> None:
    a_target(service, 2026)
    a_target(service, 2026, counts="other", what="Open days")
    assert targets(service).figure == "2 targets agreed for the year"
    assert targets(service).labels == ["Open days", "matches begun"]
    assert targets(service).answer.until == date(2026, 12, 31)
    a_target(service, 2027)
    assert targets(service).answer.until == date(2027, 12, 31)
    assert targets(service).answer.total == 2


def reports(service: Service, at: date = AT) -> Put:
    return put(service, at, "reports.published", every="1 year")


@pytest.mark.parametrize(
    ("published", "at", "state"),
    [
        (AT + DAY, AT, State.NOT_RECORDED),
        (AT, AT, State.MET),
        (date(2025, 11, 22), AT, State.AT_RISK),
        (date(2025, 11, 21), AT, State.NOT_MET),
        (date(2024, 2, 29), date(2025, 2, 28), State.AT_RISK),
        (date(2024, 2, 29), date(2025, 3, 1), State.NOT_MET),
    ],
)
def test_a_report_is_published_every_year(service: Service, published: date, at: date, state: State) -> None:
    a_target(service, published.year - 1, published_on=published)
    a_target(service, published.year)
    found = reports(service, at)
    assert found.state is state
    assert found.fail == ([service.ref] if state is State.NOT_MET else [])


def test_the_latest_report_counts(service: Service) -> None:
    a_target(service, 2024, published_on=AT - 300 * DAY)
    a_target(service, 2023, published_on=AT - 700 * DAY)
    assert reports(service).answer.until == add_months(AT - 300 * DAY, 12)
    assert reports(service).figure == "A public report came out in the last year"
    assert reports(service, AT + 100 * DAY).figure == "No public report came out in the last year"


# evaluations

EVERYBODY = ["clients", "volunteers", "staff", "referrers", "funders"]


def an_evaluation(people: Cast, on: date, **more: Any) -> Evaluation:
    given = {"title": f"Of {on}", "groups": EVERYBODY, "figures": True, "words": True, "baseline": True}
    return Evaluation.objects.create(service=people.service, on=on, by=people.ada, **{**given, **more})


def evaluated(service: Service, at: date = AT, stakeholders: list[str] | None = None) -> Put:
    return put(service, at, "evaluations.completed", every="3 years", stakeholders=stakeholders or EVERYBODY)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2023, 11, 21), State.NOT_MET),
        (date(2023, 11, 22), State.AT_RISK),
        (AT, State.MET),
        (AT + DAY, State.NOT_RECORDED),
    ],
)
def test_an_evaluation_counts_for_three_years(people: Cast, service: Service, on: date, state: State) -> None:
    row = an_evaluation(people, on)
    found = evaluated(service)
    assert found.state is state
    assert found.fail == ([row.ref] if state is State.NOT_MET else [])


@pytest.mark.parametrize(
    "lacks", [{"figures": False}, {"words": False}, {"baseline": False}, {"groups": EVERYBODY[1:]}, {"groups": []}]
)
def test_it_counts_only_with_everything_that_is_asked(people: Cast, service: Service, lacks: dict[str, object]) -> None:
    row = an_evaluation(people, AT - DAY, **lacks)
    assert evaluated(service).fail == [row.ref]
    assert evaluated(service).figure == "No evaluation of the last 3 years has everything that is asked"
    earlier = an_evaluation(people, AT - 20 * DAY)
    assert evaluated(service).state is State.MET, "an earlier one has it all"
    earlier.on = AT - 1200 * DAY
    earlier.save()
    assert evaluated(service).fail == [row.ref], "too long ago; the latest is where that is mended"


def test_the_scheme_says_who_has_to_take_part(people: Cast, service: Service) -> None:
    an_evaluation(people, AT, groups=["clients", "staff"])
    assert evaluated(service, stakeholders=["clients"]).figure == (
        "An evaluation of the last 3 years has everything that is asked"
    )


# changes


def a_change(people: Cast, on: date | None, **more: Any) -> Change:
    given = {"seen_on": AT - 400 * DAY, "weakness": "Long waits", "affects_people": True}
    return Change.objects.create(service=people.service, changed_on=on, by=people.ada, **{**given, **more})


def notified(service: Service, of: str = "mentees", at: date = AT) -> Put:
    return put(service, at, "changes.notified", of=of)


@pytest.mark.parametrize(
    ("on", "total", "failing"),
    [
        (None, 0, 0),
        (date(2025, 11, 22), 0, 0),
        (date(2025, 11, 23), 1, 1),
        (AT - DAY, 1, 1),
        (AT, 0, 0),
        (AT + DAY, 0, 0),
    ],
)
def test_a_change_is_to_be_told_from_the_next_day_and_asked_about_for_a_year(
    people: Cast, service: Service, on: date | None, total: int, failing: int
) -> None:
    a_change(people, on)
    for of in ("mentees", "mentors"):
        found = notified(service, of)
        assert (found.answer.total, found.answer.failing) == (total, failing)


@pytest.mark.parametrize(
    ("told", "fails"), [(None, True), (AT + DAY, True), (AT, False), (AT - 2 * DAY, False), (AT - 9 * DAY, False)]
)
def test_told_by_the_day_is_told_and_each_group_for_itself(
    people: Cast, service: Service, told: date | None, fails: bool
) -> None:
    row = a_change(people, AT - 2 * DAY, mentees_told_on=told)
    assert notified(service).fail == ([row.ref] if fails else [])
    assert notified(service, "mentors").fail == [row.ref]


def test_told_on_the_day_of_the_change_it_shows_at_once(people: Cast, service: Service) -> None:
    a_change(people, AT, mentees_told_on=AT)
    assert notified(service).figure == "1 of 1 change of the last year told to mentees"
    assert notified(service, "mentors").state is None


def test_a_year_without_a_change_that_touches_people_is_no_gap(people: Cast, service: Service) -> None:
    a_change(people, AT - DAY, affects_people=False)
    assert notified(service).state is None
    assert notified(service).figure == "No change of the last year touched people."


def test_registers_of_another_service_are_not_read(people: Cast, service: Service) -> None:
    other = Service.objects.exclude(pk=service.pk).first() or Service.objects.create(
        organisation=service.organisation, name="Another", slug="another"
    )
    insured(other, AT, AT)
    a_risk(other)
    a_target(other, 2026, published_on=AT)
    Evaluation.objects.create(service=other, on=AT, title="Theirs", by=people.ada)
    for found in (covers(service), risks(service), targets(service), reports(service), evaluated(service)):
        assert found.state is State.NOT_RECORDED


def test_everything_asked_of_papers_and_registers_is_three_queries(people: Cast, service: Service) -> None:
    insured(service, AT, AT)
    a_risk(service)
    an_evaluation(people, AT)
    asked = [
        *read("insurance.current", {"covers": ALL}),
        *read("insurance.current", {"covers": ["volunteers"]}),
        *read("evaluations.completed", {"every": "3 years", "stakeholders": EVERYBODY}),
        *read("risks.assessed", {"of": "service", "actions": ["owner"]}),
        *read("changes.notified", {"of": ["mentees", "mentors"]}),
        *read("policies.notified", {"of": ["mentees", "mentors"]}),
        *read("policies.reviewed", {"topic": "driving", "within": "3 years"}),
        *read("appraisals.held", {"of": "staff", "every": "1 year"}),
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ground = Ground(service, AT)
        ask({number: CHECKS[type(one)](ground, one) for number, one in enumerate(asked)}, AT)
    assert len(queries) == 3
