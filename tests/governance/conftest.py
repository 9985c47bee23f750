"""A service that runs its work here, and Ada, who leads it."""

from datetime import date

import pytest

from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.running import a_practice


@pytest.fixture
def service(people: Cast, today: date) -> Service:
    a_practice(people.service, people.ada, today)
    return people.service
