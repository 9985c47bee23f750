"""Keys and names, lists of bits, and what is refused before it is signed."""

import gzip
import random
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kithwork.core.credentials.openbadge import (
    SHORTEST,
    Bits,
    Key,
    NoList,
    Unreadable,
    build,
    canonical,
    did_address,
    did_document,
    did_web,
    free_index,
    read_moment,
    sign,
)
from kithwork.core.credentials.openbadge.keys import base58, fits, public_bytes, unbase58
from tests.core.credentials.openbadge.sample import DID, DOCUMENT, KEY, LONDON, RETIRED, SERVICE, SIGNED_AT, Json

# Keys


def test_a_key_is_what_the_standard_says() -> None:
    """RFC 8032, 7.1, test 1: a secret, its public half and its signature of nothing."""
    key = Key(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert public_bytes(key.public) == public
    assert key.public.startswith("z6Mk")
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")
    assert fits(public, key.sign(b""), b"")
    assert not fits(public, key.sign(b""), b"x")


def test_a_key_does_not_show_its_secret() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)


def test_base58_goes_there_and_back() -> None:
    for content in (b"", b"\0\0\1", bytes(range(64))):
        assert unbase58(base58(content)) == content
    assert unbase58("0OIl") is None


@pytest.mark.parametrize("text", [None, 7, "", "z", "z0", "u6Mk", KEY.public[:-1], "z" * 500])
def test_what_is_no_key_is_none(text: object) -> None:
    assert public_bytes(text) is None


def test_a_key_is_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        Key(b"short")


# Issuers


@pytest.mark.parametrize(
    ("base", "path", "did"),
    [
        ("https://kithwork.example", "bodies/kestrel", "did:web:kithwork.example:bodies:kestrel"),
        ("https://kithwork.example/site/", "/bodies/kestrel/", "did:web:kithwork.example:site:bodies:kestrel"),
        ("http://localhost:8000", "bodies/kestrel", "did:web:localhost%3A8000:bodies:kestrel"),
    ],
)
def test_an_issuer_is_named_by_where_its_document_is(base: str, path: str, did: str) -> None:
    assert did_web(base, path) == did
    host = base.split("://")[1].rstrip("/")
    assert did_address(did) == f"https://{host}/bodies/kestrel/did.json"


@pytest.mark.parametrize(
    ("base", "path"), [("kithwork.example", "a"), ("https://x.example", ""), ("https://x.example", "a b")]
)
def test_a_name_that_no_two_would_read_alike_is_refused(base: str, path: str) -> None:
    with pytest.raises(ValueError, match=r"no (address|path)"):
        did_web(base, path)


def test_a_document_has_absolute_names_and_a_list_of_texts() -> None:
    assert DOCUMENT["@context"][0] == "https://www.w3.org/ns/did/v1"
    assert DOCUMENT["assertionMethod"] == [f"{DID}#{KEY.public}", f"{DID}#{RETIRED.public}"]
    assert [one["id"] for one in DOCUMENT["verificationMethod"]] == DOCUMENT["assertionMethod"]
    with pytest.raises(ValueError, match="has a key"):
        did_document(DID, [])


# Lists of bits


def test_bits_are_counted_from_the_left() -> None:
    """Bitstring Status List 3.2: the first index is the left-most bit."""
    bits = Bits()
    bits.set(0, True)
    bits.set(9, True)
    assert bytes(bits._content[:2]) == b"\x80\x40"
    assert [index for index in range(SHORTEST) if bits[index]] == [0, 9]
    bits.set(9, False)
    assert not bits[9]


def test_bits_come_back_as_they_went() -> None:
    bits = Bits()
    for index in (0, 7, 8, 94_321, SHORTEST - 1):
        bits.set(index, True)
    back = Bits.decoded(bits.encoded())
    assert [index for index in range(len(back)) if back[index]] == [0, 7, 8, 94_321, SHORTEST - 1]


