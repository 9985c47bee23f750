"""The library: shared in versions, lent and given back; and what a mentor sees of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.governance.models import Loan, Resource, ResourceVersion
from kithwork.organisations.models import Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.core.documents.samples import GOOD
from tests.running import a_mentor
from tests.web.coordinator.governance.conftest import days
from tests.web.downloads import done_with
from tests.web.refusals import refused_with, typed

DAY = timedelta(days=1)
At = Callable[..., str]


def handbook() -> SimpleUploadedFile:
    return SimpleUploadedFile("handbook.pdf", GOOD["policy.pdf"])


@pytest.fixture
def document(ada: Client, at: At) -> Resource:
    sent = {"kind": "document", "title": "Handbook", "topic": "All", "upload": handbook(), "for_mentors": "on"}
    assert ada.post(at("new_resource"), sent).status_code == 303
    return Resource.objects.get(kind="document")


@pytest.fixture
def thing(ada: Client, at: At) -> Resource:
    assert ada.post(at("new_resource"), {"kind": "thing", "title": "Chess set", "for_mentors": "on"}).status_code == 303
    return Resource.objects.get(kind="thing")


@pytest.fixture
def mab(people: Cast, service: Service, today: date, as_user: Callable[[User], Client]) -> Client:
    user = sample.person("Mab Sorrel", "mab@mentors.example")
    a_mentor(service, people.ada, today, user=user)
    return as_user(user)


def test_a_document_comes_in_versions(ada: Client, at: At, document: Resource) -> None:
    renew = at("renew_resource", document.ref)
    assert ada.post(renew, {"note": "Larger type"}).status_code == 422  # without a file
    assert ada.post(renew, {"note": "Larger type", "upload": handbook()}).status_code == 303
    page = ada.get(at("resource", document.ref)).content.decode()
    assert "Larger type" in page
    newest = ResourceVersion.objects.latest("number")
    assert newest.number == 2
    answer = ada.get(at("resource_file", document.ref, newest.ref))
    assert answer.getvalue() == GOOD["policy.pdf"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_each_kind_demands(ada: Client, at: At) -> None:
    new = at("new_resource")
    assert ada.post(new, {"kind": "document", "title": "Handbook"}).status_code == 422
    assert ada.post(new, {"kind": "link", "title": "Games"}).status_code == 422
    assert ada.post(new, {"kind": "link", "title": "Games", "url": "ftp://files.example.org/x"}).status_code == 422
    bad = {"kind": "document", "title": "Handbook", "upload": SimpleUploadedFile("a.exe", b"MZ")}
    assert typed(refused_with(ada.post(new, bad), "never kept"), "title") == "Handbook"
    assert ada.post(new, {"kind": "link", "title": "Games", "url": "https://www.example.org/games"}).status_code == 303
    assert Resource.objects.count() == 1


def test_a_thing_is_lent_to_one_at_a_time(ada: Client, at: At, thing: Resource, today: date) -> None:
    lend = at("lend_resource", thing.ref)
    sent = {"borrower": "Mab Sorrel", **days("lent_on", today - 9 * DAY), **days("due_on", today - DAY)}
    assert ada.post(lend, {}).status_code == 422
    assert ada.post(lend, sent).status_code == 303
    page = refused_with(ada.post(lend, sent | {"borrower": "Nye"}), "lent to somebody", at("resource", thing.ref))
    assert typed(page, "borrower") == "Nye"
    assert ada.get(at("library")).context["heading"] == "1 thing is not back in time"
    refused_with(ada.post(at("take_out_resource", thing.ref)), "This is lent")
    back = at("resource_back", thing.ref, Loan.objects.get().pk)
    assert ada.post(back).status_code == 303
    assert ada.post(back).status_code == 404
    assert Loan.objects.get().back_on == today
    assert ada.post(at("take_out_resource", thing.ref)).status_code == 303
    assert ada.get(at("library")).context["heading"] == "The library is empty"


def test_names_of_borrowers_are_for_those_who_see_people(
    people: Cast, ada: Client, at: At, thing: Resource, today: date, as_user: Callable[[User], Client]
) -> None:
    ada.post(at("lend_resource", thing.ref), {"borrower": "Mab Sorrel", **days("lent_on", today)})
    assert "Mab Sorrel" in ada.get(at("resource", thing.ref)).content.decode()
    for user in (people.bea, people.cid):
        assert "Mab Sorrel" not in as_user(user).get(at("resource", thing.ref)).content.decode()
        assert as_user(user).get(at("lend_resource", thing.ref)).status_code == 404
        assert as_user(user).post(at("resource_back", thing.ref, Loan.objects.get().pk)).status_code == 404


def test_changing_what_is_said_of_it(ada: Client, at: At, thing: Resource) -> None:
    change = at("change_resource", thing.ref)
    seen = ada.get(change).context["form"]["seen"].value()
    sent = {"title": "Draughts", "topic": "Games", "about": "For rainy days", "seen": seen}
    assert ada.post(change, sent).status_code == 303
    assert Resource.objects.get().for_mentors is False
    refused_with(ada.post(change, sent), "Somebody changed this")
    assert ada.post(change, sent | {"title": ""}).status_code == 422


def test_a_mentor_sees_what_is_for_mentors(
    ada: Client, at: At, document: Resource, thing: Resource, mab: Client, service: Service
) -> None:
    ada.post(at("new_resource"), {"kind": "link", "title": "For staff", "url": "https://www.example.org/"})
    page = mab.get(reverse("mentor_library"))
    assert [row[0] for row in page.context["rows"]] == ["Chess set", "Handbook"]
    assert b"2 things are shared with you" in page.content
    answer = mab.get(reverse("mentor_library_file", args=[document.ref]))
    assert answer.getvalue() == GOOD["policy.pdf"]
    assert mab.get(reverse("mentor_library_file", args=[thing.ref])).status_code == 404
    Resource.objects.update(for_mentors=False)
    assert mab.get(reverse("mentor_library_file", args=[document.ref])).status_code == 404


def test_who_mentors_nowhere_finds_no_library(
    people: Cast, as_user: Callable[[User], Client], document: Resource
) -> None:
    for user in (people.ada, people.eve, people.dot):
        assert as_user(user).get(reverse("mentor_library")).status_code == 404
        assert as_user(user).get(reverse("mentor_library_file", args=[document.ref])).status_code == 404
    assert Client().get(reverse("mentor_library")).status_code == 302
    assert as_user(people.ada).post(reverse("mentor_library")).status_code == 405


def test_who_may_not(
    people: Cast, as_user: Callable[[User], Client], at: At, document: Resource, turned_away: Callable[..., None]
) -> None:
    kept = at("resource_file", document.ref, ResourceVersion.objects.get().ref)
    for url in (at("library"), at("resource", document.ref), kept):
        turned_away(url)
        answer = as_user(people.cid).get(url)
        done_with(answer)
        assert answer.status_code == 200
    for name in ("renew_resource", "change_resource", "take_out_resource"):
        turned_away(at(name, document.ref), people.cid)
        turned_away(at(name, document.ref), people.cid, method="post")
    turned_away(at("new_resource"), people.cid, method="post")


def test_wrong_methods(ada: Client, at: At, thing: Resource) -> None:
    assert ada.post(at("library")).status_code == 405
    assert ada.post(at("resource", thing.ref)).status_code == 405
    assert ada.get(at("resource_back", thing.ref, 1)).status_code == 405


def test_costs_the_same_for_one_and_thirty(
    people: Cast, at: At, service: Service, thing: Resource, today: date, queries: Callable[[str], int], mab: Client,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    def lent(one: Resource) -> None:
        Loan.objects.create(resource=one, borrower="M", lent_on=today, back_on=today, by=people.ada)

    lent(thing)
    shelf, page = queries(at("library")), queries(at("resource", thing.ref))
    for number in range(29):
        one = Resource.objects.create(service=service, kind="link", title=f"R{number}")
        ResourceVersion.objects.create(resource=one, number=1, url="https://www.example.org/", on=today, by=people.ada)
        lent(one)
        lent(thing)
    assert queries(at("library")) == shelf <= 10
    assert queries(at("resource", thing.ref)) == page <= 9
    assert len(mab.get(reverse("mentor_library")).context["rows"]) == 30
