"""Each kind of credential has one verdict, and libraries that nobody here wrote come to the same, offline."""

import copy
import gzip
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from kithwork.core.credentials.openbadge import (
    Bits,
    Found,
    Purpose,
    bake_png,
    bake_svg,
    build,
    did_document,
    read,
    sign,
    status_list,
    verify,
)
from tests.core.credentials.openbadge.pictures import PNG, SVG
from tests.core.credentials.openbadge.sample import (
    DID,
    DOCUMENT,
    ISSUER,
    KEY,
    LIST,
    LONDON,
    NOW,
    PERSON,
    RETIRED,
    SERVICE,
    SIGNED_AT,
    SINCE,
    STRANGER,
    Json,
    issued,
    listed,
)
from tests.verifier import Verifier

INDEX = 94_321
OTHER = f"{DID}er"  # another body on the same site
BY_KEY = f"did:key:{STRANGER.public}"


@dataclass(frozen=True)
class Case:
    """A credential, and what is handed in with it."""

    found: Found
    make: Callable[[], Json]
    issuers: tuple[Json, ...] = (DOCUMENT,)
    lists: Callable[[], tuple[Json, ...]] = lambda: (listed(1, INDEX - 1, INDEX + 1),)
    at: datetime = NOW


def changed(**fields: object) -> Json:
    return {**issued(), **fields}


def reproved(**fields: object) -> Json:
    made = issued()
    return {**made, "proof": [{**made["proof"][0], **fields}]}


def listed_anew(**fields: object) -> tuple[Json, ...]:
    bare = {name: value for name, value in listed().items() if name != "proof"}
    return (sign({**bare, **fields}, key=KEY, issuer=DID, created=SIGNED_AT),)


def subject(**fields: object) -> tuple[Json, ...]:
    return listed_anew(credentialSubject={**listed()["credentialSubject"], **fields})


def short_list() -> str:
    return f"u{urlsafe_b64encode(gzip.compress(bytes(1000))).decode().rstrip('=')}"


def others_list() -> tuple[Json, ...]:
    made = status_list(LIST, replace(ISSUER, did=OTHER), Purpose.REVOCATION, Bits(), since=SINCE)
    return (sign(made, key=STRANGER, issuer=OTHER, created=SIGNED_AT),)


def suspendable(*, key: str = "status") -> Json:
    assert SERVICE.status
    return issued(replace(SERVICE, **{key: replace(SERVICE.status, purpose=Purpose.SUSPENSION)}))


def without_assertion() -> Json:
    return {**DOCUMENT, "assertionMethod": [f"{DID}#{RETIRED.public}"]}


def held_by_another() -> Json:
    methods = [{**one, "controller": BY_KEY} for one in DOCUMENT["verificationMethod"]]
    return {**DOCUMENT, "verificationMethod": methods}


