"""Who is to be matched, and by which rules. Plain values; what is not told is empty and is never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Part(StrEnum):
    """What a fit is made of. Each is scored from 0 to 100; 50 where one of the two has not told."""

    NEEDS = "needs"  # the mentee's needs that the mentor's skills meet
    INTERESTS = "interests"
    LANGUAGES = "languages"
    TIMES = "times"  # when both are free
    PLACE = "place"  # how near they are
    WISHES = "wishes"  # what each hopes for in the other, and finds there
    WAITING = "waiting"  # how long the mentee has waited
    UNUSED = "unused"  # how long the mentor has had room
    EXPERIENCE = "experience"  # of the mentor


class Sharing(StrEnum):
    """What two people may be asked to have in common, both having told; a veto where a rule says so."""

    LANGUAGES = "languages"
    TIMES = "times"


WEIGHTS: dict[str, int] = {
    Part.NEEDS: 30,
    Part.INTERESTS: 15,
    Part.LANGUAGES: 10,
    Part.TIMES: 15,
    Part.PLACE: 15,
    Part.WISHES: 5,
    Part.WAITING: 5,
    Part.UNUSED: 3,
    Part.EXPERIENCE: 2,
}
MOST = 1000  # a fit, in tenths of a hundredth: 734 is shown as 73.4


@dataclass(frozen=True, slots=True)
class Someone:
    """What both sides tell alike. Coordinates are degrees; availability is slots such as 'mon-eve'."""

    id: str
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    interests: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    availability: frozenset[str] = frozenset()
    hopes: frozenset[str] = frozenset()  # for in the other; looked for in what they know, need and like, and no further
    gender: str = ""
    not_with: frozenset[str] = frozenset()  # ids of the other side
    household: str = ""  # two of one household are never matched
    ended_badly: frozenset[str] = frozenset()  # ids of the other side with whom a match has ended badly
    lacks: str = ""  # what must be there before anybody is matched with them: vetting, training, a consent
    essential: frozenset[str] = frozenset()  # wishes about the other that must be met
    about: frozenset[str] = frozenset()  # what is known of them that somebody may wish for
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)  # further columns that the rules name

    @property
    def placed(self) -> bool:
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class Mentee(Someone):
    needs: frozenset[str] = frozenset()
    waiting_since: date | None = None
    wants_gender: str = ""  # essential, with its objective justification on record

    @property
    def brings(self) -> frozenset[str]:
        """What a mentor may hope for."""
        return self.needs | self.interests


@dataclass(frozen=True, slots=True)
class Mentor(Someone):
    skills: frozenset[str] = frozenset()
    capacity: int = 1  # free places; 0: full, or not cleared to mentor
    max_km: float | None = None  # None: not told
    line_manages: frozenset[str] = frozenset()  # ids of mentees
    unused_since: date | None = None
    matches: int | None = None  # earlier ones that ended well; None: not told

    @property
    def brings(self) -> frozenset[str]:
        """What a mentee may hope for."""
        return self.skills | self.interests


@dataclass(frozen=True, slots=True)
class Rules:
    """What a service weighs, and what it insists on. `tags` are further columns, each compared as interests are."""

    weights: Mapping[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    tags: Mapping[str, int] = field(default_factory=dict)  # column -> weight
    must_share: frozenset[Sharing] = frozenset()
    near_km: float = 25.0  # the distance at which place scores 0, where the mentor has told none
    floor: int = 0  # pairs below this fit (0 to 1000) are not proposed

    def __post_init__(self) -> None:
        if min((*self.weights.values(), *self.tags.values()), default=0) < 0:
            raise ValueError("a weight is 0 or more")
        if not 0 < self.total <= 1000:
            raise ValueError("the weights together are from 1 to 1000")
        if not 0 < self.near_km <= 2000:
            raise ValueError("near_km is more than 0 and at most 2000")
        if not 0 <= self.floor <= MOST:
            raise ValueError(f"floor is from 0 to {MOST}")
        if unknown := [name for name in self.weights if name not in set(Part)]:
            raise ValueError(f"there is no part '{unknown[0]}'; there are {', '.join(Part)}")

    @property
    def total(self) -> int:
        return sum(self.weights.values()) + sum(self.tags.values())

    def weight(self, part: str) -> int:
        return self.weights.get(part, 0)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Out of a parsed TOML file. Raises ValueError with what is wrong, by name."""
        names = {one.name for one in fields(cls)}
        if unknown := sorted(set(given) - names):
            raise ValueError(f"there is no rule '{unknown[0]}'; there are {', '.join(sorted(names))}")
        made = dict(given)
        for table in ("weights", "tags"):
            values = made.get(table, {})
            if not isinstance(values, Mapping) or any(type(v) is not int for v in values.values()):
                raise ValueError(f"[{table}] holds whole numbers")
        if "weights" in made:
            made["weights"] = {**WEIGHTS, **made["weights"]}
        shared = made.get("must_share", [])
        kinds = f"must_share is a list of {', '.join(Sharing)}"
        if not isinstance(shared, list):
            raise ValueError(kinds)
        if unknown := [one for one in shared if one not in list(Sharing)]:
            raise ValueError(f"{kinds}, not '{unknown[0]}'")
        made["must_share"] = frozenset(Sharing(s) for s in shared)
        for number in ("near_km", "floor"):
            if number in made and (isinstance(made[number], bool) or not isinstance(made[number], int | float)):
                raise ValueError(f"{number} is a number")
        if "floor" in made and not isinstance(made["floor"], int):
            raise ValueError("floor is a whole number")
        return cls(**made)
