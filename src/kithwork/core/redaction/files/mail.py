"""E-mail: a new message of what its headers say, its text, and its attachments, each remade by its own kind.

A text in HTML becomes plain text: a page that a mail program draws can hide anything. Headers that machines add, and
what their writers' programs say of themselves, stay behind.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import policy
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.parser import BytesParser

from lxml import etree, html

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files.shape import BadCut, Cuts, Reading, Remade, Texts, Unreadable, cut_text
from kithwork.core.redaction.passages import Part, Passage, Place

_KEPT = ("From", "To", "Cc", "Reply-To", "Subject", "Date")
PARTS = 200
_BROKEN = "This e-mail is damaged, so that not all of it could be read. Print it to PDF and send that."
_LOCKED = "This e-mail is encrypted or sealed. Open it in your mail program, print it to PDF, and send that."
_OTHER = "This e-mail is not the one that was read. Upload it again."
_PACKED = (
    "This e-mail holds an attachment of a kind that cannot be checked. Save the attachments one by one and send those."
)

_REGISTRY = HeaderRegistry(use_default_map=False, default_class=UnstructuredHeader)
_POLICY = policy.default.clone(header_factory=_REGISTRY, raise_on_defect=False)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A part of a message: its bytes and the name it was given."""

    content: bytes
    name: str
    media_type: str


Inner = Callable[[Enclosed, Reading | None], tuple[Kind, Reading]]  # as it was read, where that was kept
Outer = Callable[[Enclosed, Kind, Reading, Cuts], Remade]


def _parsed(content: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=_POLICY).parsebytes(content)
    except MemoryError:
        raise
    except Exception as fault:  # the parser meets hostile bytes here
        raise Unreadable(_BROKEN) from fault
    if not any(message.get(name) for name in ("From", "To", "Subject", "Date")):
        raise Unreadable(_BROKEN)
    return message


def read(content: bytes, texts: Texts, inner: Inner) -> Reading:
    """Headers, text, attachments."""
    return _Walk(texts, inner).read(_parsed(content))


def remake(content: bytes, known: Reading, texts: Texts, inner: Inner, outer: Outer, cuts: Cuts) -> Remade:
    """The new message. What `known` tells of its attachments is not read again."""
    walk = _Walk(texts, inner, known if known.parts is not None else None)
    walk.read(_parsed(content))
    walk.hold_against(known)
    return Remade(walk.written(cuts, outer), Kind.EML, ".eml")


