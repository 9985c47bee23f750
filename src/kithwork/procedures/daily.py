"""The daily round: what comes about by the mere passing of days is noticed, and whoever it concerns is told, once.

It may be run at any hour, several times a day, or not for a week: what was told is remembered by its occasion (see
`notices.models.Told`), so a second run does nothing, and a late one tells of the latest occasion of each kind alone.
What lies longer ago than a month is nobody's news any more and is passed over, so that a first run on old data is calm.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.moving import forget_held
from kithwork.core.journey import ActKind, Status, in_grace_until
from kithwork.core.schemes import Role
from kithwork.courses.models import Place
from kithwork.courses.occasions import feedback_owed, homework_due, joining
from kithwork.journeys import actions as journeys
from kithwork.journeys.queries import Reading, passing, read_all
from kithwork.journeys.standing import moved
from kithwork.notices.actions import first_time, send_waiting, tell
from kithwork.notices.words import Kind
from kithwork.procedures import attending, digests, retaining, signing
from kithwork.procedures.gating.keeping import destroy_due
from kithwork.procedures.gating.rescanning import rescan_all
from kithwork.procedures.gating.working import work_alone
from kithwork.procedures.people import acting
from kithwork.readiness.keeping import renew_all

AHEAD = (14, 2)  # so many days before something is due, whoever is to do it is reminded
JOINING = timedelta(days=7)  # before a course, or a later part of it after a pause
HOMEWORK = timedelta(days=3)
NEWS = timedelta(days=31)  # what is older is told nobody
_MANY = 200  # journeys read at a time

PATHS: dict[Role, str] = {
    Role.APPLICANT: "/journeys/{ref}/",
    Role.ASSESSOR: "/assess/{ref}/",
    Role.OFFICER: "/body/{body}/journeys/{ref}/",
    Role.PANEL: "/body/{body}/panel/",
    Role.CHAIR: "/body/{body}/panel/",
}


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did, by kind: ('mail sent', 3). Only what happened is in it."""

    day: date
    done: tuple[tuple[str, int], ...]
    failed: int = 0  # messages that were not sent; they are tried again


def run(*, now: datetime, send: bool = True) -> Round:
    """Do the round of the day on which `now` lies. `send` also sends the mail that is due.

    Each journey and each place is a transaction of its own: what fails leaves the others done.
    """
    today = timezone.localdate(now)
    counts: Counter[str] = Counter()
    lapsed = attending.lapse(now=now)
    counts["offers of places lapsed"] += len(lapsed.lapsed)
    counts["people moved up a waiting list"] += len(lapsed.moved_up)
    for reading in _readings(today):
        with transaction.atomic():
            for kind in _of_journey(reading, today):
                counts[_WORDS[kind]] += 1
            if moved(reading) and journeys.refresh(journey=reading.journey, today=today):
                counts["standings brought up to date"] += 1
    for place, kind, occasion in _of_places(today):
        with transaction.atomic():
            if first_time(subject=place.ref, occasion=occasion, today=today):
                _tell_place(place, kind)
                counts[_WORDS[kind]] += 1
    for kind, number in digests.run(today).items():
        counts[_WORDS[kind]] += number
    counts["spreadsheets forgotten that nobody brought in"] += forget_held(now=now)
    failed = 0
    if send:
        sent, failed = send_waiting(now=now)
        counts["messages sent"] += sent
    counts["records at the end of their period"] += retaining.run_all(now=now)
    counts["credentials signed"] += signing.work_alone()
    counts["originals destroyed"] += destroy_due(now=now)
    counts["files read at the gate"] += work_alone()
    again = rescan_all(now=now)
    counts["documents held back"] += again.held
    counts["data breaches found"] += again.breached
    counts["days of readiness counted"] += renew_all(now=now)
    return Round(today, tuple((words, n) for words, n in counts.items() if n), failed)


_WORDS: dict[Kind, str] = {
    Kind.DUE_SOON: "reminders that something is due",
    Kind.OVERDUE: "reminders that something is overdue",
    Kind.RENEWAL_DUE: "reminders to renew",
    Kind.EXPIRED: "awards ended",
    Kind.GRACE_OVER: "times to renew over",
    Kind.LAPSED: "applications lapsed",
    Kind.COURSE_JOINING: "joining instructions",
    Kind.COURSE_HOMEWORK_DUE: "reminders of homework",
    Kind.COURSE_FEEDBACK_WANTED: "requests for feedback",
    Kind.WEEK_OF_SERVICE: "weekly letters to coordinators",
    Kind.WEEK_OF_MENTOR: "weekly reminders to mentors",
}


def _readings(today: date) -> Iterable[Reading]:
    """Every journey on which days still matter, a few hundred at a time."""
    rows = list(passing(today).values_list("pk", flat=True))
    for start in range(0, len(rows), _MANY):
        yield from read_all(passing(today).filter(pk__in=rows[start : start + _MANY]), today)


