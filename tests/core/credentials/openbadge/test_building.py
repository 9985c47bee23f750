"""What a credential says: all that consumers ask for, nothing that names who should not be named."""

import json
import os
from dataclasses import replace
from datetime import UTC, date
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from kithwork.core.credentials.openbadge import (
    AchievementKind,
    Issuer,
    Organisation,
    Person,
    Shown,
    achievement,
    build,
    canonical,
)
from kithwork.core.schemes import Edition, find, load
from tests.core.credentials.openbadge.sample import BASE, LONDON, PERSON, SERVICE, Json, issued, listed
from tests.core.journey.test_worked import SCHEMES

# The official schema is 1EdTech's and not ours to copy; see tests/core/schemes/test_case.py
STANDARDS = Path(os.environ.get("KITHWORK_STANDARDS") or Path(__file__).parents[5] / "shared" / "standards")
OFFICIAL = STANDARDS / "ob_v3p0_achievementcredential_schema.json"
EDITIONS = [load(folder) for folder in find(SCHEMES)]
LEVELS = [
    pytest.param(edition, level.id, id=f"{edition.key}-{level.id}") for edition in EDITIONS for level in edition.levels
]
HOLDERS = [pytest.param(SERVICE, id="service"), pytest.param(PERSON, id="person")]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official schema is not beside the repository")
@pytest.mark.parametrize("facts", HOLDERS)
def test_it_passes_the_official_schema_in_its_formal_form(facts: object) -> None:
    official = Draft201909Validator(json.loads(OFFICIAL.read_text()), format_checker=FormatChecker())
    made = issued(facts)  # type: ignore[arg-type]
    assert [fault.message for fault in official.iter_errors(made)] == []
    assert list(official.iter_errors({**made, "proof": made["proof"][0]})), "the check itself sees a fault"


def test_it_has_what_the_schema_asks_for_and_lists_where_it_asks_for_lists() -> None:
    made = issued(PERSON)
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert made["issuer"]["type"] == ["Profile"]
    assert isinstance(made["proof"], list)
    assert isinstance(made["credentialStatus"], dict)
    assert made["credentialStatus"]["statusListIndex"] == "94321"
    assert made["credentialStatus"]["id"] != made["credentialStatus"]["statusListCredential"]
    subject = made["credentialSubject"]
    assert {"identifier", "licenseNumber", "achievement"} < subject.keys()
    assert {"id", "type", "name", "description", "criteria", "alignment"} < subject["achievement"].keys()


def test_what_is_not_there_is_left_out_and_not_empty() -> None:
    bare = replace(
        SERVICE,
        issuer=Issuer(SERVICE.issuer.did, "Kestrel"),
        holder=Organisation("Lanternside"),
        achievement=replace(SERVICE.achievement, image="", alignments=(), version="", credits=None, criteria_url=""),
        evidence=(),
        status=None,
        valid_until=None,
    )

    def empty(value: object) -> bool:
        if isinstance(value, dict | list):
            return not value or any(empty(part) for part in (value.values() if isinstance(value, dict) else value))
        return value in {None, ""}

    assert not empty(build(bare, LONDON))


def test_an_address_of_e_mail_goes_in_as_others_hash_it_and_in_no_other_way() -> None:
    made = issued(PERSON)
    said = next(one for one in made["credentialSubject"]["identifier"] if one["hashed"])
    assert said["identityHash"] == "sha256$" + sha256(b"zoe@mentor.example" + b"c2FsdHNhbHQ").hexdigest()
    assert "@mentor" not in json.dumps(made).lower()


def test_a_hash_wants_a_salt() -> None:
    with pytest.raises(ValueError, match="salt"):
        build(replace(SERVICE, holder=Person("Zoë", "zoe@mentor.example")), LONDON)


def test_days_begin_and_end_where_the_body_is() -> None:
    made = build(replace(SERVICE, valid_from=date(2026, 1, 1)), LONDON)
    assert (made["validFrom"], made["validUntil"]) == ("2026-01-01T00:00:00Z", "2029-06-30T23:59:59+01:00")
    assert build(SERVICE, UTC)["validFrom"] == "2026-07-01T00:00:00Z"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "\u200b" and "  "}, "the number is empty"),
        ({"holder": Organisation("\x0b")}, "the holder's name is empty"),
        ({"id": "7"}, "no address"),
        ({"id": "javascript:alert(1)"}, "no address"),
        ({"holder": Organisation("Lanternside", "https://a b.example")}, "no address"),
        ({"valid_until": date(2026, 6, 30)}, "ends before it begins"),
    ],
)
def test_what_nobody_could_use_is_refused(wrong: Json, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        build(replace(SERVICE, **wrong), LONDON)


def test_orders_to_the_machine_are_taken_out_of_texts() -> None:
    made = build(
        replace(
            SERVICE,
            holder=Organisation("Lan\x00tern\x7fside \u202egnirotneM\u202c"),
            evidence=(Shown("Visit\x0bone", "a\x1bb\tc\nd\ud800"),),
        ),
        LONDON,
    )
    assert made["credentialSubject"]["name"] == "Lanternside gnirotneM"
    assert made["evidence"][0] == {"type": ["Evidence"], "name": "Visit one", "narrative": "ab\tc\nd\ufffd"}
    assert canonical(made)


@pytest.mark.parametrize(("edition", "level"), LEVELS)
def test_every_level_of_every_edition_makes_a_credential(edition: Edition, level: str) -> None:
    made = achievement(edition, level, base=BASE)
    signed = issued(replace(SERVICE, achievement=made))
    said = signed["credentialSubject"]["achievement"]
    assert said["name"] == edition.level(level).title
    assert f"{edition.words.areas} in" not in said["criteria"]["narrative"], "a thing is not counted by its own name"
    assert said["criteria"]["narrative"]
    assert len({one["targetUrl"] for one in said["alignment"]}) == len(said["alignment"]) >= 1
    if OFFICIAL.exists():
        assert not list(Draft201909Validator(json.loads(OFFICIAL.read_text())).iter_errors(signed))


def test_items_are_those_that_case_serves() -> None:
    from kithwork.core.schemes.case import package
    from tests.core.credentials.openbadge.sample import SIGNED_AT

    for edition in EDITIONS:
        served = {item["uri"] for item in package(edition, base=BASE, changed=SIGNED_AT)["CFItems"]}
        for level in edition.levels:
            assert {one.url for one in achievement(edition, level.id, base=BASE).alignments} <= served


def test_a_kind_follows_from_what_the_scheme_grants_and_to_whom() -> None:
    kinds = {edition.scheme.slug: achievement(edition, edition.levels[0].id, base=BASE).kind for edition in EDITIONS}
    assert kinds["qim"] is AchievementKind.QUALITY
    for edition in EDITIONS:
        kind = kinds[edition.scheme.slug]
        assert (kind is AchievementKind.LICENCE) == (edition.credential.kind == "licence")


def test_an_unknown_level_is_none() -> None:
    with pytest.raises(KeyError):
        achievement(EDITIONS[0], "platinum", base=BASE)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert json.dumps(issued(PERSON)) == json.dumps(issued(PERSON))
    assert json.dumps(listed(3)) == json.dumps(listed(3))
