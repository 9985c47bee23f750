"""A made-up service answers every check of referrals and mentees; each fault put in is found by its own alone."""

from datetime import date, timedelta

import pytest

from kithwork.caseload.actions import practice as practices
from kithwork.caseload.checks import CHECKS, Ground
from kithwork.caseload.models import Practice
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.days import add_months
from kithwork.core.readiness import Asked, State
from kithwork.core.readiness.catalogue import mentees, read, referrals
from kithwork.core.schemes import load
from kithwork.procedures.plausible import Wanted, draw
from kithwork.procedures.plausible.book import Book
from kithwork.procedures.plausible.faults import matches as of_matches
from kithwork.procedures.plausible.faults import mentees as of_mentees
from kithwork.procedures.plausible.faults import mentors as of_mentors
from kithwork.procedures.plausible.faults.hand import Hand
from kithwork.procedures.plausible.loading import save
from kithwork.procedures.sample import Cast
from tests.journeys.short import QIM

BREAKERS = (
    *(one for one in of_mentees.BREAKERS if one is not of_mentees.mentee_without_profile),
    of_matches.activity_risk_missing,
    of_matches.activity_risk_old,
    of_matches.plan_missing,
    of_matches.review_late,
    of_matches.review_question_missing,
    of_mentors.mentor_consent_missing,
)


def questions() -> dict[tuple[str, int], Asked]:
    """What Quality in Mentoring asks of the daily work, by requirement."""
    found: dict[tuple[str, int], Asked] = {}
    for one in load(QIM).requirements:
        put = [asked for check in one.checks for asked in read(check.name, check.model_extra or {})]
        found |= {(one.id, number): asked for number, asked in enumerate(put) if type(asked) in CHECKS}
    return found


ASKED = questions()


def a_book(people: Cast, at: date, size: int, years: int, seed: int, *, homes: bool = False) -> Book:
    practice = practices.begin(service=people.service, by=people.ada, today=add_months(at, -12 * years))
    practices.change(practice=practice, by=people.ada, visits_homes=homes)
    practice = Practice.objects.select_related("service").get()
    return draw(practice, Wanted(size, years, seed, at), people.ada, [people.ada])


def failing(practice: Practice, at: date) -> set[tuple[str, str]]:
    """Requirement and reference of every row that fails; what is not recorded without a reference."""
    ground = Ground(practice, at)
    rules = {key: CHECKS[type(asked)](ground, asked) for key, asked in ASKED.items()}
    found: set[tuple[str, str]] = set()
    for key, answer in ask(rules, at).items():
        if answer.state(ASKED[key], at) is State.NOT_RECORDED:
            found.add((key[0], ""))
        found |= {(key[0], row.ref) for row in told(rules[key], behind(rules[key], at, failing=True))}
    return found


def test_the_edition_asks_of_referrals_and_mentees_what_the_domain_lists() -> None:
    kinds = {*referrals.KINDS, *mentees.KINDS}
    mine = {key: asked for key, asked in ASKED.items() if type(asked) in kinds}
    assert {number for number, _ in mine} == {"26", "36", "37", "39", "40", "41", "42", "43", "44", "46"}
    assert {type(one) for one in mine.values()} == kinds


@pytest.mark.parametrize(
    ("size", "years", "seed", "at", "homes"),
    [
        (45, 1, 2, date(2028, 2, 29), False),
        (40, 3, 3, date(2027, 5, 31), True),
        (50, 2, 4, date(2025, 12, 26), False),
    ],
)
def test_without_faults_nothing_fails_and_nothing_is_missing(
    people: Cast, size: int, years: int, seed: int, at: date, homes: bool
) -> None:
    save(a_book(people, at, size, years, seed, homes=homes), seed, 0, people.ada)
    practice = Practice.objects.select_related("service").get()
    assert failing(practice, at) == set()


def test_each_fault_is_found_by_the_check_of_its_indicator_and_no_other(people: Cast) -> None:
    at = date(2026, 11, 22)
    book = a_book(people, at, 120, 3, 7)
    hand = Hand(book)
    found = [breaker(hand) for breaker in reversed(BREAKERS)]  # few wait: they come first
    faults = [one for one in found if one is not None]
    assert len(faults) == len(BREAKERS)
    rows = {review.ref: match.row.ref for match in book.matches for review in match.reviews}
    save(book, 7, 0, people.ada)
    practice = Practice.objects.select_related("service").get()
    # a review is found by its match
    assert failing(practice, at) == {(one.indicator, rows.get(one.ref, one.ref)) for one in faults}


def test_days_in_the_past_are_answered_by_what_was_known_by_then(people: Cast) -> None:
    """All that holds today held on each day before; the limits that bear no day are set for today."""
    at = date(2026, 11, 22)
    save(a_book(people, at, 60, 3, 11, homes=True), 11, 0, people.ada)
    practice = Practice.objects.select_related("service").get()
    for days in (1, 7, 30, 61, 100, 200, 300):
        assert {number for number, _ in failing(practice, at - timedelta(days=days))} <= {"26"}
