"""What is typed into a page is looked through as it is sent: with nothing found it passes, else somebody decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kithwork.core.redaction.finds import Find
from kithwork.core.redaction.passages import Passage, Place
from kithwork.gate.scans import Choice, Document, Mark
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.known import APPLICANT, Somebody

__all__ = ["Asked", "Choice", "Looked", "look_over"]

AROUND = 60  # letters shown on each side


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing found in what was typed, and all that are alike. `becomes` is what it is reduced to."""

    key: str
    words: str
    kind: str
    doubtful: bool
    becomes: str
    places: int
    before: str  # what stands around its first place
    after: str
    choice: Choice | None  # what was chosen, or else what is proposed


@dataclass(frozen=True, slots=True)
class Looked:
    """What was typed, looked through. `texts` are as they may leave once nothing is `waiting`."""

    texts: Mapping[str, str]
    asked: tuple[Asked, ...]
    waiting: bool  # for a person's decision
    blind: bool  # no language model read it
    found: int = 0  # places
    kept: int = field(default=0)


def look_over(
    texts: Mapping[str, str],
    *,
    known: Sequence[Somebody],
    choices: Mapping[str, Choice],
    approved: bool,
) -> Looked:
    """Look through typed texts, by field. `choices` are what a person chose, by a find's key; `approved`: they say that
    they have looked through it. Nothing is written.
    """
    names = [name for name, text in texts.items() if text.strip()]
    passages = tuple(Passage(texts[name], Place.BODY, label="") for name in names)
    finds, blind = engine.find_in(passages, known)
    marks = [Mark(at, find, _meant(find)) for at, some in enumerate(finds) for find in some]
    document = Document(passages, tuple(marks)).decided(dict(choices))
    open_to_choice = [mark for mark in document.marks if not _settled(mark)]
    keys = {document.key(mark) for mark in open_to_choice}
    waiting = bool(keys) and not (approved and keys <= set(choices))
    said, _ = engine.reduced(document, {})
    texts_now = {**texts, **dict(zip(names, said, strict=True))}
    return Looked(
        texts_now,
        tuple(_asked(document, key, choices) for key in dict.fromkeys(document.key(one) for one in open_to_choice)),
        waiting,
        blind,
        len(open_to_choice),
        document.keeping,
    )


def _meant(find: Find) -> Choice | None:
    """Whoever applies for themselves may name themselves: the whole journey bears their name."""
    return Choice.KEEP if find.whose == APPLICANT else None


def _settled(mark: Mark) -> bool:
    return mark.find.whose == APPLICANT


def _asked(document: Document, key: str, choices: Mapping[str, Choice]) -> Asked:
    alike = [mark for mark in document.marks if document.key(mark) == key]
    first = alike[0]
    text, find = document.passages[first.passage].text, first.find
    everything = document.decided({key: Choice.REDUCE})
    _, becomes = engine.reduced(everything, {})
    return Asked(
        key,
        text[find.start : find.end],
        find.kind,
        first.choice is None and first.outcome is None,
        becomes.get(key, ""),
        len(alike),
        text[max(0, find.start - AROUND) : find.start],
        text[find.end : find.end + AROUND],
        choices.get(key) or first.outcome,
    )
