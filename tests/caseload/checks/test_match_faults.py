"""A made-up service answers every check of matches and endings; each fault put in is found by its own check alone."""

from datetime import date

import pytest

from kithwork.caseload.checks import CHECKS, Ground, endings, matches
from kithwork.caseload.models import Practice
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import read
from kithwork.core.schemes import load
from kithwork.procedures.plausible import Wanted, draw, loading
from kithwork.procedures.plausible.faults import matches as faults
from kithwork.procedures.plausible.faults import mentees, mentors
from kithwork.procedures.plausible.faults.hand import Hand
from kithwork.procedures.sample import Cast
from tests.journeys.short import QIM
from tests.procedures.test_plausible import run_by

KINDS = (*matches.CHECKS, *endings.CHECKS)
# by which check each kind is found; the others of the module are about risks, plans and reviews
FOUND_BY = {
    "mentee-without-profile": "profiles.completed/mentees",
    "mentor-without-profile": "profiles.completed/mentors",
    "reasons-missing": "matches.reasoned",
    "reasons-not-told": "matches.explained",
    "answered-after-introduction": "matches.agreed",
    "introducer-missing": "matches.introduced",
    "first-week-missed": "matches.followed_up",
    "fifth-meeting-missed": "matches.followed_up",
    "boundary-not-acted-on": "boundaries.acted_on",
    "notice-too-short": "endings.planned",
    "not-looked-back": "endings.reflected_on",
    "no-support-after": "endings.supported",
    "ending-not-explained": "endings.explained",
    "ending-not-told-to-referrer": "endings.explained",
    "ending-not-confirmed": "endings.confirmed",
    "exit-not-asked": "endings.surveyed",
    "agreement-not-signed": "agreements.signed",
}


def questions() -> dict[str, tuple[str, Asked]]:
    """What Quality in Mentoring asks of matches and endings: requirement and question, by the question's key."""
    found = {}
    for one in load(QIM).requirements:
        for check in one.checks:
            for asked in read(check.name, check.model_extra or {}):
                if type(asked) in KINDS:
                    found[asked.key()] = (one.id, asked)
    return found


ASKED = questions()


def failing(practice: Practice, at: date) -> set[tuple[str, str]]:
    """Key and reference of every row that fails."""
    ground = Ground(practice, at)
    rules = {key: CHECKS[type(asked)](ground, asked) for key, (_, asked) in ASKED.items()}
    return {
        (key, row.ref)
        for key, answer in ask(rules, at).items()
        if answer.failing
        for row in told(rules[key], behind(rules[key], at, failing=True))
    }


def test_the_edition_asks_of_matches_and_endings_what_the_domain_lists() -> None:
    numbers = {requirement for requirement, _ in ASKED.values()}
    assert numbers == {*(str(number) for number in range(55, 62)), "e9", "e22"}


@pytest.mark.parametrize(
    ("size", "years", "seed", "at"),
    [(60, 2, 11, date(2026, 11, 22)), (30, 2, 12, date(2028, 2, 29)), (90, 3, 13, date(2027, 5, 31))],
)
def test_each_fault_is_found_by_its_check_alone(people: Cast, size: int, years: int, seed: int, at: date) -> None:
    practice = run_by(people, at, years)
    book = draw(practice, Wanted(size, years, seed, at), people.ada, [people.ada])
    hand = Hand(book)
    breakers = [*faults.BREAKERS, mentees.mentee_without_profile, mentors.mentor_without_profile]
    put = [fault for breaker in breakers if (fault := breaker(hand)) is not None]
    loading.save(book, seed, 0, people.ada)
    practice = Practice.objects.select_related("service").get()
    wanted = {(FOUND_BY[fault.kind], fault.ref) for fault in put if fault.kind in FOUND_BY}
    assert failing(practice, at) == wanted
    assert {ASKED[FOUND_BY[fault.kind]][0] for fault in put if fault.kind in FOUND_BY} == {
        fault.indicator for fault in put if fault.kind in FOUND_BY
    }
    assert len(wanted) > (14 if size > 50 else 7)


@pytest.mark.parametrize(("years", "seed", "at"), [(1, 14, date(2027, 3, 1)), (4, 15, date(2026, 12, 26))])
def test_without_faults_nothing_fails(people: Cast, years: int, seed: int, at: date) -> None:
    practice = run_by(people, at, years)
    book = draw(practice, Wanted(30, years, seed, at), people.ada, [people.ada])
    loading.save(book, seed, 0, people.ada)
    practice = Practice.objects.select_related("service").get()
    assert failing(practice, at) == set()
    for of in ("mentees", "mentors"):
        (profiles,) = read("profiles.completed", {"of": of})
        assert ask({of: CHECKS[type(profiles)](Ground(practice, at), profiles)}, at)[of].total > 0
