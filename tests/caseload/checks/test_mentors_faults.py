"""A made-up service answers every check of mentors; each fault put in is found by the checks of its indicator alone."""

from datetime import date

import pytest

from kithwork.caseload.actions import practice as practices
from kithwork.caseload.checks import CHECKS, Ground, gatherings, mentors, trainings
from kithwork.caseload.models import Practice, Supervision
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.days import add_months
from kithwork.core.readiness import Asked, State
from kithwork.core.readiness.catalogue import read
from kithwork.core.schemes import load as load_edition
from kithwork.procedures.plausible import Wanted, load
from kithwork.procedures.plausible.faults import mentors as faults
from kithwork.procedures.plausible.loading import Loaded
from kithwork.procedures.sample import Cast
from tests.journeys.short import QIM

OURS = {*mentors.CHECKS, *trainings.CHECKS, *gatherings.CHECKS}
ELSEWHERE = {"mentor-consent-missing", "mentor-without-profile"}  # found by checks of consents and profiles
Key = tuple[str, int]


def questions() -> dict[Key, Asked]:
    """What Quality in Mentoring asks of mentors, their trainings and gatherings, by requirement."""
    found: dict[Key, Asked] = {}
    for one in load_edition(QIM).requirements:
        put = [asked for check in one.checks for asked in read(check.name, check.model_extra or {})]
        found |= {(one.id, number): asked for number, asked in enumerate(put) if type(asked) in OURS}
    return found


ASKED = questions()


def made_up(people: Cast, today: date, size: int, years: int, seed: int, faulty: int) -> tuple[Practice, Loaded]:
    practice = practices.begin(service=people.service, by=people.ada, today=add_months(today, -12 * years))
    done = load(practice=practice, wanted=Wanted(size, years, seed, today), faulty=faulty, by=people.ada)
    return Practice.objects.select_related("service").get(), done


def failing(practice: Practice, at: date) -> set[tuple[str, str]]:
    """Requirement and reference of every row that fails; of what nobody could be asked about, no reference."""
    ground = Ground(practice, at)
    rules = {key: CHECKS[type(asked)](ground, asked) for key, asked in ASKED.items()}
    found: set[tuple[str, str]] = set()
    for key, answer in ask(rules, at).items():
        if answer.state(ASKED[key], at) is State.NOT_RECORDED:
            found.add((key[0], ""))
        if answer.failing:
            found |= {(key[0], row.ref) for row in told(rules[key], behind(rules[key], at, failing=True))}
    return found


@pytest.mark.parametrize(
    ("size", "years", "seed", "at"), [(40, 2, 1, date(2026, 11, 22)), (25, 3, 3, date(2028, 2, 29))]
)
def test_without_faults_every_check_of_mentors_is_met(people: Cast, size: int, years: int, seed: int, at: date) -> None:
    practice, _ = made_up(people, at, size, years, seed, 0)
    assert failing(practice, at) == set()


def test_each_fault_is_found_by_the_checks_of_its_indicator_and_by_no_other(
    people: Cast, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kithwork.procedures.plausible.faults.BREAKERS", faults.BREAKERS)
    practice, done = made_up(people, today, 80, 2, 1, len(faults.BREAKERS))
    kinds = {one.kind for one in done.faults}
    assert len(kinds) == len(faults.BREAKERS)

    expected: set[tuple[str, str]] = set()
    for one in done.faults:
        ref = one.ref
        if one.kind == "supervision-without-topic":  # the session is at fault, and its mentor is named
            ref = Supervision.objects.get(ref=ref).mentor.ref
        if one.kind == "supervision-late":  # late by half a year, it is late by a quarter too
            expected.add(("e16", ref))
        if one.kind not in ELSEWHERE:
            expected.add((one.indicator, ref))
    assert failing(practice, today) == expected
