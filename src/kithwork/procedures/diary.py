"""Everything dated that concerns a person, on one calendar: places at courses, meetings, visits, interviews, due dates.

No names of other people, and nothing that anybody wrote: whoever holds the secret address reads it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain

from django.conf import settings
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment.queries import arranged_for
from kithwork.core.journey import ActKind, StageState
from kithwork.core.schemes import Role
from kithwork.courses.calendars import Moment, moments_of_places, written
from kithwork.journeys.access import journeys_for_assessor, journeys_of_person, journeys_of_services
from kithwork.journeys.queries import Reading, read_all

_DATED = (ActKind.RENEW,)  # open acts whose last day is not a date in itself: the end of the award is
_BESIDE = (ActKind.HOLD, ActKind.ATTEND, ActKind.SIGN, ActKind.INTERVIEW)  # due on the day arranged, shown as that


def diary_of(person: User, today: date) -> bytes:
    """The calendar behind a person's secret address (RFC 5545). The same number of queries however much there is."""
    return written("Kithwork", moments_of(person, today))


def moments_of(person: User, today: date) -> list[Moment]:
    """By day. For whoever acts for an applicant, and for an assessor, their side of each journey."""
    applying = read_all(chain(journeys_of_person(person), journeys_of_services(person)), today)
    assessing = read_all(journeys_for_assessor(person), today)
    found = [*moments_of_places(person)]
    found += _of_journeys(applying, Role.APPLICANT, "/journeys/{ref}/")
    found += _of_journeys(assessing, Role.ASSESSOR, "/assess/{ref}/")
    once = {(one.uid): one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: (one.day, one.uid))


def _of_journeys(readings: list[Reading], role: Role, path: str) -> Iterator[Moment]:
    times = arranged_for([reading.journey for reading in readings])
    for reading in readings:
        if reading.position.clock.stopped is not None:
            continue  # nothing is due, and what was arranged may not hold
        where = path.format(ref=reading.journey.ref)
        yield from _arranged(reading, times.get(reading.journey.pk, {}), where)
        yield from _due(reading, role, where)
        granted = reading.position.granted
        if role is Role.APPLICANT and granted and granted.until and not reading.position.status.is_over:
            title = f"{_name(reading)}: valid until today"
            yield _whole_day(f"{reading.journey.ref}-end", title, granted.until, where, reading)


def _name(reading: Reading) -> str:
    """The scheme and the journey's reference, which tells like journeys apart and says nothing to others."""
    return f"{reading.edition.scheme.name} ({reading.journey.ref})"


def _arranged(
    reading: Reading, times: dict[tuple[str, str], tuple[datetime, datetime]], where: str
) -> Iterator[Moment]:
    for (stage_id, item), (starts, made_at) in times.items():
        stage = reading.position.stages.get(stage_id)
        if stage is None or stage.state is not StageState.OPEN or stage.planned is None:
            continue
        yield Moment(
            uid=f"{reading.journey.ref}-{stage_id}{f'-{item}' if item else ''}",
            title=f"{_name(reading)}: {stage.title}",
            when=timezone.localtime(starts),
            changed=made_at,
            path=where,
            url=f"{settings.SITE_URL}{where}",
        )


def _due(reading: Reading, role: Role, where: str) -> Iterator[Moment]:
    by_day: dict[tuple[str, date], str] = {}
    for act in reading.position.acts_for(role):
        if act.due is None or act.what in _DATED or act.what in _BESIDE:
            continue
        title = reading.edition.stage(act.stage).title if act.stage else ""
        if not title and act.what is ActKind.KEEP:
            title = reading.edition.duty(act.item).title
        by_day[act.stage or act.item, act.due] = title
    for (what, due), title in by_day.items():
        yield _whole_day(f"{reading.journey.ref}-{what}-due", f"Due: {title}, {_name(reading)}", due, where, reading)


def _whole_day(uid: str, title: str, day: date, where: str, reading: Reading) -> Moment:
    last = max((entry.on for entry in reading.entries), default=day)
    changed = timezone.make_aware(datetime.combine(last, time(0)))
    return Moment(uid, title, day, changed, path=where, url=f"{settings.SITE_URL}{where}")
