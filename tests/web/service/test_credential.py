"""The holder's own page of what was granted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.models import Award, Credential
from kithwork.core.journey import EntryKind
from kithwork.procedures import assessing, signing
from kithwork.procedures.sample import Cast, Walk

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def award(short_walk: Callable[..., Walk]) -> Award:
    short_walk("awarded")
    signing.work()
    return Award.objects.get()


def shown(client: Client, award: Award) -> str:
    answer = client.get(f"/journeys/{award.journey.ref}/credential/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_hands_over_files_a_code_for_wallets_and_a_badge_for_a_site(award: Award, people: Cast, as_user: As) -> None:
    client, ref = as_user(people.ada), Credential.objects.get().ref
    text = shown(client, award)
    for ending in ("json", "png", "svg"):
        assert f"/credentials/{ref}/badge.{ending}" in text
    assert f"/awards/{award.ref}/certificate.pdf" in text
    assert "<title>A code with the credential’s address</title>" in text
    assert f"/credentials/{ref}/</a>" in text
    assert f"/awards/{award.ref}/standing.svg&quot;" in text, "the HTML to copy is shown, not run"
    assert "<script" not in text.partition('id="embed"')[2].partition("</textarea>")[0]
    assert "register" not in text.partition("<main")[2], "a service is listed; it is not asked"


def test_the_journey_leads_to_it_in_one_step_while_it_is_held(award: Award, people: Cast, as_user: As) -> None:
    client, ref = as_user(people.ada), award.journey.ref
    link = f'href="/journeys/{ref}/credential/"'
    assert link in client.get(f"/journeys/{ref}/").content.decode()
    assessing.change_standing(
        award=award, kind=EntryKind.SUSPENDED, reason="x", by=people.olu, today=timezone.localdate()
    )
    assert link not in client.get(f"/journeys/{ref}/").content.decode()


def test_who_only_reads_sees_it_and_strangers_do_not(award: Award, people: Cast, as_user: As) -> None:
    shown(as_user(people.cid), award)
    for stranger in (people.eve, people.dot, people.olu):
        assert as_user(stranger).get(f"/journeys/{award.journey.ref}/credential/").status_code == 404
    assert Client().get(f"/journeys/{award.journey.ref}/credential/").status_code == 302
    assert as_user(people.ada).post(f"/journeys/{award.journey.ref}/credential/").status_code == 405


def test_while_it_is_suspended_nothing_is_handed_out(award: Award, people: Cast, as_user: As) -> None:
    ref = Credential.objects.get().ref
    assessing.change_standing(
        award=award, kind=EntryKind.SUSPENDED, reason="x", by=people.olu, today=timezone.localdate()
    )
    text = shown(as_user(people.ada), award)
    assert "is suspended, so nothing is handed out" in text
    assert ref not in text


def test_one_that_waits_says_so_and_one_that_failed_too(award: Award, people: Cast, as_user: As) -> None:
    Credential.objects.update(document="", signed_at=None)
    assert "Your credential is being signed" in shown(as_user(people.ada), award)
    Credential.objects.update(fault="It cannot be.")
    text = shown(as_user(people.ada), award)
    assert "could not be signed" in text
    assert "It cannot be." not in text, "the reason is for who runs the site"


def test_after_it_was_withdrawn_there_is_no_such_page(award: Award, people: Cast, as_user: As) -> None:
    Award.objects.update(revoked_on=timezone.localdate())
    assert as_user(people.ada).get(f"/journeys/{award.journey.ref}/credential/").status_code == 404


def test_a_person_is_told_whether_they_are_listed(award: Award, people: Cast, as_user: As) -> None:
    journey = award.journey
    journey.service, journey.person = None, people.bea
    journey.save(update_fields=["service", "person"])
    for listed, words in ((False, "You are not on the public register"), (True, "You are on the public register")):
        Award.objects.update(listed=listed)
        assert words in shown(as_user(people.bea), award)


def test_how_it_may_be_used_is_the_scheme_s_to_say(award: Award, people: Cast, as_user: As) -> None:
    assert "Show them whole and unchanged" in shown(as_user(people.ada), award)
    row = award.journey.edition
    row.texts["scheme.toml"] = row.texts["scheme.toml"].replace(
        "[credential]", '[credential]\nterms = ["Never on a mug."]'
    )
    row.digest = "0" * 64
    row.save()
    text = shown(as_user(people.ada), award)
    assert "Never on a mug." in text
    assert f"{award.body_name} allows it on these terms" in text
    assert "Show them whole and unchanged" not in text


def test_the_queries_are_few(award: Award, people: Cast, as_user: As, django_assert_max_num_queries: Any) -> None:
    client = as_user(people.ada)
    with django_assert_max_num_queries(14):
        shown(client, award)