@pytest.mark.parametrize("index", [-1, SHORTEST])
def test_a_place_outside_is_an_error(index: int) -> None:
    with pytest.raises(IndexError):
        Bits()[index]


def test_a_list_that_unpacks_without_end_is_refused() -> None:
    bomb = urlsafe_b64encode(gzip.compress(bytes(40_000_000))).decode().rstrip("=")
    assert len(bomb) < 60_000
    with pytest.raises(NoList, match="unpacked"):
        Bits.decoded(f"u{bomb}")


@pytest.mark.parametrize("text", [None, 7, "", "u", "uAAAA", "z" + Bits().encoded(), Bits().encoded()[:-20], "u===="])
def test_what_is_no_list_is_refused(text: object) -> None:
    with pytest.raises(NoList):
        Bits.decoded(text)


def test_a_place_is_drawn_at_random_and_never_twice() -> None:
    draw = random.Random(7).randrange
    taken: set[int] = set()
    for _ in range(2000):
        index = free_index(taken, draw)
        assert index not in taken
        taken.add(index)
    assert min(taken) < SHORTEST // 100
    assert max(taken) > SHORTEST * 99 // 100
    with pytest.raises(NoList, match="full"):
        free_index(range(SHORTEST), draw)


# What is signed

BARE = build(SERVICE, LONDON)


@pytest.mark.parametrize(
    "more",
    [
        {"honours": "first"},
        {"id": "kestrel"},
        {"id": "https://kestrel.example/a b"},
        {"type": [*BARE["type"], "Knighthood"]},
        {"name": "with\x0ba tab of Word"},
        {"name": "half a letter \ud83d"},
        {"name": {"@value": "x", "@direction": "rtl"}},
        {"@included": [{"id": "https://kestrel.example/"}]},
        {"@context": [*BARE["@context"], {"honours": "https://kestrel.example/honours"}]},
        {"@context": "https://kestrel.example/context"},
        {"evidence": {"@context": {"@vocab": "https://kestrel.example/"}, "type": ["Evidence"]}},
    ],
    ids=lambda more: "-".join(map(str, more)),
)  # fmt: skip
def test_what_would_go_unsigned_is_not_signed(more: Json) -> None:
    with pytest.raises(Unreadable):
        canonical({**BARE, **more})


def test_endless_work_is_refused() -> None:
    """Two parts without a name that are alike, each with twelve that are: all orders of twelve would be tried."""
    subject = {name: value for name, value in BARE["credentialSubject"].items() if name != "id"}
    crowd = {"type": ["Profile"], "parentOrg": [{"type": ["Profile"]} for _ in range(12)]}
    with pytest.raises(Unreadable, match="alike"):
        canonical({**BARE, "credentialSubject": [{**subject, "source": crowd}, {**subject, "source": crowd}]})


def test_a_pit_without_bottom_is_refused() -> None:
    pit: Json = {}
    for _ in range(50):
        pit = {"parentOrg": pit}
    with pytest.raises(Unreadable, match="deep"):
        canonical({**BARE, "issuer": pit})


def test_signing_anew_replaces_the_signature() -> None:
    once = sign(BARE, key=KEY, issuer=DID, created=SIGNED_AT)
    assert sign(once, key=KEY, issuer=DID, created=SIGNED_AT) == once
    assert "proof" not in BARE


def test_a_moment_has_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        sign(BARE, key=KEY, issuer=DID, created=datetime(2026, 1, 1))
    assert read_moment("2026-01-01T00:00:00") is None
    assert read_moment("2026-13-01T00:00:00Z") is None
    assert read_moment("2026-01-01T01:00:00.123456789+01:00") == datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)


def test_an_issuer_that_is_no_name_is_refused() -> None:
    with pytest.raises(ValueError, match="the issuer's name"):
        build(replace(SERVICE, issuer=replace(SERVICE.issuer, did="kestrel")), LONDON)
