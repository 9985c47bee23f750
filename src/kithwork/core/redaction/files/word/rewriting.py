"""A Word document as a package: which parts it has, how they refer to each other, and the copy that is made of them."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lxml import etree
from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import pixels, rebuilt, seeing
from kithwork.core.redaction.files.packages import Element, parts_of, sweep, tree, written
from kithwork.core.redaction.files.shape import Cuts, Reading, Seen, Texts, Tools, Unreadable
from kithwork.core.redaction.files.word import dressing
from kithwork.core.redaction.files.word.ground import Names, Rebuild, w
from kithwork.core.redaction.files.word.story import Story
from kithwork.core.redaction.files.word.vocabulary import TYPEFACES, VALUES
from kithwork.core.redaction.passages import Passage, Place

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DAMAGED = "This Word document is damaged, so that not all of it could be read. Open it, save it again, and send that."


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document, and for each part its relations: identifier to (kind, target, whether elsewhere)."""

    parts: dict[str, bytes]
    main: str
    relations: dict[str, dict[str, tuple[str, str, bool]]] = field(default_factory=dict)

    def of(self, part: str, kind: str) -> list[tuple[str, str]]:
        """The relations of a kind that a part has: identifier and the name of the part it leads to."""
        return [
            (key, name) for key, (one, name, far) in self.relations.get(part, {}).items() if one == kind and not far
        ]

    def first(self, kind: str) -> Element | None:
        """The root of the part that the document refers to as this kind."""
        found = [name for _, name in self.of(self.main, kind) if name in self.parts]
        return tree(self.parts[found[0]]) if found else None


def package_of(content: bytes) -> Package:
    """Raises Unreadable."""
    parts = parts_of(content)
    package = Package(parts, "")
    for name in sorted(parts):
        folder, base = posixpath.split(name)
        if base.endswith(".rels") and posixpath.basename(folder) == "_rels":
            source = posixpath.join(posixpath.dirname(folder), base[:-5])
            package.relations[source] = _relations(parts[name], posixpath.dirname(source))
    mains = [name for _, name in package.of("", "officeDocument") if name in parts]
    if len(mains) != 1:
        raise Unreadable(_DAMAGED)
    return Package(parts, mains[0], package.relations)


def _relations(part: bytes, folder: str) -> dict[str, tuple[str, str, bool]]:
    found = {}
    for one in tree(part):
        target, far = one.get("Target", ""), one.get("TargetMode", "").lower() == "external"
        if not far:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target, far)
    return found


Within = Callable[[bytes, str], None]  # given each file that is packed in another, with its name


