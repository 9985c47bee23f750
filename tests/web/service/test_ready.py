"""On a journey's page: what the service's records show of it, for members who run its daily work besides."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, sample
from kithwork.readiness.keeping import count
from tests.readiness.few import edition, offered
from tests.running import a_practice

__all__ = ["edition", "offered"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(people, offered, today):
    return applying.begin(edition=offered, service=people.service, by=people.ada, today=today)


@pytest.fixture
def page(journey, as_user):
    return lambda user: as_user(user).get(reverse("journey", args=[journey.ref])).content.decode()


def test_it_says_what_was_counted_and_leads_to_the_map(people, edition, today, page):
    practice = a_practice(people.service, people.ada, today)
    href = reverse("readiness_map", args=[people.service.slug, "qim", "few", "award"])
    assert f'href="{href}">See what your records show<' in page(people.ada)
    count(practice=practice, edition=edition, day=today, now=timezone.now())
    asked = sum(one.level == "award" for one in edition.requirements)
    assert f'href="{href}">Your records today: 0 of {asked} met<' in page(people.ada)


def test_colleagues_who_do_not_see_the_records_are_told_nothing(people, edition, today, page):
    practice = a_practice(people.service, people.ada, today)
    count(practice=practice, edition=edition, day=today, now=timezone.now())
    assert "our records" not in page(people.bea)
    cora = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=cora, role=Role.COORDINATOR, by=people.ada)
    assert "Your records today" in page(cora)


def test_a_service_that_does_not_run_its_work_here_is_told_nothing(people, page):
    assert "our records" not in page(people.ada)
