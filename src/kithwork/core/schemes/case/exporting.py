"""An edition's framework as a CASE 1.1 CFPackage: levels, areas, requirements and their points, and how they hang
together. The road (stages, forms, fees) is no part of CASE and stays behind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from kithwork.core.schemes.case.names import KEY, address, identifier
from kithwork.core.schemes.crosswalks import Crosswalk, Kind, Link
from kithwork.core.schemes.model import Area, Edition, Level, Requirement, Words

Json = dict[str, Any]

# kind of item -> where it stands in the hierarchy, and what it is
KINDS = {
    "level": ("1", "A level of the award; whoever reaches it has met what it asks for."),
    "area": ("2", "Requirements that belong together."),
    "requirement": ("2.1", "What must be shown."),
    "point": ("2.1.1", "A part of a requirement, which must be there too."),
}

OUTSIDE = "ext:kithwork.framework"  # the standard's way to name what is no CASE framework


def package(edition: Edition, *, base: str, changed: datetime, crosswalks: Iterable[Crosswalk] = ()) -> Json:
    """The CFPackage, ready to be written as JSON. The same edition gives the same identifiers on every site.

    `crosswalks`: the edition's own; each link becomes an association that leads out of the package.

    `base` is the site's address, below which all URIs lie; `changed` becomes the time of the last change, which CASE
    asks of every piece. Raises ValueError when the address is not http(s).
    """
    parts = urlsplit(base)
    plain = base.isascii() and base.isprintable() and " " not in base
    if parts.scheme not in {"http", "https"} or not parts.netloc or not plain or parts.query or parts.fragment:
        raise ValueError(f"'{base}' is no address: it begins with https://")
    return _Export(edition, base, changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), tuple(crosswalks)).package()


def line(text: str) -> str:
    """A text on one line, as CASE's normalised strings want it."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Node:
    """One end of an association."""

    collection: str
    key: tuple[str, ...]
    title: str


