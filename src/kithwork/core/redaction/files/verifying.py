"""A redacted copy read again by other means than those that made it: what comes out is what an attacker would have.

Pages are read by PDFium and by a reader of pictures (they were typeset by pikepdf); every stream of a PDF is unpacked
by hand; office documents are unzipped, their tags stripped by a pattern, and printed; mail is taken apart by the older
of Python's two parsers.
"""

import base64
import binascii
import email
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image
from pypdfium2 import PdfDocument

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import printed, seeing
from kithwork.core.redaction.files.abreast import abreast
from kithwork.core.redaction.files.shape import Tools, Unreadable
from kithwork.core.redaction.files.word.vocabulary import says_nothing
from kithwork.core.redaction.passages import Passage, Place

_RUN = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){3,}|(?:\x00[\x20-\x7e\xa0-\xff]){3,}")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_UNPACKED = 64 * 1024 * 1024  # bytes of one stream


def verify(content: bytes, kind: Kind, tools: Tools) -> tuple[Passage, ...]:
    """All text that can be got out of a copy, each kind of it a passage of its own. Raises Unreadable."""
    match kind:
        case Kind.PDF:
            return (*_pages(content, tools), *_streams(content))
        case Kind.PNG | Kind.JPEG:
            image = seeing.opened(content, (kind.name,))
            return (
                seeing.passage_of(tools.ocr(image), page=1),
                *_runs(_without_pixels(content), "the bytes of the picture"),
            )
        case Kind.DOCX | Kind.XLSX | Kind.ODT:
            return (*_parts(content, tools), *_printed(content, kind, tools))
        case Kind.CSV | Kind.TEXT:
            return tuple(_told(content.decode("utf-8", "replace"), "the text"))
        case Kind.EML:
            return tuple(_mail(content, tools))


def _told(text: str, label: str, page: int = 0, place: Place = Place.BODY) -> Iterator[Passage]:
    if text.strip():
        yield Passage(text, place, page, label)


def _pages(content: bytes, tools: Tools) -> Iterator[Passage]:
    with printed.opened(content) as document:
        for number, (text, words) in enumerate(abreast(lambda one: (one[0], tools.ocr(one[1])), _drawn(document)), 1):
            yield from _told(text, "the text of the page", number)
            yield seeing.passage_of(words, page=number)


def _drawn(document: PdfDocument) -> Iterator[tuple[str, Image.Image]]:
    for number in range(1, len(document) + 1):
        page = printed.page_of(document, number)
        yield printed.letters(page).text, printed.drawn(page)
        page.close()


def _streams(content: bytes) -> Iterator[Passage]:
    """Whatever is packed in a PDF, and whatever is not: pictures of pages hold no letters of any kind."""
    yield from _runs(_STREAM.sub(b" ", content), "between the streams")
    for number, found in enumerate(_STREAM.finditer(content), 1):
        data = found[1]
        if data.startswith(b"\xff\xd8"):
            yield from _runs(_without_pixels(data), f"the bytes of picture {number}")
            continue
        try:
            data = zlib.decompressobj().decompress(data, _UNPACKED)
        except zlib.error:
            yield from _runs(data, f"stream {number}")
            continue
        codes = b"".join(re.findall(rb"<([0-9A-Fa-f]{4,})>\s*Tj", data))
        if codes:
            yield from _told(bytes.fromhex(codes.decode("ascii")).decode("utf-16-be", "replace"), f"stream {number}")
        elif data[:2000].isascii() or len(data) < 100_000:
            yield from _runs(data, f"stream {number}")


_SCAN = re.compile(rb"\xff\xda(?:[^\xff]|\xff[\x00\xd0-\xd7])*")  # from one marker to the next (ITU T.81, B.1.1)


