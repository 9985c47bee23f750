"""What a document costs at the privacy gate, step by step: `python -m tests.bench.gate`.

A PDF of ten pages and a Word document of two, as the gate's worker takes them: read in a process apart, looked through
(the language model is loaded first, and its loading told by itself), the copy made, the copy read again by other means.
Seconds by the clock, and of the processor (ours and of the programs that were asked).
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import typst

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.finding import Finder, Known, Person
from kithwork.core.redaction.finds import CERTAIN
from kithwork.core.redaction.reducing import Reducer
from kithwork.files import redacting
from kithwork.files.weights import Missing, lexicon, model
from tests.core.documents import samples

LINES = (
    "Quenby Yarrow met her mentor Hope Lane on Tuesday at the library and they read for an hour.",
    "She told us that she had rung on 07700 900123 and that nobody was there to answer.",
    "The coordinator wrote to quenby@example.org, and to her mother, Mrs Yarrow, at the school.",
    "They have agreed to meet each week until the summer; the next review is in the spring.",
    "What went well: she comes by herself, she asks questions, she wants to see the museum.",
)
PAGES = 10
T = TypeVar("T")


def pdf() -> bytes:
    """Ten pages, each of some 250 words."""
    page = "\n\n".join(line.replace("@", "\\@") for line in LINES * 3)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "notes.typ"
        source.write_text('#set page(paper: "a4")\n' + "\n#pagebreak()\n".join([page] * PAGES))
        return bytes(typst.compile(source))


def docx() -> bytes:
    """Two pages of paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES * 6)
    return samples.zipped(samples.docx_parts(body))


def timed(what: str, work: Callable[[], T]) -> T:
    began, before = time.monotonic(), os.times()
    found = work()
    after = os.times()
    ours = sum(after[:4]) - sum(before[:4])
    print(f"  {what:32}{time.monotonic() - began:7.1f} s{ours:8.1f} s of the processor")
    return found


def main() -> None:
    """A table for each document."""
    try:
        weights = timed("the language model is loaded", model)
    except Missing:
        weights = None
        print("  no language model is installed")
    known = Known([Person("Quenby Yarrow", (), "mentee-1"), Person("Hope Lane", (), "mentor-1")])
    finder = Finder(known=known, model=weights, lexicon=lexicon())
    for kind, content in ((Kind.PDF, pdf()), (Kind.DOCX, docx())):
        print(f"{kind.value}, {len(content) / 1024:.0f} kB")
        reading = timed("read", partial(redacting.read, content, kind, "notes"))
        finds = timed("looked through", partial(finder.find_all, reading.passages))
        reducer = Reducer(least=CERTAIN)
        cuts = {
            at: reducer.cuts(passage.text, some)
            for at, (passage, some) in enumerate(zip(reading.passages, finds, strict=True))
            if passage.stays and some
        }
        made = timed("the copy made", partial(redacting.remake, content, kind, cuts, reading))
        again = timed("the copy read again", partial(redacting.verify, made.content, made.kind))
        words = sum(len(one.text.split()) for one in reading.passages)
        left = sum("Yarrow" in one.text for one in again)
        print(f"  {reading.pages or 'no'} pages, {words} words, {sum(map(len, cuts.values()))} cuts, {left} names left")


if __name__ == "__main__":
    main()
