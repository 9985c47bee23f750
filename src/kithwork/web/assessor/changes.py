"""What changed between two rounds: items new, kept and taken out, and the words of a text that was written anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kithwork.evidence.models import Item

_SENTENCE = re.compile(r"\S.*?(?:[.!?…](?=\s|$)|\n|$)\s*", re.DOTALL)
_WORD = re.compile(r"\S+\s*")
ALIKE = 0.35  # below this two passages share too little for a comparison word by word to be readable
AROUND = 14  # words of unchanged text shown beside a change


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: 'same', 'added', 'removed', or 'gap' where unchanged words are left out."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text that took the place of another."""

    title: str
    runs: tuple[Run, ...]
    added: int  # words
    removed: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Between the last round and the one before it."""

    new: tuple[str, ...]  # titles
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    destroyed: int  # documents of the round before that a breach has destroyed
    rewritten: tuple[Rewritten, ...]
    new_refs: frozenset[str]

    @property
    def nothing(self) -> bool:
        return not (self.new or self.removed or self.destroyed or self.rewritten)


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _blocks(before: Sequence[str], after: Sequence[str], junk: bool = False) -> list[tuple[str, str, str]]:
    """(tag, text before, text after), comparing without regard to the white space between parts."""
    matcher = SequenceMatcher(None, [p.strip() for p in before], [p.strip() for p in after], autojunk=junk)
    return [(tag, "".join(before[i1:i2]), "".join(after[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def compare(before: str, after: str) -> list[Run]:
    """The runs that turn one text into the other: by sentences first, then by words in those that differ."""
    runs: list[Run] = []

    def put(kind: str, text: str) -> None:
        if text and runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, runs[-1].text + text)
        elif text:
            runs.append(Run(kind, text))

    for tag, old, new in _blocks(_sentences(before), _sentences(after)):
        if tag == "equal":
            put("same", new)
            continue
        old_words, new_words = _words(old), _words(new)
        matcher = SequenceMatcher(None, old_words, new_words)
        if tag != "replace" or matcher.quick_ratio() < ALIKE:
            put("removed", old)
            put("added", new)
            continue
        for inner, gone, come in _blocks(old_words, new_words, junk=True):
            if inner == "equal":
                put("same", come)
            else:
                put("removed", gone)
                put("added", come)
    return runs


def shortened(runs: Sequence[Run]) -> list[Run]:
    """Unchanged stretches cut down to the words beside a change."""
    found: list[Run] = []
    for place, run in enumerate(runs):
        words = _words(run.text)
        if run.kind != "same" or len(words) <= 2 * AROUND + 6:
            found.append(run)
            continue
        if place:
            found.append(Run("same", "".join(words[:AROUND])))
        found.append(Run("gap", ""))
        if place < len(runs) - 1:
            found.append(Run("same", "".join(words[-AROUND:])))
    return found


def _count(runs: Sequence[Run], kind: str) -> int:
    return sum(len(_words(run.text)) for run in runs if run.kind == kind)


def _pairs(gone: "list[Item]", come: "list[Item]") -> "list[tuple[Item, Item]]":
    """Texts that took each other's place: of one title first, then in their order."""
    pairs: list[tuple[Item, Item]] = []
    for same_title in (True, False):
        for new in list(come):
            for old in gone:
                if old.kind == new.kind and (old.title == new.title or not same_title):
                    pairs.append((old, new))
                    gone.remove(old)
                    come.remove(new)
                    break
    return pairs


def changes(before: "Sequence[Item]", after: "Sequence[Item]") -> Changes:
    """What the later round holds that the earlier did not, and the other way round."""
    was, now = {item.pk for item in before}, {item.pk for item in after}
    come = [item for item in after if item.pk not in was]
    gone = [item for item in before if item.pk not in now]
    destroyed = [item for item in gone if item.destroyed_at is not None]
    gone = [item for item in gone if item.destroyed_at is None]
    pairs = _pairs([item for item in gone if item.text], [item for item in come if item.text])
    rewritten = []
    for old, new in pairs:
        runs = compare(old.text, new.text)
        rewritten.append(Rewritten(new.title, tuple(shortened(runs)), _count(runs, "added"), _count(runs, "removed")))
    replaced = {item.pk for pair in pairs for item in pair}
    return Changes(
        new=tuple(item.title for item in come if item.pk not in replaced),
        kept=tuple(item.title for item in after if item.pk in was),
        removed=tuple(item.title for item in gone if item.pk not in replaced),
        destroyed=len(destroyed),
        rewritten=tuple(rewritten),
        new_refs=frozenset(item.ref for item in come),
    )
