"""Into pictures and out again; files that hold none say so in words."""

import io
import json
import zlib

import pytest
from PIL import Image

from kithwork.core.credentials import badge
from kithwork.core.credentials.openbadge import NoCredential, bake_png, bake_svg, read
from tests.core.credentials.openbadge.pictures import PNG, SVG
from tests.core.credentials.openbadge.sample import PERSON, issued
from tests.core.credentials.test_typeset import FACTS

ONE, OTHER = issued(), issued(PERSON)


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def with_chunk(kind: bytes, body: bytes) -> bytes:
    return PNG[:-12] + chunk(kind, body) + PNG[-12:]


def test_a_picture_is_the_same_picture_with_one_credential() -> None:
    baked = bake_png(badge(FACTS), ONE)
    assert read(baked) == ONE
    with Image.open(io.BytesIO(baked)) as seen, Image.open(io.BytesIO(badge(FACTS))) as before:
        assert seen.tobytes() == before.tobytes()
        assert list(seen.text) == ["openbadgecredential"]  # type: ignore[attr-defined]
    assert baked[8:].find(b"iTXt") == 4 + 25, "right behind the header, where readers look first"


@pytest.mark.parametrize(("bake", "picture"), [(bake_png, PNG), (bake_svg, SVG)], ids=["png", "svg"])
def test_baking_twice_leaves_one(bake: object, picture: bytes) -> None:
    again = bake(bake(picture, ONE), OTHER)  # type: ignore[operator]
    assert read(again) == OTHER
    assert again == bake(picture, OTHER)  # type: ignore[operator]


def test_text_in_a_picture_is_not_compressed() -> None:
    assert b"iTXtopenbadgecredential\0\0\0\0\0{" in bake_png(PNG, ONE)


@pytest.mark.parametrize(
    "svg",
    [
        SVG,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<svg title='a > b' xmlns='http://www.w3.org/2000/svg'><g/></svg>",
        b'<?xml version="1.0"?><!-- <svg> --><s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg\nxmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_svg_of_any_shape_holds_it_right_behind_its_first_tag(svg: bytes) -> None:
    baked = bake_svg(svg, ONE)
    assert read(baked) == ONE
    assert b"><openbadges:credential xmlns:openbadges=" in baked
    assert b"<![CDATA[{" in baked


@pytest.mark.parametrize(
    "held",
    [
        b'<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"/>',
        b'<c xmlns="https://purl.imsglobal.org/ob/v3p0"></c>',
        b'<credential xmlns="https://purl.imsglobal.org/ob/v3p0">{}</credential>',
    ],
)
def test_what_others_baked_is_replaced(held: bytes) -> None:
    baked = bake_svg(SVG.replace(b"<rect", held + b"<rect"), ONE)
    assert read(baked) == ONE


def test_words_that_end_things_end_nothing() -> None:
    said = {"name": 'a ]]> b } " { \\" } \uffff \ud800', "{": "}"}
    for baked in (bake_png(PNG, said), bake_svg(SVG, said)):
        assert read(baked) == said
    text = bake_png(PNG, said).split(b"\0\0\0\0\0{", 1)[1]
    assert text.split(b"IDAT")[0].count(b"{") == 0


def test_what_others_compressed_is_read() -> None:
    packed = zlib.compress(json.dumps(ONE).encode())
    assert read(with_chunk(b"iTXt", b"openbadgecredential\0\1\0en\0x\0" + packed)) == ONE


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "neither JSON nor a picture"),
        (b"hello", "neither JSON nor a picture"),
        (b"[1]", "no credential"),
        (b'{"a": 1, "a": 2}', "neither JSON"),
        (b'{"a": NaN}', "neither JSON"),
        (b"[" * 100_000, "neither JSON"),
        (b'{"a": "' + b"x" * 1_000_001 + b'"}', "larger than 1 MB"),
        (b" " * 10_000_001, "larger than 10 MB"),
        (b"eyJhbGciOiJFZERTQSJ9.e30.AAAA", "JSON Web Token"),
        (b"\xff\xfe{\0", "neither JSON"),
        (PNG, "has lost it"),
        (PNG[:-20], "no whole PNG"),
        (b"\x89PNG\r\n\x1a\n", "no whole PNG"),
        (with_chunk(b"tEXt", b"openbadges\0https://kestrel.example/1"), "older version"),
        (with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0nonsense"), "cannot be unpacked"),
        (with_chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(9_000_000))), "larger than 1 MB"),
        (bake_png(PNG, {})[:-12] + bake_png(PNG, {})[33:], "several"),
        (SVG, "has lost it"),
        (b"<html></html>", "no SVG"),
        (b"<svg", "no SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>', "defines entities"),
        (SVG.replace(b"<rect", 2 * b'<credential xmlns="https://purl.imsglobal.org/ob/v3p0"/>' + b"<rect"), "several"),
    ],
)  # fmt: skip
def test_a_file_without_one_says_so(content: bytes, because: str) -> None:
    with pytest.raises(NoCredential, match=because):
        read(content)


def test_only_a_picture_can_be_baked() -> None:
    with pytest.raises(NoCredential, match="no PNG"):
        bake_png(SVG, ONE)
    with pytest.raises(NoCredential, match="no SVG"):
        bake_svg(PNG, ONE)
