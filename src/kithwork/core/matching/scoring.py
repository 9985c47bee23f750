"""The fits of many pairs at once: the same whole numbers as `fit.py`, a block of mentees against all mentors at a time.

Tags become bits, counted with one instruction a word; what depends on one side alone, or on who has told, is a product
of two thin matrices. Sums stay below 2^24, so 32-bit floats hold them exactly; distances are exact to the metre in 64.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.fit import ENOUGH, GOOD, UNTOLD, WEEKS, position
from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone

Fits = NDArray[np.int16]  # -1: the two can never be matched
Floats = NDArray[np.float32]
Columns = NDArray[np.intp] | slice
ALL = slice(None)
NEVER = -1
CELLS = 100_000  # pairs at a time: a block and what is made of it stay in the processor's cache
_HAIR = np.float32(0.004)  # lifts exact quotients over the rounding of 32-bit floats; they are 0.01 apart at least


class Bits:
    """Sets of words on both sides as bits. Words that one side alone has can never be shared and take no bit."""

    def __init__(self, ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> None:
        common = sorted(set().union(*ours) & set().union(*theirs)) if ours and theirs else []
        place = {word: number for number, word in enumerate(common)}
        self.words = max(1, -(-len(common) // 64))
        self.empty = not common
        self.ours, self.theirs = self._pack(ours, place), self._pack(theirs, place)
        self.told_by_us = np.array([bool(one) for one in ours], dtype=np.float32)
        self.told_by_them = np.array([bool(one) for one in theirs], dtype=np.float32)

    def _pack(self, sets: Sequence[frozenset[str]], place: dict[str, int]) -> NDArray[np.uint64]:
        """One row of the table for each machine word, one column for each person."""
        masks = {word: 1 << bit for word, bit in place.items()}
        numbers = [sum(masks[word] for word in words if word in masks) for words in sets]
        if self.words == 1:
            return np.array([numbers], dtype=np.uint64)
        low = (1 << 64) - 1
        return np.array([[n >> 64 * word & low for n in numbers] for word in range(self.words)], dtype=np.uint64)

    def shared(self, rows: NDArray[np.intp], columns: Columns) -> NDArray[np.uint8]:
        """How many words each of these of ours has in common with each of theirs (at most 255)."""
        count = np.bitwise_count(self.ours[0, rows, None] & self.theirs[0, columns])
        for word in range(1, self.words):
            count += np.bitwise_count(self.ours[word, rows, None] & self.theirs[word, columns])
        return count


class Scorer:
    """The fits of these mentees with these mentors under these rules; mentors without room are never fit."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], rules: Rules, today: date) -> None:
        self.mentees, self.mentors, self.rules = mentees, mentors, rules
        self._thin: list[tuple[Floats, Floats]] = []
        self._counted: list[tuple[Bits, Callable[[NDArray[np.uint8], NDArray[np.intp]], Floats]]] = []
        self._required: list[Bits] = []
        self._needs()
        self._alike(Part.INTERESTS, [m.interests for m in mentees], [m.interests for m in mentors])
        for column, weight in rules.tags.items():
            none: frozenset[str] = frozenset()
            ours, theirs = [m.tags.get(column, none) for m in mentees], [m.tags.get(column, none) for m in mentors]
            self._alike(column, ours, theirs, weight)
        self._languages_and_times()
        self._one_sided(today)
        self._places()
        self._wishes()
        self._ours = np.stack([a for a, _ in self._thin], axis=1) if self._thin else None
        self._theirs = np.stack([b for _, b in self._thin], axis=0) if self._thin else None
        self._never = self._forbidden()
        self._scale = np.float32(10.0 / rules.total)

    def __len__(self) -> int:
        return len(self.mentees)

    def rows(self, rows: NDArray[np.intp], columns: Columns = ALL) -> Fits:
        """The fits of these mentees with these mentors, or with all: one row for each mentee."""
        if self._ours is None or self._theirs is None:
            total = np.zeros((len(rows), len(self._reach[columns])), dtype=np.float32)
        else:
            total = self._ours[rows] @ self._theirs[:, columns]
        for bits, score in self._counted:
            if not bits.empty:
                total += score(bits.shared(rows, columns), rows)
        far = self._near(rows, columns, total)
        total *= self._scale
        total += _HAIR
        fits: Fits = total.astype(np.int16)
        if far is not None:
            fits[far] = NEVER
        if self._wanted is not None and (asking := self._wanted[rows]).any():
            fits[(asking[:, None] != 0) & (asking[:, None] != self._gender[columns])] = NEVER
        for bits in self._required:
            told = (bits.told_by_us[rows, None] * bits.told_by_them[columns]) != 0
            fits[told & (bits.shared(rows, columns) == 0)] = NEVER
        if self._never:
            self._veto(fits, rows, columns)
        if self.rules.floor:
            fits[fits < self.rules.floor] = NEVER
        if self._any_full:
            fits[:, self._full[columns]] = NEVER
        return fits

    def _veto(self, fits: Fits, rows: NDArray[np.intp], columns: Columns) -> None:
        whole = isinstance(columns, slice)
        for at, row in enumerate(rows.tolist()):
            if (never := self._never.get(row)) is not None:
                fits[at, never if whole else np.isin(columns, never)] = NEVER

    def blocks(self) -> Iterable[tuple[NDArray[np.intp], Fits]]:
        """All fits, a block of mentees at a time."""
        step = max(1, CELLS // max(len(self.mentors), 1))
        for start in range(0, len(self.mentees), step):
            rows = np.arange(start, min(start + step, len(self.mentees)))
            yield rows, self.rows(rows)

    # what each part adds

    def _add(self, ours: Any, theirs: Any) -> None:
        self._thin.append((np.asarray(ours, dtype=np.float32), np.asarray(theirs, dtype=np.float32)))

    def _untold(self, weight: int, bits: Bits) -> None:
        """Half the score for every pair of whom one has not told: 50 - 50 x told x told."""
        half = UNTOLD * weight
        self._add(np.full(len(self.mentees), half), np.ones(len(self.mentors)))
        self._add(bits.told_by_us, -half * bits.told_by_them)

    def _needs(self) -> None:
        weight = self.rules.weight(Part.NEEDS)
        if not weight:
            return
        bits = Bits([m.needs for m in self.mentees], [m.skills for m in self.mentors])
        scale = np.array([100.0 / max(len(m.needs), 1) for m in self.mentees], dtype=np.float32)
        self._untold(weight, bits)
        self._counted.append((bits, _graded(scale, weight)))

    def _alike(
        self, part: str, ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]], weight: int | None = None
    ) -> None:
        weight = self.rules.weight(part) if weight is None else weight
        if not weight:
            return
        bits = Bits(ours, theirs)
        scale = np.array([100.0 / max(min(len(one), ENOUGH), 1) for one in ours], dtype=np.float32)
        self._untold(weight, bits)
        self._counted.append((bits, _graded(scale, weight, cap=ENOUGH)))

    def _languages_and_times(self) -> None:
        spoken = Bits([m.languages for m in self.mentees], [m.languages for m in self.mentors])
        free = Bits([m.availability for m in self.mentees], [m.availability for m in self.mentors])
        if weight := self.rules.weight(Part.LANGUAGES):
            self._untold(weight, spoken)
            whole = np.float32(100 * weight)
            self._counted.append((spoken, lambda count, rows: (count > 0) * whole))
        if weight := self.rules.weight(Part.TIMES):
            self._untold(weight, free)
            scale = np.full(len(self.mentees), 100.0 / ENOUGH, dtype=np.float32)
            self._counted.append((free, _graded(scale, weight, cap=ENOUGH)))
        required = {Sharing.LANGUAGES: spoken, Sharing.TIMES: free}
        self._required = [required[one] for one in sorted(self.rules.must_share)]

    def _one_sided(self, today: date) -> None:
        if weight := self.rules.weight(Part.WAITING):
            waited = [weight * _weeks(m.waiting_since, today) for m in self.mentees]
            self._add(waited, np.ones(len(self.mentors)))
        theirs = np.zeros(len(self.mentors))
        if weight := self.rules.weight(Part.UNUSED):
            theirs += [weight * _weeks(m.unused_since, today) for m in self.mentors]
        if weight := self.rules.weight(Part.EXPERIENCE):
            theirs += [
                weight * (UNTOLD if m.matches is None else 100 * min(m.matches, GOOD) // GOOD) for m in self.mentors
            ]
        if theirs.any():
            self._add(np.ones(len(self.mentees)), theirs)

    def _places(self) -> None:
        self._us, self._placed_us = _positions(self.mentees)
        self._them, self._placed_them = _positions(self.mentors)
        reach = [m.max_km for m in self.mentors]
        self._reach = np.array([1000 * (self.rules.near_km if one is None else one) for one in reach])
        self._limit = np.array([np.inf if one is None else 1000 * one for one in reach])
        self._place_weight = self.rules.weight(Part.PLACE)
        self._limited = bool(np.isfinite(self._limit).any())
        self._all_placed = bool(self._placed_us.all() and self._placed_them.all())

    def _near(self, rows: NDArray[np.intp], columns: Columns, total: Floats) -> NDArray[np.bool_] | None:
        """Adds what nearness scores; gives who is out of whose reach."""
        weight = self._place_weight
        if not (weight or self._limited):
            return None
        us, them, reach = self._us[:, rows, None], self._them[:, columns], self._reach[columns]
        apart = us[0] - them[0]
        apart *= apart
        for axis in (1, 2):
            leg = us[axis] - them[axis]
            leg *= leg
            apart += leg
        np.sqrt(apart, out=apart)
        told = None if self._all_placed else self._placed_us[rows, None] & self._placed_them[columns]
        far = apart > self._limit[columns] if self._limited else None
        if far is not None and told is not None:
            far &= told
        if weight:
            beyond = apart >= reach
            apart *= 100.0
            with np.errstate(divide="ignore", invalid="ignore"):
                apart /= reach
            np.floor(apart, out=apart)
            np.subtract(100.0, apart, out=apart)
            apart[beyond] = 0
            if told is not None:
                apart[~told] = UNTOLD
            apart *= weight
            total += apart
        return far

    def _wishes(self) -> None:
        codes = {word: number for number, word in enumerate(sorted({m.gender.casefold() for m in self.mentors}), 1)}
        self._gender = np.array([codes[m.gender.casefold()] for m in self.mentors], dtype=np.int32)
        wanted = [m.wants_gender.casefold() for m in self.mentees]
        # a gender that no mentor has keeps everybody away
        self._wanted = np.array([codes.get(w, -1) if w else 0 for w in wanted], dtype=np.int32) if any(wanted) else None

    def _forbidden(self) -> dict[int, NDArray[np.intp]]:
        """Mentee -> the mentors with whom they can never be matched, of the rules that name people."""
        mentee_at = {m.id: at for at, m in enumerate(self.mentees)}
        mentor_at = {m.id: at for at, m in enumerate(self.mentors)}
        homes: dict[str, list[int]] = {}
        never: dict[int, set[int]] = {}
        for at, mentor in enumerate(self.mentors):
            for other in mentor.line_manages | mentor.not_with:
                if (row := mentee_at.get(other)) is not None:
                    never.setdefault(row, set()).add(at)
            if mentor.household:
                homes.setdefault(mentor.household, []).append(at)
        for row, mentee in enumerate(self.mentees):
            for other in mentee.not_with:
                if (at := mentor_at.get(other)) is not None:  # type: ignore[assignment]  # None is told apart here
                    never.setdefault(row, set()).add(at)
            if mentee.household in homes:
                never.setdefault(row, set()).update(homes[mentee.household])
        self._full = np.array([m.capacity < 1 for m in self.mentors], dtype=np.bool_)
        self._any_full = bool(self._full.any())
        return {row: np.array(sorted(columns), dtype=np.intp) for row, columns in never.items()}


def _graded(
    scale: Floats, weight: int, cap: int = 0
) -> Callable[[NDArray[np.uint8], NDArray[np.intp]], Floats]:
    """Counts in common as a score: whole parts of 100, so many at most."""

    def score(count: NDArray[np.uint8], rows: NDArray[np.intp]) -> Floats:
        if cap:
            np.minimum(count, cap, out=count)
        found: Floats = count * scale[rows, None]
        found += np.float32(0.01)  # a hundredth stands between any two quotients
        np.floor(found, out=found)
        if cap:
            np.minimum(found, np.float32(100), out=found)
        found *= np.float32(weight)
        return found

    return score


def _weeks(since: date | None, today: date) -> int:
    """As `fit.py` scores a time: 0 to 100."""
    if since is None:
        return UNTOLD
    return 100 * min(max((today - since).days, 0) // 7, WEEKS) // WEEKS


def _positions(people: Sequence[Someone]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    placed = np.array([one.placed for one in people], dtype=np.bool_)
    where = np.array([position(one) if one.placed else (0, 0, 0) for one in people], dtype=np.float64)
    return np.ascontiguousarray(where.reshape(-1, 3).T), placed