def _of_journey(reading: Reading, today: date) -> list[Kind]:
    """Tell whoever a journey concerns of what the day brought."""
    found = [_told(reading, Kind.LAPSED, Role.APPLICANT, "lapsed", today)] if _lapsed(reading, today) else []
    found += [*_due(reading, today), *_ending(reading, today)]
    return [kind for kind in found if kind]


def _lapsed(reading: Reading, today: date) -> bool:
    """Whether it lapsed since its row was last written, and not long ago."""
    last = reading.journey.lapses_on
    return reading.position.status is Status.LAPSED and last is not None and today - last <= NEWS


def _told(reading: Reading, kind: Kind, role: Role, occasion: str, today: date) -> Kind | None:
    """Tell the people of a role, unless this occasion has been told of, or there is nobody."""
    journey = reading.journey
    people: Sequence[User] = acting(journey, role)
    path = PATHS.get(role)
    if not people or path is None or not first_time(subject=journey.ref, occasion=occasion, today=today):
        return None
    body = journey.edition.body
    where = path.format(ref=journey.ref, body=body.slug)
    tell(kind=kind, to=people, organisation=body, path=where, about=journey.edition.name)
    return kind


def _due(reading: Reading, today: date) -> list[Kind | None]:
    """Reminders two weeks and two days before something is due, and once when it is overdue; one for each role and
    day, however much is due then. What is renewed has reminders of its own.
    """
    if reading.position.clock.stopped is not None:
        return []
    days = {(act.role, act.due) for act in reading.position.acts if act.due and act.what is not ActKind.RENEW}
    for stage in reading.position.stages.values():
        days |= {(Role.APPLICANT, one.due) for one in stage.milestones if one.met is None}
    found: list[Kind | None] = []
    for role, due in sorted(days):
        left = (due - today).days
        name = f"due {role} {due.isoformat()}"
        if left < 0:
            found += [_told(reading, Kind.OVERDUE, role, f"{name} over", today)] if today - due <= NEWS else []
            continue
        lead = next((days for days in reversed(AHEAD) if left <= days), None)
        if lead is not None and not _late_to_say(reading, due, lead):
            found.append(_told(reading, Kind.DUE_SOON, role, f"{name} {lead}", today))
    return found


def _late_to_say(reading: Reading, due: date, lead: int) -> bool:
    """Whether what is due was asked for so shortly before that the asking itself was the reminder."""
    since = [act.since for act in reading.position.acts if act.due == due]
    return bool(since) and (due - max(since)).days <= lead


def _ending(reading: Reading, today: date) -> list[Kind | None]:
    """What is held comes to its end: reminders to renew as the edition says, the end, and the end of grace."""
    granted, stage = reading.position.granted, reading.edition.renewal
    held = {Status.AWARDED, Status.SUSPENDED, Status.EXPIRED}
    if granted is None or granted.until is None or reading.position.status not in held:
        return []
    end = granted.until
    found: list[Kind | None] = []
    can_renew = any(act.what is ActKind.RENEW for act in reading.position.acts)
    if stage is not None and can_renew and today <= end:
        leads = {period.before(end): str(period) for period in (stage.before, *stage.reminders)}
        reached = [day for day in leads if day <= today]
        if reached:
            latest = max(reached)
            found.append(_told(reading, Kind.RENEWAL_DUE, Role.APPLICANT, f"renew {end} {leads[latest]}", today))
    if end < today <= end + NEWS:
        found.append(_told(reading, Kind.EXPIRED, Role.APPLICANT, f"ended {end}", today))
    last = in_grace_until(reading.edition, end)
    asked = stage is not None and reading.position.stages[stage.id].done is not None
    if stage is not None and not asked and last > end and last < today <= last + NEWS:
        found.append(_told(reading, Kind.GRACE_OVER, Role.APPLICANT, f"grace {end}", today))
    return found


def _of_places(today: date) -> Iterable[tuple[Place, Kind, str]]:
    """Places whose people are to be told something of their course, with the occasion."""
    for place, part in joining(today, today + JOINING):
        yield place, Kind.COURSE_JOINING, f"joining {part.day.isoformat()}"
    for place, part in homework_due(today, today + HOMEWORK):
        yield place, Kind.COURSE_HOMEWORK_DUE, f"homework {part.number} {part.homework_due}"
    for place in feedback_owed(today - NEWS, today):
        yield place, Kind.COURSE_FEEDBACK_WANTED, "feedback"


def _tell_place(place: Place, kind: Kind) -> None:
    path = f"/applying/courses/{place.offering.ref}/"
    if kind is Kind.COURSE_FEEDBACK_WANTED:
        path = f"/applying/courses/places/{place.ref}/feedback/"
    tell(kind=kind, to=[place.person], organisation=place.offering.body, path=path, about=place.offering.title)
