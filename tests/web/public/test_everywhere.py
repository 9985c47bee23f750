"""What no longer holds says so in every place at once, and what holds again does: for people, software and pictures."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.models import Award, Credential, StatusList
from kithwork.awards.queries.credentials import published_keys
from kithwork.core.credentials.openbadge import verify
from kithwork.core.journey import EntryKind
from kithwork.procedures import assessing, signing
from kithwork.procedures.sample import Cast, Walk

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]

# how it stands -> words on its page, in its picture, of a file that is brought, at the holder's and the body's
SAID = {
    "valid": ("This award is valid", "Valid until", "This credential is valid", "that anybody can check", "is valid"),
    "suspended": ("This award is suspended", ">Suspended<", "was withdrawn", "nothing is handed out", "is suspended"),
    "withdrawn": ("This award was withdrawn", ">Withdrawn<", "was withdrawn", "", "is withdrawn"),
    "expired": ("This award ended on", "Ended on", "This credential has ended", "It has ended", "is expired"),
}


def everywhere(award: Award, document: str, people: Cast, as_user: As) -> None:
    """Ask each place, and hold it against how the award stands."""
    nobody, held = Client(), public_standing(award)
    page, picture, brought, own, body = SAID[held]
    answers = {
        f"/awards/{award.ref}/": page,
        f"/awards/{award.ref}/standing.svg": picture,
    }
    for path, words in answers.items():
        assert words in nobody.get(path).content.decode(), path
    assert brought in nobody.post("/verify/file/", {"pasted": document}).content.decode()
    for path in ("/register/", "/register.csv", "/register.json"):
        assert (award.holder in nobody.get(path).content.decode()) is (held == "valid"), path
    handed = {"valid": 200, "expired": 200}.get(held, 404)
    for path in (f"/awards/{award.ref}/certificate.pdf", f"/awards/{award.ref}/badge.png"):
        assert nobody.get(path).status_code == handed, path
    shown = as_user(people.ada).get(f"/journeys/{award.journey.ref}/credential/")
    assert shown.status_code == (404 if held == "withdrawn" else 200)
    assert own in shown.content.decode()
    text = as_user(people.olu).get(f"/body/{people.body.slug}/awards/{award.ref}/").content.decode()
    assert body in " ".join(text.split())
    keys = published_keys(people.body)
    lists = [json.loads(one.document) for one in StatusList.objects.all()]
    found = verify(json.loads(document), at=timezone.now(), issuers=[keys] if keys else [], lists=lists).found
    assert found.value == {"suspended": "revoked", "withdrawn": "revoked"}.get(held, held)


def public_standing(award: Award) -> str:
    if award.revoked_on:
        return "withdrawn"
    ended = award.valid_until is not None and award.valid_until < timezone.localdate()
    return "expired" if ended else "suspended" if award.suspended_on else "valid"


def test_suspended_reinstated_and_withdrawn(
    short_walk: Callable[..., Walk], people: Cast, today: date, as_user: As
) -> None:
    short_walk("awarded")
    signing.work()
    for kind in (None, EntryKind.SUSPENDED, EntryKind.REINSTATED, EntryKind.REVOKED):
        award = Award.objects.get()
        document = Credential.objects.exclude(document="").latest("pk").document
        if kind is not None:
            assessing.change_standing(award=award, kind=kind, reason="A complaint.", by=people.olu, today=today)
            signing.work()
            award = Award.objects.get()
            document = Credential.objects.exclude(document="").latest("pk").document
        everywhere(award, document, people, as_user)


def test_lapsed_by_the_mere_passing_of_days(
    short_walk: Callable[..., Walk], people: Cast, today: date, as_user: As
) -> None:
    """Nobody writes anything on the day after the last."""
    began = today - timedelta(days=5 * 365)
    short_walk("awarded", start=began, last=began + timedelta(days=300))
    signing.work()
    award = Award.objects.get()
    assert public_standing(award) == "expired"
    everywhere(award, Credential.objects.get().document, people, as_user)