class _Walk:
    """One walk through a message, in the same order each time; keeps what a copy is made of."""

    def __init__(self, texts: Texts, inner: Inner, known: Reading | None = None) -> None:
        self._texts, self._inner, self._known = texts, inner, known
        self._headers: list[tuple[str, int]] = []
        self._bodies: list[int] = []
        self._enclosed: list[tuple[Enclosed, Kind, Reading, int]] = []
        self.pages = 0
        self.notes: list[str] = []
        self.look: list[int] = []
        self.sizes: list[tuple[int, int]] = []

    def read(self, message: EmailMessage) -> Reading:
        for name, value in message.items():
            text = " ".join(str(value).split())
            if not text:
                continue
            kept = next((one for one in _KEPT if one.lower() == name.lower()), None)
            index = self._texts.add(
                Passage(text, Place.HEADER if kept else Place.PROPERTY, 0, name[:80], stays=kept is not None)
            )
            if kept:
                self._headers.append((kept, index))
        for number, part in enumerate(_leaves(message)):
            if number >= PARTS:
                raise Unreadable(_PACKED)
            self._part(part, message)
        found, parts = tuple(self._texts.found), tuple(part_of(reading) for _, _, reading, _ in self._enclosed)
        return Reading(found, self.pages, tuple(self.notes), tuple(self.look), tuple(self.sizes), parts)

    def hold_against(self, known: Reading) -> None:
        """Raises Unreadable unless this is what was read then: cuts would be made in other words than were meant."""
        then = known.passages[: len(self._texts.found)]
        rest = known.passages[len(self._texts.found) :]
        if [one.text for one in then] != [one.text for one in self._texts.found] or any(
            one.place is not Place.FILE for one in rest
        ):
            raise Unreadable(_OTHER)

    def _kept(self) -> Reading | None:
        """The attachment that comes now, as it was read."""
        if self._known is None:
            return None
        number = len(self._enclosed)
        if self._known.parts is None or number >= len(self._known.parts):
            raise Unreadable(_OTHER)
        part, first, pages = self._known.parts[number], len(self._texts.found), self.pages
        passages = tuple(
            replace(one, page=one.page - pages if one.page else 0)
            for one in self._known.passages[first : first + part.passages]
        )
        sizes = self._known.sizes[len(self.sizes) : len(self.sizes) + part.sizes]
        return Reading(passages, part.pages, sizes=sizes, parts=part.parts)

    def _part(self, part: EmailMessage, whole: EmailMessage) -> None:
        media_type, name = part.get_content_type(), part.get_filename() or ""
        if media_type in {
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "multipart/encrypted",
            "application/pgp-encrypted",
        }:
            raise Unreadable(_LOCKED)
        if media_type in {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}:
            return  # a seal says nothing about a copy
        if media_type == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if not isinstance(inner, EmailMessage):
                raise Unreadable(_BROKEN)
            self._enclose(Enclosed(inner.as_bytes(policy=policy.SMTP), name or "message.eml", media_type))
            return
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            raise Unreadable(_BROKEN)
        body = part.get_content_disposition() != "attachment" and not name
        if body and media_type in {"text/plain", "text/html"}:
            said = _decoded(data, part)
            shown = media_type == "text/plain" or not _has_plain(part, whole)
            if media_type == "text/html":
                for hidden, place in _unseen(said):
                    self._texts.add(Passage(hidden, place, 0, "of a page", stays=False))
                said = _plain(said)
            if said.strip():
                index = self._texts.add(Passage(said, Place.BODY, 0, "" if shown else "another form", stays=shown))
                if shown:
                    self._bodies.append(index)
            return
        self._enclose(Enclosed(data, name, media_type))

    def _enclose(self, enclosed: Enclosed) -> None:
        if enclosed.name:
            self._texts.add(Passage(enclosed.name, Place.ATTACHMENT, 0, "attachment", stays=False))
        kind, reading = self._inner(enclosed, self._kept())
        offset = len(self._texts.found)
        for passage in reading.passages:
            page = passage.page + self.pages if passage.page else 0
            self._texts.add(Passage(passage.text, passage.place, page, passage.label, passage.stays, passage.words))
        self.look += [page + self.pages for page in reading.look]
        self.pages += reading.pages
        self.sizes += reading.sizes
        self.notes += reading.notes
        self._enclosed.append((enclosed, kind, reading, offset))

    def enclosed_of(self, page: int) -> tuple[Enclosed, Kind, int]:
        """The attachment that has a page of the whole, and the number of the page in it."""
        before = 0
        for enclosed, kind, reading, _ in self._enclosed:
            if before < page <= before + reading.pages:
                return enclosed, kind, page - before
            before += reading.pages
        raise Unreadable("This file has no such page.")

    def written(self, cuts: Cuts, outer: Outer) -> bytes:
        """The copy. Raises BadCut for cuts that fit no passage."""
        found = self._texts.found
        if any(not 0 <= index < len(found) for index in cuts):
            raise BadCut("A cut belongs to no passage of this file.")
        new = EmailMessage(policy=policy.SMTP.clone(header_factory=_REGISTRY))
        for name, index in self._headers:
            if name not in new:
                new[name] = " ".join(cut_text(found[index].text, cuts.get(index, ())).split())
        new.set_content("\n\n".join(cut_text(found[index].text, cuts.get(index, ())) for index in self._bodies) or "\n")
        for number, (enclosed, kind, reading, offset) in enumerate(self._enclosed, 1):
            own = {
                index - offset: some for index, some in cuts.items() if offset <= index < offset + len(reading.passages)
            }
            made = outer(enclosed, kind, reading, own)
            main, _, sub = made.kind.media_type.partition("/")
            if made.kind is Kind.EML:
                main, sub = "application", "octet-stream"  # mail programs unfold a message in a message
            new.add_attachment(made.content, maintype=main, subtype=sub, filename=f"attachment-{number}{made.ending}")
        return new.as_bytes()


