"""One part of a Word document that holds text (the body, a header, the notes), written anew from what may be in it.

A paragraph is one passage: its runs are joined, however a program or a spelling check has parted them, and its cuts are
made across them. The same walk reads and remakes, so that a passage has the same index both times.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from kithwork.core.redaction.files.packages import Element
from kithwork.core.redaction.files.shape import Cuts, Texts
from kithwork.core.redaction.files.word.fields import Fields
from kithwork.core.redaction.files.word.ground import (
    SPACE,
    Names,
    Rebuild,
    after,
    cut_pieces,
    holds_text,
    paragraphs,
    w,
)
from kithwork.core.redaction.files.word.vocabulary import (
    DRAWN,
    GRAPHICS,
    LANGUAGE,
    MC,
    NAMESPACES,
    PLAIN_FIELD,
    TYPEFACES,
    W_DROPPED,
    W_KEPT,
    W_UNWRAPPED,
    WPS,
    A,
    R,
    W,
    fit,
)
from kithwork.core.redaction.passages import Passage, Place


@dataclass(slots=True)
class _Open:
    """A paragraph as it is written: the elements that hold its text, with that text."""

    pieces: list[tuple[Element, str]] = field(default_factory=list)


class Story:
    """Writes one part anew. `cuts` are made where they are given; without them it only reads."""

    def __init__(self, texts: Texts, names: Names, place: Place, cuts: Cuts, label: str = "") -> None:
        self._texts, self._names, self._place, self._cuts, self._label = texts, names, place, cuts, label
        self._open: list[_Open] = []
        self._fields = Fields(texts, self._lost)
        self._cell = 0
        self._heads: list[list[str]] = []
        self._row: list[str] = []
        self._drawings = 0
        self._boxed = 0  # how many text boxes we are in

    def written(self, root: Element) -> Element:
        """The new root. Raises Rebuild."""
        new = etree.Element(root.tag, nsmap={key: NAMESPACES[key] for key in NAMESPACES})
        self._children(root, new)
        return new

    def _children(self, old: Element, new: Element) -> None:
        for child in old:
            self._copy(child, new)

    def _copy(self, old: Element, new: Element) -> None:
        space, _, name = old.tag[1:].partition("}")
        if space == W:
            self._copy_word(name, old, new)
        elif space == MC and name == "AlternateContent":
            self._choose(old, new)
        elif space in DRAWN:
            self._copy_drawn(space, name, old, new)
        elif holds_text(old):
            raise Rebuild(name)

    def _copy_word(self, name: str, old: Element, new: Element) -> None:
        match name:
            case "p":
                self._paragraph(old, new)
            case "r":
                self._run(old, new)
            case "tr":
                self._table_row(old, new)
            case "tc":
                self._table_cell(old, new)
            case "fldSimple":
                self._simple_field(old, new)
            case "pict" | "object":
                self._old_drawing(old)
            case "tab" if old.getparent().tag == w("tabs"):  # where a tab stops, not a tab
                self._kept(name, old, new)
            case "drawing" | "t" | "tab" | "ptab" | "br" | "cr" | "sym" | "noBreakHyphen" | "pgNum":
                self._in_run(name, old, new)
            case _ if name in W_UNWRAPPED:
                self._unwrapped(name, old)
                self._children(old, new)
            case _ if name in W_DROPPED:
                self._lost(old, Place.CHANGE if name in {"del", "moveFrom"} else Place.FIELD)
            case _ if name in W_KEPT:
                self._kept(name, old, new)
            case "headerReference" | "footerReference":
                self._reference(name, old, new)
            case _ if holds_text(old):
                raise Rebuild(name)
            case _:
                pass

    def _kept(self, name: str, old: Element, new: Element) -> None:
        made = etree.SubElement(new, old.tag)
        for key, value in old.attrib.items():
            attribute = key.rpartition("}")[2]
            if key.startswith(f"{{{W}}}") and (told := self._attribute(name, attribute, value)) is not None:
                made.set(key, told)
        if w("val") in old.attrib and w("val") not in made.attrib:
            new.remove(made)
            return
        self._children(old, made)

    def _attribute(self, name: str, attribute: str, value: str) -> str | None:
        """The value that an attribute of a kept element has in the copy; None where it has none."""
        if name in {"pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"} and attribute == "val":
            return self._names.styles.get(value)
        if name == "rFonts" and attribute in {"ascii", "hAnsi", "cs", "eastAsia"}:
            return value if value in TYPEFACES else None
        if name in {"lang", "themeFontLang"}:
            return value if LANGUAGE.match(value) else None
        return value if fit(attribute, value) else None

    # -- paragraphs and runs -----------------------------------------------------------------------------------------

    def _paragraph(self, old: Element, new: Element) -> None:
        made = etree.SubElement(new, w("p"))
        self._open.append(_Open())
        self._children(old, made)
        pieces = self._open.pop().pieces
        text = "".join(said for _, said in pieces)
        if not text.strip():
            return
        place = Place.CELL if self._cell and self._place is Place.BODY and not self._open else self._place
        if len(self._open) or self._boxed:
            place = Place.BOX
        label = self._heading() if place is Place.CELL else self._label
        if place is Place.CELL and self._row:
            self._row[-1] = f"{self._row[-1]} {text}".strip()
        index = self._texts.add(Passage(text, place, 0, label))
        cut_pieces(pieces, text, self._cuts, index)

    def _run(self, old: Element, new: Element) -> None:
        if self._hidden(old):
            self._lost(old, Place.BODY, "hidden")
            return
        made = etree.SubElement(new, w("r"))
        for child in old:
            name = child.tag.rpartition("}")[2] if child.tag.startswith(f"{{{W}}}") else ""
            if name == "rPr":
                self._copy(child, made)
            elif name == "fldChar":
                self._fields.mark(child, made)
            elif name in {"instrText", "delInstrText"}:
                self._fields.says(child.text or "")
            elif self._fields.in_code():
                self._lost(child, Place.FIELD)
            else:
                self._in_run(name, child, made)
        if len(made) == 0 or (len(made) == 1 and made[0].tag == w("rPr")):
            new.remove(made)

    def _in_run(self, name: str, child: Element, made: Element) -> None:
        match name:
            case "t":
                self._said(made, child.text or "")
            case "tab" | "ptab":
                self._sign(made, w("tab"), "\t")
            case "br" | "cr":
                sign = self._sign(made, w("br"), "\n")
                if child.get(w("type")) in {"page", "column"}:
                    sign.set(w("type"), child.get(w("type")))
            case "noBreakHyphen":
                self._sign(made, w("noBreakHyphen"), "-")
            case "softHyphen" | "lastRenderedPageBreak" | "annotationRef" | "commentReference":
                pass
            case "sym":
                if child.get(w("font")) in TYPEFACES and re.fullmatch("[0-9A-Fa-f]{4}", child.get(w("char"), "")):
                    sign = self._sign(made, w("sym"), "\N{REPLACEMENT CHARACTER}")
                    sign.set(w("font"), child.get(w("font")))
                    sign.set(w("char"), child.get(w("char")))
            case "footnoteReference" | "endnoteReference":
                if (number := child.get(w("id"), "")) and re.fullmatch(r"-?\d{1,6}", number):
                    etree.SubElement(made, child.tag).set(w("id"), number)
            case "pgNum":
                etree.SubElement(made, w("pgNum"))
            case "drawing":
                drawing = etree.SubElement(made, w("drawing"))
                self._children(child, drawing)
                if len(drawing) == 0:
                    made.remove(drawing)
            case _:
                self._copy(child, made)

    def _said(self, made: Element, text: str) -> None:
        element = etree.SubElement(made, w("t"))
        element.text = text
        element.set(SPACE, "preserve")
        if self._open:
            self._open[-1].pieces.append((element, text))

    def _sign(self, made: Element, tag: str, text: str) -> Element:
        element = etree.SubElement(made, tag)
        if self._open:
            self._open[-1].pieces.append((element, text))
        return element

    def _hidden(self, run: Element) -> bool:
        """Whether a run is not shown: by itself, or by its style, or by that of its paragraph."""
        own = run.find(f"{w('rPr')}/{w('vanish')}")
        if own is not None:
            return own.get(w("val"), "1") not in {"0", "false", "off"}
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        if style is not None and style.get(w("val")) in self._names.hidden:
            return True
        above = run.getparent()
        while above is not None and above.tag != w("p"):
            above = above.getparent()
        style = above.find(f"{w('pPr')}/{w('pStyle')}") if above is not None else None
        return style is not None and style.get(w("val")) in self._names.hidden

    def _simple_field(self, old: Element, new: Element) -> None:
        code = old.get(w("instr"), "")
        plain = PLAIN_FIELD.match(code)
        if plain:
            made = etree.SubElement(new, w("fldSimple"))
            made.set(w("instr"), f" {plain[1]} ")
            self._children(old, made)
            return
        self._texts.add(Passage(code.strip(), Place.LINK, 0, "field", stays=False))
        self._children(old, new)

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table_row(self, old: Element, new: Element) -> None:
        if old.find(f"{w('trPr')}/{w('del')}") is not None:
            self._lost(old, Place.CHANGE)
            return
        if old.find(f"{w('trPr')}/{w('hidden')}") is not None:
            self._lost(old, Place.CELL, "hidden")
            return
        made = etree.SubElement(new, w("tr"))
        before, self._row = self._row, []
        first = old.getparent().index(old) == next(
            (at for at, child in enumerate(old.getparent()) if child.tag == w("tr")), -1
        )
        if first:
            self._heads.append([])
        self._children(old, made)
        if first and self._heads:
            self._heads[-1] = self._row
        self._row = before
        following = old.getnext()
        while following is not None and following.tag != w("tr"):
            following = following.getnext()
        if following is None and self._heads:
            self._heads.pop()

    def _table_cell(self, old: Element, new: Element) -> None:
        made = etree.SubElement(new, w("tc"))
        self._row.append("")
        self._cell += 1
        self._children(old, made)
        self._cell -= 1

    def _heading(self) -> str:
        """What stands at the head of the column, as far as it is known by now."""
        column = len(self._row) - 1
        heads = self._heads[-1] if self._heads else []
        return heads[column] if 0 <= column < len(heads) else ""

    # -- drawings ----------------------------------------------------------------------------------------------------

    def _choose(self, old: Element, new: Element) -> None:
        """One of two ways to draw the same: the newer, which we know, unless it cannot be copied."""
        choice = old.find(f"{{{MC}}}Choice")
        if choice is None:
            raise Rebuild("AlternateContent")
        for fallback in old.findall(f"{{{MC}}}Fallback"):
            self._lost(fallback, Place.BOX, "an older drawing of the same")
        self._children(choice, new)

    def _copy_drawn(self, space: str, name: str, old: Element, new: Element) -> None:
        if name not in DRAWN[space]:
            if holds_text(old):
                raise Rebuild(name)
            return
        if name == "graphicData" and old.get("uri") not in GRAPHICS:
            raise Rebuild(str(old.get("uri")).rpartition("/")[2])
        if name == "hlinkClick":
            return
        made = etree.SubElement(new, old.tag)
        for key, value in old.attrib.items():
            if key == "uri" or (not key.startswith("{") and fit(key, value)):
                made.set(key, value)
        if name in {"docPr", "cNvPr"}:
            self._described(old, made)
        elif name == "blip":
            fill = old.getparent().find(f"{{{A}}}srcRect")
            if old.get(f"{{{R}}}link"):
                raise Rebuild("a picture from elsewhere")
            relation = self._names.picture(old.get(f"{{{R}}}embed", ""), fill)
            if relation is None:
                raise Rebuild("picture")
            made.set(f"{{{R}}}embed", relation)
            return
        elif name == "posOffset":
            made.text = old.text if re.fullmatch(r"-?\d{1,9}", old.text or "") else "0"
        elif name == "align":
            made.text = old.text if fit("align", old.text or "") else "left"
        elif space == WPS and name == "txbx":
            self._boxed += 1
            content = old.find(w("txbxContent"))
            if content is None:
                raise Rebuild("a linked text box")
            self._children(content, etree.SubElement(made, w("txbxContent")))
            self._boxed -= 1
            return
        self._children(old, made)

    def _described(self, old: Element, made: Element) -> None:
        """A drawing gets a number for its name; what describes it to those who cannot see it stays, with its cuts."""
        self._drawings += 1
        made.set("id", str(len(self._texts.found) * 100 + self._drawings))
        made.set("name", f"Drawing {self._drawings}")
        for key in ("title", "descr"):
            text = old.get(key, "")
            if not text.strip():
                continue
            index = self._texts.add(Passage(text, Place.ALTERNATIVE, 0, "describes a picture"))
            made.set(key, after(text, self._cuts, index))

    def _old_drawing(self, old: Element) -> None:
        """A drawing in the language of old versions: a ruled line is left out, everything else is rebuilt."""
        if any("}rect" in child.tag and child.get("{urn:schemas-microsoft-com:office:office}hr") for child in old):
            return
        if len(old):
            raise Rebuild("a drawing of an old version")

    # -- what goes ---------------------------------------------------------------------------------------------------

    def _reference(self, name: str, old: Element, new: Element) -> None:
        relation = self._names.part(old.get(f"{{{R}}}id", ""))
        if relation and old.get(w("type")) in {"default", "first", "even"}:
            made = etree.SubElement(new, w(name))
            made.set(w("type"), old.get(w("type")))
            made.set(f"{{{R}}}id", relation)

    def _unwrapped(self, name: str, old: Element) -> None:
        """What is said by a wrapping that goes: of a form's field, of a link, of who inserted it."""
        for key, value in old.attrib.items():
            attribute = key.rpartition("}")[2]
            if attribute in {"author", "tooltip", "anchor", "element", "uri"} and value.strip():
                place = Place.CHANGE if attribute == "author" else Place.LINK
                self._texts.add(Passage(value, place, 0, f"{name} {attribute}", stays=False))

    def _lost(self, old: Element, place: Place, label: str = "") -> None:
        """Add the text of what is left out of the copy, and what its attributes say."""
        for text in paragraphs(old):
            self._texts.add(Passage(text, place, 0, label, stays=False))
        for element in old.iter():
            for key, value in element.attrib.items():
                if not fit(key.rpartition("}")[2], value) and sum(map(str.isalpha, value)) > 1:
                    self._texts.add(Passage(value, place, 0, key.rpartition("}")[2], stays=False))
