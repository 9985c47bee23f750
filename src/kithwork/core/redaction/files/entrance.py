"""The four doors: read a file, remake it, show a page of it, verify what was made. Each by the file's kind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PIL import Image

from kithwork.core.documents.inspect import inspect
from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import (
    mail,
    opendocument,
    pdf,
    pixels,
    plain,
    rebuilt,
    verifying,
    word,
    workbook,
)
from kithwork.core.redaction.files.shape import (
    DEPTH,
    BadCut,
    Cuts,
    Progress,
    Reading,
    Remade,
    Seen,
    Texts,
    Tools,
    Unreadable,
    nothing,
)
from kithwork.core.redaction.passages import Passage, Place

_BROKEN = "Not all of this file could be read. Print it to PDF, look that nothing is missing, and send that."
_LARGE = "This file needs too much memory to be read. Split it, or make its pictures smaller."
_DEEP = "This file holds files within files within files. Take them out and send what matters."
_NO_PAGE = "This file has no such page."


def read(content: bytes, kind: Kind, name: str, tools: Tools, *, progress: Progress = nothing) -> Reading:
    """All texts of a file, in an order that is the same each time; the last is the file's own name.

    Raises Unreadable, with the reason, when any part of it could not be read: encrypted, damaged, of an unknown kind.
    """
    return _safely(lambda: _named(_read(content, kind, tools, progress, 0), name))


def remake(
    content: bytes,
    kind: Kind,
    cuts: Cuts,
    tools: Tools,
    *,
    reading: Reading | None = None,
    progress: Progress = nothing,
) -> Remade:
    """The redacted copy: what stays of the file, without what is cut of its passages, by their index.

    `reading` is what `read` gave for the same bytes; without it the file is read anew, which takes as long again.
    Raises Unreadable; and BadCut for cuts that fit no passage: a cut left out would be a name left in.
    """
    known = reading or read(content, kind, "", tools)
    rebuilt.check(known, cuts)
    return _safely(lambda: _remake(content, kind, known, cuts, tools, progress, 0))


def picture(content: bytes, kind: Kind, page: int, tools: Tools) -> bytes:
    """A page of the file as PNG, as it was read: boxes of words fit it. Raises Unreadable where there is none."""
    return _safely(lambda: _picture(content, kind, page, tools, 0))


def verify(content: bytes, kind: Kind, tools: Tools) -> tuple[Passage, ...]:
    """All text that can be got out of a copy by other means than those that made it. Raises Unreadable."""
    return _safely(lambda: verifying.verify(content, kind, tools))


T = TypeVar("T")


def _safely(work: Callable[[], T]) -> T:
    """Libraries meet hostile bytes here: whatever they raise means that not all of the file could be read."""
    try:
        return work()
    except (Unreadable, BadCut):
        raise
    except MemoryError as fault:
        raise Unreadable(_LARGE) from fault
    except Exception as fault:
        raise Unreadable(_BROKEN) from fault


def _named(reading: Reading, name: str) -> Reading:
    told = name.replace("\\", "/").rsplit("/", 1)[-1]
    return replace(reading, passages=(*reading.passages, Passage(told, Place.FILE, 0, "the file's name", stays=False)))


def _read(content: bytes, kind: Kind, tools: Tools, progress: Progress, depth: int) -> Reading:
    if depth > DEPTH:
        raise Unreadable(_DEEP)
    texts = Texts()

    def within(packed: bytes, called: str) -> None:
        """A file that is packed in this one, and does not come along: all that it says is said here."""
        if called:
            texts.add(Passage(called, Place.ATTACHMENT, 0, "a file within", stays=False))
        for passage in _read(packed, _kind_of(packed, called), tools, nothing, depth + 1).passages:
            texts.add(Passage(passage.text, passage.place, 0, passage.label or "in a file within", stays=False))

    match kind:
        case Kind.PDF:
            return pdf.read(content, texts, tools, within, progress)
        case Kind.DOCX:
            return word.read(content, texts, tools, within, progress)
        case Kind.XLSX:
            return workbook.read(content, texts, tools, within, progress)
        case Kind.ODT:
            return opendocument.read(content, texts, tools, within, progress)
        case Kind.PNG | Kind.JPEG:
            return pixels.read(content, kind, texts, tools)
        case Kind.CSV:
            return plain.read_table(content, texts)
        case Kind.TEXT:
            return plain.read_text(content, texts)
        case Kind.EML:
            return mail.read(content, texts, _inner(tools, depth))


def _inner(tools: Tools, depth: int) -> mail.Inner:
    def read_one(enclosed: mail.Enclosed, kept: Reading | None) -> tuple[Kind, Reading]:
        kind = _kind_of(enclosed.content, enclosed.name)
        return kind, kept or _read(enclosed.content, kind, tools, nothing, depth + 1)

    return read_one


def _kind_of(content: bytes, name: str) -> Kind:
    """What a file within is, by its content. Raises Unreadable for what is of no kind that can be read."""
    found = inspect(content, name, anew=True)
    if found.kind is None:
        raise Unreadable(f"A file within this one cannot be checked. {found.reason}")
    return found.kind


def _remake(
    content: bytes, kind: Kind, known: Reading, cuts: Cuts, tools: Tools, progress: Progress, depth: int
) -> Remade:
    match kind:
        case Kind.PDF:
            return pdf.remake(content, known, cuts, progress)
        case Kind.DOCX:
            return word.remake(content, known, cuts, tools, progress)
        case Kind.XLSX:
            return workbook.remake(content, known, cuts, tools, progress)
        case Kind.ODT:
            return opendocument.remake(content, known, cuts, tools, progress)
        case Kind.PNG | Kind.JPEG:
            return pixels.remake(content, kind, known, cuts)
        case Kind.CSV:
            return plain.remake_table(content, cuts)
        case Kind.TEXT:
            return plain.remake_text(content, cuts)
        case Kind.EML:

            def outer(enclosed: mail.Enclosed, inner_kind: Kind, reading: Reading, own: Cuts) -> Remade:
                return _remake(enclosed.content, inner_kind, reading, own, tools, nothing, depth + 1)

            return mail.remake(content, known, Texts(), _inner(tools, depth), outer, cuts)


class _Uncurious:
    """Programs for one who counts pages, and reads none: the pictures of a message were read when it was."""

    def __init__(self, tools: Tools) -> None:
        self.to_pdf = tools.to_pdf

    def ocr(self, picture: Image.Image, /) -> Sequence[Seen]:
        return ()


def _picture(content: bytes, kind: Kind, page: int, tools: Tools, depth: int) -> bytes:
    match kind:
        case Kind.PDF:
            return pdf.picture(content, page)
        case Kind.ODT:
            return pdf.picture(opendocument.printed(content, tools), page)
        case Kind.DOCX:
            return word.picture(content, page, tools)
        case Kind.PNG | Kind.JPEG if page == 1:
            return pixels.view(content, kind)
        case Kind.EML:
            enclosed, inner, number = mail.page_of(content, Texts(), _inner(_Uncurious(tools), depth), page)
            return _picture(enclosed.content, inner, number, tools, depth + 1)
        case _:
            raise Unreadable(_NO_PAGE)
