"""The fits of many pairs at once: the same whole numbers as `fit.py`, a block of mentees against all mentors at a time.

Tags become bits, counted with one instruction a word; what depends on one side alone, or on who has told, is a product
of two thin matrices, and so is a veto that sets apart two groups: a sum far below 0. Sums stay below 2^24, so 32-bit
floats hold them exactly. Squares of distances are whole metres below 2^53, exact in 64 bits in whatever order they are
added. So a pair scores the same in whatever block it stands, and alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kithwork.core.matching.fit import EARTH, ENOUGH, GOOD, UNTOLD, WEEKS, position
from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone

Fits = NDArray[np.int16]  # -1: the two can never be matched
Floats = NDArray[np.float32]
Places = NDArray[np.intp]
Score = Callable[[NDArray[np.uint8], Places], Floats]
NEVER = -1
CELLS = 100_000  # pairs at a time: a block and what is made of it stay in the processor's cache
_EVERYBODY = slice(None)
_HAIR = np.float32(0.004)  # lifts exact quotients over the rounding of 32-bit floats; they are 0.01 apart at least
_MIDDLE = 1e-6  # metres; sines of this size differ by a hundredth of that at most
_THREADS = ThreadpoolController()
_VETO = 1 << 20  # more than any sum of scores, which is 100,000 at most


Said = Sequence[frozenset[str]]  # what each person of one side says


@dataclass(frozen=True, slots=True)
class Bits:
    """What both sides say of one kind, as bits. Words that one side alone has can never be shared and take no bit."""

    told_by_us: NDArray[np.int64]  # how many words each has
    told_by_them: NDArray[np.int64]
    ours: NDArray[np.uint64]  # one row for each machine word, one column for each person
    theirs: NDArray[np.uint64]
    empty: bool  # there is nothing that anybody could share

    @classmethod
    def of(cls, *kinds: tuple[Said, Said]) -> "list[Bits]":
        """Of several kinds at once."""
        places = [dict(zip(set().union(*us) & set().union(*them), count(), strict=False)) for us, them in kinds]
        told_by_us, ours = _packed([us for us, _ in kinds], places)
        told_by_them, theirs = _packed([them for _, them in kinds], places)
        words = [max(1, -(-len(place) // 64)) for place in places]
        return [
            cls(told_by_us[at], told_by_them[at], ours[:many, at], theirs[:many, at], not places[at])
            for at, many in enumerate(words)
        ]

    def shared(self, rows: Places, columns: Places | slice) -> NDArray[np.uint8]:
        """How many words each of these of ours has in common with these of theirs (at most 255)."""
        count: NDArray[np.uint8] = np.bitwise_count(self.ours[0, rows] & self.theirs[0, columns])
        for ours, theirs in zip(self.ours[1:], self.theirs[1:], strict=True):
            count += np.bitwise_count(ours[rows] & theirs[columns])
        return count


def _packed(kinds: Sequence[Said], places: Sequence[dict[str, int]]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """How many words each person says of each kind; and those that have a place as bits: machine word, kind, person."""
    words = max(1, *(-(-len(place) // 64) for place in places))
    told = np.fromiter(map(len, chain.from_iterable(kinds)), dtype=np.int64)
    each = (
        map(place.get, chain.from_iterable(said), repeat(64 * words)) for said, place in zip(kinds, places, strict=True)
    )
    at = np.fromiter(chain.from_iterable(each), dtype=np.int64, count=int(told.sum()))
    bit = np.uint64(1) << (at & 63).astype(np.uint64)
    at >>= 6
    end = told.cumsum()
    sums = np.zeros(len(at) + 1, dtype=np.uint64)
    table = np.empty((words, len(told)), dtype=np.uint64)
    for word in range(words):
        np.cumsum(np.where(at == word, bit, np.uint64(0)), out=sums[1:])
        table[word] = sums[end] - sums[end - told]  # whatever ran over comes out again in the difference
    return told.reshape(len(kinds), -1), table.reshape(words, len(kinds), -1)


class Scorer:
    """The fits of these mentees with these mentors under these rules, as they are on this day."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor], rules: Rules, today: date) -> None:
        self.mentees, self.mentors, self.rules = mentees, mentors, rules
        self._thin: list[tuple[Any, Any]] = []
        self._counted: list[tuple[Bits, Score]] = []
        none: frozenset[str] = frozenset()
        needs, interests, spoken, free, *tags = Bits.of(
            ([m.needs for m in mentees], [m.skills for m in mentors]),
            ([m.interests for m in mentees], [m.interests for m in mentors]),
            ([m.languages for m in mentees], [m.languages for m in mentors]),
            ([m.availability for m in mentees], [m.availability for m in mentors]),
            *(
                ([m.tags.get(name, none) for m in mentees], [m.tags.get(name, none) for m in mentors])
                for name in rules.tags
            ),
        )
        self._needs(needs, rules.weight(Part.NEEDS))
        self._alike(interests, rules.weight(Part.INTERESTS))
        for bits, weight in zip(tags, rules.tags.values(), strict=True):
            self._alike(bits, weight)
        self._languages_and_times(spoken, free)
        self._hopes = self._hoped(rules.weight(Part.WISHES))
        self._one_sided(today)
        self._places()
        self._wishes()
        self._apart = Apart(mentees, mentors)
        self._ours = np.empty((len(mentees), len(self._thin)), dtype=np.float32)
        self._theirs = np.empty((len(mentors), len(self._thin)), dtype=np.float32)
        for number, (a, b) in enumerate(self._thin):
            self._ours[:, number], self._theirs[:, number] = a, b
        self._scale = np.float32(10.0 / rules.total)

    def __len__(self) -> int:
        return len(self.mentees)

    def rows(self, rows: Places) -> Fits:
        """The fits of these mentees with all mentors: one row for each mentee."""
        with _THREADS.limit(limits=1, user_api="blas"):  # products so thin cost several threads more than they save
            total = self._ours[rows] @ self._theirs.T
            squares = self._us[rows] @ self._them.T if self._looked else None
        fits = self._fits(total, squares, rows[:, None], _EVERYBODY)
        self._apart.strike(fits, rows)
        return fits

    def pairs(self, rows: Places, columns: Places) -> Fits:
        """The fits of these mentees, each with the mentor who stands in the same place."""
        total = np.einsum("ij,ij->i", self._ours[rows], self._theirs[columns])
        squares = np.einsum("ij,ij->i", self._us[rows], self._them[columns]) if self._looked else None
        fits = self._fits(total, squares, rows, columns)
        fits[self._apart.are(rows, columns)] = NEVER
        return fits

    def _fits(self, total: Floats, squares: NDArray[Any] | None, rows: Places, columns: Places | slice) -> Fits:
        for bits, score in self._counted:
            total += score(bits.shared(rows, columns), rows)
        if self._hopes is not None:
            total += self._hopes(rows, columns)
        if squares is not None:
            self._near(total, squares, rows, columns)
        total *= self._scale
        total += _HAIR
        np.maximum(total, NEVER, out=total)
        fits: Fits = total.astype(np.int16)
        if self.rules.floor:
            fits[fits < self.rules.floor] = NEVER
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
        self._thin.append((ours, theirs))

    def _count(self, bits: Bits, score: Score) -> None:
        if not bits.empty:
            self._counted.append((bits, score))

    def _untold(self, weight: int, bits: Bits) -> None:
        """Half the score for every pair of whom one has not told: 50 - 50 x told x told."""
        half = UNTOLD * weight
        self._add(half, 1)
        self._add(bits.told_by_us > 0, -half * (bits.told_by_them > 0))

    def _needs(self, bits: Bits, weight: int) -> None:
        if not weight:
            return
        scale = (100.0 / np.maximum(bits.told_by_us, 1)).astype(np.float32)
        self._untold(weight, bits)

        def score(count: NDArray[np.uint8], rows: Places) -> Floats:
            found: Floats = count * scale[rows]
            found += np.float32(0.001)  # a hundred-and-fiftieth at least stands between a quotient and the next whole
            np.floor(found, out=found)
            found *= np.float32(weight)
            return found

        self._count(bits, score)

    def _alike(self, bits: Bits, weight: int) -> None:
        if not weight:
            return
        self._untold(weight, bits)
        self._count(bits, _capped(bits.told_by_us, weight))

    def _languages_and_times(self, spoken: Bits, free: Bits) -> None:
        must = self.rules.must_share
        for bits, veto in ((spoken, Sharing.LANGUAGES in must), (free, Sharing.TIMES in must)):
            if veto:
                self._add(-_VETO * (bits.told_by_us > 0), bits.told_by_them > 0)
                self._count(bits, _any(_VETO))
        if weight := self.rules.weight(Part.LANGUAGES):
            self._untold(weight, spoken)
            self._count(spoken, _any(100 * weight))
        if weight := self.rules.weight(Part.TIMES):
            self._untold(weight, free)
            self._count(free, _capped(np.full(len(self.mentees), ENOUGH), weight))

    def _hoped(self, weight: int) -> Callable[[Places, Places | slice], Floats] | None:
        """What the wishes of both sides score, where anybody has any; without them each pair has the same."""
        ours, theirs = [m.hopes for m in self.mentees], [m.hopes for m in self.mentors]
        if not (weight and (any(ours) or any(theirs))):
            self._add(UNTOLD * weight, 1)
            return None
        us, them = Bits.of((ours, [m.brings for m in self.mentors]), ([m.brings for m in self.mentees], theirs))

        def score(rows: Places, columns: Places | slice) -> Floats:
            wished = us.told_by_us[rows] * (us.told_by_them[columns] > 0)
            wished = wished + them.told_by_them[columns] * (them.told_by_us[rows] > 0)
            found = us.shared(rows, columns).astype(np.int64) + them.shared(rows, columns)
            return (weight * np.where(wished, 100 * found // np.maximum(wished, 1), UNTOLD)).astype(np.float32)

        return score

    def _one_sided(self, today: date) -> None:
        if weight := self.rules.weight(Part.WAITING):
            self._add(weight * _weeks([m.waiting_since for m in self.mentees], today), 1)
        theirs = np.array([-_VETO if m.capacity < 1 or m.lacks else 0 for m in self.mentors], dtype=np.float32)
        if weight := self.rules.weight(Part.UNUSED):
            theirs += weight * _weeks([m.unused_since for m in self.mentors], today)
        if weight := self.rules.weight(Part.EXPERIENCE):
            done = [UNTOLD if m.matches is None else 100 * min(m.matches, GOOD) // GOOD for m in self.mentors]
            theirs += weight * np.array(done, dtype=np.float32)
        self._add(1, theirs)
        if any(m.lacks for m in self.mentees):
            self._add([-_VETO if m.lacks else 0 for m in self.mentees], 1)

    def _places(self) -> None:
        where, placed = _positions([*self.mentees, *self.mentors])
        us, them = where[: len(self.mentees)], where[len(self.mentees) :]
        self._placed_us, self._placed_them = placed[: len(us)], placed[len(us) :]
        # the square of a - b is that of a, and that of b, less twice their product
        self._us, self._them = np.ones((len(us), 5)), np.ones((len(them), 5))
        self._us[:, :3], self._us[:, 3] = -2 * us, (us * us).sum(axis=1)
        self._them[:, :3], self._them[:, 4] = them, (them * them).sum(axis=1)
        told = np.array([-1.0 if m.max_km is None else m.max_km for m in self.mentors])
        self._limit = np.where(told < 0, np.inf, (1000 * told) ** 2)
        self._limited = bool((told >= 0).any())
        reach = np.maximum(1000 * np.where(told < 0, self.rules.near_km, told), 1.0)
        self._each_metre = 100.0 / reach
        self._within = reach * reach * (1 + 1e-9)  # beyond, nearness scores nothing whatever is rounded
        self._all_placed = bool(self._placed_us.all() and self._placed_them.all())
        self._looked = bool(self.rules.weight(Part.PLACE)) or self._limited

    def _near(self, total: Floats, squares: NDArray[Any], rows: Places, columns: Places | slice) -> None:
        """Adds what nearness scores; who is out of whose reach falls far below 0."""
        weight = self.rules.weight(Part.PLACE)
        told = None if self._all_placed else self._placed_us[rows] & self._placed_them[columns]
        if weight:
            near = squares < self._within[columns]
            if told is not None:
                near &= told
                np.add(total, UNTOLD * weight, out=total, where=~told)
            where = np.flatnonzero(near)
            apart = np.sqrt(squares.take(where))
            apart *= self._each_metre.take(where % len(self.mentors) if isinstance(columns, slice) else columns[where])
            np.minimum(apart, 100.0, out=apart)
            total.reshape(-1)[where] += (100 - apart.astype(np.int32)) * np.float32(weight)  # towards 0, as floor here
        if self._limited:
            far = squares > self._limit[columns]
            total -= np.multiply(far if told is None else far & told, _VETO, dtype=np.float32)

    def _wishes(self) -> None:
        wanted, genders = [m.wants_gender for m in self.mentees], [m.gender.casefold() for m in self.mentors]
        for asked in sorted({one.casefold() for one in set(wanted)} - {""}):
            meaning = {one for one in set(wanted) if one.casefold() == asked}
            self._add([-_VETO if one in meaning else 0 for one in wanted], [one != asked for one in genders])
        for word in sorted(set().union(*[m.essential for m in self.mentees])):
            asking = [-_VETO if word in m.essential else 0 for m in self.mentees]
            self._add(asking, [word not in m.about for m in self.mentors])
        for word in sorted(set().union(*[m.essential for m in self.mentors])):
            asking = [-_VETO if word in m.essential else 0 for m in self.mentors]
            self._add([word not in m.about for m in self.mentees], asking)


class Apart:
    """Pairs of people, by name, that can never be matched: all that no sum of two sides says."""

    def __init__(self, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> None:
        self._mentors = each = max(len(mentors), 1)
        mentee_at: dict[str, int] = {}
        mentor_at = {m.id: at for at, m in enumerate(mentors)}
        homes: dict[str, list[int]] = {}
        never: set[int] = set()
        for at, mentor in enumerate(mentors):
            if mentor.line_manages or mentor.not_with or mentor.ended_badly:
                mentee_at = mentee_at or {m.id: row * each for row, m in enumerate(mentees)}
                others = mentor.line_manages | mentor.not_with | mentor.ended_badly
                never.update([mentee_at[other] + at for other in others if other in mentee_at])
            if mentor.household:
                homes.setdefault(mentor.household, []).append(at)
        for row, mentee in enumerate(mentees):
            for other in chain(mentee.not_with, mentee.ended_badly):
                if other in mentor_at:
                    never.add(row * each + mentor_at[other])
            if homes and mentee.household in homes:
                never.update([row * each + at for at in homes[mentee.household]])
        self._pairs = np.array(sorted(never), dtype=np.intp)  # a mentee's row times the number of mentors, and a mentor
        self._from = np.searchsorted(self._pairs, np.arange(len(mentees) + 1) * each)

    def strike(self, fits: Fits, rows: Places) -> None:
        """Takes them out of the fits of these mentees."""
        count = self._from[rows + 1] - self._from[rows]
        if total := int(count.sum()):
            of = np.repeat(np.arange(len(rows)), count)
            at = np.arange(total) + np.repeat(self._from[rows] - np.cumsum(count) + count, count)
            fits[of, self._pairs[at] % self._mentors] = NEVER

    def are(self, rows: Places, columns: Places) -> NDArray[np.bool_]:
        """Which of these pairs are among them."""
        key = rows * self._mentors + columns
        at = np.searchsorted(self._pairs, key)
        found: NDArray[np.bool_] = np.append(self._pairs, -1)[at] == key
        return found


def _any(worth: int) -> Score:
    """So much where there is anything in common."""
    return lambda count, rows: (count != 0) * np.float32(worth)


def _capped(told: NDArray[np.int64], weight: int) -> Score:
    """100 x what is in common (three at most) div the most that counts, which is 1, 2 or 3, of each mentee.

    A third is 33, two are 66, and the hundredth comes with the third.
    """
    each = (100 // np.clip(told, 1, ENOUGH)).astype(np.uint8)
    thirds = np.uint8(ENOUGH)

    def score(count: NDArray[np.uint8], rows: Places) -> Floats:
        np.minimum(count, thirds, out=count)
        found = count * each[rows]
        found += (count == thirds).view(np.uint8)
        return found * np.float32(weight)

    return score


def _weeks(since: Sequence[date | None], today: date) -> NDArray[np.int64]:
    """As `fit.py` scores a time: 0 to 100."""
    weeks = whole_weeks(since, today)
    return np.where(weeks < 0, UNTOLD, 100 * np.minimum(weeks, WEEKS) // WEEKS)


def whole_weeks(since: Sequence[date | None], today: date) -> NDArray[np.int64]:
    """How many whole weeks ago each day was; 0 of one to come, -1 where none is told."""
    days = np.array([-1 if one is None else one.toordinal() for one in since], dtype=np.int64)
    return np.where(days < 0, -1, np.maximum(today.toordinal() - days, 0) // 7)


def _positions(people: Sequence[Someone]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """As `fit.py` says where somebody is; and who has told. Whole metres are sure but near the middle of two, where
    other ways to compute a sine may round otherwise: there `fit.py` is asked.
    """
    told = np.array([[one.lat, one.lon] for one in people], dtype=np.float64).reshape(-1, 2)  # None becomes nan
    placed = ~np.isnan(told[:, 0] + told[:, 1])
    north, east = np.radians(np.where(placed[:, None], told, 0.0)).T
    across = EARTH * np.cos(north)
    exact = np.stack([across * np.cos(east), across * np.sin(east), EARTH * np.sin(north)], axis=1)
    where = np.rint(exact)
    for at in np.flatnonzero((abs(abs(exact - where) - 0.5) < _MIDDLE).any(axis=1) & placed).tolist():
        where[at] = position(people[at])
    return where, placed
