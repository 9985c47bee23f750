"""What is granted and kept: the award, the holder's duties, the renewal."""

from collections.abc import Iterable
from datetime import date, timedelta

from kithwork.core.days import Calendar, Period
from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import EntryKind
from kithwork.core.journey.position import Act, ActKind, DutyPosition
from kithwork.core.journey.term import begins
from kithwork.core.schemes.model import AwardStage, Outcome, RenewalStage

Opened = date | None
NOTICE = Period(1, "month")  # so long before a duty is due it is shown as something to do


def award(case: Case, stage: AwardStage, opened: Opened) -> Found:
    found = Found()
    for entry in case.in_cycle(stage.id):
        if entry.kind is EntryKind.GRANTED:
            found.reach(Outcome.GRANTED, entry.on)
            found.done = entry.on
    if opened and not found.done:
        found.acts.append(case.act(stage.id, ActKind.GRANT, stage.by, opened))
    return found


def renewal(case: Case, stage: RenewalStage, opened: Opened) -> Found:
    """Open from the invitation before the end of what was granted, through the days of grace, until it is asked for."""
    found = Found()
    granted = [entry for entry in case.entries if entry.kind is EntryKind.GRANTED]
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.SUBMITTED:
            found.reach(Outcome.SUBMITTED, entry.on)
            found.done = entry.on
    if opened and granted and granted[-1].until and not found.done:
        found.due = granted[-1].until
        last = stage.grace.after(found.due, case.edition.scheme.calendar) if stage.grace else found.due
        invited = stage.before.before(found.due)
        if invited <= case.today <= last:
            found.acts.append(case.act(stage.id, ActKind.RENEW, stage.by, invited, due=found.due))
    return found


def duties(case: Case) -> tuple[tuple[DutyPosition, ...], list[Act]]:
    """What the holder must keep up: until when each duty is kept, and the ones to be confirmed soon or overdue."""
    granted = [entry for entry in case.entries if entry.kind is EntryKind.GRANTED]
    if not granted:
        return (), []
    start, last = begins(case.edition, case.prior_end, granted[0].on), granted[-1]
    kept: dict[str, list[date]] = {}
    for entry in case.entries:
        if entry.kind in {EntryKind.KEPT, EntryKind.REPORTED}:
            kept.setdefault(entry.item, []).append(entry.on)
    found: list[DutyPosition] = []
    acts: list[Act] = []
    for duty in case.edition.duties:
        due: date | None = None
        if duty.every:
            due = _next(duty.every, start, kept.get(duty.id, ()), case.edition.scheme.calendar)
            if last.until and due > last.until + timedelta(days=1):
                due = None  # it is kept to the end
        overdue = due is not None and duty.required and case.today > due
        found.append(DutyPosition(duty.id, max(kept.get(duty.id, ()), default=None), due, overdue))
        if due and case.today >= NOTICE.before(due):
            acts.append(Act("", ActKind.KEEP, duty.by, NOTICE.before(due), due, overdue, item=duty.id))
    return tuple(found), acts


def _next(every: Period, start: date, kept: Iterable[date], calendar: Calendar) -> date:
    """The last day of the first of the equal periods from `start` on in which a duty is still to be kept.

    Keeping it early or twice counts for the period of that day alone; keeping it late makes up for what was missed.
    """

    def end(number: int) -> date:
        return Period(number * every.count, every.unit).after(start, calendar)

    number = 1
    for day in kept:
        if day < start or (number > 1 and day <= end(number - 1)):
            continue
        number += 1
        while end(number) <= day:
            number += 1
    return end(number)
