"""Periods: milestones within their stage, renewals before the end, nothing endless."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from kithwork.core.days import Period
from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    Edition,
    EvidenceStage,
    RenewalStage,
)

Found = Iterator[tuple[Place, str]]
# Starts on which two periods are compared: '2 months' and '60 days' differ by the season, and by the leap year.
_STARTS = tuple(date(year, month, 1) for year in (2023, 2024) for month in range(1, 13))
_YEARS = 100  # dates end with the year 9999, so a period of 9,000 years would break every sum of dates


def _longer(one: Period, other: Period) -> bool:
    if _endless(one) or _endless(other):  # told by `periods`
        return False
    return any(one.after(start) > other.after(start) for start in _STARTS)


def milestones(edition: Edition) -> Found:
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, EvidenceStage):
            continue
        areas = {level.id: {one.area for one in edition.asked_at(level.id, stage.assessed)} for level in edition.levels}
        for number, milestone in enumerate(stage.milestones):
            place: Place = ("stages", index, "milestones", number)
            fewest = min(areas, key=lambda level_id: len(areas[level_id]))
            if 0 < (has := len(areas[fewest])) < milestone.areas:
                short = f"but at the level '{fewest}' this stage has only {has}"
                yield (*place, "areas"), f"{milestone.areas} complete areas are wanted, {short}"
            if stage.within and _longer(milestone.within, stage.within):
                yield (*place, "within"), f"{milestone.within} is longer than the stage's {stage.within}"


def renewal(edition: Edition) -> Found:
    valid = edition.credential.valid
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, RenewalStage):
            continue
        place = ("stages", index, "before")
        if stage.before.unit == "working day":
            yield place, "working days cannot be counted backwards: give days, weeks, months or years"
        elif valid is None:
            yield ("stages", index), "nothing ends that could be renewed: say in [credential] how long it is 'valid'"
        elif _longer(stage.before, valid):
            yield place, f"{stage.before} before the end is longer than the credential is valid ({valid})"
        for number, reminder in enumerate(stage.reminders):
            if reminder.unit == "working day":
                message = "working days cannot be counted backwards: give days, weeks, months or years"
                yield ("stages", index, "reminders", number), message
            elif stage.before.unit != "working day" and _longer(reminder, stage.before):
                yield ("stages", index, "reminders", number), f"{reminder} is longer than 'before' ({stage.before})"
        if (
            stage.asks == "marked"
            and edition.requirements
            and not any(requirement.renewal for requirement in edition.requirements)
        ):
            yield ("stages", index, "asks"), "no requirement is marked with 'renewal', so nothing would be asked"


def _endless(period: Period) -> bool:
    return period.count > {"year": _YEARS, "month": 12 * _YEARS}.get(period.unit, period.count)


def periods(edition: Edition) -> Found:
    for place, period in _walk((), edition):
        if _endless(period):
            yield place, f"{period} is too long: a period is at most {_YEARS} years"


def _walk(place: Place, part: object) -> Iterator[tuple[Place, Period]]:
    if isinstance(part, Period):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _walk((*place, name), getattr(part, name))
    elif isinstance(part, tuple):
        for index, one in enumerate(part):
            yield from _walk((*place, index), one)


def lapses(edition: Edition) -> Found:
    """Time does not run out for good before it is late."""
    for index, stage in enumerate(edition.stages):
        if stage.lapses and stage.within and _longer(stage.within, stage.lapses):
            yield ("stages", index, "lapses"), f"{stage.lapses} is shorter than the stage's {stage.within}"
