"""A portfolio as its owner, its assessor and the panel read it: pieces as cards, and the map of what they cover."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from kithwork.core.portfolio import Covered, coverage
from kithwork.core.schemes import Edition, Requirement
from kithwork.evidence.portfolios import Piece, RoundRow
from kithwork.web.kit.cards import Column, Count, Kind, Place, StateTag
from kithwork.web.kit.files import IN_PLACE, PICTURES
from kithwork.web.templatetags.kit import longdate, plural

__all__ = ["Cover", "CoverPoint", "CoverRow", "PieceCard", "Shows", "cards_of", "cover_of", "filtered", "rounds_of"]


@dataclass(frozen=True, slots=True)
class Shows:
    """One thing that a piece shows: the requirement, which of its points, and its owner's words on how."""

    number: str
    title: str
    points: tuple[str, ...]
    says: str

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class PieceCard:
    """One piece as it is read."""

    ref: str
    number: int  # its place, from 1
    title: str
    what: str  # 'Picture, 120 KB', 'Text', 'Link'
    dated: date | None
    text: str
    url: str
    file: str  # where to download it; '' without one
    view: str  # where to look at it in the browser; '' where that is not safe
    picture: bool
    declared: str  # the redaction declaration, word for word
    declared_on: date | None
    shows: tuple[Shows, ...]
    gone: bool  # destroyed after a data breach
    breach: str = ""  # where a name left in it is reported; '' where it is not


_WORDS = {"link": "Link", "statement": "Text", "file": "File", "piece": "Text"}
_TYPES = {"application/pdf": "PDF", "image/png": "Picture", "image/jpeg": "Picture"}


def _what(piece: Piece) -> str:
    item = piece.item
    if item.kind != "file":
        return _WORDS[item.kind]
    ending = f"{item.file_name.rpartition('.')[2].upper()} file" if "." in item.file_name else "File"
    parts = [_TYPES.get(item.media_type, ending)]
    if item.pages:
        parts.append(plural(item.pages, "page"))
    return ", ".join([*parts, filesizeformat(item.size).replace("\xa0", " ")])


def cards_of(
    edition: Edition, pieces: Sequence[Piece], file: Callable[[str], str], breach: Callable[[str], str] | None = None
) -> list[PieceCard]:
    """The pieces in order. `file` gives the address of a piece's file on this desk from its reference, `breach` that on
    which a name left in it is reported.
    """
    asked = {one.id: one for one in edition.requirements}
    found: list[PieceCard] = []
    for number, piece in enumerate(pieces, 1):
        item = piece.item
        gone = item.destroyed_at is not None
        href = file(item.ref) if item.kind == "file" and not gone else ""
        found.append(
            PieceCard(
                item.ref,
                number,
                item.title,
                "Destroyed after a data breach" if gone else _what(piece),
                item.dated,
                item.text,
                item.url,
                href,
                f"{href}?view" if href and item.media_type in IN_PLACE else "",
                item.media_type in PICTURES,
                item.redacted_wording,
                timezone.localdate(item.redacted_at) if item.redacted_at else None,
                tuple(_shows(asked[link.slot], link.points, link.says) for link in piece.links if link.slot in asked),
                gone,
                breach(item.ref) if breach and not gone else "",
            )
        )
    return found


def _shows(requirement: Requirement, points: Sequence[int], says: str) -> Shows:
    named = tuple(requirement.points[number - 1] for number in points if number <= len(requirement.points))
    return Shows(requirement.number, requirement.title, named, says)


@dataclass(frozen=True, slots=True)
class CoverPoint:
    """A point and the pieces linked to it."""

    number: str  # '2.1'
    title: str
    pieces: int
    href: str


@dataclass(frozen=True, slots=True)
class CoverRow:
    """A requirement, the pieces linked to it in any way, and its points."""

    id: str
    number: str
    title: str
    pieces: int
    href: str
    points: tuple[CoverPoint, ...]

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def tag(self) -> StateTag:
        return StateTag(plural(self.pieces, "piece"), Kind.GREEN) if self.pieces else StateTag("Nothing yet")


@dataclass(frozen=True, slots=True)
class Cover:
    """The map of what a portfolio covers: requirements down, their points across; and the gaps in words."""

    unit: str  # the scheme's word for a requirement
    units: str
    rows: tuple[CoverRow, ...]

    @property
    def shown(self) -> int:
        return sum(row.pieces > 0 for row in self.rows)

    @property
    def open_rows(self) -> list[CoverRow]:
        """What no piece shows."""
        return [row for row in self.rows if not row.pieces]

    @property
    def open_points(self) -> list[CoverPoint]:
        """Points that no piece is linked to, of what some piece shows."""
        return [point for row in self.rows if row.pieces for point in row.points if not point.pieces]

    @property
    def finding(self) -> str:
        """'3 of 4 standards are shown'."""
        if not self.rows:
            return "nothing in particular is asked"
        return f"{self.shown} of {len(self.rows)} {self.unit if len(self.rows) == 1 else self.units} are shown"

    @property
    def columns(self) -> list[Column]:
        return [Column(self.unit[:1].upper() + self.unit[1:]), Column("Point"), Column("Pieces", numeric=True)]

    @property
    def table(self) -> list[tuple[object, ...]]:
        """The map for those who read or listen: one row a requirement, then one for each of its points."""
        found: list[tuple[object, ...]] = []
        for row in self.rows:
            found.append((row.label, "In all", Count(row.pieces, row.href) if row.href else row.pieces))
            for point in row.points:
                counted = Count(point.pieces, point.href) if point.href else point.pieces
                found.append((row.label, f"{point.number} {point.title}", counted))
        return found


def cover_of(
    edition: Edition, asked: Sequence[Requirement], pieces: Sequence[Piece], href: Callable[[str], str]
) -> Cover:
    """`href` gives the page of the pieces behind a number, from 'requirement' or 'requirement.point'."""
    words = edition.words
    rows = tuple(_row(one, href) for one in coverage(asked, (piece.links for piece in pieces)))
    return Cover(words.requirement, words.requirements, rows)


def _row(one: Covered, href: Callable[[str], str]) -> CoverRow:
    what = one.requirement
    points = tuple(
        CoverPoint(f"{what.number}.{number}", text, pieces, href(f"{what.id}.{number}") if pieces else "")
        for number, (text, pieces) in enumerate(zip(what.points, one.points, strict=True), 1)
    )
    return CoverRow(what.id, what.number, what.title, one.pieces, href(what.id) if one.pieces else "", points)


def filtered(
    asked: Sequence[Requirement], pieces: Sequence[Piece], wanted: str
) -> tuple[Sequence[tuple[int, Piece]], str]:
    """The pieces, each with its place, that show what `?shows=` names, and that in words; all of them without."""
    placed = list(enumerate(pieces, 1))
    slot, _, point = wanted.partition(".")
    requirement = next((one for one in asked if one.id == slot), None)
    if requirement is None:
        return placed, ""
    label = f"{requirement.number} {requirement.title}"
    if point.isdecimal() and 1 <= int(point) <= len(requirement.points):
        text = requirement.points[int(point) - 1]
        return [(at, one) for at, one in placed if one.shows(slot, int(point))], f"{label}: {text}"
    return [(at, one) for at, one in placed if one.shows(slot)], label


def rounds_of(rounds: Sequence[RoundRow], here: int, href: Callable[[int], str]) -> list[Place]:
    """The times it was handed in, newest first, to look at each; none while there is one alone."""
    if len(rounds) < 2:
        return []
    return [Place(longdate(one.sent_on), href(one.number), one.number == here) for one in rounds]
