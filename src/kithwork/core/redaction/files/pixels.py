"""PNG and JPEG: read from their pixels and from all that they say of themselves; painted, and saved anew."""

import io
import re
import warnings
import zlib
from collections.abc import Iterator

from PIL import ExifTags, Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import rebuilt, seeing
from kithwork.core.redaction.files.shape import Cuts, Reading, Remade, Texts, Tools
from kithwork.core.redaction.passages import Passage, Place

_LOOK = "In this picture there is something like writing that could not be made out. Look at it."
_NOTHING = "No text could be read in this picture. Look whether it shows a name, or somebody who can be recognised."
_RUN = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")


def read(content: bytes, kind: Kind, texts: Texts, tools: Tools) -> Reading:
    """Its words, and what it says of itself."""
    image = seeing.opened(content, (kind.name,))
    for text, label in said_by(content):
        texts.add(Passage(text, Place.PROPERTY, 0, label, stays=False))
    words = seeing.seen(image, tools)
    notes: tuple[str, ...] = ()
    if words:
        texts.add(seeing.passage_of(words, page=1, size=image.size))
    else:
        notes = (_NOTHING,)
    look = seeing.doubtful(words)
    notes = (*notes, *([_LOOK] if look else ()))
    return Reading(tuple(texts.found), 1, notes, (1,) if look or not words else (), (image.size,))


def remake(content: bytes, kind: Kind, reading: Reading, cuts: Cuts) -> Remade:
    """A new picture of the same kind: the pixels that are left, and nothing else."""
    rebuilt.check(reading, cuts)
    canvas, _ = rebuilt.without(seeing.opened(content, (kind.name,)), rebuilt.seen_on(reading, 1, cuts))
    return Remade(saved(canvas, kind), kind, ".png" if kind is Kind.PNG else ".jpg")


def saved(canvas: Image.Image, kind: Kind) -> bytes:
    """The pixels as a file. What is too faint for anybody to see is not there for a machine either."""
    bands = len(canvas.getbands())
    clean = canvas.point(seeing.UNGHOSTED * bands)
    clean.info.clear()
    out = io.BytesIO()
    if kind is Kind.PNG:
        clean.save(out, "PNG", optimize=clean.width * clean.height < 4_000_000)
    else:
        clean.save(out, "JPEG", quality=88)
    return out.getvalue()


def view(content: bytes, kind: Kind) -> bytes:
    """The picture as PNG, upright, as it is read."""
    out = io.BytesIO()
    seeing.opened(content, (kind.name,)).save(out, "PNG")
    return out.getvalue()


def said_by(content: bytes) -> Iterator[tuple[str, str]]:
    """What a picture says of itself, as (text, what it is called there): EXIF, XMP, comments, names of profiles,
    whatever stands behind its end. The runs of letters in all that is not pixels, so that no maker's own corner of
    it is missed; a thumbnail is left out, as it is from the copy.
    """
    said: set[str] = set()
    parts = _chunks(content) if content.startswith(b"\x89PNG") else _segments(content)
    for label, data in parts:
        for text in _runs(data):
            if text not in said:
                said.add(text)
                yield text, label
    for text, label in _exif(content):
        if text not in said:
            said.add(text)
            yield text, label


def _runs(data: bytes) -> Iterator[str]:
    for found in _WIDE.findall(data):
        yield found.decode("utf-16-le").strip()
    for found in _RUN.findall(data):
        try:
            text = found.decode("utf-8")
        except UnicodeDecodeError:
            text = found.decode("cp1252", "replace")
        if text.lstrip().startswith("<"):
            text = " ".join(
                re.sub(r"<[^>]*?>", lambda tag: " ".join(re.findall(r"\"([^\"]*)\"", tag[0])), text).split()
            )
        if sum(map(str.isalpha, text)) >= 3:
            yield text.strip()


def _chunks(png: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a PNG that are not its pixels, texts unpacked (PNG specification, 11.3)."""
    at = 8
    while at + 8 <= len(png):
        length, name = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        data = png[at + 8 : at + 8 + length]
        at += 12 + length
        if name in {b"IDAT", b"IHDR", b"PLTE", b"tRNS"}:
            continue
        if name == b"IEND":
            break
        if name in {b"zTXt", b"iTXt", b"iCCP"}:
            head, _, packed = data.partition(b"\x00")
            for skip in (1, 2):
                start = packed.find(b"\x78")
                if start < 0:
                    break
                try:
                    data = head + b" " + zlib.decompressobj().decompress(packed[start:], 4_000_000)
                except zlib.error:
                    packed = packed[start + skip :]
                    continue
                break
        yield name.decode("latin-1"), data.replace(b"\x00", b" ") if name != b"eXIf" else data
    if at < len(png):
        yield "after its end", png[at:]


def _segments(jpeg: bytes) -> Iterator[tuple[str, bytes]]:
    """The segments of a JPEG before its pixels, and what stands behind them (ITU T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xDA:
            break
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        if marker >= 0xE0:
            yield f"segment {marker:X}", jpeg[at + 4 : at + 2 + length]
        at += 2 + max(2, length)
    end = jpeg.rfind(b"\xff\xd9")
    if 0 <= end < len(jpeg) - 2:
        yield "after its end", jpeg[end + 2 :]


def _exif(content: bytes) -> Iterator[tuple[str, str]]:
    """The fields of EXIF by their names; what cannot be read so was given as runs of letters."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            warnings.simplefilter("ignore")  # of fields that are cut short
            exif = picture.getexif()
            fields = {**exif, **exif.get_ifd(ExifTags.IFD.Exif), **exif.get_ifd(ExifTags.IFD.GPSInfo)}
    except Exception:  # Pillow's plug-ins raise many kinds for one thing: no EXIF that a program can read
        return
    for tag, value in fields.items():
        label = ExifTags.TAGS.get(tag, ExifTags.GPSTAGS.get(tag, str(tag)))
        said = (
            value.decode("utf-16-le" if label.startswith("XP") else "utf-8", "replace")
            if isinstance(value, bytes)
            else value
        )
        text = str(said).replace("\x00", "").strip()
        if any(map(str.isalpha, text)) and text.isprintable():
            yield text, label
