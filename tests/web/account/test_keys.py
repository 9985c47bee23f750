"""Keys for programs: made once, shown once, stopped at once; each person sees their own alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.actions import make_key, stop_key
from kithwork.accounts.keys import keys_of, whose
from kithwork.accounts.models import ApiKey, User
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.procedures.sample import Cast


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def test_a_key_is_shown_once_and_kept_as_a_digest(ada: Client, people: Cast, today: date) -> None:
    assert "No program reads in your name" in ada.get(reverse("my_keys")).content.decode()
    page = ada.post(reverse("my_keys"), {"name": "Figures for the board"}).content.decode()
    key = ApiKey.objects.get()
    secret = page.split('<code class="kw-secret">')[1].split("</code>")[0]
    assert secret.startswith("kw_")
    assert whose(secret, today) == people.ada
    assert secret not in str(ApiKey.objects.values().get())
    again = ada.get(reverse("my_keys")).content.decode()
    assert secret not in again
    assert "Figures for the board" in again
    record = Record.objects.get(act="account.key_made")
    assert record.facts == {"key": key.ref}


def test_what_it_is_for_must_be_said(ada: Client) -> None:
    answer = ada.post(reverse("my_keys"), {"name": " "})
    assert answer.status_code == 422
    assert not ApiKey.objects.exists()


def test_a_key_works_for_a_year_to_its_last_day(people: Cast, today: date) -> None:
    key, secret = make_key(user=people.ada, name="it", today=today)
    assert whose(secret, key.ends_on) == people.ada
    assert whose(secret, key.ends_on + timedelta(days=1)) is None
    assert whose("kw_" + "x" * 43, today) is None
    key.refresh_from_db()
    assert key.used_on == key.ends_on


def test_a_stopped_key_is_dead_and_so_is_one_whose_person_is_shut_out(people: Cast, today: date) -> None:
    _, first = make_key(user=people.ada, name="one", today=today)
    second_key, second = make_key(user=people.ada, name="two", today=today)
    stop_key(user=people.bea, ref=second_key.ref, today=today)  # another's: nothing happens
    assert whose(second, today) == people.ada
    stop_key(user=people.ada, ref=second_key.ref, today=today)
    assert whose(second, today) is None
    User.objects.filter(pk=people.ada.pk).update(is_active=False)
    assert whose(first, today) is None


def test_stopped_on_the_page(ada: Client, people: Cast, today: date, as_user: Callable[[User], Client]) -> None:
    key, _ = make_key(user=people.ada, name="one", today=today)
    assert as_user(people.bea).post(reverse("stop_my_key", args=[key.ref])).status_code == 303
    assert keys_of(people.ada, today).count() == 1
    assert ada.get(reverse("stop_my_key", args=[key.ref])).status_code == 405
    assert ada.post(reverse("stop_my_key", args=[key.ref])).status_code == 303
    assert keys_of(people.ada, today).count() == 0


def test_ten_at_most(people: Cast, today: date) -> None:
    for number in range(10):
        make_key(user=people.ada, name=str(number), today=today)
    with pytest.raises(Refused, match="10 keys"):
        make_key(user=people.ada, name="one more", today=today)


def test_for_the_signed_in_alone() -> None:
    assert Client().get(reverse("my_keys")).status_code == 302
