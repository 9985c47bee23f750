"""How the requirements of an edition follow from those of the edition it supersedes, by their `was`.

A requirement without `was` follows from the one with the same id, unless another names that id in its `was`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kithwork.core.schemes.loader import REQUIREMENTS, texts
from kithwork.core.schemes.located import Mistake, read
from kithwork.core.schemes.model import Edition, Requirement
from kithwork.core.schemes.wording import did_you_mean

# What a requirement asks for. Where these are the same, what was confirmed once meets it still; its title, number,
# area, source and the hints on what shows it may be worded anew.
SUBSTANCE = ("asks", "points", "assessed", "fresh", "live")
_SHOWN = ("number", "level", "area", "title", *SUBSTANCE, "evidence")


class Fate(StrEnum):
    """What has become of requirements from one edition to the next."""

    SAME = "same"  # asks for the same, perhaps under another number or title
    CHANGED = "changed"
    SPLIT = "split"  # one became several; of several into more, too
    MERGED = "merged"  # several became one, or fewer
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Link:
    """Requirements of the old edition, and what they have become; ids in the order of their editions.

    `differs` names the fields that are not the same, for one that stayed one.
    """

    fate: Fate
    old: tuple[str, ...]
    new: tuple[str, ...]
    differs: tuple[str, ...] = ()


def forebears(old: Edition, new: Edition) -> dict[str, tuple[str, ...]]:
    """For each requirement of the new edition the ids of those it follows from; ids that lead nowhere are left out."""
    known = {requirement.id for requirement in old.requirements}
    named = {name for requirement in new.requirements for name in requirement.was}
    found: dict[str, tuple[str, ...]] = {}
    for requirement in new.requirements:
        own = (requirement.id,) if requirement.id not in named else ()
        found[requirement.id] = tuple(name for name in dict.fromkeys(requirement.was or own) if name in known)
    return found


def mapping(old: Edition, new: Edition) -> tuple[Link, ...]:
    """Every requirement of both editions exactly once: in the new edition's order, and then what was dropped."""
    before = forebears(old, new)
    groups = _Groups()
    for requirement_id, names in before.items():
        groups.join([f"new {requirement_id}", *(f"old {name}" for name in names)])
    found: list[Link] = []
    seen: set[str] = set()
    for requirement in new.requirements:
        whole = groups.of(f"new {requirement.id}")
        if requirement.id not in seen:
            olds = tuple(one.id for one in old.requirements if f"old {one.id}" in whole)
            news = tuple(one.id for one in new.requirements if f"new {one.id}" in whole)
            seen.update(news)
            found.append(_link(old, new, olds, news))
    kept = {name for names in before.values() for name in names}
    found += [Link(Fate.DROPPED, (one.id,), ()) for one in old.requirements if one.id not in kept]
    return tuple(found)


class _Groups:
    """Names that hang together, directly or by way of others."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}

    def join(self, names: list[str]) -> None:
        whole = set(names).union(*(self._group.get(name, ()) for name in names))
        for name in whole:
            self._group[name] = whole

    def of(self, name: str) -> set[str]:
        return self._group[name]


def _link(old: Edition, new: Edition, olds: tuple[str, ...], news: tuple[str, ...]) -> Link:
    if not olds:
        return Link(Fate.ADDED, (), news)
    if len(olds) == len(news) == 1:
        one, other = old.requirement(olds[0]), new.requirement(news[0])
        differs = _differs(one, other)
        return Link(Fate.CHANGED if set(differs) & {*SUBSTANCE} else Fate.SAME, olds, news, differs)
    return Link(Fate.SPLIT if len(news) > len(olds) else Fate.MERGED, olds, news)


def _differs(one: Requirement, other: Requirement) -> tuple[str, ...]:
    return tuple(name for name in _SHOWN if getattr(one, name) != getattr(other, name))


def carried(old: Edition, new: Edition, confirmed: Collection[str]) -> dict[str, str]:
    """For a renewal on the new edition: which requirements confirmed under the old one have an unchanged successor.

    Old id -> new id, in the new edition's order. What was changed, split or merged must be shown again.
    """
    return {
        link.old[0]: link.new[0] for link in mapping(old, new) if link.fate is Fate.SAME and link.old[0] in confirmed
    }


def mistakes(old: Edition, new: Edition) -> Iterator[tuple[int, int, str]]:
    """Names in `was` that the old edition does not have: index of the requirement, index of the name, what is wrong."""
    known = [requirement.id for requirement in old.requirements]
    for index, requirement in enumerate(new.requirements):
        for nth, name in enumerate(requirement.was):
            if name not in known:
                hint = did_you_mean(name, known)
                yield index, nth, f"edition {old.scheme.edition} has no requirement '{name}'{hint}"


def mistakes_in(folder: Path, old: Edition, new: Edition) -> tuple[Mistake, ...]:
    """The same, with file and line: `new` was loaded from `folder`."""
    found = list(mistakes(old, new))
    if not found:
        return ()
    path = f"{folder.as_posix()}/{REQUIREMENTS}"
    located = read(texts(folder)[REQUIREMENTS], path)
    return tuple(
        Mistake(path, located.line(("requirement", index, "was", nth)), message) for index, nth, message in found
    )


def told(links: tuple[Link, ...]) -> Mapping[Fate, tuple[Link, ...]]:
    """The links by fate, in the order of `Fate`."""
    return {fate: tuple(link for link in links if link.fate is fate) for fate in Fate}
