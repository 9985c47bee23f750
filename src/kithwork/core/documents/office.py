"""Word, Excel and OpenDocument files: zip archives of XML parts, counted and read with care.

Sources: ECMA-376 part 2 (packages: no DOCTYPE, content types, relationships); OpenDocument 1.3 part 2 (mimetype,
manifest).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.parsers import expat

from kithwork.core.documents.kinds import WELCOME, Kind, Refusal

PARTS = 5_000
UNPACKED = 300 * 1024 * 1024  # bytes, all parts together
RATIO = 200  # unpacked to packed, for a part of more than a mebibyte; a real sheet of numbers reaches 20 to 60
_CHUNK = 256 * 1024

_ASK_PDF = "Save the document as PDF and upload that."
_OR_PDF = "or save the document as PDF and upload that."
_DAMAGED = "This Office document is damaged. Open it, save it again, and upload the new copy."
_MACROS = (
    "This document holds macros (small programs), which are never kept. "
    "Save it without them (as .docx, .xlsx or .odt) or as PDF, and upload that."
)
_BOMB = f"This document unpacks to far more than a document should, so it is not opened. {_ASK_PDF}"
_PACKED = f"This document has another file packed inside it, which could not be checked. Take it out, {_OR_PDF}"
_LINKED = f"This document fetches content from another file or from the internet. Break the link, {_OR_PDF}"
_LOCKED = "This document is locked with a password. Open it, take the password off, save it, and upload that."

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_MACRO_TYPES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": Kind.DOCX,
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": Kind.XLSX,
}
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_HIDDEN_MAGIC = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"#!",
)  # fmt: skip
_XML_ENDINGS = (".xml", ".rels", ".vml", ".rdf")
_LOCAL_FILE = re.compile(r"^(file:/{2,3})?[a-z]:[\\/]", re.IGNORECASE)  # C:\… or file:///C:/…, no host


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeDecodeError) as fault:
        raise Refusal(_DAMAGED) from fault
    if len(parts) > PARTS:
        raise Refusal(_BOMB)
    names = [part.filename for part in parts]
    if not parts or len({name.lower() for name in names}) != len(names) or min(part.header_offset for part in parts):
        raise Refusal(_DAMAGED)  # the same name twice, or something in front: two readers would see two documents
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Refusal(_BOMB)
    if sum(part.compress_size for part in parts) > len(data):
        raise Refusal(_BOMB)  # parts that overlap
    for part in parts:
        if part.flag_bits & 0x41:
            raise Refusal(_LOCKED)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(_DAMAGED)
        path = part.filename
        if path.startswith("/") or "\\" in path or "\x00" in path or ".." in path.split("/") or path[1:2] == ":":
            raise Refusal(_DAMAGED)
        if part.file_size > 1024 * 1024 and part.file_size > RATIO * max(1, part.compress_size):
            raise Refusal(_BOMB)
    return archive


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked bytes of one part, in pieces; zipfile stops at the size it declares and checks its sum."""
    try:
        with archive.open(name) as part:
            while piece := part.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise Refusal(_DAMAGED) from fault
    except Exception as fault:
        if type(fault).__module__ == "zlib":
            raise Refusal(_DAMAGED) from fault
        raise


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_chunks(archive, name))


def sort(data: bytes, *, anew: bool = False) -> Kind:
    """Which of Word, Excel and OpenDocument text a zip archive is. Raises Refusal for any other archive, and for one
    with macros, unless only a copy made `anew` is handed on.
    """
    with _open(data) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            return _sort_ooxml(_Types.of(archive), anew=anew)
        if "mimetype" in names:
            return _sort_odf(_read(archive, "mimetype").strip())
    raise Refusal("This is an archive. Unpack it and upload the documents one by one.")


def _sort_ooxml(types: "_Types", *, anew: bool) -> Kind:
    every = types.every
    if not anew and any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in every):
        raise Refusal(_MACROS)
    mains = {**_MAIN_TYPES, **_MACRO_TYPES} if anew else _MAIN_TYPES
    kinds = {mains[kind] for kind in every if kind in mains}
    if len(kinds) == 1:
        return kinds.pop()
    if any("presentationml" in kind for kind in every):
        raise Refusal(f"PowerPoint presentations are not kept. {_ASK_PDF}")
    if any(".template.main" in kind for kind in every):
        raise Refusal("This is an Office template. Save it as an ordinary document (.docx, .xlsx) and upload that.")
    if any("sheet.binary" in kind for kind in every):
        raise Refusal("This is a binary workbook (.xlsb). Save it as .xlsx or PDF and upload that.")
    raise Refusal(f"This kind of Office file is not kept. Upload one of these: {WELCOME}.")


def _sort_odf(mimetype: bytes) -> Kind:
    if mimetype == _ODT_TYPE:
        return Kind.ODT
    if mimetype == b"application/epub+zip":
        raise Refusal(f"Electronic books are not kept. {_ASK_PDF}")
    if mimetype == b"application/vnd.oasis.opendocument.spreadsheet":
        raise Refusal("OpenDocument spreadsheets are not kept. Save it as .xlsx, CSV or PDF and upload that.")
    raise Refusal(f"This kind of OpenDocument file is not kept. {_ASK_PDF}")


def look(data: bytes, kind: Kind, *, anew: bool = False) -> None:
    """Look into every part. Raises Refusal: macros, packed files, links to elsewhere, entities, locks, damage; where
    only a copy made `anew` is handed on, entities, locks and damage alone.
    """
    with _open(data) as archive:
        names = archive.namelist()
        for name in names:
            if not anew:
                _look_at_name(name)
            _look_at_part(archive, name, anew=anew)
        if kind is Kind.ODT:
            _look_odf(archive, set(names), anew=anew)
        else:
            _look_ooxml(archive, set(names), anew=anew)