ENDED = datetime(2029, 6, 30, 23, tzinfo=UTC)  # it is 1 July in London
CASES = {
    "a service's": Case(Found.VALID, issued),
    "a person's": Case(Found.VALID, lambda: issued(PERSON)),
    "without a status": Case(Found.VALID, lambda: issued(replace(SERVICE, status=None)), lists=lambda: ()),
    "without an end": Case(
        Found.VALID, lambda: issued(replace(SERVICE, valid_until=None)), at=ENDED.replace(year=2090)
    ),
    "signed with a retired key": Case(Found.VALID, lambda: issued(key=RETIRED)),
    "of somebody who is their key": Case(
        Found.VALID,
        lambda: issued(replace(SERVICE, issuer=replace(ISSUER, did=BY_KEY), status=None), STRANGER, BY_KEY),
        issuers=(),
    ),
    "on its last day, in the evening": Case(Found.VALID, issued, at=ENDED.replace(hour=22, minute=59)),
    "on its first morning": Case(Found.VALID, issued, at=datetime(2026, 6, 30, 23, 0, 1, tzinfo=UTC)),
    "the night before": Case(Found.NOT_YET, issued, at=datetime(2026, 6, 30, 22, 59, tzinfo=UTC)),
    "the day after": Case(Found.EXPIRED, issued, at=ENDED),
    "ended, and its list is not at hand": Case(Found.EXPIRED, issued, at=ENDED, lists=tuple),
    "revoked": Case(Found.REVOKED, issued, lists=lambda: (listed(INDEX),)),
    "revoked, and ended since": Case(Found.REVOKED, issued, at=ENDED, lists=lambda: (listed(INDEX),)),
    "suspended": Case(
        Found.SUSPENDED, suspendable, lists=lambda: (listed(INDEX, purpose=Purpose.SUSPENSION),)
    ),
    "suspended once, and reinstated": Case(
        Found.VALID, suspendable, lists=lambda: (listed(purpose=Purpose.SUSPENSION),)
    ),
    "changed": Case(Found.TAMPERED, lambda: changed(name="Kestrel Platinum")),
    "its end cut off": Case(Found.TAMPERED, lambda: {k: v for k, v in issued().items() if k != "validUntil"}),
    "its status cut off": Case(Found.TAMPERED, lambda: {k: v for k, v in issued().items() if k != "credentialStatus"}),
    "a signature of nothing": Case(Found.TAMPERED, lambda: reproved(proofValue="z" + "1" * 64)),
    "the moment of signing changed": Case(Found.TAMPERED, lambda: reproved(created="2020-01-01T00:00:00Z")),
    "a stranger's signature under the issuer's key": Case(
        Found.TAMPERED,
        lambda: reproved(proofValue=issued(key=STRANGER)["proof"][0]["proofValue"]),
    ),
    "signed with a stranger's key": Case(Found.WRONG_KEY, lambda: issued(key=STRANGER)),
    "signed by another issuer": Case(
        Found.WRONG_KEY,
        lambda: issued(key=STRANGER, issuer=OTHER),
        issuers=(DOCUMENT, did_document(OTHER, [STRANGER.public])),
    ),
    "signed by another issuer, and nobody is known": Case(
        Found.WRONG_KEY, lambda: issued(key=STRANGER, issuer=OTHER), issuers=()
    ),
    "a key for other things": Case(Found.WRONG_KEY, issued, issuers=(without_assertion(),)),
    "a key that another holds": Case(Found.WRONG_KEY, issued, issuers=(held_by_another(),)),
    "a key that was struck off": Case(Found.WRONG_KEY, issued, issuers=(did_document(DID, [RETIRED.public]),)),
    "signed for another purpose": Case(Found.WRONG_KEY, lambda: reproved(proofPurpose="authentication")),
    "its issuer is not known": Case(Found.NO_KEYS, issued, issuers=()),
    "its list is not at hand": Case(Found.NO_LIST, issued, lists=lambda: ()),
    "the list of another purpose": Case(
        Found.WRONG_LIST, issued, lists=lambda: (listed(purpose=Purpose.SUSPENSION),)
    ),
    "a list that a stranger signed": Case(Found.WRONG_LIST, issued, lists=lambda: (listed(key=STRANGER),)),
    "a list with a bit taken out": Case(
        Found.WRONG_LIST,
        issued,
        lists=lambda: ({**listed(INDEX), "credentialSubject": listed()["credentialSubject"]},),
    ),
    "another issuer's list": Case(
        Found.WRONG_LIST, issued, issuers=(DOCUMENT, did_document(OTHER, [STRANGER.public])), lists=others_list
    ),
    "a list that is none": Case(Found.WRONG_LIST, issued, lists=lambda: (issued(replace(SERVICE, id=LIST)),)),
    "a list of nonsense": Case(Found.WRONG_LIST, issued, lists=lambda: subject(encodedList="uAAAA")),
    "a list that is too short": Case(
        Found.WRONG_LIST,
        lambda: issued(replace(SERVICE, status=replace(SERVICE.status, index=9))),  # type: ignore[type-var]
        lists=lambda: subject(encodedList=short_list()),
    ),
    "a place beyond the list": Case(
        Found.WRONG_LIST,
        lambda: issued(replace(SERVICE, status=replace(SERVICE.status, index=131_072))),  # type: ignore[type-var]
    ),
    "not signed": Case(Found.UNREADABLE, lambda: build(SERVICE, LONDON)),
    "a word that nobody defined": Case(Found.UNREADABLE, lambda: changed(honours="first")),
    "a kind that nobody defined": Case(
        Found.UNREADABLE, lambda: changed(type=["VerifiableCredential", "OpenBadgeCredential", "Knighthood"])
    ),
    "a name that is no address": Case(Found.UNREADABLE, lambda: changed(id="kestrel gold")),
    "another suite": Case(Found.UNREADABLE, lambda: reproved(cryptosuite="eddsa-jcs-2022")),
    "an unknown context": Case(
        Found.UNREADABLE, lambda: changed(**{"@context": [*issued()["@context"], "https://example.org/own"]})
    ),
    "no credential": Case(Found.UNREADABLE, lambda: {"hello": "world"}),
    "version 1 of the data model": Case(
        Found.UNREADABLE, lambda: changed(**{"@context": ["https://www.w3.org/2018/credentials/v1"]})
    ),
}  # fmt: skip
# where theirs names the same fault otherwise
FINER = {
    "an unknown context": {"status not known", "unreadable"},
    "signed by another issuer, and nobody is known": {"keys not known"},
    "signed for another purpose": {"wrong key", "unreadable"},
    "version 1 of the data model": {"unreadable", "tampered"},
    "a signature of nothing": {"tampered", "unreadable"},
    "a list that is too short": {"valid"},  # they do not ask for the least length; the standard does
}


