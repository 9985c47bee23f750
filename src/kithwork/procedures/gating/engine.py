"""Finder, reducer and readers of files, as the gate asks them: the one place that knows how they are set up."""

import gc
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from django.conf import settings

from kithwork.core.documents.kinds import Kind as FileKind
from kithwork.core.redaction.files.shape import Progress, Reading, Remade, cut_text, nothing
from kithwork.core.redaction.finding import Finder, Known, Person
from kithwork.core.redaction.finds import Find
from kithwork.core.redaction.model import Model
from kithwork.core.redaction.passages import Cut, Passage
from kithwork.core.redaction.reducing import Reducer
from kithwork.files import redacting
from kithwork.files.weights import Missing, lexicon, model
from kithwork.gate.scans import Choice, Document
from kithwork.procedures.gating.known import Somebody

Cuts = dict[int, list[Cut]]


def find_in(passages: Sequence[Passage], known: Sequence[Somebody]) -> tuple[list[tuple[Find, ...]], bool]:
    """What identifies somebody in each passage, and whether no language model has read it."""
    finder = _finder(tuple(known))
    return [tuple(some) for some in finder.find_all(passages)], finder.blind


def find_known(passages: Sequence[Passage], known: Sequence[Somebody]) -> list[tuple[Find, ...]]:
    """The same by the people known alone, without a language model: for looking once more at much."""
    people = Known([Person(one.name, one.also, one.key) for one in known])
    return Finder(known=people, lexicon=lexicon()).find_all(passages)


@lru_cache(maxsize=8)
def _finder(known: tuple[Somebody, ...]) -> Finder:
    return Finder(
        known=Known([Person(one.name, one.also, one.key) for one in known]), model=_model(), lexicon=lexicon()
    )


@cache
def _model() -> Model | None:
    """The language model; None where this installation has none, or does without."""
    if not settings.GATE_MODEL:
        return None
    try:
        return model()
    except Missing:
        return None


def get_ready() -> None:
    """Load all that the finder reads with, in a thread of its own: seconds that otherwise whoever first sends words
    through the gate waits for.
    """
    threading.Thread(target=_loaded, name="finder", daemon=True).start()


def _loaded() -> None:
    lexicon()
    _model()
    gc.collect()
    gc.freeze()  # it stands for good: no later collection goes through it


def cuts_of(document: Document, initials: Mapping[str, Any]) -> tuple[Cuts, dict[str, Any]]:
    """What is cut from each passage as the document is decided, and who has which initial after it."""
    reducer = Reducer(least=0.0, state=initials)
    gone = [mark for mark in document.marks if mark.outcome is Choice.REDUCE]
    # longer names first, over the whole document: then 'Sam' on page 1 is the 'Sam Wood' of page 9
    # and first those of what the copy holds, so that its S2 is not for want of an S in what is left out
    names = {(not document.passages[mark.passage].stays, document.text(mark), mark.find) for mark in gone}
    for _, said, find in sorted(names, key=lambda one: (one[0], -len(one[1]))):
        reducer.cuts(said, [replace(find, start=0, end=len(said))])
    finds: dict[int, list[Find]] = {}
    for mark in gone:
        finds.setdefault(mark.passage, []).append(mark.find)
    cuts = {at: reducer.cuts(document.passages[at].text, some) for at, some in finds.items()}
    return cuts, reducer.state


def reduced(document: Document, initials: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """The text of each passage as it is decided, and what each find that is reduced becomes, by its key."""
    cuts, _ = cuts_of(document, initials)
    texts = [cut_text(passage.text, cuts.get(at, ())) for at, passage in enumerate(document.passages)]
    by = {(at, cut.start): cut.by for at, some in cuts.items() for cut in some}
    becomes = {
        document.key(mark): by[mark.passage, mark.find.start]
        for mark in reversed(document.marks)
        if mark.outcome is Choice.REDUCE
    }
    return texts, becomes


def read(content: bytes, kind: FileKind, name: str, progress: Progress = nothing) -> Reading:
    """All texts of a file, read in a process apart. Raises Unreadable."""
    return redacting.read(content, kind, name, progress=progress)


def remake(
    content: bytes, kind: FileKind, cuts: Mapping[int, Sequence[Cut]], reading: Reading | None, progress: Progress
) -> Remade:
    """The redacted copy, made in a process apart; without a `reading` the file is read again. Raises Unreadable."""
    return redacting.remake(content, kind, cuts, reading, progress=progress)


def read_again(copy: Remade) -> tuple[Passage, ...]:
    """All that other programs than those that made a copy can read in it. Raises Unreadable."""
    return redacting.verify(copy.content, copy.kind)


def picture(content: bytes, kind: FileKind, page: int) -> bytes:
    """A page as a PNG, for people to look at. Raises Unreadable."""
    return redacting.picture(content, kind, page)
