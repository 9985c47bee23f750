"""What a PDF holds beside its pages: properties, bookmarks, comments, form values, layers, scripts, other names of
things, attached files, earlier revisions. None of it goes into a copy; all of it is read, since it says who is meant.

Source: ISO 32000-1, 7.5.6 (revisions), 7.9.2 (strings), 7.11.4, 8.11, 12.3, 12.5, 12.7, 14.3, 14.9.
"""

import io
import re
from collections.abc import Callable, Iterator

import pikepdf

from kithwork.core.redaction.files import printed
from kithwork.core.redaction.files.shape import Texts, Unreadable
from kithwork.core.redaction.passages import Passage, Place

OBJECTS = 3_000_000
UNPACKED = 256 * 1024 * 1024
REVISIONS = 20
_LOCKED = "This PDF is locked with a password. Take the password off, save it, and send that."
_BROKEN = "This PDF is damaged, so that not all of it could be read. Print it to a new PDF, and send that."

_PLACES = {
    "/Contents": Place.COMMENT, "/RC": Place.COMMENT, "/Subj": Place.COMMENT,
    "/T": Place.FIELD, "/TU": Place.FIELD, "/TM": Place.FIELD, "/V": Place.FIELD, "/DV": Place.FIELD,
    "/Opt": Place.FIELD, "/Title": Place.OUTLINE, "/Name": Place.OUTLINE, "/URI": Place.LINK,
    "/ActualText": Place.ALTERNATIVE, "/Alt": Place.ALTERNATIVE, "/E": Place.ALTERNATIVE,
    "/F": Place.ATTACHMENT, "/UF": Place.ATTACHMENT, "/Desc": Place.ATTACHMENT,
}  # fmt: skip
_NO_WORDS = {"/ID", "/Lang", "/ByteRange", "/CheckSum", "/O", "/U", "/OE", "/UE", "/Perms", "/Registry", "/Ordering"}
_STREAM = re.compile(rb"stream\r?\n.*?endstream|endobj", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")

Attached = Callable[[bytes, str], None]


def read_hidden(content: bytes, texts: Texts, attached: Attached) -> None:
    """Add what is not drawn. `attached` is given each attached file with its name. Raises Unreadable."""
    said: set[str] = set()
    shown = "".join(_letters(passage.text) for passage in texts.found)
    for text, place, label in _of_revision(content, attached):
        _add(texts, said, shown, text, place, label)
    for earlier in _revisions(content):
        for text, _, label in _of_earlier(earlier):
            _add(texts, said, shown, text, Place.CHANGE, label or "an earlier revision")
    for found in _OPERAND.findall(_STREAM.sub(b" ", content)):  # and what no table of objects knows of
        if (text := _operand(found)).isprintable():
            _add(texts, said, shown, text, Place.PROPERTY, "content")


def _add(texts: Texts, said: set[str], shown: str, text: str, place: Place, label: str) -> None:
    """Add a text that is new: what a page shows is not said again for the operators that draw it."""
    bare = text.strip("\x00 \t\r\n\f")
    drawn = label == "content" or place is Place.CHANGE
    lines = [line for line in bare.split("\n") if not (drawn and (_letters(line) in shown or line.strip() in said))]
    bare = "\n".join(lines)
    letters = _letters(bare)
    if bare in said or not letters or (drawn and len(letters) * 2 < len(bare.replace(" ", ""))):
        return
    said.add(bare)
    texts.add(Passage(bare, place, 0, label, stays=False))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _revisions(content: bytes) -> list[bytes]:
    """What the file was before each time something was appended to it."""
    ends = [found.end() for found in re.finditer(rb"%%EOF[\r\n]{0,2}", content)][:-1]
    return [content[:end] for end in ends[-REVISIONS:]]


def _of_earlier(content: bytes) -> Iterator[tuple[str, Place, str]]:
    try:
        yield from _of_revision(content, lambda _content, _name: None)
        with printed.opened(content) as document:
            for number in range(1, len(document) + 1):
                page = printed.page_of(document, number)
                yield printed.letters(page).text, Place.CHANGE, ""
                page.close()
    except Unreadable:
        return  # what looked like the end of a revision was none: nobody's reader can open it either


def _of_revision(content: bytes, attached: Attached) -> Iterator[tuple[str, Place, str]]:
    try:
        document = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as fault:
        raise Unreadable(_LOCKED) from fault
    except MemoryError:
        raise
    except Exception as fault:  # qpdf reports one thing, a damaged file, by many kinds of exception
        raise Unreadable(_BROKEN) from fault
    with document:
        if document.is_encrypted:
            raise Unreadable(_LOCKED)
        try:
            yield from _objects(document, attached)
        except (pikepdf.PdfError, ValueError, TypeError, RecursionError, KeyError, AttributeError) as fault:
            raise Unreadable(_BROKEN) from fault


def _objects(document: pikepdf.Pdf, attached: Attached) -> Iterator[tuple[str, Place, str]]:
    """Every object, reachable or not."""
    budget, seen = UNPACKED, 0
    for top in [document.trailer, *document.objects]:
        waiting: list[tuple[object, str]] = [(top, "")]
        while waiting:
            thing, key = waiting.pop()
            seen += 1
            if seen > OBJECTS:
                raise Unreadable(_BROKEN)
            match thing:
                case pikepdf.String():
                    if key not in _NO_WORDS:
                        yield _text(bytes(thing)), _PLACES.get(key, Place.PROPERTY), key.lstrip("/")
                case pikepdf.Array():
                    waiting.extend((child, key) for child in reversed(thing.as_list()) if not _elsewhere(child))
                case pikepdf.Stream():
                    texts, size = _of_stream(thing, budget, attached)
                    budget -= size
                    yield from texts
                    waiting.extend(_children(thing.stream_dict))
                case pikepdf.Dictionary():
                    yield from _names(thing)
                    waiting.extend(_children(thing))
                case _:
                    pass


def _children(thing: pikepdf.Object) -> list[tuple[object, str]]:
    return [(child, key) for key, child in reversed(list(thing.as_dict().items())) if not _elsewhere(child)]


def _elsewhere(child: object) -> bool:
    """Whether a value has its own turn."""
    return isinstance(child, pikepdf.Object) and child.is_indirect


_WORDY_NAME = re.compile(r"[^\x21-\x7e]|[ ]|^/[A-Z][a-z]+(?:[ _.-]?[A-Z][a-z]+)+$")


def _names(thing: pikepdf.Object) -> Iterator[tuple[str, Place, str]]:
    """Keys and names that somebody chose: destinations, layers, styles. Those of the format say nothing of anybody."""
    for key, value in thing.as_dict().items():
        if isinstance(value, pikepdf.Name) and _WORDY_NAME.search(str(value)) and str(value) not in _FORMAT:
            yield str(value)[1:], Place.OUTLINE, key.lstrip("/")
        if _WORDY_NAME.search(key) and key not in _FORMAT:
            yield key[1:], Place.OUTLINE, "a name"


_FORMAT = frozenset(
    f"/{name}"
    for name in re.split(
        r"\s+",
        """
    FlateDecode DCTDecode LZWDecode ASCIIHexDecode RunLengthDecode DeviceRGB DeviceGray DeviceCMYK FontDescriptor
    FontName FontFile FontBBox ItalicAngle CapHeight AvgWidth MaxWidth MissingWidth StemV StemH FirstChar LastChar
    BaseFont ToUnicode TrueType ExtGState ColorSpace ProcSet MediaBox CropBox BleedBox TrimBox ArtBox BitsPerComponent
    DecodeParms DescendantFonts PageMode PageLayout OpenAction ViewerPreferences CreationDate ModDate StructTreeRoot
    StructElem StructParents StructParent ParentTree ParentTreeNextKey RoleMap MarkInfo NeedAppearances AcroForm
    FieldType EmbeddedFile EmbeddedFiles ActualText JavaScript OutputIntent OutputIntents OutputConditionIdentifier
    DisplayDocTitle FitWindow CenterWindow XObject ObjStm XRef XRefStm WinAnsiEncoding MacRomanEncoding ColorTransform
    SMask BlackIs1 EncodedByteAlign EndOfLine OCProperties BaseState UseOutlines UseNone UseThumbs FullScreen
    OneColumn TwoColumnLeft SinglePage PieceInfo LastModified LineArrow AntiAlias ShadingType PatternType TilingType
    PaintType BBox XStep YStep ByteRange SubFilter PTEX LineThrough SigFlags CharSet FontFamily FontStretch FontWeight
    NonStruct DocumentFragment
    """.strip(),
    )
)


def _of_stream(stream: pikepdf.Object, budget: int, attached: Attached) -> tuple[list[tuple[str, Place, str]], int]:
    """What a stream says, and the bytes that it unpacks to."""
    kind, sub = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    if sub == "/Image":
        return _of_image(stream), 0
    if any(key in stream for key in ("/Length1", "/FunctionType", "/Width")):
        return [], 0
    try:
        data = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError) as fault:
        raise Unreadable(_BROKEN) from fault
    if len(data) > budget:
        raise Unreadable(_BROKEN)
    if kind == "/EmbeddedFile":
        attached(data, "")
        return [], len(data)
    if sub == "/XML" or data[:200].lstrip().startswith((b"<?xpacket", b"<?xml", b"<x:xmpmeta", b"<xdp")):
        return [(part, Place.PROPERTY, "XMP") for part in _xml_words(data)], len(data)
    if kind in {"/XRef", "/ObjStm"} or sub in {"/Type1C", "/CIDFontType0C", "/OpenType"}:
        return [], len(data)
    if b"begincmap" in data[:4000]:
        return [], len(data)
    return [(text, place, "content") for text, place in _of_content(data)], len(data)


