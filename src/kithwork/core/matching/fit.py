"""The fit of two people with its reasons: the plain definition, one pair at a time. `docs/matching.md` says the same in
words, and `scoring.py` computes the same numbers for thousands of pairs at once; a test holds them equal.

    fit = 10 x (sum of weight x part) div (sum of weights), from 0 to 1000; every part is a whole number from 0 to 100
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import cos, floor, radians, sin, sqrt
from typing import Any

from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone

UNTOLD = 50  # the score where one of the two has not told
ENOUGH = 3  # so many interests or times in common score 100
WEEKS = 26  # waiting, or having room, for so many weeks scores 100
GOOD = 4  # so many earlier matches that ended well score 100
EARTH = 6_371_009  # metres, the mean radius


@dataclass(frozen=True, slots=True)
class Scored:
    """One part of a fit: its score from 0 to 100, its weight, and the reason in a short sentence ('' when untold)."""

    part: str
    score: int
    weight: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    total: int  # 0 to 1000
    parts: tuple[Scored, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for the two, the weightiest first."""
        told = [one for one in self.parts if one.reason and one.score >= UNTOLD]
        return tuple(one.reason for one in sorted(told, key=lambda one: (-one.score * one.weight, one.part)))


def position(someone: Someone) -> tuple[int, int, int]:
    """Where somebody is, in whole metres from the middle of the Earth along three axes."""
    assert someone.lat is not None
    assert someone.lon is not None
    lat, lon = radians(someone.lat), radians(someone.lon)
    across = cos(lat)
    return round(EARTH * across * cos(lon)), round(EARTH * across * sin(lon)), round(EARTH * sin(lat))


def metres(one: Someone, other: Someone) -> float | None:
    """How far apart two people are, in a straight line; None where one has not told."""
    if not (one.placed and other.placed):
        return None
    return sqrt(sum((a - b) ** 2 for a, b in zip(position(one), position(other), strict=True)))


def reach(mentor: Mentor, rules: Rules) -> float:
    """The metres at which nearness scores nothing: how far the mentor will go, or as the rules say; one at least."""
    return max(1000 * (rules.near_km if mentor.max_km is None else mentor.max_km), 1.0)


def veto(mentee: Mentee, mentor: Mentor, rules: Rules) -> str:
    """Why the two can never be matched, whatever their fit; '' when they can."""
    return next(vetoes(mentee, mentor, rules), "")


def vetoes(mentee: Mentee, mentor: Mentor, rules: Rules) -> Iterator[str]:
    """All that forbids the two, in sentences."""
    if mentor.capacity < 1:
        yield "The mentor has no room."
    for lacking in (mentor.lacks, mentee.lacks):
        if lacking:
            yield f"Not before this is there: {lacking}."
    if mentee.id in mentor.line_manages:
        yield "The mentor is their line manager."
    if mentor.id in mentee.not_with or mentee.id in mentor.not_with:
        yield "These two are not to be matched."
    if mentor.id in mentee.ended_badly or mentee.id in mentor.ended_badly:
        yield "A match of these two has ended badly."
    if mentee.household and mentee.household == mentor.household:
        yield "They live in the same household."
    if mentee.wants_gender and mentee.wants_gender.casefold() != mentor.gender.casefold():
        yield "An essential wish of the mentee about gender is not met."
    if not mentee.essential <= mentor.about:
        yield "An essential wish of the mentee is not met."
    if not mentor.essential <= mentee.about:
        yield "An essential wish of the mentor is not met."
    apart = metres(mentee, mentor)
    if apart is not None and mentor.max_km is not None and apart > mentor.max_km * 1000:
        yield "It is further than the mentor can go."
    if Sharing.LANGUAGES in rules.must_share and _apart(mentee.languages, mentor.languages):
        yield "They have no language in common."
    if Sharing.TIMES in rules.must_share and _apart(mentee.availability, mentor.availability):
        yield "They are never free at the same time."


