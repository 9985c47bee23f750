"""The fit as docs/matching.md defines it, computed by somebody who has only read that page: no line of ours is used."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from math import cos, floor, radians, sin, sqrt

WEIGHTS = {
    "needs": 30,
    "interests": 15,
    "languages": 10,
    "times": 15,
    "place": 15,
    "wishes": 5,
    "waiting": 5,
    "unused": 3,
    "experience": 2,
}
Row = Mapping[str, str]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def words(cell: str) -> set[str]:
    return {part.strip().casefold() for part in cell.split(";") if part.strip()}


def where(row: Row) -> tuple[int, int, int]:
    lat, lon = radians(float(row["lat"])), radians(float(row["lon"]))
    return (
        round(6_371_009 * cos(lat) * cos(lon)),
        round(6_371_009 * cos(lat) * sin(lon)),
        round(6_371_009 * sin(lat)),
    )


def square(mentee: Row, mentor: Row) -> int | None:
    if not (mentee["lat"] and mentor["lat"]):
        return None
    return sum((a - b) ** 2 for a, b in zip(where(mentee), where(mentor), strict=True))


def alike(ours: set[str], theirs: set[str]) -> int:
    return 100 * min(len(ours & theirs), 3) // min(len(ours), 3) if ours and theirs else 50


def parts(mentee: Row, mentor: Row, today: date) -> dict[str, int]:
    needs, skills = words(mentee["needs"]), words(mentor["skills"])
    spoken, understood = words(mentee["languages"]), words(mentor["languages"])
    free, too = words(mentee["availability"]), words(mentor["availability"])
    apart = square(mentee, mentor)
    reach = max(1000 * float(mentor["max_km"] or 25), 1)
    since = mentee["waiting_since"]
    weeks = max((today - date.fromisoformat(since)).days, 0) // 7 if since else None
    return {
        "needs": 100 * len(needs & skills) // len(needs) if needs and skills else 50,
        "interests": alike(words(mentee["interests"]), words(mentor["interests"])),
        "languages": (100 if spoken & understood else 0) if spoken and understood else 50,
        "times": 100 * min(len(free & too), 3) // 3 if free and too else 50,
        "place": 50 if apart is None else max(100 - floor(sqrt(apart) * (100 / reach)), 0),
        "wishes": 50,
        "waiting": 50 if weeks is None else 100 * min(weeks, 26) // 26,
        "unused": 50,
        "experience": 50,
    }


def fit(mentee: Row, mentor: Row, today: date) -> int:
    found = parts(mentee, mentor, today)
    return 10 * sum(WEIGHTS[part] * score for part, score in found.items()) // sum(WEIGHTS.values())


def possible(mentee: Row, mentor: Row) -> bool:
    apart = square(mentee, mentor)
    near = apart is None or not mentor["max_km"] or apart <= (1000 * float(mentor["max_km"])) ** 2
    wish = mentee["wants_gender"].casefold()
    return (
        int(mentor["capacity"] or 1) > 0
        and mentee["id"] not in mentor["line_manages"].split(";")
        and mentor["id"] not in mentee["not_with"].split(";")
        and mentee["id"] not in mentor["not_with"].split(";")
        and (not wish or mentor["gender"].casefold() == wish)
        and near
    )
