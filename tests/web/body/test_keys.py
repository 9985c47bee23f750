"""What a body signs with: progress, keys and who changed them, a new key after a confirmation."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.models import Award, Credential, SigningKey
from kithwork.awards.queries.credentials import published_keys
from kithwork.core.credentials.openbadge import Found, verify
from kithwork.ledger.models import Record
from kithwork.procedures import signing
from kithwork.procedures.sample import Cast, Walk

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def page(short_walk: Callable[..., Walk], people: Cast) -> str:
    short_walk("awarded")
    return f"/body/{people.body.slug}/keys/"


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def stands(people: Cast, document: str) -> Found:
    keys = published_keys(people.body)
    held = [json.loads(one.document) for one in people.body.status_lists.all()]
    return verify(json.loads(document), at=timezone.now(), issuers=[keys] if keys else [], lists=held).found


def test_what_waits_is_told_and_signed_at_a_click(page: str, people: Cast, as_user: As) -> None:
    olu = as_user(people.olu)
    text = said(olu.get(page))
    assert "0 of 1 credential is signed" in text
    assert "Sign them now" in text
    assert olu.post(page).status_code == 303
    with signing.APART.alone():  # as if somebody were at it
        text, far = said(olu.get(page)), olu.get(f"{page}progress/").json()
        assert f'data-progress="{page}progress/"' in text
        assert far == {"said": "Signing: 0 of 1 done.", "done": 0, "of": 1, "over": False}
        assert far["said"] in text
    signing.work()
    assert olu.get(f"{page}progress/").json()["over"] is True
    text = said(olu.get(page))
    assert "1 credential is signed, and none waits" in text
    assert "Sign them now" not in text
    key = SigningKey.objects.get()
    assert f"{key.public[:12]}…" in text
    assert f"/bodies/{people.body.slug}/did.json" in text
    assert key.sealed.hex() not in text


def test_what_could_not_be_signed_says_why_and_can_be_tried_again(page: str, people: Cast, as_user: As) -> None:
    olu, award = as_user(people.olu), Award.objects.get()
    until = award.valid_until
    Award.objects.update(valid_until=award.starts_on.replace(year=2000))
    for _ in range(3):
        signing.work()
    text = said(olu.get(page))
    assert "1 credential could not be signed" in text
    assert "validity ends before it begins" in text
    assert f"/body/{people.body.slug}/awards/{award.ref}/" in text
    Award.objects.update(valid_until=until)
    olu.post(page)
    signing.work()
    assert "none waits" in said(olu.get(page))


def test_a_new_key_by_routine_leaves_what_was_signed_good(page: str, people: Cast, as_user: As) -> None:
    signing.work()
    olu, before = as_user(people.olu), Credential.objects.get().document
    assert "is never used again" in said(olu.get(f"{page}rotate/"))
    assert olu.post(f"{page}rotate/").status_code == 422, "nothing is changed without saying why"
    assert SigningKey.objects.count() == 1
    assert olu.post(f"{page}rotate/", {"why": "routine"}).status_code == 303
    text = said(olu.get(page))
    assert "Retired: still good" in text
    assert f"{people.olu.name}" in text.partition("<main")[2], "who did it"
    assert stands(people, before) is Found.VALID
    assert Record.objects.filter(act="credential.key_retired").get().actor == people.olu.actor


def test_a_stolen_key_makes_void_what_it_signed_and_it_is_signed_anew(page: str, people: Cast, as_user: As) -> None:
    signing.work()
    olu, before = as_user(people.olu), Credential.objects.get().document
    answer = olu.post(f"{page}rotate/", {"why": "stolen"}, follow=True)
    assert "1 credential is revoked and signed anew" in said(answer)
    assert "Stolen: void" in said(answer)
    signing.work()
    after = Credential.objects.get(revoked_at=None).document
    assert (stands(people, before), stands(people, after)) == (Found.WRONG_KEY, Found.VALID)


def test_it_is_for_officers(page: str, people: Cast, as_user: As) -> None:
    for user in (people.dot, people.ada, people.eve):
        assert as_user(user).get(page).status_code == 404
        assert as_user(user).post(f"{page}rotate/", {"why": "stolen"}).status_code == 404
