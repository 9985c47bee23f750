"""What software asks for: keys, lists, credentials, pictures. Each at its own address, to anybody, from any site."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.awards.models import Award, Credential, StatusList
from kithwork.core.credentials.openbadge import Found, did_address, read, verify
from kithwork.core.journey import EntryKind
from kithwork.procedures import assessing, signing
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


@pytest.fixture
def good(awarded: str) -> Credential:
    signing.work()
    return Credential.objects.get()


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def fetched(client: Client, address: str) -> Json:
    """As a verifier fetches it: at its very address, as JSON, without a redirect."""
    answer = client.get(path_of(address))
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


def test_from_its_address_alone_everything_is_found_that_proves_it(client: Client, good: Credential) -> None:
    credential = json.loads(good.document)
    assert fetched(client, credential["id"]) == credential
    keys = fetched(client, did_address(credential["issuer"]["id"]))
    held = fetched(client, credential["credentialStatus"]["statusListCredential"])
    assert keys["id"] == credential["issuer"]["id"]
    assert held["id"] == credential["credentialStatus"]["statusListCredential"]
    assert verify(credential, at=timezone.now(), issuers=[keys], lists=[held])


def test_a_revocation_is_known_within_a_minute(client: Client, good: Credential, people: Cast) -> None:
    credential = json.loads(good.document)
    where = path_of(credential["credentialStatus"]["statusListCredential"])
    assert client.get(where)["Cache-Control"] == "public, max-age=60"
    assessing.change_standing(
        award=Award.objects.get(), kind=EntryKind.REVOKED, reason="Fraud.", by=people.olu, today=timezone.localdate()
    )
    held, keys = fetched(client, f"http://x/{where[1:]}"), fetched(client, did_address(credential["issuer"]["id"]))
    assert verify(credential, at=timezone.now(), issuers=[keys], lists=[held]).found is Found.REVOKED
    for ending in ("", "badge.json", "badge.png", "badge.svg"):
        assert client.get(f"/credentials/{good.ref}/{ending}").status_code == 404, "nothing is handed out any more"


@pytest.mark.parametrize(
    ("ending", "kind"), [("json", "application/json"), ("png", "image/png"), ("svg", "image/svg+xml")]
)
def test_each_file_holds_the_credential(client: Client, good: Credential, ending: str, kind: str) -> None:
    answer = client.get(f"/credentials/{good.ref}/badge.{ending}")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "no-store")
    assert answer["Content-Disposition"] == f'attachment; filename="{good.award.number}.{ending}"'
    assert read(answer.content) == json.loads(good.document)


def test_an_award_s_picture_of_what_it_is_is_there(client: Client, good: Credential) -> None:
    image = json.loads(good.document)["credentialSubject"]["achievement"]["image"]["id"]
    answer = client.get(path_of(image))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    [
        "/bodies/nobody/did.json",
        "/bodies/{provider}/did.json",
        "/bodies/{body}/status/222222222222.json",
        "/bodies/{provider}/status/{list}.json",
        "/credentials/222222222222/",
        "/credentials/{award}/",
        "/credentials/{credential}/badge.exe",
        "/schemes/qim/badges/1999/award.png",
        "/schemes/qim/badges/short/nothing.png",
        "/awards/222222222222/standing.svg",
    ],
)
def test_what_is_not_there_is_not_there(client: Client, good: Credential, people: Cast, path: str) -> None:
    told = {"provider": people.provider.slug, "body": people.body.slug, "award": good.award.ref, "credential": good.ref}
    assert client.get(path.format(**told, list=StatusList.objects.get().ref)).status_code == 404


def test_a_body_without_a_key_has_no_document(client: Client, people: Cast) -> None:
    assert client.get(f"/bodies/{people.body.slug}/did.json").status_code == 404


def test_one_that_waits_to_be_signed_is_not_handed_out(client: Client, awarded: str) -> None:
    assert client.get(f"/credentials/{Credential.objects.get().ref}/").status_code == 404


def test_none_of_it_takes_a_post(client: Client, good: Credential, people: Cast) -> None:
    held = StatusList.objects.get()
    for path in (f"/bodies/{people.body.slug}/did.json", f"/bodies/{people.body.slug}/status/{held.ref}.json",
                 f"/credentials/{good.ref}/", f"/awards/{good.award.ref}/standing.svg"):  # fmt: skip
        assert client.post(path).status_code == 405


# The picture for other people's sites


@pytest.mark.parametrize(
    ("column", "words"),
    [("", "Valid until"), ("suspended_on", "Suspended"), ("revoked_on", "Withdrawn"), ("superseded_on", "Replaced")],
)
def test_the_picture_says_how_the_award_stands(client: Client, good: Credential, column: str, words: str) -> None:
    if column:
        Award.objects.update(**{column: timezone.localdate()})
    answer = client.get(f"/awards/{good.award.ref}/standing.svg")
    text = answer.content.decode()
    assert words in text
    assert good.award.holder in text
    assert ("Valid" in text) is (not column)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "<script" not in text


def test_what_people_typed_cannot_leave_its_place_in_the_picture(client: Client, good: Credential) -> None:
    Award.objects.update(holder='<script>alert(1)</script> & "friends"')
    text = client.get(f"/awards/{good.award.ref}/standing.svg").content.decode()
    assert "<script" not in text
    assert "&amp; " in text


# The award's page


def test_the_award_s_page_proves_its_credential(
    client: Client, good: Credential, django_assert_num_queries: Any
) -> None:
    page = f"/awards/{good.award.ref}/"
    with django_assert_num_queries(3):
        text = client.get(page).content.decode()
    assert "was asked just now" in text
    assert "and not changed since" in text
    assert "says nothing against it" in text
    assert f"/credentials/{good.ref}/badge.png" in text


def test_a_register_that_was_tampered_with_is_told(client: Client, good: Credential) -> None:
    Award.objects.update(holder="Somebody Else")
    assert "says something else than the register" in client.get(f"/awards/{good.award.ref}/").content.decode()


def test_a_person_s_credential_is_not_on_the_public_page(client: Client, good: Credential, people: Cast) -> None:
    journey = good.award.journey
    journey.service, journey.person = None, people.bea
    journey.save(update_fields=["service", "person"])
    assert good.ref not in client.get(f"/awards/{good.award.ref}/").content.decode()


# Checking a file


def brought(client: Client, **fields: Any) -> Any:
    return client.post("/verify/file/", fields)


def as_file(content: bytes, name: str = "badge.json") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_a_credential_of_this_site_is_checked_with_nothing_but_itself(client: Client, good: Credential) -> None:
    for fields in (
        {"pasted": good.document},
        {"credential": as_file(client.get(f"/credentials/{good.ref}/badge.png").content, "badge.png")},
        {"credential": as_file(client.get(f"/credentials/{good.ref}/badge.svg").content, "badge.svg")},
    ):
        answer = brought(client, **fields)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "This credential is valid" in text
        for words in (good.award.holder, good.award.number, good.award.level_title, f"/awards/{good.award.ref}/"):
            assert words in text
        assert "awarding body of this site" in text


def test_one_changed_is_told_and_leads_to_no_award(client: Client, good: Credential) -> None:
    text = brought(client, pasted=good.document.replace(good.award.holder, "Mallory Mentoring")).content.decode()
    assert "This credential was tampered with" in text
    assert "Nothing of it is proven" in text
    assert f"/awards/{good.award.ref}/" not in text


def test_one_revoked_is_told(client: Client, good: Credential, people: Cast) -> None:
    assessing.change_standing(
        award=Award.objects.get(), kind=EntryKind.SUSPENDED, reason="x", by=people.olu, today=timezone.localdate()
    )
    assert "This credential was withdrawn" in brought(client, pasted=good.document).content.decode()


def test_another_issuer_s_is_checked_with_the_files_that_are_handed_in(client: Client, db: None) -> None:
    from tests.core.credentials.openbadge.sample import DOCUMENT, issued, listed

    credential, keys, held = (json.dumps(one) for one in (issued(), DOCUMENT, listed()))
    alone = brought(client, pasted=credential).content.decode()
    assert "Whose signature this is cannot be told yet" in alone
    assert "https://kithwork.example/bodies/kestrel/did.json" in alone
    half = brought(client, pasted=credential, did=as_file(keys.encode())).content.decode()
    assert "Whether this still holds cannot be told yet" in half
    whole = brought(client, pasted=credential, did=as_file(keys.encode()), status=as_file(held.encode()))
    text = whole.content.decode()
    assert "This credential is valid" in text
    assert "none of this site’s awarding bodies" in text


def test_a_did_handed_in_never_stands_in_for_a_body_of_this_site(client: Client, good: Credential) -> None:
    """Somebody signs in our body's name with their own key, and brings a document that says it is the body's."""
    from kithwork.core.credentials.openbadge import did_document, sign
    from tests.core.credentials.openbadge.sample import STRANGER

    credential = json.loads(good.document)
    did = credential["issuer"]["id"]
    forged = sign(credential, key=STRANGER, issuer=did, created=timezone.now())
    keys = json.dumps(did_document(did, [STRANGER.public])).encode()
    text = brought(client, pasted=json.dumps(forged), did=as_file(keys)).content.decode()
    assert "was not signed by its issuer" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a file"),
        ({"pasted": "{}", "credential": as_file(b"{}")}, "not both"),
        ({"pasted": "hello"}, "holds no credential"),
        ({"pasted": "eyJh.eyJi.c2ln"}, "JSON Web Token"),
        ({"pasted": json.dumps({"a": "x" * 250_000})}, "longer than what is checked on a page"),
        ({"credential": as_file(b"\x89PNG\r\n\x1a\n")}, "no whole PNG"),
        ({"pasted": "{}", "did": as_file(b"no")}, "The issuer’s document"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    client: Client, db: None, fields: dict[str, Any], words: str
) -> None:
    answer = brought(client, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "’")


def test_it_is_not_checked_without_end(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_form": "1/h/ip"}
    assert brought(client, pasted='{"a": 1}').status_code == 200
    assert brought(client, pasted='{"a": 1}').status_code == 429
