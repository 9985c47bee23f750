"""What allauth mails passes through the outbox: it leaves at once, and the outbox never keeps the code or the link."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.notices.actions import send_waiting, tell_account
from kithwork.notices.models import Message
from kithwork.notices.words import ACCOUNT_MAIL, AccountKind
from kithwork.procedures import sample
from tests.notices.backends import Flaky

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-winter-walk"
HOUR = timedelta(hours=1)
Commit = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def no_throttle_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def nell(db: None) -> User:
    user = sample.person("Nell New", "nell@example.org", PASSWORD)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def account(path: str, **given: str) -> None:
    assert Client().post(f"/accounts/{path}", given).status_code == 302


ASKED: dict[AccountKind, Callable[[], None]] = {
    AccountKind.RESET: lambda: account("password/reset/", email="nell@example.org"),
    AccountKind.CODE: lambda: account("login/code/", email="nell@example.org"),
    AccountKind.UNKNOWN: lambda: account("password/reset/", email="nobody@example.org"),
    AccountKind.CONFIRM: lambda: account("signup/", email="new@example.org", name="New", password1=PASSWORD),
    AccountKind.KNOWN: lambda: account("signup/", email="nell@example.org", name="New", password1=PASSWORD),
}


@pytest.mark.parametrize("kind", ASKED)
def test_each_mail_passes_through_the_outbox_and_leaves_its_text_behind(
    kind: AccountKind, nell: User, settings: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    with django_capture_on_commit_callbacks(execute=True):
        ASKED[kind]()
        assert not mail.outbox, "nothing leaves before the commit"
        waiting = Message.objects.get()
        assert waiting.state == "waiting"
    (sent,) = mail.outbox
    message = Message.objects.get()
    assert sent.body == waiting.secret
    assert (message.kind, message.subject, [message.email]) == (kind, sent.subject, sent.to)
    assert (message.state, message.organisation, message.to) == ("sent", None, None)
    assert message.sent_at is not None
    assert (message.body, message.secret) == ("", "")
    assert ACCOUNT_MAIL[message.kind]


@pytest.mark.parametrize(
    ("kind", "pattern"), [(AccountKind.RESET, r"/reset/key/(\S+)/"), (AccountKind.CODE, r"\n([A-Z0-9-]{6,})\n")]
)
def test_no_column_ever_shows_the_code_or_the_link(
    kind: AccountKind, pattern: str, nell: User, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ASKED[kind]()
        before = dict(Message.objects.values().get())
    found = re.search(pattern, str(mail.outbox[0].body))
    assert found is not None
    secret = found[1]
    assert secret in str(before.pop("secret"))
    for row in (before, dict(Message.objects.values().get())):
        assert secret not in repr(row)


def test_nothing_leaves_when_the_transaction_is_undone(db: None, django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tell_account(kind=AccountKind.CODE, email="nell@example.org", subject="x", text="x", lasts=HOUR)
        transaction.set_rollback(True)
    assert not mail.outbox
    assert not Message.objects.exists()


def test_a_mail_server_that_fails_fails_no_page_and_the_mail_follows(
    nell: User, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.EMAIL_BACKEND = "tests.notices.backends.Flaky"
    monkeypatch.setattr(Flaky, "left", 1)
    with django_capture_on_commit_callbacks(execute=True):
        ASKED[AccountKind.RESET]()
    assert not mail.outbox
    message = Message.objects.get()
    assert (message.state, message.fault) == ("waiting", "SMTPServerDisconnected")
    assert send_waiting(now=message.due_at) == (1, 0)
    assert "/reset/key/" in str(mail.outbox[0].body)
    assert Message.objects.get().secret == ""


def test_a_code_that_has_run_out_is_not_sent_any_more(
    nell: User, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.EMAIL_BACKEND = "tests.notices.backends.Flaky"
    monkeypatch.setattr(Flaky, "left", 1)
    with django_capture_on_commit_callbacks(execute=True):
        ASKED[AccountKind.CODE]()
    message = Message.objects.get()
    assert message.good_until is not None
    assert message.good_until - message.created_at < timedelta(minutes=4)
    assert send_waiting(now=message.good_until) == (0, 0)
    message.refresh_from_db()
    assert (message.state, message.fault, message.secret) == ("failed", "TooLate", "")


def test_account_mail_is_kept_for_30_days_and_other_mail_for_good(people: sample.Cast) -> None:
    now = timezone.now()
    tell_account(kind=AccountKind.CODE, email="nell@example.org", subject="x", text="x", lasts=HOUR)
    Message.objects.create(organisation=people.body, to=people.ada, kind="decided", subject="y", body="y")
    Message.objects.update(created_at=now - timedelta(days=30), state="sent", secret="")
    send_waiting(now=now)
    assert Message.objects.count() == 2
    send_waiting(now=now + timedelta(seconds=1))
    assert Message.objects.get().subject == "y"


def test_every_kind_has_a_name() -> None:
    assert set(ACCOUNT_MAIL) == set(AccountKind)