class Rewriting:
    """One walk through a document, in the same order each time it is read or remade."""

    def __init__(self, package: Package, texts: Texts, tools: Tools, known: Reading | None, cuts: Cuts) -> None:
        self._package, self._texts, self._tools, self._known, self._cuts = package, texts, tools, known, cuts
        self._new: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._links: dict[str, list[tuple[str, str, str]]] = {}
        self._drawn: dict[tuple[str, str], str] = {}
        self.notes: list[str] = []
        self.look = False

    @property
    def drawn(self) -> frozenset[str]:
        """The pictures that are in the copy, by the names of their parts."""
        return frozenset(name for name, _ in self._drawn)

    def whole(self) -> bytes:
        """The copy. Raises Rebuild where something in it cannot be copied, Unreadable where it cannot be read."""
        package, main = self._package, "word/document.xml"
        self._links[main] = []
        identifiers, hidden, called = dressing.style_names(package.first("styles"))
        self._parts_at_edges: dict[str, str] = {}
        names = Names(identifiers, hidden, partial(self._picture, package.main, main), self._edge)
        document = tree(package.parts[package.main])
        if document.tag != w("document"):
            raise Unreadable(_DAMAGED)
        body = Story(self._texts, names, Place.BODY, self._cuts).written(document)
        self._put(main, body, f"{_WORD}.document.main+xml")
        for kind in ("footnotes", "endnotes"):
            self._story_at(main, kind, Place.NOTE, names)
        if (root := package.first("styles")) is not None:
            self._attach(main, "styles", "word/styles.xml", dressing.styles(root, self._texts, names, called))
        if (root := package.first("numbering")) is not None:
            made = dressing.numbering(root, self._texts, names, self._cuts)
            self._attach(main, "numbering", "word/numbering.xml", made)
        self._attach_bytes(
            main, "settings", "word/settings.xml", dressing.settings(package.first("settings")), "settings"
        )
        self._new["word/theme/theme1.xml"] = dressing.theme(package.first("theme"))
        self._types["word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
        self._links[main].append((f"t{len(self._links[main])}", "theme", "theme/theme1.xml"))
        return self._written()

    def _story_at(self, main: str, kind: str, place: Place, names: Names) -> None:
        package = self._package
        for _, old in package.of(package.main, kind):
            if old not in package.parts:
                continue
            new = f"word/{kind}.xml"
            self._links[new] = []
            told = Names(
                names.styles, names.hidden, partial(self._picture, old, new), lambda _: None
            )  # fmt: skip
            story = Story(self._texts, told, place, self._cuts)
            self._attach(main, kind, new, story.written(tree(package.parts[old])))
            return

    def _edge(self, relation: str) -> str | None:
        """A header or footer, written when the body first refers to it."""
        package = self._package
        kind, old, far = package.relations.get(package.main, {}).get(relation, ("", "", True))
        if far or kind not in {"header", "footer"} or old not in package.parts:
            return None
        if old in self._parts_at_edges:
            return self._parts_at_edges[old]
        new = f"word/{kind}{len(self._parts_at_edges) + 1}.xml"
        self._links[new] = []
        identifiers, hidden, _ = dressing.style_names(package.first("styles"))
        names = Names(identifiers, hidden, partial(self._picture, old, new), lambda _: None)
        root = Story(self._texts, names, Place.HEADER, self._cuts, kind).written(tree(package.parts[old]))
        self._parts_at_edges[old] = self._attach("word/document.xml", kind, new, root)
        return self._parts_at_edges[old]

    def _picture(self, old_part: str, new_part: str, relation: str, crop: Element) -> str | None:
        """A picture, cut to what is shown of it, without what is cut from its words; its relation in the new part."""
        package = self._package
        kind, old, far = package.relations.get(old_part, {}).get(relation, ("", "", True))
        if far or kind != "image" or old not in package.parts:
            raise Unreadable(_DAMAGED)
        shares = _crop(crop)
        name = self._drawn.get((old, str(shares)))
        if name is None:
            name = self._repainted(old, shares)
            self._drawn[old, str(shares)] = name
        identifier = f"p{len(self._links[new_part])}"
        self._links[new_part].append((identifier, "image", posixpath.relpath(name, "word")))
        return identifier

    def _repainted(self, old: str, shares: tuple[float, float, float, float]) -> str:
        content = self._package.parts[old]
        try:
            image = seeing.opened(content)
        except Unreadable:
            raise Rebuild("a picture of another kind") from None
        for text, label in pixels.said_by(content):
            self._texts.add(Passage(text, Place.PROPERTY, 0, f"of a picture: {label}", stays=False))
        if any(shares):
            self._texts.add(seeing.passage_of(self._seen(image), page=0, label="cropped", stays=False))
            left, top, right, bottom = shares
            image = image.crop(
                (
                    int(image.width * left), int(image.height * top),
                    max(int(image.width * left) + 1, int(image.width * (1 - right))),
                    max(int(image.height * top) + 1, int(image.height * (1 - bottom))),
                )
            )  # fmt: skip
        words = self._seen(image)
        passage = seeing.passage_of(words, page=0, size=image.size)
        index = self._texts.add(passage)  # an empty one too: the next time the same walk counts on it
        self.look = self.look or seeing.doubtful(words)
        image, _ = rebuilt.without(image, [(passage, self._cuts.get(index, ()))])
        kind = Kind.JPEG if content.startswith(b"\xff\xd8") else Kind.PNG
        name = f"word/media/image{len(self._drawn) + 1}.{'jpeg' if kind is Kind.JPEG else 'png'}"
        self._new[name] = pixels.saved(image, kind)
        return name

    def _seen(self, image: Image.Image) -> list[Seen]:
        """The words of a picture; where the file was read before, those of then, so that the cuts fit them."""
        if self._known is None:
            return seeing.seen(image, self._tools)
        index = len(self._texts.found)
        then = self._known.passages[index] if index < len(self._known.passages) else None
        if then is None or then.place is not Place.PICTURE:
            return []
        return seeing.words_of(then)

    # -- the new package ---------------------------------------------------------------------------------------------

    def _put(self, name: str, root: Element, media_type: str) -> None:
        self._new[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._types[name] = media_type

    def _attach(self, source: str, kind: str, name: str, root: Element) -> str:
        return self._attach_bytes(
            source, kind, name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"), kind
        )

    def _attach_bytes(self, source: str, kind: str, name: str, part: bytes, called: str) -> str:
        self._new[name] = part
        self._types[name] = f"{_WORD}.{called}+xml"
        identifier = f"t{len(self._links[source])}"
        self._links[source].append((identifier, kind, posixpath.relpath(name, "word")))
        return identifier

    def _written(self) -> bytes:
        for part, links in self._links.items():
            if links:
                folder, base = posixpath.split(part)
                self._new[f"{folder}/_rels/{base}.rels"] = _links(links)
        self._new["_rels/.rels"] = _links([("t1", "officeDocument", "word/document.xml")])
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self._types.items()
        )
        self._new["[Content_Types].xml"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}</Types>'
        ).encode()
        return written(self._new, first=("[Content_Types].xml", "_rels/.rels", "word/document.xml"))


