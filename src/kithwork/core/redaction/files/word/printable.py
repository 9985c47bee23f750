"""A Word document as it may be printed: what a printer would draw of it and nobody should see is taken out first.

LibreOffice prints tracked deletions, struck through, and comments beside the page; it follows links to pictures.
"""

import posixpath

from lxml import etree

from kithwork.core.redaction.files.packages import Element, tree, written
from kithwork.core.redaction.files.word.dressing import style_names
from kithwork.core.redaction.files.word.ground import w
from kithwork.core.redaction.files.word.rewriting import Package

_GONE = (
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "rPrChange", "pPrChange",
    "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange", "cellDel", "altChunk", "subDoc",
    "attachedTemplate", "documentProtection", "mailMerge", "trackRevisions", "docVars", "ffData",
)  # fmt: skip
_UNWRAPPED = ("ins", "moveTo")
_DROPPED = ("comments", "people", "customXml", "vbaProject", "embeddings", "activeX", "attachedToolbars", "glossary")


def printable(package: Package) -> bytes:
    """The package with its changes accepted, without comments, hidden text, links to elsewhere, programs."""
    parts: dict[str, bytes] = {}
    hidden = style_names(package.first("styles"))[1]
    for name, data in package.parts.items():
        low = name.lower()
        if any(word.lower() in low for word in _DROPPED):
            continue
        if low.endswith(".rels"):
            parts[name] = _linked(data, name, set(package.parts))
        elif low.endswith(".xml") and low.startswith("word/"):
            parts[name] = _cleaned(tree(data), hidden)
        elif low.startswith("docprops/"):
            continue
        else:
            parts[name] = data
    return written(parts, first=("[Content_Types].xml",))


def _linked(data: bytes, name: str, names: set[str]) -> bytes:
    root = tree(data)
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in list(root):
        target = one.get("Target", "")
        far = one.get("TargetMode", "").lower() == "external"
        near = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if far or near not in names or any(word.lower() in near.lower() for word in (*_DROPPED, "docprops")):
            root.remove(one)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _cleaned(root: Element, hidden: frozenset[str]) -> bytes:
    for row in list(root.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('del')}") is not None or row.find(f"{w('trPr')}/{w('hidden')}") is not None:
            row.getparent().remove(row)
    for run in list(root.iter(w("r"))):
        vanish = run.find(f"{w('rPr')}/{w('vanish')}")
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        hides = vanish is not None and vanish.get(w("val"), "1") not in {"0", "false", "off"}
        if (hides or (style is not None and style.get(w("val")) in hidden)) and run.getparent() is not None:
            run.getparent().remove(run)
    for paragraph in list(root.iter(w("p"))):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) in hidden and paragraph.getparent() is not None:
            for run in paragraph.findall(w("r")):
                paragraph.remove(run)
    etree.strip_elements(root, *(w(name) for name in _GONE), with_tail=False)
    etree.strip_tags(root, *(w(name) for name in _UNWRAPPED))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
