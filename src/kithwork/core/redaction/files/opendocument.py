"""OpenDocument text: what it says read from its parts, what it shows read from its pages, and rebuilt from pictures of
these.

Its tracked changes, comments, hidden text and links to elsewhere are taken out before it is printed: LibreOffice draws
some of them.
"""

import posixpath
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from kithwork.core.redaction.files import pixels, rebuilt, seeing
from kithwork.core.redaction.files.packages import Element, parts_of, sweep, tree, written
from kithwork.core.redaction.files.shape import Cuts, Progress, Reading, Remade, Texts, Tools, Unreadable
from kithwork.core.redaction.passages import Passage, Place

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TEXT, OFFICE, DRAW = f"{_OASIS}:text:1.0", f"{_OASIS}:office:1.0", f"{_OASIS}:drawing:1.0"
TABLE, MANIFEST = f"{_OASIS}:table:1.0", f"{_OASIS}:manifest:1.0"
HREF = "{http://www.w3.org/1999/xlink}href"
_KIND = b"application/vnd.oasis.opendocument.text"
_DAMAGED = "This document is damaged, so that not all of it could be read. Open it, save it again, and send that."
_LOCKED = "This document is locked with a password. Take the password off, save it, and send that."
_DRAWN = ("Pictures/", "media/", "ObjectReplacements/")
_SEEN = frozenset({"p", "h", "span", "a"})  # their text is drawn, and read from the pages

Within = Callable[[bytes, str], None]


def _parts(content: bytes) -> dict[str, bytes]:
    parts = parts_of(content)
    if parts.get("mimetype", b"").strip() != _KIND or "content.xml" not in parts:
        raise Unreadable(_DAMAGED)
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest or "encrypted-package" in parts:
        raise Unreadable(_LOCKED)
    return parts


def read(content: bytes, texts: Texts, tools: Tools, within: Within, progress: Progress) -> Reading:
    """Its pages, then what is not drawn."""
    parts = _parts(content)
    pages = rebuilt.read_pages(tools.to_pdf(_printable(parts), ".odt"), texts, tools, progress)
    for name in ("content.xml", "styles.xml"):
        if name in parts:
            _hidden(tree(parts[name]), texts)
    for name, data in sorted(parts.items()):
        if data.startswith((b"PK", b"%PDF")):
            within(data, posixpath.basename(name))
        elif data.startswith((b"\x89PNG", b"\xff\xd8")):
            for text, label in pixels.said_by(data):
                texts.add(Passage(text, Place.PROPERTY, 0, f"of a picture: {label}", stays=False))
            if name.startswith("Thumbnails/") and (words := seeing.seen(seeing.opened(data), tools)):
                texts.add(seeing.passage_of(words, page=0, label="a thumbnail", stays=False))
    sweep(parts, texts, known=(), skip={"content.xml": _SEEN, "styles.xml": _SEEN})
    return replace(pages, passages=tuple(texts.found))


def remake(content: bytes, reading: Reading, cuts: Cuts, tools: Tools, progress: Progress) -> Remade:
    """Its pages, painted, as a PDF."""
    return rebuilt.remake_pages(printed(content, tools), reading, cuts, progress)


def printed(content: bytes, tools: Tools) -> bytes:
    """Its pages as a PDF."""
    return tools.to_pdf(_printable(_parts(content)), ".odt")


_GONE = (
    (TEXT, "tracked-changes", Place.CHANGE), (OFFICE, "annotation", Place.COMMENT), (TEXT, "hidden-text", Place.BODY),
    (OFFICE, "scripts", Place.PROPERTY), (OFFICE, "forms", Place.FIELD),
    (OFFICE, "dde-source", Place.LINK), (TEXT, "dde-connection-decls", Place.LINK), (DRAW, "object", Place.BOX),
    (DRAW, "object-ole", Place.BOX), (DRAW, "plugin", Place.BOX), (DRAW, "applet", Place.BOX),
    (TEXT, "user-field-decls", Place.FIELD), (TEXT, "variable-decls", Place.FIELD), (DRAW, "floating-frame", Place.BOX),
)  # fmt: skip


def _hidden(root: Element, texts: Texts) -> None:
    """Add the text of what is taken out before printing: it may be drawn nowhere, and says who is meant."""
    for space, name, place in _GONE:
        for element in root.iter(f"{{{space}}}{name}"):
            _add(element, texts, place)
    for element in _unseen(root):
        _add(element, texts, Place.BODY)


def _add(element: Element, texts: Texts, place: Place) -> None:
    text = "\n".join(piece.strip() for piece in element.itertext() if piece.strip())
    said = [value for part in element.iter() for value in part.attrib.values() if sum(map(str.isalpha, value)) > 2]
    if text:
        texts.add(Passage(text, place, 0, "not shown", stays=False))
    for value in said:
        if element.tag.startswith(f"{{{TEXT}}}") and not value.startswith(("http", "true", "false")):
            texts.add(Passage(value, place, 0, "not shown", stays=False))


def _unseen(root: Element) -> list[Element]:
    """Sections and text that a condition or a style hides."""
    hiding = {
        style.get(f"{{{_OASIS}:style:1.0}}name")
        for style in root.iter(f"{{{_OASIS}:style:1.0}}style")
        for look in style.iter(f"{{{_OASIS}:style:1.0}}text-properties")
        if look.get(f"{{{TEXT}}}display") == "none"
    }
    found = [next(mark.iterancestors(f"{{{TEXT}}}p"), mark) for mark in root.iter(f"{{{TEXT}}}hidden-paragraph")]
    found += [
        element
        for element in root.iter()
        if isinstance(element.tag, str)
        and (
            (element.get(f"{{{TEXT}}}display") in {"none", "condition"} and element.tag == f"{{{TEXT}}}section")
            or (hiding and element.get(f"{{{TEXT}}}style-name") in hiding)
        )
    ]
    return found


def _printable(parts: dict[str, bytes]) -> bytes:
    """The document without what is not shown, without programs, properties and links to elsewhere."""
    kept = {"mimetype": _KIND}
    for name, data in parts.items():
        if name in {"content.xml", "styles.xml"}:
            kept[name] = _cleaned(tree(data))
        elif name.startswith(_DRAWN):
            kept[name] = data
    kept["META-INF/manifest.xml"] = _manifest(kept)
    return written(kept, first=("mimetype",))


def _cleaned(root: Element) -> bytes:
    for element in _unseen(root):
        _out(element)
    for element in list(root.iter(*(f"{{{TEXT}}}{name}" for name in ("change", "change-start", "change-end")))):
        _out(element)
    for space, name, _ in _GONE:
        for element in list(root.iter(f"{{{space}}}{name}")):
            _out(element)
    for element in list(root.iter()):
        target = element.get(HREF) if isinstance(element.tag, str) else None
        if target is None:
            continue
        near = target.removeprefix("./").startswith(_DRAWN)
        if element.tag == f"{{{TEXT}}}a":
            element.set(HREF, "#")
        elif not near:
            _out(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _out(element: Element) -> None:
    """Take an element out; what follows it stays."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)


_MEDIA = {"xml": "text/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def _manifest(parts: dict[str, bytes]) -> bytes:
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"manifest": MANIFEST})
    for name in ("/", *sorted(parts)):
        if name != "mimetype":
            entry = etree.SubElement(root, f"{{{MANIFEST}}}file-entry")
            entry.set(f"{{{MANIFEST}}}full-path", name)
            media_type = _KIND.decode() if name == "/" else _MEDIA.get(name.rpartition(".")[2].lower(), "")
            entry.set(f"{{{MANIFEST}}}media-type", media_type)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
