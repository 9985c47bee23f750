"""A made-up service answers every check of papers, registers and staff; each fault put in is found by its own alone."""

from datetime import date

import pytest

from kithwork.caseload.actions import practice as practices
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.days import add_months
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import read
from kithwork.core.schemes import load
from kithwork.governance.checks import CHECKS, Ground
from kithwork.organisations.models import Service
from kithwork.procedures.plausible import Wanted, draw
from kithwork.procedures.plausible.book import Book
from kithwork.procedures.plausible.faults import service as faults
from kithwork.procedures.plausible.faults.hand import Breaker, Hand
from kithwork.procedures.sample import Cast
from tests.journeys.short import QIM

# an appraisal that was not held is no talk of training needs either; neither mentees nor mentors were told
TWICE = {"appraisal-late", "policy-change-not-told"}
Key = tuple[str, int]


def questions() -> dict[Key, Asked]:
    """What Quality in Mentoring asks of papers, registers and staff files, by requirement."""
    found: dict[Key, Asked] = {}
    for one in load(QIM).requirements:
        kept = [check for check in one.checks if any(kind.name == check.name for kind in CHECKS)]
        put = [asked for check in kept for asked in read(check.name, check.model_extra or {})]
        found |= {(one.id, number): asked for number, asked in enumerate(put) if type(asked) in CHECKS}
    return found


ASKED = questions()


def a_book(people: Cast, at: date, years: int, seed: int) -> Book:
    practice = practices.begin(service=people.service, by=people.ada, today=add_months(at, -12 * years))
    practice.service = people.service
    return draw(practice, Wanted(6, years, seed, at), people.ada, [people.ada])


def write(book: Book) -> None:
    """Papers, registers and staff files alone; these checks read nothing else."""
    kinds = dict.fromkeys(type(row) for row in book.ground if row._meta.app_label == "governance")
    for kind in kinds:
        kind._base_manager.bulk_create([row for row in book.ground if type(row) is kind])


def failing(service: Service, at: date) -> list[tuple[str, str]]:
    """Requirement and reference of every row that fails; what is not recorded without a reference."""
    ground = Ground(service, at)
    rules = {key: CHECKS[type(asked)](ground, asked) for key, asked in ASKED.items()}
    found: list[tuple[str, str]] = []
    for key, answer in ask(rules, at).items():
        if answer.total == 0 and not ASKED[key].vacuous:
            found.append((key[0], ""))
        elif answer.failing:
            found += [(key[0], row.ref) for row in told(rules[key], behind(rules[key], at, failing=True))]
    return found


def test_the_edition_asks_of_papers_registers_and_staff_what_the_domain_lists() -> None:
    asked = {requirement for requirement, _ in ASKED}
    policies = {str(number) for number in range(8, 27)}
    assert asked == {"3", "7", *policies, "27", "28", "29", "30", "32", "34", "37", "38", "40", "e3"}


@pytest.mark.parametrize(
    ("years", "seed", "at"),
    [
        (1, 1, date(2028, 2, 29)),
        (1, 2, date(2027, 3, 1)),
        (2, 3, date(2026, 11, 22)),
        (3, 4, date(2025, 12, 31)),
        (5, 5, date(2027, 1, 1)),
        (12, 6, date(2027, 5, 31)),
    ],
)
def test_without_faults_nothing_fails_and_nothing_is_missing(people: Cast, years: int, seed: int, at: date) -> None:
    write(a_book(people, at, years, seed))
    assert failing(people.service, at) == []


@pytest.mark.parametrize("breaker", faults.BREAKERS, ids=lambda one: one.__name__)
def test_each_fault_is_found_by_the_check_of_its_indicator_and_no_other(people: Cast, breaker: Breaker) -> None:
    at = date(2026, 11, 22)
    book = a_book(people, at, 5, 1)
    fault = breaker(Hand(book))
    assert fault is not None
    write(book)
    times = 2 if fault.kind in TWICE else 1
    assert failing(people.service, at) == [(fault.indicator, fault.ref)] * times
