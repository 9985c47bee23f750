"""Zip archives of XML parts: opened with care, swept for every string that no other reading has named, written anew."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.parsers import expat

from lxml import etree

from kithwork.core.redaction.files.shape import Texts, Unreadable
from kithwork.core.redaction.passages import Passage, Place

PARTS = 5_000
UNPACKED = 300 * 1024 * 1024  # bytes, all parts together
RATIO = 200  # unpacked to packed, for a part of more than a mebibyte
_DEEP = 220  # elements within elements
_DAMAGED = "This document is damaged, so that not all of it could be read. Open it, save it again, and send that."
_BOMB = "This document unpacks to far more than a document should. Save it as PDF and send that."
_LOCKED = "This document is locked with a password. Take the password off, save it, and send that."

Element = Any  # lxml's elements: they are untyped


def parts_of(content: bytes) -> dict[str, bytes]:
    """All parts by their names. Raises Unreadable: locked, damaged, far too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED:
                raise Unreadable(_BOMB)
            if len({info.filename.lower() for info in infos}) != len(infos):
                raise Unreadable(_DAMAGED)  # the same name twice: two readers would see two documents
            if any(info.flag_bits & 0x41 for info in infos):
                raise Unreadable(_LOCKED)
            for info in infos:
                if info.file_size > 1024 * 1024 and info.file_size > RATIO * max(1, info.compress_size):
                    raise Unreadable(_BOMB)
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (Unreadable, MemoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable(_DAMAGED) from fault


def tree(part: bytes) -> Element:
    """A part as elements. Raises Unreadable: not well formed, declares entities, far too deep."""
    strings(part)  # which looks before lxml does
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as fault:
        raise Unreadable(_DAMAGED) from fault


def strings(part: bytes) -> list[tuple[str, str]]:
    """All texts and attributes of a part, as (text, name of the element or attribute). Raises Unreadable."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    found: list[tuple[str, str]] = []
    names: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if len(names) >= _DEEP:
            raise Unreadable(_BOMB)
        names.append(tag.rpartition(" ")[2])
        found.extend((value, name.rpartition(" ")[2]) for name, value in attributes.items())

    def end(_: str) -> None:
        names.pop()

    def text(data: str) -> None:
        found.append((data, names[-1] if names else ""))

    def refuse(*_: object) -> None:
        raise Unreadable(_DAMAGED)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.CommentHandler = lambda data: found.append((data, "comment"))
    parser.ProcessingInstructionHandler = lambda _, data: found.append((data, "instruction"))
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise Unreadable(_DAMAGED) from fault
    return found


_NOISE = re.compile(
    r"^(?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|[0-9A-Fa-f]{6,8}|\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4,12}){3,4}\}?|"
    r"(?:https?://(?:schemas\.|www\.w3\.org|purl\.org)|urn:(?:schemas|oasis)|application/|image/|text/xml)\S*|"
    r"(?:/|\.\./|\./)?(?:(?:word|xl|docProps|_rels|customXml|theme|worksheets|drawings|media|META-INF|Pictures)/)*"
    r"(?:document|styles|settings|webSettings|fontTable|numbering|footnotes|endnotes|comments|people|workbook|core|app|"
    r"custom|sharedStrings|calcChain|content|meta|manifest|(?:theme|header|footer|sheet|drawing|image|item|itemProps)\d+)?"
    r"(?:\.(?:xml|rels|rdf|png|jpe?g))*|(?:w|wp|wps|wpg|cx|x|xr|mc|mx|o|v|a|p)\d{0,2}(?: (?:w|wp|x|xr|cx)\d{0,2})*|"
    r"[\d.,:;%+/-]+(?:pt|cm|mm|in|px)?|r(?:Id|ef)\d+|\d{4}-\d\d-\d\dT[\d:.Z+-]+|[a-z]{2}-[A-Z]{2})$"
)
_LETTERS = re.compile(rb"[\x20-\x7e\xa0-\xff]{5,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")


def sweep(
    parts: Mapping[str, bytes], texts: Texts, *, known: Iterable[str], skip: Mapping[str, frozenset[str]]
) -> None:
    """Add, as passages that do not stay, every string of a package that no passage has named: so no corner of it is
    forgotten, whichever program made it. `known` are the format's own words; `skip` elements, by part, read already.
    """
    said = {passage.text for passage in texts.found} | _own_words() | set(known)
    for name in sorted(parts):
        data = parts[name]
        if not data:
            continue
        if name.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            pieces: Iterator[tuple[str, str]] | list[tuple[str, str]] = strings(data)
        elif data.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"PK")):
            continue  # pictures, and files within: read as what they are
        else:
            pieces = _letters(data)
        left_out = skip.get(name, frozenset())
        for text, label in pieces:
            bare = text.strip()
            if bare in said or label in left_out or sum(map(str.isalpha, bare)) < 2 or _NOISE.match(bare):
                continue
            said.add(bare)
            place = Place.LINK if label in {"Target", "href"} else Place.PROPERTY
            texts.add(Passage(bare, place, 0, label, stays=False))


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """What office programs write into a document in which nobody has written anything: names of settings, styles,
    typefaces, scripts. A finder of names takes every third of them for somebody.
    """
    return frozenset((files(__package__) / "own_words.txt").read_text(encoding="utf-8").splitlines())


def _letters(data: bytes) -> Iterator[tuple[str, str]]:
    """The runs of letters in what is no XML."""
    for found in _WIDE.findall(data):
        yield found.decode("utf-16-le"), "binary"
    for found in _LETTERS.findall(data):
        yield found.decode("cp1252", "replace"), "binary"


def written(parts: Mapping[str, bytes], first: Iterable[str] = ()) -> bytes:
    """Parts as a package, those of `first` in front; dates and makers are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys([*first, *sorted(parts)]):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return out.getvalue()
