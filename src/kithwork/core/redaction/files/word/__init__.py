"""Word documents: written anew from a list of what may be in them, or rebuilt from pictures of their pages where
something in them is not on that list.
"""

from dataclasses import replace

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import rebuilt
from kithwork.core.redaction.files.shape import Cuts, Progress, Reading, Remade, Texts, Tools
from kithwork.core.redaction.files.word.ground import Rebuild
from kithwork.core.redaction.files.word.printable import printable
from kithwork.core.redaction.files.word.rewriting import Rewriting, Within, beside, package_of

_REBUILT = (
    "This document holds a drawing that cannot be copied safely. Its copy is made of pictures of its pages, as a PDF."
)
_LOOK = "In a picture of this document there is something like writing that could not be made out. Look at it."


def read(content: bytes, texts: Texts, tools: Tools, within: Within, progress: Progress) -> Reading:
    """All that a document says. `within` is given each file packed in it, with its name."""
    package = package_of(content)
    start = len(texts.found), texts.letters
    rewriting = Rewriting(package, texts, tools, None, {})
    try:
        rewriting.whole()
    except Rebuild:
        del texts.found[start[0] :]
        texts.letters = start[1]
        reading = rebuilt.read_pages(tools.to_pdf(printable(package), ".docx"), texts, tools, progress)
        beside(package, texts, tools, within, rewriting.drawn)
        return replace(reading, passages=tuple(texts.found), notes=(_REBUILT, *reading.notes))
    beside(package, texts, tools, within, rewriting.drawn)
    progress(1, 1)
    return Reading(tuple(texts.found), 0, (_LOOK,) if rewriting.look else ())


def remake(content: bytes, reading: Reading, cuts: Cuts, tools: Tools, progress: Progress) -> Remade:
    """The copy: a Word document, or a PDF where it had to be rebuilt."""
    rebuilt.check(reading, cuts)
    package = package_of(content)
    if reading.pages:
        return rebuilt.remake_pages(tools.to_pdf(printable(package), ".docx"), reading, cuts, progress)
    made = Rewriting(package, Texts(), tools, reading, cuts).whole()
    progress(1, 1)
    return Remade(made, Kind.DOCX, ".docx")


def picture(content: bytes, page: int, tools: Tools) -> bytes:
    """A page as it is printed, as PNG."""
    from kithwork.core.redaction.files import pdf  # noqa: PLC0415 - which reads what is packed in documents

    return pdf.picture(tools.to_pdf(printable(package_of(content)), ".docx"), page)
