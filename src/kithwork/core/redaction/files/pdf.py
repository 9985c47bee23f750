"""PDF: read whole, rebuilt from pictures of its pages."""

import io
from dataclasses import replace

from kithwork.core.redaction.files import hidden, printed, rebuilt
from kithwork.core.redaction.files.shape import Cuts, Progress, Reading, Remade, Texts, Tools, Unreadable


def read(content: bytes, texts: Texts, tools: Tools, attached: hidden.Attached, progress: Progress) -> Reading:
    """What its pages show and what it holds beside."""
    pages = rebuilt.read_pages(content, texts, tools, progress)
    hidden.read_hidden(content, texts, attached)
    return replace(pages, passages=tuple(texts.found))


def remake(content: bytes, reading: Reading, cuts: Cuts, progress: Progress) -> Remade:
    """Its pages, painted and typeset anew."""
    return rebuilt.remake_pages(content, reading, cuts, progress)


def picture(content: bytes, page: int) -> bytes:
    """A page as PNG. Raises Unreadable where there is none of that number."""
    with printed.opened(content) as document:
        if not 1 <= page <= len(document):
            raise Unreadable("This file has no such page.")
        out = io.BytesIO()
        printed.drawn(printed.page_of(document, page)).save(out, "PNG")
        return out.getvalue()