@pytest.mark.parametrize("name", CASES)
def test_each_has_one_verdict_here(name: str) -> None:
    case = CASES[name]
    finding = verify(case.make(), at=case.at, issuers=case.issuers, lists=case.lists())
    assert finding.found is case.found, finding
    assert bool(finding) == (case.found is Found.VALID)
    assert finding.because.endswith(".")


@pytest.mark.parametrize("name", CASES)
def test_and_there(theirs: Verifier, name: str) -> None:
    case = CASES[name]
    found, why = theirs(case.make(), at=case.at.isoformat(), issuers=case.issuers, lists=case.lists())
    assert found in FINER.get(name, {case.found.value}), why


@pytest.mark.parametrize("name", CASES)
def test_a_picture_has_the_verdict_of_what_is_in_it(theirs: Verifier, name: str) -> None:
    case = CASES[name]
    made, lists = case.make(), case.lists()
    for picture in (bake_png(PNG, made), bake_svg(SVG, made)):
        assert read(picture) == made
        assert verify(read(picture), at=case.at, issuers=case.issuers, lists=lists).found is case.found
        found, why = theirs(b64encode(picture), at=case.at.isoformat(), issuers=case.issuers, lists=lists)
        assert found in FINER.get(name, {case.found.value}), why


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, part in enumerate(value) for leaf in leaves(part, (*path, at))]
    return [path]


WHOLE = issued(PERSON)


@pytest.mark.parametrize("path", leaves(WHOLE), ids=lambda path: ".".join(map(str, path)))
def test_nothing_can_be_changed_or_left_out(theirs: Verifier, path: tuple[str | int, ...]) -> None:
    for new in ("add", "drop"):
        made = copy.deepcopy(WHOLE)
        part = made
        for step in path[:-1]:
            part = part[step]  # type: ignore[index]
        held = part[path[-1]]  # type: ignore[index]
        if new == "drop":
            del part[path[-1]]  # type: ignore[arg-type]
        elif isinstance(held, bool):
            part[path[-1]] = not held  # type: ignore[index]
        else:
            part[path[-1]] = held + (1 if isinstance(held, int) else "1")  # type: ignore[index]
        shapes: list[Json | bytes] = [made]
        shapes += [b64encode(bake_png(PNG, made)), b64encode(bake_svg(SVG, made))] if new == "add" else []
        for shape in shapes:
            given = read(b64decode(shape)) if isinstance(shape, bytes) else shape
            finding = verify(given, at=NOW, issuers=[DOCUMENT], lists=[listed()])
            found, why = theirs(shape, at=NOW.isoformat(), issuers=[DOCUMENT], lists=[listed()])
            assert finding.found is not Found.VALID, new
            assert found != "valid", (new, why)


def test_a_second_signature_that_does_not_fit_is_no_ornament() -> None:
    made = issued()
    made["proof"].append({**made["proof"][0], "created": "2020-01-01T00:00:00Z"})
    assert verify(made, at=NOW, issuers=[DOCUMENT], lists=[listed()]).found is Found.TAMPERED


def test_a_key_in_its_own_name_proves_the_text_and_not_the_issuer() -> None:
    """Anybody can sign in the name of a site with a key of their own; only the site's document tells."""
    forged = issued(key=STRANGER)
    assert verify(forged, at=NOW, lists=[listed()]).found is Found.NO_KEYS
    forged["name"] = "x"
    assert verify(forged, at=NOW, lists=[listed()]).found is Found.TAMPERED


def test_it_says_what_it_looked_at() -> None:
    finding = verify(issued(), at=NOW, issuers=[DOCUMENT], lists=[listed()])
    assert [sentence.split()[0] for sentence in finding.checked] == ["Signed", "Its", "Within"]
    assert finding.about
    assert (finding.about.holder, finding.about.number) == ("Lanternside Mentoring", "KESTREL-2026-0007")
    assert (finding.about.name, finding.about.issuer_name) == ("Kestrel Gold", "The Kestrel Body")
