"""Signing in and up, and one's own account: allauth's pages in our frame, with our settings."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.test import Client

from kithwork.accounts.models import User
from kithwork.ledger.models import Record
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Post = Callable[[Client, str, dict[str, str]], Any]
PASSWORD = "a-long-winter-walk"


@pytest.fixture(autouse=True)
def no_throttle_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def nell(db: None) -> User:
    return sample.person("Nell New", "nell@example.org", PASSWORD)


@pytest.fixture
def post(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]) -> Post:
    """post(client, path, data) as it is outside a test's transaction: what waits for the commit is done."""

    def go(client: Client, path: str, data: dict[str, str]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data)

    return go


def sign_in(client: Client, email: str, password: str) -> str:
    page = client.post("/accounts/login/", {"login": email, "password": password})
    return page.headers.get("Location") or page.content.decode()


def test_a_person_signs_in_and_the_ledger_says_so(client: Client, nell: User) -> None:
    assert sign_in(client, "NELL@example.org", PASSWORD) == "/home/"
    assert Record.objects.filter(act="account.signed_in", actor=nell.actor).count() == 1


def test_the_sixth_wrong_password_in_a_minute_is_refused(nell: User) -> None:
    for _ in range(5):
        text = sign_in(Client(), "nell@example.org", "wrong")
        assert "Too many failed" not in text
    assert "Too many failed login attempts" in sign_in(Client(), "nell@example.org", "wrong")
    assert "Too many failed login attempts" in sign_in(Client(), "nell@example.org", PASSWORD)


def test_one_address_on_the_net_cannot_try_many_people(db: None) -> None:
    for number in range(10):
        sign_in(Client(), f"person{number}@example.org", "wrong")
    assert "Too many failed login attempts" in sign_in(Client(), "person11@example.org", "wrong")


def test_a_wrong_password_and_an_unknown_person_answer_alike(nell: User) -> None:
    def told(email: str) -> str:
        return re.sub(r'value="[^"]*"', "", sign_in(Client(), email, "wrong"))

    assert told("nell@example.org") == told("nobody@example.org")


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_asking_for_mail_tells_nobody_who_is_here(nell: User, path: str, post: Post) -> None:
    known, unknown = (post(Client(), path, {"email": f"{name}@example.org"}) for name in ("nell", "nobody"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2
    assert [message.to for message in mail.outbox] == [["nell@example.org"], ["nobody@example.org"]]


def test_a_forgotten_password_is_chosen_anew(client: Client, nell: User, post: Post) -> None:
    post(client, "/accounts/password/reset/", {"email": "nell@example.org"})
    link = re.search(r"http://\S+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    assert page.status_code == 200
    chosen = "an-even-longer-winter-walk"
    done = client.post(page.redirect_chain[-1][0], {"password1": chosen, "password2": chosen}, follow=True)
    assert done.status_code == 200
    nell.refresh_from_db()
    assert nell.check_password(chosen)
    assert "key" in client.get(link[1], follow=True).request["PATH_INFO"]  # the link works once
    assert "nell" not in mail.outbox[0].body.lower()


def test_signing_up_asks_for_a_name(client: Client, db: None) -> None:
    given = {"email": "New@example.org", "password1": PASSWORD}
    page = client.post("/accounts/signup/", given)
    assert not User.objects.filter(email="new@example.org").exists()
    assert "New@example.org" in page.content.decode()  # what was typed stays
    assert client.post("/accounts/signup/", given | {"name": "New Person"})["Location"] == "/home/"
    assert User.objects.get(email="new@example.org").name == "New Person"


@pytest.mark.parametrize("password", ["short", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(client: Client, db: None, password: str) -> None:
    client.post("/accounts/signup/", {"email": "new@example.org", "name": "New", "password1": password})
    assert not User.objects.exists()


def test_where_one_was_going_is_kept_through_signing_up(client: Client, db: None) -> None:
    assert 'value="/start/qim/"' in client.get("/accounts/signup/?next=/start/qim/").content.decode()
    assert "next=%2Fstart%2Fqim%2F" in client.get("/accounts/login/?next=/start/qim/").content.decode()


def test_nobody_is_sent_to_another_site(client: Client, nell: User) -> None:
    given = {"login": "nell@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", given)["Location"] == "/home/"


PAGES = (
    "/account/",
    "/account/name/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/",
    "/drafts/",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_an_account_answers(client: Client, nell: User, path: str) -> None:
    TOTP.activate(nell, generate_totp_secret()) if "recovery" in path else None
    RecoveryCodes.activate(nell) if "recovery" in path else None
    client.force_login(nell)
    if "2fa" in path:
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(path)
    assert page.status_code == 200
    text = page.content.decode()
    assert 'class="kw-bar"' in text
    assert "style=" not in text
    assert len(page.content) < 60_000


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]
)
def test_every_page_at_the_entrance_answers(client: Client, db: None, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="kw-bar"' in page.content.decode()


def test_the_account_page_tells_what_there_is(as_user: SignIn, people: Cast) -> None:
    text = as_user(people.ada).get("/account/").content.decode()
    for words in (
        "Ada Marsh",
        "ada@lanternside.example",
        "Confirmed",
        "Lanternside Trust",
        "Passkeys",
        "One-time codes",
    ):
        assert words in text


def test_a_name_is_changed(as_user: SignIn, people: Cast) -> None:
    client = as_user(people.ada)
    assert client.post("/account/name/", {"name": "  "}).status_code == 422
    page = client.post("/account/name/", {"name": "Ada <b>Field</b>"})
    assert (page.status_code, page["Location"]) == (303, "/account/")
    assert "Ada &lt;b&gt;Field&lt;/b&gt;" in client.get("/account/").content.decode()
    assert Record.objects.filter(act="account.renamed").count() == 1


def test_other_methods_are_refused(as_user: SignIn, people: Cast) -> None:
    client = as_user(people.ada)
    assert client.post("/account/").status_code == 405
    assert client.put("/account/name/").status_code == 405


def test_signing_out_is_a_form(client: Client, nell: User) -> None:
    client.force_login(nell)
    client.get("/accounts/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").status_code == 302


def test_mail_says_what_to_do_and_names_nobody(client: Client, nell: User, post: Post) -> None:
    post(client, "/accounts/password/reset/", {"email": "nell@example.org"})
    post(client, "/accounts/login/code/", {"email": "nell@example.org"})
    post(Client(), "/accounts/password/reset/", {"email": "nobody@example.org"})
    post(Client(), "/accounts/signup/", {"email": "new@example.org", "name": "Somebody", "password1": PASSWORD})
    subjects = [message.subject for message in mail.outbox]
    assert subjects == [
        "Choose a new password for Kithwork",
        "Your code to sign in to Kithwork",
        "You have no account on Kithwork",
        "Confirm your e-mail address for Kithwork",
    ]
    for message in mail.outbox:
        assert "Kithwork, " in str(message.body)
        assert not re.search(r"Nell|Somebody New|&#|Hello from", str(message.body))


def test_a_worn_out_link_says_what_to_do(client: Client, nell: User) -> None:
    page = client.get("/accounts/password/reset/key/1-aaaaaa-0123456789/", follow=True)
    assert "This link cannot be used" in page.content.decode()
    assert 'href="/accounts/password/reset/"' in page.content.decode()
