"""The entrance: decide what a file is by its first bytes, compare with its name, then look closely."""

from functools import partial

from kithwork.core.documents import text
from kithwork.core.documents.kinds import WELCOME, WITH_PROGRAMS, Inspection, Kind, Refusal, ending_of

LIMIT = 25 * 1024 * 1024  # bytes; the caller's own limit goes in as a parameter

# What people send by mistake, by its first bytes, with what to do instead.
_FOREIGN: tuple[tuple[int, bytes, str], ...] = (
    (0, b"MZ", "This is a program, not a document. Programs are never kept."),
    (0, b"\x7fELF", "This is a program, not a document. Programs are never kept."),
    (0, b"\xca\xfe\xba\xbe", "This is a program, not a document. Programs are never kept."),
    (0, b"\xcf\xfa\xed\xfe", "This is a program, not a document. Programs are never kept."),
    (0, b"\xce\xfa\xed\xfe", "This is a program, not a document. Programs are never kept."),
    (0, b"\x00asm", "This is a program, not a document. Programs are never kept."),
    (0, b"#!", "This is a script, not a document. Programs and scripts are never kept."),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "This is a shortcut, not the document. Choose the document itself."),
    (0, b"Rar!", "This is an archive. Unpack it and upload the documents one by one."),
    (0, b"7z\xbc\xaf\x27\x1c", "This is an archive. Unpack it and upload the documents one by one."),
    (0, b"\x1f\x8b", "This is a compressed file. Unpack it and upload the documents one by one."),
    (0, b"BZh", "This is a compressed file. Unpack it and upload the documents one by one."),
    (0, b"\xfd7zXZ\x00", "This is a compressed file. Unpack it and upload the documents one by one."),
    (0, b"\x28\xb5\x2f\xfd", "This is a compressed file. Unpack it and upload the documents one by one."),
    (0, b"MSCF", "This is an archive. Unpack it and upload the documents one by one."),
    (257, b"ustar", "This is an archive. Unpack it and upload the documents one by one."),
    (0, b"GIF8", "GIF pictures are not kept. Save the picture as PNG or JPEG and upload that."),
    (0, b"II*\x00", "TIFF pictures are not kept. Save the picture as PNG, JPEG or PDF and upload that."),
    (0, b"MM\x00*", "TIFF pictures are not kept. Save the picture as PNG, JPEG or PDF and upload that."),
    (0, b"RIFF", "This kind of picture, sound or film is not kept. Save a picture as PNG or JPEG and upload that."),
    (4, b"ftypheic", "HEIC photographs are not kept. Save the photograph as JPEG and upload that."),
    (4, b"ftypheix", "HEIC photographs are not kept. Save the photograph as JPEG and upload that."),
    (4, b"ftypmif1", "HEIC photographs are not kept. Save the photograph as JPEG and upload that."),
    (4, b"ftyp", "Films and sound are not kept. Upload a written record of what it shows."),
    (0, b"ID3", "Films and sound are not kept. Upload a written record of what it shows."),
    (0, b"OggS", "Films and sound are not kept. Upload a written record of what it shows."),
    (0, b"\x1aE\xdf\xa3", "Films and sound are not kept. Upload a written record of what it shows."),
    (0, b"{\\rtf", "RTF documents are not kept. Open it, save it as a Word document (.docx) or PDF, and upload that."),
    (0, b"%!PS", "PostScript files are not kept. Save the document as PDF and upload that."),
    (0, b"SQLite format 3\x00", f"Databases are not kept. Upload one of these instead: {WELCOME}."),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = "This file could not be read: it seems to be damaged. Open it, save it again, and upload the new copy."


