"""A person's hours of learning: those that follow from attendance, and those they wrote down by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kithwork.accounts.models import User
from kithwork.courses.completion import Earned, HoursKind, Presence, Sitting, earned, total
from kithwork.courses.models import Attendance, Homework, HoursRecord, Part

HoursRow = HoursRecord  # the type's name for pages, which never touch the table


def sitting_of(part: Part) -> Sitting:
    return Sitting(part.number, part.day, part.hours_taught, part.hours_self_study, bool(part.homework))


def presence_of(row: Attendance) -> Presence:
    return Presence(row.state != Attendance.State.ABSENT, row.minutes, row.caught_up_on)


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's hours of learning in a period, by kind."""

    taught: Decimal
    self_study: Decimal
    cpd: Decimal

    @property
    def total(self) -> Decimal:
        return self.taught + self.self_study + self.cpd


@dataclass(frozen=True, slots=True)
class Line:
    """Hours of one kind on one day: what for, and the record when they were written down by hand.

    `purpose` is that of the place whose attendance gave them: a journey's reference.
    """

    earned: Earned
    what: str
    record: HoursRecord | None = None
    purpose: str = ""


def lines_of(person: User) -> list[Line]:
    """All hours of a person, newest first. Three queries.

    What was caught up with counts on the day it was, homework on the day it was handed in.
    """
    rows = {
        (row.place_id, row.part_id): row
        for row in Attendance.objects.filter(place__person=person).select_related("part__offering", "place")
    }
    work = {
        (row.place_id, row.part_id): row
        for row in Homework.objects.filter(place__person=person).select_related("part__offering", "place")
    }
    found: list[Line] = []
    for key in rows.keys() | work.keys():
        part: Part = rows[key].part if key in rows else work[key].part
        place = rows[key].place if key in rows else work[key].place
        presence = presence_of(rows[key]) if key in rows else None
        gained = earned(sitting_of(part), presence, work[key].handed_in_on if key in work else None)
        what = f"{part.offering.title}, part {part.number}"
        found += [Line(one, what, None, place.purpose) for one in gained]
    for record in HoursRecord.objects.filter(person=person):
        found.append(Line(Earned(record.day, HoursKind(record.kind), record.hours), record.what, record))
    return sorted(found, key=lambda one: (one.earned.day, one.record.pk if one.record else 0), reverse=True)


def summed(lines: Iterable[Line]) -> Hours:
    sums = total(line.earned for line in lines)
    return Hours(sums[HoursKind.TAUGHT], sums[HoursKind.SELF_STUDY], sums[HoursKind.CPD])


def hours_of(person: User, start: date, end: date) -> Hours:
    """From the attendance of every offering and from what was written down by hand, both days included."""
    return summed(line for line in lines_of(person) if start <= line.earned.day <= end)


def hours_records_of(person: User) -> QuerySet[HoursRecord]:
    """What a person wrote down by hand, newest first."""
    return HoursRecord.objects.filter(person=person)