class _Export:
    def __init__(self, edition: Edition, base: str, changed: str, crosswalks: tuple[Crosswalk, ...]) -> None:
        self._edition = edition
        self._crosswalks = crosswalks
        self._base = base
        self._changed = changed
        about = edition.scheme
        self._document = _Node("CFDocuments", (), line(about.name))
        words = edition.words
        self._words = {"level": words.level, "area": words.area, "requirement": words.requirement, "point": "point"}

    def package(self) -> Json:
        items = list(self._items())
        found: Json = {"CFDocument": self._about(), "CFItems": items, "CFAssociations": list(self._associations())}
        used = {item["extensions"][KEY]["kind"] for item in items}
        if used:
            found["CFDefinitions"] = {"CFItemTypes": [self._item_type(kind) for kind in KINDS if kind in used]}
        return found

    def _id(self, *key: str) -> str:
        return identifier(self._edition.scheme.slug, self._edition.scheme.edition, *key)

    def _named(self, collection: str, *key: str) -> Json:
        name = self._id(*key)
        return {"identifier": name, "uri": address(self._base, collection, name), "lastChangeDateTime": self._changed}

    def _about(self) -> Json:
        about = self._edition.scheme
        own: Json = {"slug": about.slug, "edition": about.edition, "applicant": about.applicant}
        own |= (
            {"words": self._edition.words.model_dump(exclude_defaults=True)} if self._edition.words != Words() else {}
        )
        own |= {"supersedes": about.supersedes} if about.supersedes else {}
        return {
            **self._named("CFDocuments"),
            "caseVersion": "1.1",
            "creator": line(about.body),
            "publisher": line(about.body),
            "title": line(about.name),
            "description": about.summary,
            "language": "en",
            "version": about.edition,
            "officialSourceURL": f"{self._base.rstrip('/')}/schemes/{about.slug}/",
            "notes": about.source,
            "extensions": {KEY: own},
        }

    def _item_type(self, kind: str) -> Json:
        code, description = KINDS[kind]
        word = line(self._words[kind])
        return {
            **self._named("CFItemTypes", "type", kind),
            "title": word[:1].upper() + word[1:],
            "description": description,
            "hierarchyCode": code,
            "typeCode": kind,
        }

    def _items(self) -> Iterator[Json]:
        for level in self._edition.levels:
            own: Json = {"id": level.id}
            own |= {"includes": list(level.includes)} if level.includes else {}
            own |= {"share": level.share.model_dump()} if level.share else {}
            yield self._item("level", level.summary or level.title, level.title, level.id, own, level.id)
        for area in self._edition.areas:
            yield self._item("area", area.summary or area.title, area.title, area.id, {"id": area.id}, area.id)
        for place, one in enumerate(self._edition.requirements, 1):
            item = self._item("requirement", one.asks, one.title, one.number, _kept(one, place), one.id)
            yield item | {"notes": one.source}
            for number, point in enumerate(one.points, 1):
                yield self._item("point", point, "", "", {}, one.id, str(number))

    def _item(self, kind: str, statement: str, title: str, code: str, own: Json, *key: str) -> Json:
        word = line(self._words[kind])
        type_id = self._id("type", kind)
        short = {"abbreviatedStatement": line(title)} if title else {}
        coded = {"humanCodingScheme": line(code)} if code else {}
        return {
            **self._named("CFItems", kind, *key),
            "fullStatement": statement,
            **short,
            **coded,
            "language": "en",
            "CFItemType": word[:1].upper() + word[1:],
            "CFItemTypeURI": {
                "title": word[:1].upper() + word[1:],
                "identifier": type_id,
                "uri": address(self._base, "CFItemTypes", type_id),
            },
            "extensions": {KEY: {"kind": kind, **own}},
        }

    def _associations(self) -> Iterator[Json]:
        edition = self._edition
        for number, level in enumerate(edition.levels, 1):
            yield self._association("isChildOf", _level(level), self._document, number)
            for lower in level.includes:
                yield self._association("isPartOf", _level(edition.level(lower)), _level(level))
        for number, area in enumerate(edition.areas, len(edition.levels) + 1):
            yield self._association("isChildOf", _area(area), self._document, number)
        counts: dict[str, int] = {}
        for one in edition.requirements:
            here = counts[one.area] = counts.get(one.area, 0) + 1
            yield self._association("isChildOf", _requirement(one), _area(edition.area(one.area)), here)
            yield self._association("hasSkillLevel", _requirement(one), _level(edition.level(one.level)))
            for number, point in enumerate(one.points, 1):
                node = _Node("CFItems", ("point", one.id, str(number)), line(point))
                yield self._association("isChildOf", node, _requirement(one), number)
            yield from self._replaced(one)
        for crosswalk in self._crosswalks:
            for link in crosswalk.links:
                yield self._crossing(crosswalk, link)

    def _replaced(self, one: Requirement) -> Iterator[Json]:
        """What the requirement replaces in the edition before, whose identifiers follow from their names."""
        before = self._edition.scheme.supersedes
        for name in one.was if before else ():
            assert before  # narrowed for the type checker
            old = identifier(self._edition.scheme.slug, before, "requirement", name)
            origin = {"title": name, "identifier": old, "uri": address(self._base, "CFItems", old)}
            yield {
                **self._named("CFAssociations", "association", "replacedBy", before, name, one.id),
                "associationType": "replacedBy",
                "originNodeURI": {**origin, "targetType": "CASE"},
                "destinationNodeURI": self._link(_requirement(one)),
            }

    def _crossing(self, crosswalk: Crosswalk, link: Link) -> Json:
        """What covers something has it as a part; what overlaps with it is related, and no more is claimed."""
        ours = self._link(_requirement(self._edition.requirement(link.ours)))
        theirs = self._outside(crosswalk, link.theirs)
        kind = {Kind.SAME: "exactMatchOf", Kind.COVERS: "isPartOf", Kind.PART: "isRelatedTo"}[link.kind]
        origin, destination = (theirs, ours) if link.kind is Kind.COVERS else (ours, theirs)
        return {
            **self._named("CFAssociations", "association", "crosswalk", crosswalk.name, link.ours, "to", link.theirs),
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": destination,
            "notes": link.why,
        }

    def _outside(self, crosswalk: Crosswalk, asked: str) -> Json:
        """The other end: of a scheme by its own identifiers, of a published text by where it is to be read."""
        scheme = crosswalk.framework.scheme
        if scheme is not None:
            name = identifier(*scheme.split("/"), "requirement", asked)
            title = line(f"{crosswalk.framework.title}: {asked}")
            return {
                "title": title,
                "identifier": name,
                "uri": address(self._base, "CFItems", name),
                "targetType": "CASE",
            }
        theirs = crosswalk.theirs(asked)
        name = self._id("crosswalk", crosswalk.name, "asked", asked)
        online = urlsplit(theirs.source).scheme in {"http", "https"}  # else it is a page of a book
        return {
            "title": line(f"{theirs.number} {theirs.title}"),
            "identifier": name,
            "uri": theirs.source if online else address(self._base, "CFItems", name),
            "targetType": OUTSIDE,
        }

    def _association(self, kind: str, origin: _Node, destination: _Node, sequence: int | None = None) -> Json:
        return {
            **self._named("CFAssociations", "association", kind, *origin.key, "to", *destination.key),
            "associationType": kind,
            **({"sequenceNumber": sequence} if sequence else {}),
            "originNodeURI": self._link(origin),
            "destinationNodeURI": self._link(destination),
        }

    def _link(self, node: _Node) -> Json:
        name = self._id(*node.key)
        uri = address(self._base, node.collection, name)
        return {"title": node.title, "identifier": name, "uri": uri, "targetType": "CASE"}


def _level(level: Level) -> _Node:
    return _Node("CFItems", ("level", level.id), line(level.title))


def _area(area: Area) -> _Node:
    return _Node("CFItems", ("area", area.id), line(area.title))


def _requirement(one: Requirement) -> _Node:
    return _Node("CFItems", ("requirement", one.id), line(f"{one.number} {one.title}"))


def _kept(one: Requirement, place: int) -> Json:
    """What CASE has no place for; `place` is where it stands in the edition, whichever area it is in."""
    kept: Json = {"id": one.id, "place": place, "level": one.level, "assessed": one.assessed}
    kept |= {"evidence": list(one.evidence)} if one.evidence else {}
    kept |= {"live": True} if one.live else {}
    kept |= {"fresh": str(one.fresh)} if one.fresh else {}
    kept |= {"worth": one.worth} if one.worth != 1 else {}
    kept |= {"renewal": True} if one.renewal else {}
    kept |= {"was": list(one.was)} if one.was else {}
    return kept | ({"checks": [check.model_dump() for check in one.checks]} if one.checks else {})
