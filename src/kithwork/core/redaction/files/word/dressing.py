"""How a Word document looks: styles under new names, numbering, theme, settings; each written anew."""

import re
from collections.abc import Mapping

from lxml import etree

from kithwork.core.redaction.files.packages import Element
from kithwork.core.redaction.files.shape import Cuts, Texts, in_order
from kithwork.core.redaction.files.word.ground import Names, w
from kithwork.core.redaction.files.word.story import Story
from kithwork.core.redaction.files.word.vocabulary import STYLES, TYPEFACES, A, W, fit
from kithwork.core.redaction.passages import Passage, Place

_OFF = frozenset({"0", "false", "off"})


def style_names(root: Element | None) -> tuple[dict[str, str], frozenset[str], dict[str, str]]:
    """Of each style by its old identifier: the new one; which hide their text; and the new names.

    Styles of the program keep their names, since it treats headings and lists by them; others get a number.
    """
    identifiers: dict[str, str] = {}
    called: dict[str, str] = {}
    above: dict[str, str] = {}
    hides: dict[str, bool] = {}
    for number, style in enumerate(root.findall(w("style")) if root is not None else (), 1):
        old = style.get(w("styleId"), "")
        name = style.find(w("name"))
        told = (name.get(w("val"), "") if name is not None else "").strip()
        identifiers[old] = f"S{number}"
        called[old] = told if told.lower() in STYLES else f"Style {number}"
        based = style.find(w("basedOn"))
        above[old] = based.get(w("val"), "") if based is not None else ""
        vanish = style.find(f"{w('rPr')}/{w('vanish')}")
        if vanish is not None:
            hides[old] = vanish.get(w("val"), "1") not in _OFF

    def hidden(style: str, depth: int = 0) -> bool:
        return depth < 20 and (hides[style] if style in hides else style in above and hidden(above[style], depth + 1))

    return identifiers, frozenset(style for style in identifiers if hidden(style)), called


def styles(root: Element, texts: Texts, names: Names, called: Mapping[str, str]) -> Element:
    """The styles, without the names that somebody gave them."""
    new = Story(texts, names, Place.PROPERTY, {}).written(root)
    olds = root.findall(w("style"))
    for made, old in zip(new.findall(w("style")), olds, strict=True):
        identifier = old.get(w("styleId"), "")
        made.set(w("styleId"), names.styles[identifier])
        if old.get(w("type")) in {"paragraph", "character", "table", "numbering"}:
            made.set(w("type"), old.get(w("type")))
        if called[identifier].startswith("Style "):
            made.set(w("customStyle"), "1")
        for name in made.findall(w("name")):
            made.remove(name)
        name = etree.Element(w("name"))
        name.set(w("val"), called[identifier])
        made.insert(0, name)
    return new


_MARKS = re.compile(r"^[\W\d_o§]*(?:%\d[\W\d_]*)*$")


def numbering(root: Element, texts: Texts, names: Names, cuts: Cuts) -> Element:
    """Lists and their numbers. Words within a number ('Chapter %1') are text like any other."""
    signs: list[str] = []
    for old in root.iter(w("lvlText")):
        sign = old.get(w("val"), "")
        if not _MARKS.match(sign):
            index = texts.add(Passage(sign, Place.BODY, 0, "numbering"))
            for cut in reversed(in_order(sign, cuts.get(index, ()))):
                sign = sign[: cut.start] + cut.by + sign[cut.end :]
        signs.append(sign)
    new = Story(texts, names, Place.PROPERTY, {}).written(_without_named(root))
    for level, sign in zip(list(new.iter(w("lvlText"))), signs, strict=True):
        level.set(w("val"), sign)
    return new


def _without_named(root: Element) -> Element:
    """Lists that are only defined by a style elsewhere say nothing here; the text of a number is set apart."""
    for level in root.iter(w("lvlText")):
        level.set(w("val"), "0")
    return root


def theme(root: Element | None) -> bytes:
    """Its colours and typefaces: a constant frame round them, so that nothing else of it comes along."""
    colours, faces = dict(_COLOURS), {"major": "Calibri Light", "minor": "Calibri"}
    if root is not None:
        for key in colours:
            colour = root.find(f".//{{{A}}}clrScheme/{{{A}}}{key}/*")
            told = (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""
            if re.fullmatch("[0-9A-Fa-f]{6}", told):
                colours[key] = told
        for key in faces:
            face = root.find(f".//{{{A}}}fontScheme/{{{A}}}{key}Font/{{{A}}}latin")
            if face is not None and face.get("typeface") in TYPEFACES:
                faces[key] = face.get("typeface")
    scheme = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in colours.items())
    fonts = "".join(
        f'<a:{key}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{key}Font>'
        for key, face in faces.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a:theme xmlns:a="{A}" name="Theme"><a:themeElements>'
        f'<a:clrScheme name="Colours">{scheme}</a:clrScheme><a:fontScheme name="Typefaces">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Forms"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip


def settings(root: Element | None) -> bytes:
    """The few that change how pages fall; nothing of who wrote it, when, or what it was merged from."""
    new = etree.Element(w("settings"), nsmap={"w": W})
    for name in ("evenAndOddHeaders", "mirrorMargins", "defaultTabStop", "autoHyphenation"):
        old = root.find(w(name)) if root is not None else None
        if old is not None and fit("val", old.get(w("val"), "1")):
            etree.SubElement(new, w(name)).set(w("val"), old.get(w("val"), "1"))
    compat = etree.SubElement(new, w("compat"))
    mode = (
        root.find(f"{w('compat')}/{w('compatSetting')}[@{w('name')}='compatibilityMode']") if root is not None else None
    )
    told = mode.get(w("val"), "15") if mode is not None else "15"
    setting = etree.SubElement(compat, w("compatSetting"))
    for key, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", told if told in {"11", "12", "14", "15"} else "15"),
    ):
        setting.set(w(key), value)
    return bytes(etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True))
