"""What the parts of a Word document share as they are written anew: names, cuts across runs, what an element says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from kithwork.core.redaction.files.packages import Element
from kithwork.core.redaction.files.shape import Cuts, in_order
from kithwork.core.redaction.files.word.vocabulary import W

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Rebuild(Exception):
    """Something in the document that cannot be copied with certainty: it is rebuilt from pictures of its pages."""


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass(slots=True)
class Names:
    """What the stories of a document share: styles by their old identifiers, relations of the new document."""

    styles: dict[str, str]
    hidden: frozenset[str]  # identifiers of styles whose text is not shown
    picture: Callable[[str, Element], str | None]  # (old relation, its a:srcRect) to the new relation
    part: Callable[[str], str | None]  # a header's or footer's old relation to the new one
    notes: frozenset[str] = frozenset()


def after(text: str, cuts: Cuts, index: int) -> str:
    for cut in reversed(in_order(text, cuts.get(index, ()))):
        text = text[: cut.start] + cut.by + text[cut.end :]
    return text


def cut_pieces(pieces: list[tuple[Element, str]], text: str, cuts: Cuts, index: int) -> None:
    """Make the cuts of a paragraph in the elements that hold it; a tab or line end within a name goes with it."""
    for cut in reversed(in_order(text, cuts.get(index, ()))):
        at, given = 0, False
        for number, (element, said) in enumerate(pieces):
            start, end = max(cut.start, at), min(cut.end, at + len(said))
            if start < end:
                if element.tag == w("t"):
                    now = element.text or ""
                    by = "" if given else cut.by
                    element.text = now[: start - at] + by + now[end - at :]
                    given = True
                else:
                    if not given and number + 1 == len(pieces):
                        held = etree.Element(w("t"))
                        held.text = cut.by
                        element.addprevious(held)
                    element.getparent().remove(element)
            at += len(said)


def paragraphs(old: Element) -> Iterator[str]:
    """The text of each paragraph below an element, and of what stands in none."""
    told = ("t", "delText", "instrText", "delInstrText")
    holders = [old] if old.tag == w("p") or next(old.iter(w("p")), None) is None else list(old.iter(w("p")))
    for holder in holders:
        text = "".join(
            piece.text or "" for piece in holder.iter() if piece.tag.rpartition("}")[2] in told and len(piece) == 0
        )
        if text.strip():
            yield text


def holds_text(old: Element) -> bool:
    """Whether something unknown holds text or a picture: without it, the copy would say less."""
    return any(
        ((piece.text or "").strip() and piece.tag.rpartition("}")[2] in {"t", "v", "delText"})
        or piece.tag.rpartition("}")[2] in {"blip", "imagedata", "drawing", "pict", "object"}
        for piece in old.iter()
        if isinstance(piece.tag, str)
    )
