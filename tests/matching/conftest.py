"""A service that runs its work, and the moment at which it is asked."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from kithwork.caseload.models import Practice
from kithwork.procedures.sample import Cast
from tests.running import a_practice


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)
