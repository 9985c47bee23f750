"""The fits of many pairs at once: the same whole numbers as `fit.py`, a block of mentees against all mentors at a time.

Tags become bits, counted with one instruction a word; what depends on one side alone, or on who has told, is a product
of two thin matrices, and so is a veto that sets apart two groups: a sum far below 0. Sums stay below 2^24, so 32-bit
floats hold them exactly. Squares of distances are whole metres below 2^53, exact in 64 bits in whatever order they are
added.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.fit import ENOUGH, GOOD, UNTOLD, WEEKS, position, reach
from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone

Fits = NDArray[np.int16]  # -1: the two can never be matched
Floats = NDArray[np.float32]
Places = NDArray[np.intp]
Score = Callable[[NDArray[np.uint8], Places], Floats]
NEVER = -1
CELLS = 100_000  # pairs at a time: a block and what is made of it stay in the processor's cache
_HAIR = np.float32(0.004)  # lifts exact quotients over the rounding of 32-bit floats; they are 0.01 apart at least
_VETO = 1 << 20  # more than any sum of scores, which is 100,000 at most


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
        bits = np.array([place[word] for words in sets for word in words if word in place], dtype=np.int64)
        count = [len(words & place.keys()) for words in sets]
        table = np.zeros((self.words, len(sets)), dtype=np.uint64)
        of = np.repeat(np.arange(len(sets)), count)
        np.bitwise_or.at(table, (bits >> 6, of), np.uint64(1) << (bits & 63).astype(np.uint64))
        return table

    def shared(self, rows: Places) -> NDArray[np.uint8]:
        """How many words each of these of ours has in common with each of theirs (at most 255)."""
        count: NDArray[np.uint8] = np.bitwise_count(self.ours[0, rows, None] & self.theirs[0])
        for word in range(1, self.words):
            count += np.bitwise_count(self.ours[word, rows, None] & self.theirs[word])
        return count


class Scorer:
    """The fits of these mentees with these mentors under these rules, as they are on this day."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], rules: Rules, today: date) -> None:
        self.mentees, self.mentors, self.rules = mentees, mentors, rules
        self._thin: list[tuple[Floats, Floats]] = []
        self._counted: list[tuple[Bits, Score]] = []
        self._needs()
        self._alike([m.interests for m in mentees], [m.interests for m in mentors], rules.weight(Part.INTERESTS))
        for column, weight in rules.tags.items():
            none: frozenset[str] = frozenset()
            ours, theirs = [m.tags.get(column, none) for m in mentees], [m.tags.get(column, none) for m in mentors]
            self._alike(ours, theirs, weight)
        self._languages_and_times()
        self._one_sided(today)
        self._places()
        self._wishes()
        self._apart = Apart(mentees, mentors)
        self._ours = np.stack([a for a, _ in self._thin], axis=1)
        self._theirs = np.stack([b for _, b in self._thin], axis=0)
        self._scale = np.float32(10.0 / rules.total)

    def __len__(self) -> int:
        return len(self.mentees)

    def rows(self, rows: Places) -> Fits:
        """The fits of these mentees with all mentors: one row for each mentee."""
        total = self._ours[rows] @ self._theirs
        for bits, score in self._counted:
            total += score(bits.shared(rows), rows)
        self._near(rows, total)
        total *= self._scale
        total += _HAIR
        np.maximum(total, NEVER, out=total)
        fits: Fits = total.astype(np.int16)
        if self.rules.floor:
            fits[fits < self.rules.floor] = NEVER
        self._apart.strike(fits, rows)
        return fits

    @property
    def step(self) -> int:
        """So many mentees make a good block."""
        return max(1, CELLS // max(len(self.mentors), 1))

    def blocks(self) -> Iterator[tuple[Places, Fits]]:
        """All fits, a block of mentees at a time."""
        for start in range(0, len(self.mentees), self.step):
            rows = np.arange(start, min(start + self.step, len(self.mentees)))
            yield rows, self.rows(rows)

    # what each part adds

    def _add(self, ours: Any, theirs: Any) -> None:
        self._thin.append((np.asarray(ours, dtype=np.float32), np.asarray(theirs, dtype=np.float32)))

    def _count(self, bits: Bits, score: Score) -> None:
        if not bits.empty:
            self._counted.append((bits, score))

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

        def score(count: NDArray[np.uint8], rows: Places) -> Floats:
            found: Floats = count * scale[rows, None]
            found += np.float32(0.001)  # a hundred-and-fiftieth at least stands between a quotient and the next whole
            np.floor(found, out=found)
            found *= np.float32(weight)
            return found

        self._count(bits, score)

    def _alike(self, ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]], weight: int) -> None:
        if not weight:
            return
        bits = Bits(ours, theirs)
        self._untold(weight, bits)
        self._count(bits, _capped([min(len(one), ENOUGH) for one in ours], weight))

    def _languages_and_times(self) -> None:
        spoken = Bits([m.languages for m in self.mentees], [m.languages for m in self.mentors])
        free = Bits([m.availability for m in self.mentees], [m.availability for m in self.mentors])
        must = self.rules.must_share
        for bits, veto in ((spoken, Sharing.LANGUAGES in must), (free, Sharing.TIMES in must)):
            if veto:
                self._add(-_VETO * bits.told_by_us, bits.told_by_them)
                self._count(bits, _any(_VETO))
        if weight := self.rules.weight(Part.LANGUAGES):
            self._untold(weight, spoken)
            self._count(spoken, _any(100 * weight))
        if weight := self.rules.weight(Part.TIMES):
            self._untold(weight, free)
            self._count(free, _capped([ENOUGH] * len(self.mentees), weight))

    def _one_sided(self, today: date) -> None:
        if weight := self.rules.weight(Part.WAITING):
            waited = [weight * _weeks(m.waiting_since, today) for m in self.mentees]
            self._add(waited, np.ones(len(self.mentors)))
        theirs = np.array([-_VETO if m.capacity < 1 or m.lacks else 0 for m in self.mentors], dtype=np.float32)
        if weight := self.rules.weight(Part.UNUSED):
            theirs += [weight * _weeks(m.unused_since, today) for m in self.mentors]
        if weight := self.rules.weight(Part.EXPERIENCE):
            done = [m.matches for m in self.mentors]
            theirs += [weight * (UNTOLD if one is None else 100 * min(one, GOOD) // GOOD) for one in done]
        self._add(np.ones(len(self.mentees)), theirs)
        if any(m.lacks for m in self.mentees):
            self._add([-_VETO if m.lacks else 0 for m in self.mentees], np.ones(len(self.mentors)))

    def _places(self) -> None:
        us, self._placed_us = _positions(self.mentees)
        them, self._placed_them = _positions(self.mentors)
        one, other = np.ones((len(us), 1)), np.ones((1, len(them)))
        # the square of a - b is that of a, and that of b, less twice their product
        self._us = np.hstack((-2 * us, (us * us).sum(axis=1, keepdims=True), one))
        self._them = np.vstack((them.T, other, (them * them).sum(axis=1)))
        limits = [m.max_km for m in self.mentors]
        self._limit = np.array([np.inf if one is None else (1000 * one) ** 2 for one in limits])
        self._limited = bool(np.isfinite(self._limit).any())
        self._each_metre = np.array([100.0 / reach(m, self.rules) for m in self.mentors])
        self._all_placed = bool(self._placed_us.all() and self._placed_them.all())

    def _near(self, rows: Places, total: Floats) -> None:
        """Adds what nearness scores; who is out of whose reach falls far below 0."""
        weight = self.rules.weight(Part.PLACE)
        if not (weight or self._limited):
            return
        squares = self._us[rows] @ self._them
        told = None if self._all_placed else self._placed_us[rows, None] & self._placed_them
        far = squares > self._limit if self._limited else None
        if weight:
            np.sqrt(squares, out=squares)
            squares *= self._each_metre
            np.minimum(squares, 100.0, out=squares)
            near = squares.astype(np.int32).astype(np.float32)  # towards 0, as floor does here
            np.subtract(np.float32(100), near, out=near)
            if told is not None:
                near[~told] = UNTOLD
            near *= np.float32(weight)
            total += near
        if far is not None:
            np.copyto(total, -_VETO, where=far if told is None else far & told)

    def _wishes(self) -> None:
        for asked in sorted({m.wants_gender.casefold() for m in self.mentees} - {""}):
            asking = [-_VETO if m.wants_gender.casefold() == asked else 0 for m in self.mentees]
            self._add(asking, [m.gender.casefold() != asked for m in self.mentors])
        for word in sorted(set().union(*(m.essential for m in self.mentees))):
            asking = [-_VETO if word in m.essential else 0 for m in self.mentees]
            self._add(asking, [word not in m.about for m in self.mentors])
        for word in sorted(set().union(*(m.essential for m in self.mentors))):
            asking = [-_VETO if word in m.essential else 0 for m in self.mentors]
            self._add([word not in m.about for m in self.mentees], asking)


class Apart:
    """Pairs of people, by name, that can never be matched: all that no sum of two sides says."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> None:
        mentee_at = {m.id: at for at, m in enumerate(mentees)}
        mentor_at = {m.id: at for at, m in enumerate(mentors)}
        homes: dict[str, list[int]] = {}
        never: set[tuple[int, int]] = set()
        for at, mentor in enumerate(mentors):
            if others := mentor.line_manages | mentor.not_with | mentor.ended_badly:
                never.update((mentee_at[other], at) for other in others if other in mentee_at)
            if mentor.household:
                homes.setdefault(mentor.household, []).append(at)
        for row, mentee in enumerate(mentees):
            if others := mentee.not_with | mentee.ended_badly:
                never.update((row, mentor_at[other]) for other in others if other in mentor_at)
            if mentee.household in homes:
                never.update((row, at) for at in homes[mentee.household])
        pairs = np.array(sorted(never), dtype=np.intp).reshape(-1, 2)
        self._columns = pairs[:, 1]
        self._from = np.searchsorted(pairs[:, 0], np.arange(len(mentees) + 1))

    def strike(self, fits: Fits, rows: Places) -> None:
        """Takes them out of the fits of these mentees."""
        count = self._from[rows + 1] - self._from[rows]
        if total := int(count.sum()):
            of = np.repeat(np.arange(len(rows)), count)
            at = np.arange(total) + np.repeat(self._from[rows] - np.cumsum(count) + count, count)
            fits[of, self._columns[at]] = NEVER


def _any(worth: int) -> Score:
    """So much where there is anything in common."""
    return lambda count, rows: (count != 0) * np.float32(worth)


def _capped(most: Sequence[int], weight: int) -> Score:
    """100 x what is in common (three at most) div the most that counts, which is 1, 2 or 3, of each mentee.

    A third is 33, two are 66, and the hundredth comes with the third.
    """
    each = np.array([100 // max(one, 1) for one in most], dtype=np.uint8)
    thirds = np.uint8(ENOUGH)

    def score(count: NDArray[np.uint8], rows: Places) -> Floats:
        np.minimum(count, thirds, out=count)
        found = count * each[rows, None]
        found += (count == thirds).view(np.uint8)
        return found * np.float32(weight)

    return score


def _weeks(since: date | None, today: date) -> int:
    """As `fit.py` scores a time: 0 to 100."""
    if since is None:
        return UNTOLD
    return 100 * min(max((today - since).days, 0) // 7, WEEKS) // WEEKS


def _positions(people: Sequence[Someone]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    placed = np.array([one.placed for one in people], dtype=np.bool_)
    where = np.array([position(one) if one.placed else (0, 0, 0) for one in people], dtype=np.float64)
    return where.reshape(-1, 3), placed
