"""What a column may mean: the closed list of kinds, and one field of a record that a column can fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column hold."""

    LINE = "line"  # one line of text
    PROSE = "prose"  # text of several lines
    LIST = "list"  # several things, with commas between
    DAY = "day"
    NUMBER = "number"
    YES = "yes"  # yes or no, in words too
    ONE_OF = "one-of"
    SLOTS = "slots"  # when in the week
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Field:
    """`headings` are what spreadsheets call it, as `headings.plain` writes them; `choices` maps each closed word to
    what people write for it. `most` is in characters, or the largest number. `past`: a day that cannot be to come.
    """

    name: str
    label: str
    kind: Kind
    means: str = ""
    headings: tuple[str, ...] = ()
    needed: bool = False
    most: int = 150
    least: int = 0
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    past: bool = True

    @property
    def known(self) -> tuple[str, ...]:
        """Every heading that means this field for certain."""
        return (*self.headings, self.label.casefold())
