"""Sample people as a lead loads them into an empty service, sees what is wrong on purpose, and throws them away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Mentor, Sample
from kithwork.governance.actions.policies import approve, begin_policy
from kithwork.governance.models import Policy
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_practice


@pytest.fixture
def service(people: Cast, today: date) -> Service:
    a_practice(people.service, people.ada, today)
    return people.service


@pytest.fixture
def page(service: Service) -> str:
    return reverse("sample", args=[service.slug])


@pytest.fixture
def away(service: Service) -> str:
    return reverse("throw_sample_away", args=[service.slug])


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def small(faults: str = "yes") -> dict[str, str]:
    return {"size": "15", "faults": faults}


def test_an_empty_service_is_filled_and_what_is_wrong_is_listed_with_a_way_to_it(ada: Client, page: str) -> None:
    assert b"Look around with sample people" in ada.get(page).content
    answer = ada.post(page, small())
    assert answer.status_code == 303
    assert Mentee.objects.count() == 15
    shown = ada.get(answer["Location"]).content.decode()
    made = Sample.objects.get()
    assert "The people here are made up" in shown
    assert "Vetting lapsed" in shown
    by_kind = {kind: ref for _, kind, ref in made.faults}
    vetted = Mentor.objects.get(ref=by_kind["vetting-lapsed"])
    assert reverse("mentor", args=[made.service.slug, vetted.ref]) in shown
    for href in {
        line.split('"')[0] for line in shown.split('href="')[1:] if line.startswith(f"/run/{made.service.slug}/")
    }:
        assert ada.get(href).status_code == 200, href


def test_without_faults_none_is_listed(ada: Client, page: str) -> None:
    ada.post(page, small("no"))
    assert Sample.objects.get().faults == []
    assert b"wrong on purpose" not in ada.get(page).content


def test_what_cannot_be_chosen_is_said_and_nothing_is_loaded(ada: Client, page: str) -> None:
    answer = ada.post(page, {"size": "100000", "faults": ""})
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert not Mentee.objects.exists()


def test_where_somebody_is_on_record_nothing_is_offered_and_nothing_is_loaded(
    ada: Client, page: str, service: Service, today: date
) -> None:
    a_mentee(service, today)
    assert b"Load sample people" not in ada.get(page).content
    answer = ada.post(page, small())
    assert answer.status_code == 409
    assert b"on record here already" in answer.content
    assert Mentee.objects.count() == 1


def test_thrown_away_after_one_question(ada: Client, page: str, away: str) -> None:
    assert ada.get(away).status_code == 404, "there is nothing to throw away yet"
    ada.post(page, small())
    assert b"Throw the sample people away?" in ada.get(away).content
    assert Mentee.objects.exists()
    answer = ada.post(away)
    assert answer.status_code == 303
    assert not Mentee.objects.exists()
    assert not Mentor.objects.exists()
    assert ada.post(away).status_code == 404
    assert b"Look around with sample people" in ada.get(page).content


def test_files_added_to_its_policies_go_with_it_and_those_of_others_stay(
    people: Cast, ada: Client, page: str, away: str, today: date, django_capture_on_commit_callbacks: Any
) -> None:
    ada.post(page, small())
    theirs = Policy.objects.all()[0]
    own = begin_policy(service=people.service, subject="other", title="Bicycles", by=people.ada)
    stored = []
    for policy in (theirs, own):
        upload = SimpleUploadedFile("policy.txt", b"We take care.")
        version = approve(policy=policy, approved_on=today, approved_by="The board", changed=True,
                          affects_people=False, summary="", upload=upload, by=people.ada)  # fmt: skip
        stored.append(version.file)
    assert [one.storage.exists(one.name) for one in stored] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        assert ada.post(away).status_code == 303
    assert [one.storage.exists(one.name) for one in stored] == [False, True]


def test_for_leads_alone(people: Cast, ada: Client, page: str, away: str, as_user: Callable[[User], Client]) -> None:
    ada.post(page, small())
    cora = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=cora, role=Role.COORDINATOR, by=people.ada)
    for address in (page, away):
        for user in (cora, people.bea, people.cid, people.eve, people.dot):
            assert as_user(user).get(address).status_code == 404, user.name
            assert as_user(user).post(address, small()).status_code == 404, user.name
        assert Client().get(address).status_code == 302
        assert ada.put(address).status_code == 405
    assert Sample.objects.get().thrown_away_at is None


def test_the_page_asks_as_many_questions_of_a_small_service_as_of_a_larger_one(
    ada: Client, page: str, away: str
) -> None:
    def asked() -> int:
        ada.get(page)
        with CaptureQueriesContext(connection) as found:
            assert ada.get(page).status_code == 200
        return len(found)

    ada.post(page, small())
    of_few = asked()
    ada.post(away)
    ada.post(page, small() | {"size": "40"})
    assert asked() == of_few < 30