def fit(mentee: Mentee, mentor: Mentor, rules: Rules, today: date) -> Fit:
    """The fit of two people. `veto` is asked apart: a fit says nothing of what forbids the two."""
    parts = tuple(one for one in (*_parts(mentee, mentor, rules, today),) if one.weight)
    return Fit(10 * sum(one.weight * one.score for one in parts) // rules.total, parts)


def _parts(mentee: Mentee, mentor: Mentor, rules: Rules, today: date) -> list[Scored]:
    needs, met = mentee.needs, mentee.needs & mentor.skills
    found = [
        Scored(
            Part.NEEDS,
            100 * len(met) // len(needs) if needs and mentor.skills else UNTOLD,
            rules.weight(Part.NEEDS),
            f"Can help with {_list(met)}." if met else "",
        ),
        _alike(Part.INTERESTS, mentee.interests, mentor.interests, rules.weight(Part.INTERESTS), "Both like {}."),
    ]
    languages = mentee.languages & mentor.languages
    told = bool(mentee.languages and mentor.languages)
    found.append(
        Scored(
            Part.LANGUAGES,
            (100 if languages else 0) if told else UNTOLD,
            rules.weight(Part.LANGUAGES),
            f"Both speak {_list(languages)}." if languages else "",
        )
    )
    times = mentee.availability & mentor.availability
    told = bool(mentee.availability and mentor.availability)
    count = f"{len(times)} times" if len(times) > 1 else "one time"
    found.append(
        Scored(
            Part.TIMES,
            100 * min(len(times), ENOUGH) // ENOUGH if told else UNTOLD,
            rules.weight(Part.TIMES),
            f"Both are free at {count} in the week: {_list(times, _in_the_week)}." if times else "",
        )
    )
    found.append(_place(mentee, mentor, rules))
    found.append(_hoped(mentee, mentor, rules.weight(Part.WISHES)))
    found.append(_since(Part.WAITING, mentee.waiting_since, today, rules, "Has waited {} weeks."))
    found.append(_since(Part.UNUSED, mentor.unused_since, today, rules, "The mentor has had room for {} weeks."))
    done = mentor.matches
    found.append(
        Scored(
            Part.EXPERIENCE,
            UNTOLD if done is None else 100 * min(done, GOOD) // GOOD,
            rules.weight(Part.EXPERIENCE),
            f"The mentor has had {done} earlier {'match' if done == 1 else 'matches'}." if done else "",
        )
    )
    for column, weight in rules.tags.items():
        ours, theirs = mentee.tags.get(column, frozenset()), mentor.tags.get(column, frozenset())
        found.append(_alike(column, ours, theirs, weight, f"Alike in {column.replace('_', ' ')}: {{}}."))
    return found


def _alike(part: str, ours: frozenset[str], theirs: frozenset[str], weight: int, words: str) -> Scored:
    shared = ours & theirs
    if not (ours and theirs):
        return Scored(part, UNTOLD, weight)
    score = 100 * min(len(shared), ENOUGH) // min(len(ours), ENOUGH)
    return Scored(part, score, weight, words.format(_list(shared)) if shared else "")


def _hoped(mentee: Mentee, mentor: Mentor, weight: int) -> Scored:
    """Of all that the two hope for, each in the other who has told something, what is there."""
    ours = mentee.hopes if mentor.brings else frozenset()
    theirs = mentor.hopes if mentee.brings else frozenset()
    if not (ours or theirs):
        return Scored(Part.WISHES, UNTOLD, weight)
    found, other = ours & mentor.brings, theirs & mentee.brings
    words = [f"As the mentee hopes: {_list(found)}."] if found else []
    words += [f"As the mentor hopes: {_list(other)}."] if other else []
    score = 100 * (len(found) + len(other)) // (len(ours) + len(theirs))
    return Scored(Part.WISHES, score, weight, " ".join(words))


def _place(mentee: Mentee, mentor: Mentor, rules: Rules) -> Scored:
    apart = metres(mentee, mentor)
    weight = rules.weight(Part.PLACE)
    if apart is None:
        return Scored(Part.PLACE, UNTOLD, weight)
    score = max(100 - floor(apart * (100.0 / reach(mentor, rules))), 0)
    km = apart / 1000
    words = "Live within a kilometre of each other." if km < 1 else f"Live {km:.0f} km apart."
    return Scored(Part.PLACE, score, weight, words)


def _since(part: Part, since: date | None, today: date, rules: Rules, words: str) -> Scored:
    if since is None:
        return Scored(part, UNTOLD, rules.weight(part))
    weeks = max((today - since).days, 0) // 7
    return Scored(part, 100 * min(weeks, WEEKS) // WEEKS, rules.weight(part), words.format(weeks) if weeks > 1 else "")


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Both have told, and have nothing in common."""
    return bool(ours and theirs) and not ours & theirs


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS = ("am", "morning", "pm", "afternoon", "eve", "evening")


def _in_the_week(slot: str) -> tuple[int, int, str]:
    """'tue-pm' or 'Tuesday afternoon' before what comes later in the week; other words after them."""
    day = slot[:3].casefold()
    part = next((at for at, word in enumerate(_PARTS) if slot.casefold().endswith(word)), len(_PARTS))
    return _DAYS.index(day) if day in _DAYS else len(_DAYS), part, slot


def _list(words: frozenset[str], order: Callable[[str], Any] | None = None) -> str:
    """'a, b and c', in alphabetical order unless another is given."""
    *first, last = sorted(words, key=order)
    return f"{', '.join(first)} and {last}" if first else last