def _without_pixels(picture: bytes) -> bytes:
    """The bytes of a PNG or JPEG less those that are its packed pixels: by chance these read as anything, so that in a
    photograph somebody's address would always be found. What the pixels say, a reader of pictures tells.
    """
    if not picture.startswith(b"\x89PNG"):
        return _SCAN.sub(b" ", picture)
    at, rest = 8, [picture[:8]]
    while at + 12 <= len(picture):
        end = at + 12 + int.from_bytes(picture[at : at + 4])
        rest.append(b" " if picture[at + 4 : at + 8] == b"IDAT" else picture[at:end])
        at = end
    return b"".join([*rest, picture[at:]])


def _runs(data: bytes, label: str) -> Iterator[Passage]:
    found = [run.decode("utf-8", "replace") for run in _RUN.findall(data)]
    found += [run.replace(b"\x00", b"").decode("latin-1") for run in _WIDE.findall(data)]
    yield from _told("\n".join(run for run in found if sum(map(str.isalpha, run)) >= 3), label, 0, Place.PROPERTY)


_ATTRIBUTE = re.compile(r"(?:\w+:)?(\w+)=(?:\"([^\"]*)\"|'([^']*)')")
_NUMBERING = re.compile(r"<w:instrText[^>]*> (?:PAGE|NUMPAGES|SECTIONPAGES) </w:instrText>")


def _parts(content: bytes, tools: Tools) -> Iterator[Passage]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
            yield from _told(
                "\n".join([*parts, archive.comment.decode("latin-1")]), "names of parts", 0, Place.PROPERTY
            )
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError) as fault:
        raise Unreadable("The copy could not be opened again.") from fault
    for name, data in sorted(parts.items()):
        if data.startswith((b"\x89PNG", b"\xff\xd8")):
            with Image.open(io.BytesIO(data)) as image:
                yield seeing.passage_of(tools.ocr(seeing.flattened(image)), page=0, label=name)
            yield from _runs(_without_pixels(data), f"the bytes of {name}")
            continue
        text = _NUMBERING.sub("", data.decode("utf-8", "replace"))
        paragraphs = re.sub(r"</(?:w:p|w:tr|si|c|is)>", "\n", text)
        yield from _told(html.unescape(re.sub(r"<[^>]*>", "", paragraphs)), name)
        values = [(name, one or other) for name, one, other in _ATTRIBUTE.findall(text)]
        wordy = dict.fromkeys(
            value for name, value in values if sum(map(str.isalpha, value)) > 1 and not says_nothing(name, value)
        )
        yield from _told(html.unescape("\n".join(wordy)), f"attributes of {name}", 0, Place.PROPERTY)


def _printed(content: bytes, kind: Kind, tools: Tools) -> Iterator[Passage]:
    with printed.opened(tools.to_pdf(content, f".{kind.value}")) as document:
        for number in range(1, len(document) + 1):
            page = printed.page_of(document, number)
            yield from _told(printed.letters(page).text, "the text as it is printed", number)
            page.close()


_BLOCK = re.compile(rb"(?:^[A-Za-z0-9+/=]{40,76}\r?\n)+", re.MULTILINE)


def _mail(content: bytes, tools: Tools) -> Iterator[Passage]:
    within: list[bytes] = []  # what is verified by its own kind: packed, it reads as anything
    for part in email.message_from_bytes(content).walk():
        told = "\n".join(f"{name}: {value}" for name, value in part.items())
        yield from _told(told, "headers", 0, Place.HEADER)
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        kind = next((one for one in Kind if one.media_type == part.get_content_type()), None)
        if kind is None and part.get_content_type() == "application/octet-stream":
            kind = Kind.EML
        if part.get_filename() and kind is not None:
            yield from verify(data, kind, tools)
            within.append(data)
        else:
            yield from _told(data.decode("utf-8", "replace"), part.get_content_type())
    beside, blocks = content, []
    for block in _BLOCK.findall(content):
        try:
            data = base64.b64decode(block)
        except (binascii.Error, ValueError):
            continue
        if any(one.startswith(data) for one in within):
            beside = beside.replace(block, b"\n")
        else:
            blocks.append(data)
    yield from _runs(beside, "the bytes of the message")
    for data in blocks:
        yield from _runs(data, "in base64")