def _xml_words(data: bytes) -> Iterator[str]:
    text = _text(data) if data[:2] in {b"\xfe\xff", b"\xff\xfe"} else data.decode("utf-8", "replace")
    for part in re.findall(r">([^<]+)<|=\"([^\"]+)\"|='([^']+)'", text):
        yield from (piece.strip() for piece in part if piece.strip())


def _of_image(stream: pikepdf.Object) -> list[tuple[str, Place, str]]:
    """What a photograph says of itself: its pixels are read where they are drawn."""
    from kithwork.core.redaction.files.pixels import said_by  # noqa: PLC0415 - which reads attached pictures whole

    try:
        raw = stream.read_raw_bytes()
    except pikepdf.PdfError as fault:
        raise Unreadable(_BROKEN) from fault
    if not raw.startswith((b"\xff\xd8", b"\x00\x00\x00\x0cjP")):
        return []
    return [(text, Place.PROPERTY, f"of a picture: {label}") for text, label in said_by(raw)]


_OPERAND = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]{4,}>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n|\n|\r)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _of_content(data: bytes) -> Iterator[tuple[str, Place]]:
    """The strings of a stream of drawing operators, or of a script: those shown in one go joined, as readers do.

    Where they are codes of a typeface of its own they say nothing, and PDFium has read them on their page.
    """
    shown: list[str] = []
    for line in re.split(rb"\bET\b|\bBDC\b|\bBMC\b", data):
        parts = [_operand(found) for found in _OPERAND.findall(line)]
        if parts:
            shown.append("".join(parts))
    if shown:
        yield "\n".join(shown), Place.BODY
    elif data[:4000].isascii() and b"Tj" not in data and b"TJ" not in data and re.search(rb"[A-Za-z]{3}", data):
        yield data.decode("latin-1"), Place.PROPERTY


def _operand(found: bytes) -> str:
    if found.startswith(b"<"):
        digits = re.sub(rb"\s", b"", found[1:-1])
        return _text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
    return _text(_ESCAPE.sub(_unescaped, found[1:-1]))


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, b"" if code in {b"\n", b"\r", b"\r\n"} else code)


def _text(raw: bytes) -> str:
    """A string of a PDF as text: Unicode where it says so, else as Windows writes it."""
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        text = raw.decode("utf-16", "replace")
    elif raw.startswith(b"\xef\xbb\xbf"):
        text = raw[3:].decode("utf-8", "replace")
    elif len(raw) > 1 and len(raw) % 2 == 0 and max(raw[0::2]) < 3:  # two bytes a letter: no text in one byte has such
        text = raw.decode("utf-16-be", "replace")
    else:
        text = raw.decode("cp1252", "replace")
    return _TAGS.sub(" ", text) if text.lstrip().startswith("<") else text