def part_of(reading: Reading) -> Part:
    """How much of the whole an attachment's reading is."""
    return Part(len(reading.passages), reading.pages, len(reading.sizes), reading.parts or ())


def page_of(content: bytes, texts: Texts, inner: Inner, page: int) -> tuple[Enclosed, Kind, int]:
    """The attachment that has a page of a message, and the number of the page in it."""
    walk = _Walk(texts, inner)
    walk.read(_parsed(content))
    return walk.enclosed_of(page)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in their order; what stands between parts is for no reader."""
    waiting, depth = [(message, 0)], 20
    while waiting:
        part, level = waiting.pop()
        if level > depth:
            raise Unreadable(_BROKEN)
        if part.get_content_type() == "multipart/encrypted":
            raise Unreadable(_LOCKED)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
            waiting.extend((one, level + 1) for one in reversed(inner))
        else:
            yield part


def _has_plain(part: EmailMessage, whole: EmailMessage) -> bool:
    """Whether the same is there as plain text."""
    for above in whole.walk():
        if above.get_content_type() == "multipart/alternative" and any(one is part for one in above.walk()):
            return any(
                one.get_content_type() == "text/plain" and str(one.get_payload()).strip()
                for one in above.walk()
                if not one.is_multipart()
            )
    return False


def _decoded(data: bytes, part: EmailMessage) -> str:
    said = (part.get_content_charset() or "utf-8").strip("'\"")
    for charset in (said, "utf-8", "cp1252"):
        try:
            text = data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        if "\x00" not in text:
            return text
    return data.decode("latin-1")


_BLOCKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "hr", "pre")
_SILENT = ("script", "style", "head", "title", "template", "noscript")


def _page(text: str) -> "html.HtmlElement | None":
    if not text.strip():
        return None
    parser = html.HTMLParser(no_network=True, remove_comments=False, remove_pis=False, encoding="utf-8")
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _plain(text: str) -> str:
    """The text of a page as it is read: a line for each block, cells parted by tabs."""
    root = _page(text)
    if root is None:
        return re.sub(r"<[^>]*>", " ", text)
    for element in list(root.iter(*_SILENT, etree.Comment, etree.ProcessingInstruction)):
        element.drop_tree()
    for element in root.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag not in {"br", "hr"}:
            element.text = "\n" + (element.text or "")
    for element in root.iter("td", "th"):
        element.tail = "\t" + (element.tail or "")
    lines = (" ".join(line.split(" ")).strip(" ") for line in "".join(root.itertext()).replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _unseen(text: str) -> Iterator[tuple[str, Place]]:
    """What a page says without showing it: comments, titles, where its links lead."""
    root = _page(text)
    if root is None:
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield str(element.text or ""), Place.COMMENT
            continue
        if element.tag in _SILENT and (said := (element.text_content() or "").strip()):
            yield said, Place.PROPERTY
        for key, value in element.attrib.items():
            if key in {"href", "src", "cite", "action"}:
                yield str(value), Place.LINK
            elif key in {
                "alt",
                "title",
                "aria-label",
                "name",
                "id",
                "content",
                "value",
                "placeholder",
                "class",
            } or key.startswith("data-"):
                yield str(value), Place.ALTERNATIVE
