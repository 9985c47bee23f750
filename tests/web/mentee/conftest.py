"""A mentee of a running service, and the link to their own page."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from kithwork.caseload.actions import mentees
from kithwork.caseload.models import Mentee, Practice
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today, call_first="Ada on 01632 960000")


@pytest.fixture
def cai(people: Cast, practice: Practice, today: date) -> Mentee:
    return a_mentee(people.service, today, "Cai Rowan", known_as="Cai", phone="01632 960001")


@pytest.fixture
def own(people: Cast, cai: Mentee) -> str:
    """The address of Cai's own page."""
    return mentees.own_link(mentee=cai, by=people.ada, now=timezone.now(), mail=False)


@pytest.fixture
def anew(people: Cast, cai: Mentee) -> Callable[[], str]:
    return lambda: mentees.own_link(mentee=cai, by=people.ada, now=timezone.now(), mail=False)