def _look_at_name(name: str) -> None:
    low = name.lower()
    base = posixpath.basename(low)
    if base.startswith("vba") or "/macrosheets/" in low or low.startswith(("basic/", "scripts/")):
        raise Refusal(_MACROS)
    if "/activex/" in low or "/ctrlprops/" in low:
        raise Refusal(f"This document holds controls that can run programs. {_ASK_PDF}")
    if "/embeddings/" in low and base:
        raise Refusal(_PACKED)
    if "/externallinks/" in low or base == "connections.xml" or "/querytables/" in low:
        raise Refusal(_LINKED)


def _look_at_part(archive: zipfile.ZipFile, name: str, *, anew: bool) -> None:
    """Every part is unpacked once: its sum holds, no file hides in it, its XML is well formed and declares nothing."""
    parser = _xml_parser() if name.lower().endswith(_XML_ENDINGS) else None
    first = True
    for piece in _chunks(archive, name):
        if first and not anew and piece.startswith(_HIDDEN_MAGIC):
            raise Refusal(_PACKED)
        first = False
        if parser:
            _feed(parser, piece, final=False)
    if parser and not first:
        _feed(parser, b"", final=True)


def _xml_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refusal(f"This document declares XML entities, which can be used to do harm. {_ASK_PDF}")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, piece: bytes, *, final: bool) -> None:
    try:
        parser.Parse(piece, final)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise Refusal(_DAMAGED) from fault


class _Types:
    """The content types that a package declares: `every` value, and those `of_part` (name without its first slash)."""

    def __init__(self) -> None:
        self.every: set[str] = set()
        self.of_part: dict[str, str] = {}

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "_Types":
        types = cls()

        def begin(tag: str, attributes: dict[str, str]) -> None:
            kind = attributes.get("ContentType", "")
            if tag.rpartition(":")[2] == "Override":
                types.every.add(kind)
                types.of_part[attributes.get("PartName", "").lstrip("/")] = kind
            elif tag.rpartition(":")[2] == "Default":
                types.every.add(kind)

        parser = _xml_parser()
        parser.StartElementHandler = begin
        _feed(parser, _read(archive, "[Content_Types].xml"), final=True)
        return types


def _look_ooxml(archive: zipfile.ZipFile, names: set[str], *, anew: bool) -> None:
    mains = {*_MAIN_TYPES, *(_MACRO_TYPES if anew else ())}
    main = [name for name, kind in _Types.of(archive).of_part.items() if kind in mains]
    if len(main) != 1 or main[0] not in names or "_rels/.rels" not in names:
        raise Refusal(_DAMAGED)
    for name in () if anew else sorted(names):
        if name.endswith(".rels"):
            _look_at_links(_read(archive, name))
        elif name.startswith("word/") and name.endswith(".xml"):
            _look_at_fields(_read(archive, name))


def _look_at_links(rels: bytes) -> None:
    """Links that a reader follows by itself are refused; links that a person clicks are not.

    A template on somebody's own drive is let through: every document made from a house template names one, and
    it fetches nothing. One with a host (`https://…`, `file://server/…`, `\\\\server\\…`) is refused.
    """

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in {"vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet"}:
            raise Refusal(_MACROS)
        if kind in {"oleObject", "package", "aFChunk", "subDocument", "control"}:
            raise Refusal(_PACKED)
        if attributes.get("TargetMode", "").lower() != "external" or kind == "hyperlink":
            return
        if kind == "attachedTemplate":
            if _LOCAL_FILE.match(unquote(attributes.get("Target", ""))):
                return
            raise Refusal(
                "This document fetches its template from the internet or another computer. "
                f"Attach the Normal template instead, {_OR_PDF}"
            )
        raise Refusal(_LINKED)

    parser = _xml_parser()
    parser.StartElementHandler = begin
    _feed(parser, rels, final=True)


_FIELD = re.compile(rb"<w:instrText\b[^>]*>([^<]*)<|\bw:instr=\"([^\"]*)\"|<w:fldChar\b[^>]*(fldCharType=\"begin\")")
_FETCHING = re.compile(rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)


def _look_at_fields(part: bytes) -> None:
    if b"instr" not in part:
        return
    fields = b"".join(run or whole + b" " or b" " for run, whole, _ in _FIELD.findall(part))
    if _FETCHING.search(fields):
        raise Refusal(_LINKED)


_ODF_LINK = re.compile(
    rb"<(?:draw:image|draw:object|draw:object-ole|draw:plugin|draw:applet|text:section-source|draw:floating-frame"
    rb"|table:table-source|style:background-image)\b[^>]*xlink:href=\"(?:[a-z][a-z0-9+.-]*:|//|\.\./|/)",
    re.IGNORECASE,
)


def _look_odf(archive: zipfile.ZipFile, names: set[str], *, anew: bool) -> None:
    if "META-INF/manifest.xml" not in names:
        raise Refusal(_DAMAGED)
    manifest = _read(archive, "META-INF/manifest.xml")
    if b"encryption-data" in manifest or "encrypted-package" in names:
        raise Refusal(_LOCKED)
    if "content.xml" not in names:
        raise Refusal(_DAMAGED)
    for name in () if anew else sorted(names):
        if posixpath.basename(name) in {"content.xml", "styles.xml"}:
            part = _read(archive, name)
            if b"<script:event-listener" in part or b"<office:script " in part:
                raise Refusal(_MACROS)
            if _ODF_LINK.search(part) or b"<text:dde-connection-decl" in part or b"<office:dde-source" in part:
                raise Refusal(_LINKED)
