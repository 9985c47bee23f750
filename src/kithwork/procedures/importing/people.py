"""Who is meant by a name or a number, and who looks like somebody that is here already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kithwork.caseload.models import Mentee, Mentor
from kithwork.core.tables import plain
from kithwork.organisations.models import Service


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on record, or in an earlier row of the file (`pk` 0, `row` its number)."""

    pk: int
    ref: str
    name: str
    number: str = ""
    born: date | None = None
    accepted_on: date | None = None
    row: int = 0

    @property
    def shown(self) -> str:
        born = f", born {self.born.day:02}/{self.born.month:02}/{self.born.year}" if self.born else ""
        return f"{self.name}{born} (row {self.row})" if self.row else f"{self.name}{born} ({self.number or self.ref})"


class Unclear(Exception):
    """Nobody, or more than one, is meant; the text says what to do."""


def name_key(name: str) -> str:
    """A name for comparing: without accents, titles and order, so that 'Parry, Siân' is 'Sian Parry'."""
    words = plain(name).split()
    titles = {"mr", "mrs", "ms", "miss", "mx", "dr"}
    return " ".join(sorted(word for word in words if word not in titles) or words)


class People:
    """The mentees or the mentors of a service, by reference, number and name."""

    def __init__(self, service: Service, model: type[Mentee] | type[Mentor], word: str) -> None:
        self.word = word
        self._by_ref: dict[str, Known] = {}
        self._by_number: dict[str, list[Known]] = defaultdict(list)
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        rows: Iterable[Any] = model._default_manager.filter(service=service, erased_at__isnull=True).values_list(
            "pk", "ref", "name", "known_as", "number", "born", "accepted_on"
        )
        for pk, ref, name, known_as, number, born, accepted in rows:
            self._add(Known(pk, ref, name, number, born, accepted), known_as)

    def _add(self, one: Known, known_as: str = "") -> None:
        if one.ref:
            self._by_ref[one.ref] = one
        if one.number:
            self._by_number[one.number.casefold()].append(one)
        names = {name_key(one.name)}
        if known_as and " " in known_as:
            names.add(name_key(known_as))
        for name in names:
            self._by_name[name].append(one)

    def meant(self, said: str) -> Known:
        """The one whom a cell names. Raises Unclear."""
        if one := self._by_ref.get(said.strip().lower()):
            return one
        found = self._by_number.get(said.strip().casefold()) or self._by_name.get(name_key(said)) or []
        if not found:
            raise Unclear(
                f"No {self.word} here is called ‘{said}’, or has it as a number. Bring in the {self.word} first."
            )
        if len(found) > 1:
            offered = ", ".join(one.number or one.ref for one in found[:5])
            raise Unclear(
                f"{len(found)} {self.word}s are called ‘{said}’. Write a number or reference instead: {offered}."
            )
        return found[0]

    def alike(self, name: str, number: str, born: date | None) -> Known | None:
        """Somebody who is the same person, as far as can be told: by number, or by a name that nothing contradicts."""
        for one in self._by_number.get(number.casefold(), ()) if number else ():
            if name_key(one.name) == name_key(name):
                return one
        for one in self._by_name.get(name_key(name), ()):
            if not (one.born and born and one.born != born):
                return one
        return None

    def meet(self, name: str, number: str, born: date | None, row: int) -> None:
        """Remember somebody of the file, for the rows that follow."""
        self._add(Known(0, "", name, number, born, None, row))
