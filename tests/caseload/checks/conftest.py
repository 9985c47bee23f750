"""A service that runs its work here, and a match in it that has run for long."""

from datetime import timedelta

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.procedures.sample import Cast
from tests.caseload.checks.pairs import Pair, a_pair
from tests.caseload.checks.put import AT
from tests.running import a_match, a_mentee, a_practice

DAY = timedelta(days=1)


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


@pytest.fixture
def mentee(practice: Practice) -> Mentee:
    """Accepted long ago."""
    return a_mentee(practice.service, AT, came_on=AT - 900 * DAY, accepted_on=AT - 800 * DAY)


@pytest.fixture
def mentor(practice: Practice) -> Mentor:
    return Mentor.objects.create(
        service=practice.service, name="Mab Sorrel", applied_on=AT - 900 * DAY, accepted_on=AT - 800 * DAY
    )


@pytest.fixture
def match(mentee: Mentee, mentor: Mentor, by: User) -> Match:
    """Introduced long ago, and met on that day."""
    begun = AT - 700 * DAY
    return a_match(mentee, mentor, by, AT, proposed_on=begun, introduced_on=begun, first_met_on=begun)


@pytest.fixture
def pair(practice: Practice, by: User) -> Pair:
    """pair(introduced_on=...) -> a match of two people of its own, introduced and met 30 days before AT."""
    return lambda **more: a_pair(practice, by, **more)
