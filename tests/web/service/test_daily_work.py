"""From an organisation's first page to the daily work of its services."""

import pytest
from django.urls import reverse

from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import sample
from tests.running import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(people):
    return reverse("service_home", args=[people.provider.slug])


def test_a_lead_is_offered_to_run_the_work_here_and_then_opens_it(people, as_user, home, today):
    begin = reverse("begin_running", args=[people.provider.slug, people.service.slug])
    work = f'href="{reverse("today", args=[people.service.slug])}"'
    client = as_user(people.ada)
    page = client.get(home).content.decode()
    assert begin in page
    assert work not in page
    assert client.get(begin).status_code == 200
    a_practice(people.service, people.ada, today)
    page = client.get(home).content.decode()
    assert begin not in page
    assert work in page


def test_others_cannot_begin_it_and_open_what_is_theirs(people, as_user, home, today):
    begin = reverse("begin_running", args=[people.provider.slug, people.service.slug])
    assert begin not in as_user(people.bea).get(home).content.decode()
    a_practice(people.service, people.ada, today)
    assert reverse("the_service", args=[people.service.slug]) in as_user(people.bea).get(home).content.decode()
    cora = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=cora, role=Role.COORDINATOR, by=people.ada)
    assert f'"{reverse("today", args=[people.service.slug])}"' in as_user(cora).get(home).content.decode()
