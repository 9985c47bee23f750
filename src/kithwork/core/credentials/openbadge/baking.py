"""A credential inside a picture (Open Badges 3.0, 'Baked badges'), and out of one again. Standard library only.

Whoever saves the picture anew in another program loses the credential: it is no part of what is seen.
"""

import json
import re
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from kithwork.core.credentials.openbadge.contexts import Json

MOST_BYTES = 10_000_000
_MOST_TEXT = 1_000_000  # of a credential, unpacked
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential\0"
_SPACE = "https://purl.imsglobal.org/ob/v3p0"
_NAME = f"{_SPACE} credential"
_ESCAPED = re.compile("[{}\ud800-\udfff\ufffe\uffff]")
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')


class NoCredential(ValueError):
    """A file without a credential that can be read; the text says why, for a person."""


def bake_png(picture: bytes, credential: Json) -> bytes:
    """The PNG with the credential as its only one, uncompressed. Raises NoCredential when it is no whole PNG."""
    chunks = [(kind, body) for kind, body in _chunks(picture) if not (kind == b"iTXt" and body.startswith(_KEYWORD))]
    text = _KEYWORD + b"\0\0\0\0" + _written(credential).encode()  # not compressed, no language
    return _PNG + b"".join(_chunk(*one) for one in [chunks[0], (b"iTXt", text), *chunks[1:]])


def bake_svg(picture: bytes, credential: Json) -> bytes:
    """The SVG with the credential as its only one, as CDATA right after the opening tag.

    Raises NoCredential when it is no SVG, or one that defines entities.
    """
    found = _Svg(picture)
    bare = picture
    for begin, end in reversed(found.spans):
        bare = bare[:begin] + bare[end:]
    text = _written(credential).replace("]]>", "]]\\u003e")
    element = f'<openbadges:credential xmlns:openbadges="{_SPACE}"><![CDATA[{text}]]></openbadges:credential>'
    head = bare[: found.opened]
    if head.endswith(b"/>"):
        return head[:-2] + b">" + element.encode() + f"</{found.root}>".encode() + bare[found.opened :]
    return head + element.encode() + bare[found.opened :]


def read(content: bytes) -> Json:
    """The credential in a file: JSON, or a PNG or SVG into which one was baked. Raises NoCredential."""
    if len(content) > MOST_BYTES:
        raise NoCredential("the file is larger than 10 MB")
    if content.startswith(_PNG):
        return _parsed(_from_png(content))
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return _parsed(_from_svg(text))
    return _parsed(content.removeprefix(b"\xef\xbb\xbf"))


def _written(credential: Json) -> str:
    """JSON on one line. Braces inside texts are escaped: a widespread wallet finds the end by counting them. So is what
    XML or UTF-8 cannot hold.
    """
    text = json.dumps(credential, ensure_ascii=False, separators=(",", ":"))
    return _TEXTS.sub(lambda one: _ESCAPED.sub(lambda letter: f"\\u{ord(letter[0]):04x}", one[0]), text)


def _parsed(text: bytes) -> Json:
    if len(text) > _MOST_TEXT:
        raise NoCredential("the credential is larger than 1 MB")
    stripped = text.strip()
    if stripped.count(b".") == 2 and stripped.startswith(b"eyJ"):
        raise NoCredential("the credential is a JSON Web Token, which is not read here")
    try:
        found = json.loads(stripped.decode("utf-8"), object_pairs_hook=_once, parse_constant=_constant)
    except (ValueError, RecursionError) as fault:
        raise NoCredential("the file holds no credential: it is neither JSON nor a picture with one inside") from fault
    if not isinstance(found, dict):
        raise NoCredential("the file holds JSON, and no credential")
    return found


def _once(pairs: list[tuple[str, object]]) -> Json:
    """A name that comes twice is read differently by different programs, and so proves nothing."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(_PNG):
        raise NoCredential("the picture is no PNG")
    at = len(_PNG)
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4])
        kind, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        if len(body) != length or at + 12 + length > len(picture):
            break
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length
    raise NoCredential("the picture is no whole PNG")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _from_png(picture: bytes) -> bytes:
    found = [body for kind, body in _chunks(picture) if kind == b"iTXt" and body.startswith(_KEYWORD)]
    if len(found) > 1:
        raise NoCredential("the picture holds several credentials")
    if not found:
        older = any(kind in {b"iTXt", b"tEXt"} and body.startswith(b"openbadges\0") for kind, body in _chunks(picture))
        raise NoCredential(
            "the picture holds an Open Badge of an older version, which is not read here"
            if older
            else "the picture holds no credential; one that was saved anew in another program has lost it"
        )
    # after the keyword: whether it is compressed, how, a language, the keyword in it, and then the text
    packed, rest = found[0][len(_KEYWORD) : len(_KEYWORD) + 1], found[0][len(_KEYWORD) + 2 :]
    text = rest.split(b"\0", 2)[-1]
    if packed != b"\1":
        return text
    try:
        return zlib.decompressobj().decompress(text, _MOST_TEXT + 1)
    except zlib.error as fault:
        raise NoCredential("the credential in the picture cannot be unpacked") from fault


def _from_svg(picture: bytes) -> bytes:
    found = _Svg(picture)
    if len(found.texts) > 1:
        raise NoCredential("the picture holds several credentials")
    if not found.texts:
        raise NoCredential("the picture holds no credential; one that was saved anew in another program has lost it")
    return found.texts[0].encode()


class _Svg:
    """One reading of an SVG: where its opening tag ends, and the credentials in it with where they stand (bytes)."""

    def __init__(self, picture: bytes) -> None:
        self._picture = picture
        self.opened = 0  # behind the root's opening tag
        self.root = ""
        self.spans: list[tuple[int, int]] = []
        self.texts: list[str] = []
        self._begun: int | None = None
        self._parts: list[str] = []
        # an own declaration of another encoding would make the places wrong
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(picture, True)
        except expat.ExpatError as fault:
            raise NoCredential("the picture is no SVG that can be read") from fault

    def _start(self, name: str, _: object) -> None:
        at = self._parser.CurrentByteIndex
        if not self.root:
            if name not in {"svg", "http://www.w3.org/2000/svg svg"}:
                raise NoCredential("the picture is no SVG")
            self.opened = _tag_end(self._picture, at)
            self.root = re.split(rb"[\s/>]", self._picture[at + 1 :], maxsplit=1)[0].decode()
        elif name == _NAME and self._begun is None:
            self._begun, self._parts = at, []

    def _text(self, text: str) -> None:
        if self._begun is not None:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        if name == _NAME and self._begun is not None:
            opened = _tag_end(self._picture, self._begun)
            alone = self._picture[opened - 2 : opened] == b"/>"
            end = opened if alone else _tag_end(self._picture, self._parser.CurrentByteIndex)
            self.spans.append((self._begun, end))
            self.texts.append("".join(self._parts))
            self._begun = None

    def _entity(self, *_: object) -> None:
        raise NoCredential("the picture defines entities, which are not read")


def _tag_end(picture: bytes, at: int) -> int:
    """Behind the '>' of the tag that begins at `at`; one inside quotes does not end it."""
    found = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""").match(picture, at)
    if found is None:
        raise NoCredential("the picture is no SVG that can be read")
    return found.end()
