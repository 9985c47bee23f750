"""From a grant to a credential that anybody's software finds good; revoked with the award; keys and places of lists."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kithwork.awards import actions
from kithwork.awards.actions import credentials as acts
from kithwork.awards.models import Award, Credential, SigningKey, StatusList
from kithwork.awards.queries.credentials import (
    bodies_without_key,
    did_of,
    lacking,
    list_address,
    published_keys,
    signing_progress,
    to_sign,
)
from kithwork.core.credentials.openbadge import Found, identity_hash, verify
from kithwork.core.journey import EntryKind
from kithwork.core.sealing import Broken
from kithwork.core.verdict import Refused
from kithwork.journeys.models import PublishedEdition
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.procedures import assessing, signing
from kithwork.procedures.sample import Cast, Walk
from tests.verifier import Verifier

Walking = Callable[..., Walk]
Json = dict[str, Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def award(short_walk: Walking) -> Award:
    short_walk("awarded")
    return Award.objects.get()


def signed(award: Award) -> Json:
    signing.work()
    found = Credential.objects.filter(award=award, revoked_at__isnull=True).get()
    return json.loads(found.document)


def listed(award: Award) -> Json:
    held = StatusList.objects.get(body=award.journey.edition.body)
    return json.loads(held.document)


def found(credential: Json, award: Award) -> Found:
    keys = published_keys(award.journey.edition.body)
    assert keys
    return verify(credential, at=timezone.now(), issuers=[keys], lists=[listed(award)]).found


def change(award: Award, kind: EntryKind, people: Cast, today: date) -> None:
    assessing.change_standing(award=award, kind=kind, reason="A complaint.", by=people.olu, today=today)


# From a grant to a good credential


def test_a_grant_leaves_one_that_waits_and_signing_makes_it_good(award: Award, theirs: Verifier) -> None:
    assert [one.award for one in to_sign(timezone.now())] == [award]
    credential = signed(award)
    assert found(credential, award) is Found.VALID
    keys = published_keys(award.journey.edition.body)
    assert keys
    assert theirs(credential, at=timezone.now().isoformat(), issuers=[keys], lists=[listed(award)])[0] == "valid"
    assert not to_sign(timezone.now()).exists()
    facts = Record.objects.filter(act="credential.issued").get().facts
    assert facts == {"award": award.ref}


def test_it_says_what_the_register_says(award: Award) -> None:
    credential = signed(award)
    subject = credential["credentialSubject"]
    body = award.journey.edition.body
    assert (subject["name"], subject["licenseNumber"]) == (award.holder, award.number)
    assert credential["issuer"]["id"] == did_of(body)
    assert credential["issuer"]["name"] == body.name
    assert award.valid_until
    assert credential["validUntil"][:10] == award.valid_until.isoformat()
    assert credential["validFrom"][:10] == award.starts_on.isoformat()
    told = [one["narrative"] for one in credential["evidence"]]
    assert told == ["5 indicators were judged here.", "3 indicators were judged here."], "by stage, naming nobody"


def test_a_service_has_no_hash(award: Award) -> None:
    assert "sha256$" not in json.dumps(signed(award))


def test_signing_twice_issues_nothing_twice(award: Award) -> None:
    first = signed(award)
    assert signing.work() == 0
    assert signing.set_up() == 0
    actions.ask(award=award)
    assert signed(award) == first
    assert Credential.objects.count() == 1


def test_two_good_credentials_of_one_award_cannot_be(award: Award) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(award=award)


def test_whoever_comes_second_keeps_nothing(award: Award) -> None:
    """Two workers have the same one in hand: the first to keep it wins, and the ledger has one line."""
    now = timezone.now()
    one, two = (to_sign(now).get() for _ in range(2))
    assert actions.place(credential=one, now=now)
    assert actions.place(credential=two, now=now)
    assert (one.index, one.salt) == (two.index, two.salt), "its place is its own, however often it is begun"
    assert [actions.sign_placed(credential=each, now=now) for each in (one, two)] == [True, False]
    assert Record.objects.filter(act="credential.issued").count() == 1


def test_one_revoked_meanwhile_is_not_kept(award: Award) -> None:
    now = timezone.now()
    one = actions.place(credential=to_sign(now).get(), now=now)
    assert one
    actions.revoke(awards=[award], by=None, now=now)
    assert not actions.sign_placed(credential=one, now=now)
    assert not Credential.objects.exclude(document="").exists()


def test_what_cannot_be_signed_says_why_and_is_left_after_three_tries(award: Award) -> None:
    Award.objects.update(valid_until=award.starts_on - timedelta(days=1))
    for _ in range(5):
        signing.work()
    row = Credential.objects.get()
    assert (row.tries, row.fault) == (3, "validity ends before it begins")
    assert signing_progress(award.journey.edition.body) == (0, 0, 1)
    with pytest.raises(Refused, match="validity ends before it begins"):
        signing.issue(said=award.number)
    Award.objects.update(valid_until=None)
    assert signing.issue(said=award.number.lower()).signed_at, "by name it is tried again"


def test_awards_of_before_there_were_credentials_get_one(award: Award) -> None:
    Credential.objects.all().delete()
    assert list(lacking()) == [award]
    assert signing.set_up() == 1
    assert found(signed(award), award) is Found.VALID


# Standing


@pytest.mark.parametrize("kind", [EntryKind.SUSPENDED, EntryKind.REVOKED])
def test_an_award_that_is_taken_away_takes_its_credential_with_it_at_once(
    award: Award, people: Cast, today: date, kind: EntryKind, theirs: Verifier
) -> None:
    credential = signed(award)
    change(award, kind, people, today)
    assert found(credential, award) is Found.REVOKED, "without anybody doing anything more"
    keys = published_keys(award.journey.edition.body)
    assert keys
    assert theirs(credential, at=timezone.now().isoformat(), issuers=[keys], lists=[listed(award)])[0] == "revoked"
    assert signing.work() == 0
    with pytest.raises(Refused, match="does not hold"):
        signing.issue(said=award.ref)


def test_what_is_reinstated_has_a_new_one_and_the_old_stays_revoked(award: Award, people: Cast, today: date) -> None:
    before = signed(award)
    change(award, EntryKind.SUSPENDED, people, today)
    change(award, EntryKind.REINSTATED, people, today)
    after = signed(award)
    assert (found(before, award), found(after, award)) == (Found.REVOKED, Found.VALID)
    assert before["id"] != after["id"]
    places = [one["credentialStatus"]["statusListIndex"] for one in (before, after)]
    assert places[0] != places[1], "a place is never used again"


def test_a_list_begun_once_keeps_its_beginning(award: Award, people: Cast, today: date) -> None:
    signed(award)
    before = listed(award)
    change(award, EntryKind.SUSPENDED, people, today)
    after = listed(award)
    assert before["validFrom"] == after["validFrom"], "a check as of a past day refuses a list that begins later"
    assert before["credentialSubject"] != after["credentialSubject"]


def test_a_place_that_is_taken_is_not_drawn_again(
    award: Award, short_walk: Walking, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kithwork.organisations.actions import open_service

    drawn = iter([5, 5, 5, 6])
    monkeypatch.setattr(acts.secrets, "randbelow", lambda size: next(drawn))
    signing.work()
    short_walk("awarded", service=open_service(organisation=people.provider, name="Second", by=people.ada))
    signing.work()
    assert sorted(Credential.objects.values_list("index", flat=True)) == [5, 6]
    assert StatusList.objects.count() == 1


def test_a_full_list_is_followed_by_another(
    award: Award, short_walk: Walking, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kithwork.organisations.actions import open_service

    monkeypatch.setattr(acts.secrets, "randbelow", lambda size: 7)
    signing.work()
    short_walk("awarded", service=open_service(organisation=people.provider, name="Second", by=people.ada))
    signing.work()
    lists = StatusList.objects.order_by("begun_at")
    assert [one.full_at is not None for one in lists] == [True, False]
    addresses = {
        json.loads(one.document)["credentialStatus"]["statusListCredential"] for one in Credential.objects.all()
    }
    assert addresses == {list_address(one) for one in lists}


# Keys


def test_a_key_is_sealed_and_another_installation_cannot_open_it(award: Award, settings: Any) -> None:
    key = actions.key_in_use(body=award.journey.edition.body, now=timezone.now())
    opened = actions.opened(key)
    assert opened.public == key.public
    assert opened.seed not in bytes(key.sealed)
    settings.SIGNING_KEY = "A" * 43 + "="
    with pytest.raises(Broken):
        actions.opened(key)


def test_a_sealed_key_cannot_be_put_in_place_of_another(award: Award, people: Cast) -> None:
    body = award.journey.edition.body
    actions.key_in_use(body=body, now=timezone.now())
    signing.rotate(body=body, by=people.olu)
    new, old = SigningKey.objects.filter(body=body)
    new.sealed = old.sealed
    with pytest.raises(Broken):
        actions.opened(new)


def test_every_body_has_a_key_and_services_have_none(people: Cast) -> None:
    assert list(bodies_without_key()) == [people.body]
    assert published_keys(people.body) is None
    signing.set_up()
    assert not bodies_without_key().exists()
    assert SigningKey.objects.get().body == people.body
    signing.set_up()
    assert SigningKey.objects.count() == 1, "once"
    with pytest.raises(Refused):
        actions.key_in_use(body=people.provider, now=timezone.now())


def test_what_a_retired_key_signed_stays_good(award: Award, people: Cast, theirs: Verifier) -> None:
    before, body = signed(award), award.journey.edition.body
    assert signing.rotate(body=body, by=people.olu) == 0
    keys = published_keys(body)
    assert keys
    assert len(keys["assertionMethod"]) == 2
    assert found(before, award) is Found.VALID
    assert listed(award)["proof"][0]["verificationMethod"] == keys["assertionMethod"][0], "the new key signs the list"
    assert theirs(before, at=timezone.now().isoformat(), issuers=[keys], lists=[listed(award)])[0] == "valid"
    change(award, EntryKind.SUSPENDED, people, timezone.localdate())
    assert found(before, award) is Found.REVOKED


def test_what_a_stolen_key_signed_is_void_and_signed_anew(award: Award, people: Cast) -> None:
    before, body = signed(award), award.journey.edition.body
    assert signing.rotate(body=body, by=people.olu, stolen=True) == 1
    after = signed(award)
    assert (found(before, award), found(after, award)) == (Found.WRONG_KEY, Found.VALID)
    assert Record.objects.filter(act="credential.key_retired").get().facts["stolen"] is True


def test_a_person_s_address_is_hashed_with_a_salt_of_its_own(people: Cast, plain_award: Award) -> None:
    credential = signed(plain_award)
    person = plain_award.journey.person
    assert person
    assert person.email not in json.dumps(credential)
    named = credential["credentialSubject"]["identifier"]
    hashed = next(one for one in named if one["hashed"])
    assert hashed["identityHash"] == identity_hash(person.email, hashed["salt"])
    assert len(hashed["salt"]) >= 16


@pytest.fixture
def plain_award(award: Award, people: Cast) -> Award:
    """The award, as if Bea had applied for herself."""
    journey = award.journey
    journey.service, journey.person = None, people.bea
    journey.save(update_fields=["service", "person"])
    award.holder, award.of = "Bea Lund", ""
    award.save(update_fields=["holder", "of"])
    return award


# Written out


def test_of_several_bodies_each_has_a_folder_with_all_that_checks_its_own(
    award: Award, people: Cast, theirs: Verifier
) -> None:
    """A second body, with an award of its own: nobody's keys or list are another's."""
    journey = award.journey
    edition = PublishedEdition.objects.get(pk=journey.edition_id)
    second = organisations.found(name="Second Body", kind=Organisation.Kind.BODY, by=people.eve)
    edition.pk, edition.body, edition.edition = None, second, "elsewhere"
    edition.save()
    journey.pk, journey.ref, journey.edition = None, "222222222222", edition
    journey.save()
    award.pk, award.ref, award.number, award.journey = None, "333333333333", "QIM-2026-0002", journey
    award.save()
    files = dict(signing.export_all())
    folders = {path.split("/")[0] for path in files if "/" in path}
    assert folders == {people.body.slug, second.slug}
    told = files["readme.txt"].decode()
    for folder in folders:
        number = next(path for path in files if re.fullmatch(f"{folder}/QIM-.*\\.json", path)).split("/")[1][:-5]
        assert f"{folder}/" in told
        assert number in told
        keys, held = (json.loads(files[f"{folder}/{name}.json"]) for name in ("did", "status"))
        for ending in ("json", "png", "svg"):
            content = files[f"{folder}/{number}.{ending}"]
            given = json.loads(content) if ending == "json" else b64encode(content)
            assert theirs(given, at=timezone.now().isoformat(), issuers=[keys], lists=[held])[0] == "valid"
        other = next(one for one in folders if one != folder)
        strangers = [json.loads(files[f"{other}/did.json"])]
        assert theirs(given, at=timezone.now().isoformat(), issuers=strangers, lists=[held])[0] != "valid"
        assert any(path.startswith(f"{folder}/case/") for path in files)


# Another address


def test_without_the_site_s_address_nothing_is_signed_in_a_wrong_name(
    award: Award, people: Cast, today: date, settings: Any
) -> None:
    before = signed(award)
    settings.SITE_URL = "https://elsewhere.example"
    change(award, EntryKind.SUSPENDED, people, today)
    change(award, EntryKind.REINSTATED, people, today)
    assert signing.work() == 0
    with pytest.raises(Refused, match="another address"):
        signing.issue(said=award.ref)
    settings.SITE_URL = "http://localhost:8000"
    assert found(before, award) is Found.REVOKED, "the list kept its name, and its bit was set all the same"
    assert signing.work() == 1


def test_a_site_that_moved_signs_everything_anew(award: Award, settings: Any) -> None:
    before = signed(award)
    settings.SITE_URL = "https://elsewhere.example"
    assert signing.readdress() == 1
    after = signed(award)
    assert after["issuer"]["id"].startswith("did:web:elsewhere.example:bodies:")
    keys = published_keys(award.journey.edition.body)
    assert keys
    lists = [json.loads(one.document) for one in StatusList.objects.all()]
    assert len(lists) == 2
    assert verify(after, at=timezone.now(), issuers=[keys], lists=lists)
    assert not verify(before, at=timezone.now(), issuers=[keys], lists=lists)
    assert signing.readdress() == 0
