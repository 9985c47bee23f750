"""Crosswalks: which requirement of an edition asks for the same as which of another framework.

They lie beside an edition, in `crosswalks/<name>.toml`, and are no part of what is published: a new one may come, and
an old one be put right, while the edition stays as it is.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import Field, ValidationError

from kithwork.core.schemes import wording
from kithwork.core.schemes.loader import MOST_BYTES, decoded, load
from kithwork.core.schemes.located import Located, Mistake, Mistakes, Place, read
from kithwork.core.schemes.model import Edition, Part, Short, Slug, Text

FOLDER = "crosswalks"
MOST = 1_000  # links in one file


class Kind(StrEnum):
    """What our requirement asks for, held against theirs."""

    SAME = "same"  # what shows the one shows the other
    COVERS = "covers"  # ours asks for all that theirs asks for, and more
    PART = "part"  # part of what ours asks for is part of what theirs asks for


class Framework(Part):
    """The other framework: as a published text, or as the edition of a scheme whose folder lies in the same place."""

    title: Short  # with its edition or year
    publisher: Short
    source: Short  # where it is to be read
    scheme: Short | None = None  # 'slug/edition', where it is a scheme in the same folder


class Theirs(Part):
    """Something that a framework outside asks for: its own number and title, and where it stands."""

    id: Slug
    number: Short
    title: Short
    source: Short


class Link(Part):
    """One requirement held against another. `same` alone lets evidence be used again."""

    ours: Slug  # a requirement of this edition
    kind: Kind  # same; covers: ours asks for all of theirs and more; part: they overlap
    theirs: Slug  # an [[asked]], or a requirement of the other scheme
    why: Text  # what both texts say


class CrosswalkFile(Part):
    """What a file of a crosswalk holds."""

    framework: Framework
    asked: tuple[Theirs, ...] = ()
    link: tuple[Link, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One file, with the edition it lies beside (`key`: 'slug/edition') and its own name."""

    key: str
    name: str
    framework: Framework
    asked: tuple[Theirs, ...]
    links: tuple[Link, ...]

    def theirs(self, asked_id: str) -> Theirs:
        """Raises KeyError where the framework is a scheme, or has no such thing."""
        for one in self.asked:
            if one.id == asked_id:
                return one
        raise KeyError(asked_id)


def crosswalks(folder: Path, edition: Edition) -> tuple[Crosswalk, ...]:
    """Those beside an edition that was loaded from `folder`, by name. Raises Mistakes with all that is wrong in any."""
    found: list[Crosswalk] = []
    mistakes: list[Mistake] = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            found.append(_read(file, folder, edition))
        except Mistakes as error:
            mistakes += error.mistakes
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return tuple(found)


def alike(known: Iterable[Crosswalk], one: Edition, requirement_id: str, other: Edition) -> tuple[str, ...]:
    """What of the other edition asks for the same as a requirement of one, whichever of the two the crosswalk is of."""
    found: list[str] = []
    for crosswalk in known:
        same = [link for link in crosswalk.links if link.kind is Kind.SAME]
        if (crosswalk.key, crosswalk.framework.scheme) == (one.key, other.key):
            found += [link.theirs for link in same if link.ours == requirement_id]
        if (crosswalk.key, crosswalk.framework.scheme) == (other.key, one.key):
            found += [link.ours for link in same if link.theirs == requirement_id]
    return tuple(dict.fromkeys(found))


def _read(file: Path, folder: Path, edition: Edition) -> Crosswalk:
    path = file.as_posix()
    try:
        with file.open("rb") as opened:
            located = read(decoded(opened.read(MOST_BYTES + 1), path), path)
    except OSError as error:
        said = f"the file cannot be opened: {(error.strerror or str(error)).lower()}"
        raise Mistakes((Mistake(path, 1, said),)) from error
    try:
        given = CrosswalkFile.model_validate(located.data)
    except ValidationError as error:
        told = wording.plain(error.errors(include_url=False), located.data, CrosswalkFile)
        raise _told(path, located, told) from None
    if wrong := list(_wrong(given, folder, edition)):
        raise _told(path, located, wrong)
    return Crosswalk(edition.key, file.stem, given.framework, given.asked, given.link)


def _told(path: str, located: Located, wrong: Iterable[tuple[Place, str]]) -> Mistakes:
    return Mistakes(tuple(sorted({Mistake(path, located.line(place), said) for place, said in wrong})))


def _wrong(given: CrosswalkFile, folder: Path, edition: Edition) -> Iterator[tuple[Place, str]]:
    """Names that lead nowhere, and what is said twice."""
    there: Collection[str] | None = [one.id for one in given.asked]
    if given.framework.scheme is not None:
        if given.asked:
            yield ("asked",), "the framework is a scheme, whose own files say what it asks for: leave [[asked]] out"
        there, said = _beside(folder, edition, given.framework.scheme)
        if said:
            yield ("framework", "scheme"), said
    ids: set[str] = set()
    for index, one in enumerate(given.asked):
        if one.id in ids:
            yield ("asked", index, "id"), f"another [[asked]] already has the id '{one.id}'"
        ids.add(one.id)
    own = [one.id for one in edition.requirements]
    pairs: set[tuple[str, str]] = set()
    for index, link in enumerate(given.link):
        if link.ours not in own:
            hint = wording.did_you_mean(link.ours, own)
            yield ("link", index, "ours"), f"{edition.key} has no requirement '{link.ours}'{hint}"
        if there is not None and link.theirs not in there:
            hint = wording.did_you_mean(link.theirs, there)
            yield ("link", index, "theirs"), f"the other framework asks for no '{link.theirs}'{hint}"
        if (link.ours, link.theirs) in pairs:
            yield ("link", index), f"'{link.ours}' and '{link.theirs}' are linked already"
        pairs.add((link.ours, link.theirs))


def _beside(folder: Path, edition: Edition, key: str) -> tuple[list[str] | None, str]:
    """The requirements of the edition 'slug/edition' in the same folder of schemes; None, and why, without it."""
    if key == edition.key:
        return None, "an edition has no crosswalk to itself"
    slug, _, name = key.partition("/")
    place = folder.resolve().parent.parent / slug / name
    if not (slug and name) or slug in {".", ".."} or name in {".", ".."} or not place.is_dir():
        return None, f"there is no edition '{key}' beside this one: write 'slug/edition', as its folders are called"
    try:
        return [one.id for one in load(place).requirements], ""
    except Mistakes:
        return None, f"the edition '{key}' has mistakes of its own: check that one first"
