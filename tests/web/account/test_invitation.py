"""Taking up an invitation; those that cannot be used answer alike."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.organisations.actions import invite
from kithwork.organisations.models import Invitation, Membership, Role
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DEAD = "This invitation cannot be used here"


@pytest.fixture
def link(people: Cast) -> str:
    _, token = invite(
        organisation=people.provider,
        email="Nell@example.org",
        role=Role.CONTRIBUTOR,
        by=people.ada,
        now=timezone.now(),
    )
    return f"/invitations/{token}/"


@pytest.fixture
def nell(people: Cast) -> User:
    return sample.person("Nell New", "nell@example.org")


def test_whoever_has_the_link_reads_what_is_offered(client: Client, link: str) -> None:
    page = client.get(link)
    text = page.content.decode()
    assert "Lanternside Trust invites you" in text
    assert "Contributor" in text
    assert "/accounts/signup/?next=" in text
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "strict-origin"
    assert not Membership.objects.filter(user__email="nell@example.org").exists()


def test_signing_up_with_the_invited_address_leads_back(client: Client, link: str) -> None:
    client.get(link)
    assert 'value="nell@example.org"' in client.get(f"/accounts/signup/?next={link}").content.decode()
    given = {"email": "nell@example.org", "name": "Nell", "password1": "a-long-winter-walk", "next": link}
    assert client.post("/accounts/signup/", given)["Location"] == link
    page = client.post(link)
    assert (page.status_code, page["Location"]) == (303, "/home/")
    joined = Membership.objects.get(user__email="nell@example.org")
    assert (joined.organisation.name, joined.role) == ("Lanternside Trust", Role.CONTRIBUTOR)
    assert joined.user.emailaddress_set.get().verified  # the link came by mail


def test_looking_at_it_takes_nothing_up(as_user: SignIn, nell: User, link: str) -> None:
    assert "Accept the invitation" in as_user(nell).get(link).content.decode()
    assert not nell.memberships.exists()


def test_taking_it_up_twice_is_no_harm(as_user: SignIn, nell: User, link: str) -> None:
    client = as_user(nell)
    client.post(link)
    assert client.get(link)["Location"] == "/home/"
    assert client.post(link)["Location"] == "/home/"
    assert nell.memberships.count() == 1


def _expired() -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def _withdrawn() -> None:
    Invitation.objects.update(withdrawn_at=timezone.now())


def _used() -> None:
    Invitation.objects.update(accepted_at=timezone.now())


def test_all_that_cannot_be_used_answers_alike(as_user: SignIn, people: Cast, link: str) -> None:
    """To a stranger a good link for somebody else is like an expired, a used, a withdrawn and an invented one."""
    stranger, nobody = as_user(people.eve), Client()
    told, told_nobody = set(), set()

    def ask(path: str, who: Client) -> str:
        page = who.get(path)
        assert page.status_code == 404
        text = page.content.decode()
        assert DEAD in text
        assert "Lanternside" not in text
        assert "nell@" not in text
        return text.split("<main")[1].split("<form")[0]

    told.add(ask(link, stranger))
    told.add(ask("/invitations/invented/", stranger))
    told_nobody.add(ask("/invitations/invented/", nobody))
    for change in (_expired, _withdrawn, _used):
        change()
        told.add(ask(link, stranger))
        told_nobody.add(ask(link, nobody))
    assert len(told) == len(told_nobody) == 1


def test_a_stranger_cannot_take_it_up(as_user: SignIn, people: Cast, link: str) -> None:
    assert as_user(people.eve).post(link).status_code == 404
    assert people.eve.memberships.count() == 1


@pytest.mark.parametrize("change", [_expired, _withdrawn, _used])
def test_nor_can_the_invited_when_it_is_over(as_user: SignIn, nell: User, link: str, change) -> None:
    change()
    assert as_user(nell).post(link).status_code == 404
    assert not nell.memberships.exists()


def test_a_form_sent_signed_out_asks_to_sign_in(client: Client, link: str) -> None:
    page = client.post(link)
    assert page.status_code == 303
    assert page["Location"].startswith("/accounts/login/?next=")


def test_other_methods_are_refused(client: Client, link: str) -> None:
    assert client.put(link).status_code == 405