def inspect(data: bytes, name: str, *, limit: int = LIMIT, anew: bool = False) -> Inspection:
    """What the file is by its content, and whether it may be kept.

    `data` are the file's bytes, `name` what its sender calls it (only the ending is looked at), `limit` the largest
    size in bytes. `anew`: nobody is given the file itself, only a copy made anew of what is drawn or written in it; so
    programs, files within and links to elsewhere, which stay behind, are no reason to refuse it. Never raises for any
    bytes or name: what cannot be read is refused with a reason.
    """
    kind: Kind | None = None
    try:
        if not data:
            raise Refusal("This file is empty. Check that it opens on your own device, then choose it again.")
        if len(data) > limit:
            raise Refusal(too_large(len(data), limit))
        ending = ending_of(name)
        kind = _sort(data, ending, anew=anew)
        if ending and ending not in kind.endings and not (anew and ending in WITH_PROGRAMS.get(kind, ())):
            raise Refusal(
                f"The name ends in '{ending[:20]}' but the file is {kind.called}. "
                "Check that it is the right file, and give it the ending that belongs to it."
            )
        return Inspection.kept(kind, _look(kind, data, anew=anew))
    except Refusal as refusal:
        return Inspection.refused(str(refusal), kind)
    except MemoryError:
        return Inspection.refused(
            "This file needs too much memory to open. Save it as a smaller PDF and upload that.", kind
        )
    except Exception:  # parsers meet hostile bytes here: whatever they raise means "cannot be read"
        return Inspection.refused(_BROKEN, kind)


def too_large(size: int, limit: int) -> str:
    """The reason to refuse a file of `size` bytes where `limit` bytes are the most."""
    return (
        f"This file is {_size(size)}; the most that can be kept is {_size(limit)}. "
        "Make it smaller (for example by saving it as PDF with smaller pictures) or split it in two."
    )


def _sort(data: bytes, ending: str, *, anew: bool) -> Kind:
    """The kind by content; raises Refusal for what is not welcome."""
    if data.startswith(b"%PDF-") or data[:1024].lstrip(b"\xef\xbb\xbf\x00\t\n\f\r ").startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"PK"):
        from kithwork.core.documents import office  # noqa: PLC0415 - each reader is loaded when needed

        return office.sort(data, anew=anew)
    if data.startswith(_OLE):
        raise Refusal(_old_office(data))
    for offset, magic, advice in _FOREIGN:
        if data.startswith(magic, offset):
            raise Refusal(advice)
    if ending in Kind.EML.endings:
        return Kind.EML
    text.refuse_markup(data)
    text.read(data)
    return Kind.CSV if ending in Kind.CSV.endings else Kind.TEXT


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "This Office document is locked with a password. Open it, take the password off "
            "(File, Info, Protect), save it, and upload that."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return "This is an old Word document (.doc). Open it, save it as .docx or PDF, and upload that."
    if "Workbook".encode("utf-16-le") in data or "\x05Book".encode("utf-16-le") in data:
        return "This is an old Excel workbook (.xls). Open it, save it as .xlsx or PDF, and upload that."
    return f"This kind of file is not kept. Save it as PDF, or upload one of these: {WELCOME}."


def _look(kind: Kind, data: bytes, *, anew: bool) -> int | None:
    """Look closely at a file of known kind; its pages where it has them. Raises Refusal."""
    match kind:
        case Kind.PDF:
            from kithwork.core.documents import pdf  # noqa: PLC0415 - pikepdf loads for longer than most files take

            return pdf.look(data, anew=anew)
        case Kind.PNG | Kind.JPEG:
            from kithwork.core.documents import picture  # noqa: PLC0415 - so does Pillow

            picture.look(data, kind)
        case Kind.DOCX | Kind.XLSX | Kind.ODT:
            from kithwork.core.documents import office  # noqa: PLC0415 - as above

            office.look(data, kind, anew=anew)
        case Kind.CSV:
            text.look_csv(data)
        case Kind.EML:
            from kithwork.core.documents import mail  # noqa: PLC0415 - as above

            mail.look(data, partial(_inside, anew=anew))
        case Kind.TEXT:
            pass  # sorting has already read it
    return None


def _inside(data: bytes, name: str, *, anew: bool) -> None:
    """Look at a file within another one, as at any. Raises Refusal."""
    found = inspect(data, name, anew=anew)
    if not found.ok:
        raise Refusal(f"A file attached to this e-mail cannot be kept. {found.reason}")


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".0 MB", " MB")
