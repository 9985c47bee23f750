"""Drafts: saved as people type, theirs alone, theirs to throw away."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.journeys.actions import save_draft
from kithwork.journeys.models import Draft, Journey
from kithwork.journeys.queries import draft_of
from kithwork.procedures.sample import Cast
from kithwork.web.account.drafts import draft_url

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def journey(journey_at: Callable[..., Journey]) -> Journey:
    return journey_at("registered")


@pytest.fixture
def key(journey: Journey) -> str:
    return f"form:{journey.ref}:application"


def test_what_is_typed_is_kept(as_user: SignIn, people: Cast, key: str) -> None:
    client = as_user(people.ada)
    page = client.post(draft_url(key), {"service_aims": "To be there", "csrfmiddlewaretoken": "x"})
    assert page.status_code == 200
    assert set(page.json()) == {"saved"}
    draft = draft_of(people.ada, key)
    assert draft is not None
    assert draft.fields == {"service_aims": "To be there"}


def test_a_later_save_takes_its_place(as_user: SignIn, people: Cast, key: str) -> None:
    client = as_user(people.ada)
    client.post(draft_url(key), {"a": "1"})
    client.post(draft_url(key), {"a": "2"})
    assert Draft.objects.get().fields == {"a": "2"}


@pytest.mark.parametrize("who", ["ada", "bea", "dot", "olu"])
def test_whoever_writes_on_the_journey_may_keep_one(as_user: SignIn, people: Cast, key: str, who: str) -> None:
    assert as_user(getattr(people, who)).post(draft_url(key), {"a": "1"}).status_code == 200


@pytest.mark.parametrize("who", ["cid", "eve"])
def test_a_reader_and_a_stranger_may_not(as_user: SignIn, people: Cast, key: str, who: str) -> None:
    assert as_user(getattr(people, who)).post(draft_url(key), {"a": "1"}).status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["form:nothing:x", "form", "form:", ":::", "form:%00:x"])
def test_a_key_that_leads_nowhere_keeps_nothing(as_user: SignIn, people: Cast, key: str) -> None:
    assert as_user(people.ada).post(draft_url(key), {"a": "1"}).status_code in {400, 404}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 121])
def test_a_key_has_its_measure(as_user: SignIn, people: Cast, key: str) -> None:
    assert as_user(people.ada).post(draft_url(key), {"a": "1"}).status_code == 400


def test_there_is_an_end_to_a_draft(as_user: SignIn, people: Cast, key: str) -> None:
    client = as_user(people.ada)
    assert client.post(draft_url(key), {"a": "é" * 51_150}).status_code == 200  # 102,300 bytes and the name
    page = client.post(draft_url(key), {"a": "é" * 51_250})
    assert page.status_code == 413
    assert "too long" in page.json()["because"]
    assert len(Draft.objects.get().fields["a"]) == 51_150


def test_there_is_an_end_to_their_number(as_user: SignIn, people: Cast, journey: Journey, key: str) -> None:
    for number in range(200):
        save_draft(user=people.ada, key=f"advice:{journey.ref}:{number}", fields={}, now=timezone.now())
    client = as_user(people.ada)
    assert client.post(draft_url(key), {"a": "1"}).status_code == 409
    assert client.post(draft_url(f"advice:{journey.ref}:7"), {"a": "1"}).status_code == 200
    assert as_user(people.bea).post(draft_url(key), {"a": "1"}).status_code == 200


def test_it_is_thrown_away_either_way(as_user: SignIn, people: Cast, key: str) -> None:
    client = as_user(people.ada)
    for drop in (lambda: client.delete(draft_url(key)), lambda: client.post(draft_url(key), {"delete": "1"})):
        client.post(draft_url(key), {"a": "1"})
        assert drop().json() == {"dropped": True}
        assert not Draft.objects.exists()
        assert drop().status_code == 200


def test_nobody_throws_away_anothers(as_user: SignIn, people: Cast, key: str) -> None:
    as_user(people.ada).post(draft_url(key), {"a": "1"})
    as_user(people.bea).delete(draft_url(key))
    assert Draft.objects.count() == 1


def test_they_are_listed_for_their_owner_alone(as_user: SignIn, people: Cast, key: str) -> None:
    save_draft(user=people.ada, key=key, fields={"a": "secret words"}, now=timezone.now())
    text = as_user(people.ada).get("/drafts/").content.decode()
    assert "You have 1 draft" in text
    assert "Lanternside Mentoring, Quality in Mentoring" in text
    assert "You have no drafts" in as_user(people.bea).get("/drafts/").content.decode()
    page = as_user(people.ada).post("/drafts/", {"key": key, "next": "list", "delete": "1"})
    assert (page.status_code, page["Location"]) == (303, "/drafts/")
    assert not Draft.objects.exists()


def test_a_form_from_elsewhere_is_refused(people: Cast, key: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.ada)
    assert client.post(draft_url(key), {"a": "1"}).status_code == 403
    assert client.delete(draft_url(key)).status_code == 403


def test_the_script_is_told_that_one_is_signed_out(client: Client, key: str) -> None:
    page = client.post(draft_url(key), {"a": "1"})
    assert page.status_code == 302  # drafts.js reads `redirected` as signed out


def test_one_and_thirty_ask_the_database_alike(
    as_user: SignIn, people: Cast, journey: Journey, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client = as_user(people.ada)
    save_draft(user=people.ada, key=f"advice:{journey.ref}:0", fields={}, now=timezone.now())
    with django_assert_max_num_queries(6) as asked:
        client.get("/drafts/")
    for number in range(30):
        save_draft(user=people.ada, key=f"advice:{journey.ref}:{number}", fields={}, now=timezone.now())
    with django_assert_num_queries(len(asked)):
        client.get("/drafts/")