def _links(links: list[tuple[str, str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in links
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{_PACKAGE}/relationships">{rows}'
        "</Relationships>"
    ).encode()


def _crop(fill: Element | None) -> tuple[float, float, float, float]:
    """How much of a picture is not shown, as shares of its sides: left, top, right, bottom."""
    if fill is None:
        return (0.0, 0.0, 0.0, 0.0)
    shares = []
    for side in ("l", "t", "r", "b"):
        try:
            shares.append(min(0.99, max(0.0, int(fill.get(side, "0")) / 100_000)))
        except ValueError:
            shares.append(0.0)
    return (shares[0], shares[1], shares[2], shares[3])


_STORIES = ("document", "header", "footer", "footnotes", "endnotes")


def beside(package: Package, texts: Texts, tools: Tools, within: Within, drawn: frozenset[str]) -> None:
    """Add what stands beside the text: comments, files packed in the document, pictures that are not drawn, and every
    string that nothing has named yet.
    """
    for _, name in package.of(package.main, "comments"):
        if name not in package.parts:
            continue
        for comment in tree(package.parts[name]):
            text = "\n".join(
                "".join(piece.text or "" for piece in paragraph.iter(w("t"))) for paragraph in comment.iter(w("p"))
            )
            if text.strip():
                texts.add(Passage(text, Place.COMMENT, 0, comment.get(w("author"), ""), stays=False))
    for name, data in sorted(package.parts.items()):
        if data.startswith((b"PK", b"%PDF")):
            within(data, posixpath.basename(name))
        elif name not in drawn and data.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM")):
            for text, label in pixels.said_by(data):
                texts.add(Passage(text, Place.PROPERTY, 0, f"of a picture: {label}", stays=False))
            if words := seeing.seen(seeing.opened(data), tools):
                texts.add(seeing.passage_of(words, page=0, label="a picture that is not shown", stays=False))
    runs = frozenset({"t", "delText", "instrText", "delInstrText"})
    stories = {package.main, *(name for kind in _STORIES for _, name in package.of(package.main, kind))}
    sweep(
        package.parts,
        texts,
        known=VALUES | TYPEFACES | _FORMAT,
        skip=dict.fromkeys(stories, runs),
    )


_FORMAT = frozenset(
    f"{_OFFICE}/{kind}"
    for kind in ("image", "styles", "settings", "theme", "fontTable", "webSettings", "header", "footer")
)
