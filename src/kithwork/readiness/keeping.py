"""Answers kept: counted when records have changed, read otherwise, never older than their stamp says.

Nothing here is written in the ledger: kept answers are made of records, can be counted again at any time, and a line
about them would itself be a change that makes them old.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

from django.utils import timezone

from kithwork.caseload.models import Practice
from kithwork.core.days import add_months
from kithwork.core.readiness import Answer, Asked, Standing, standing
from kithwork.core.schemes import Edition
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.readiness.answering import MOST
from kithwork.readiness.counting import prepare, questions, standings
from kithwork.readiness.models import KeptAnswers
from kithwork.readiness.queries import offers

__all__ = [
    "PATIENCE",
    "READY_WITHIN",
    "SLOW",
    "Kept",
    "count",
    "current",
    "get_ready",
    "latest",
    "month_ends",
    "months_missing",
    "past",
    "renew",
    "renew_all",
    "tidy",
]

SLOW = 1000  # milliseconds; what took longer is not counted again at every change
PATIENCE = timedelta(minutes=10)  # for so long what was slow to count is shown although records have changed
READY_WITHIN = 2.0  # seconds that a server takes at its start to make SQL of readiness
MONTHS = 12  # of the trend
Questions = Mapping[str, tuple[Asked, ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """How a service stands to an edition on a day, when that was counted, and whether records have changed since."""

    day: date
    counted_at: datetime
    standings: tuple[Standing, ...]
    changed: bool


def current(*, practice: Practice, edition: Edition, now: datetime) -> Kept:
    """How a service stands today. `practice` comes with its service and organisation.

    Kept answers are shown as they are while nothing has happened in the organisation since; otherwise everything is
    counted again and kept, unless that took long and was done a moment ago.
    """
    today = timezone.localdate(now)
    asked = _questions(edition)
    row = _row(practice.service, edition, asked).filter(day=today).first()
    if row is not None:
        changed = row.seq < _newest(practice.service)
        if not changed or (row.took_ms > SLOW and now - row.counted_at < PATIENCE):
            return _told(row, edition, asked, changed=changed)
    return count(practice=practice, edition=edition, day=today, now=now)


def latest(*, practice: Practice, edition: Edition, today: date) -> Kept | None:
    """What was counted last, today or before, without counting anything; None where nothing is kept."""
    asked = _questions(edition)
    row = _row(practice.service, edition, asked).filter(day__lte=today).order_by("-day").first()
    if row is None:
        return None
    changed = row.day < today or row.seq < _newest(practice.service)
    return _told(row, edition, asked, changed=changed)


def count(*, practice: Practice, edition: Edition, day: date, now: datetime) -> Kept:
    """Ask the records how they stood on a day, and keep it in place of what was kept of that day."""
    asked = _questions(edition)
    seq, began = _newest(practice.service), monotonic()  # the ledger first: what comes meanwhile makes it old
    found = standings(practice, edition, day)
    took = round((monotonic() - began) * 1000)
    row = KeptAnswers(
        service=practice.service,
        scheme=edition.scheme.slug,
        edition=edition.scheme.edition,
        day=day,
        asked=_digest(asked),
        answers={one.requirement: [_figures(check.answer) for check in one.checks] for one in found},
        counted_at=now,
        seq=seq,
        took_ms=took,
    )
    KeptAnswers.objects.bulk_create(  # one statement: two who look at once do not fall over each other
        [row],
        update_conflicts=True,
        unique_fields=["service", "scheme", "edition", "day"],
        update_fields=["asked", "answers", "counted_at", "seq", "took_ms"],
    )
    return Kept(day, now, tuple(found), changed=False)


def month_ends(practice: Practice, today: date) -> list[date]:
    """The last days of the past twelve months on which the service ran its work here, the oldest first."""
    first = today.replace(day=1)
    ends = [add_months(first, -number) - timedelta(days=1) for number in reversed(range(MONTHS))]
    return [end for end in ends if end >= practice.begun_on]


def months_missing(*, practice: Practice, edition: Edition, today: date) -> list[date]:
    """The month ends of which no answer is kept, the newest first; one counted before the month was over is none."""
    rows = _row(practice.service, edition, _questions(edition)).values_list("day", "counted_at")
    done = {day for day, counted_at in rows if timezone.localdate(counted_at) > day}
    return [end for end in reversed(month_ends(practice, today)) if end not in done]


def past(*, practice: Practice, edition: Edition, today: date) -> list[Kept]:
    """What is kept of the past month ends, the oldest first. One query."""
    asked = _questions(edition)
    rows = _row(practice.service, edition, asked).filter(day__in=month_ends(practice, today)).order_by("day")
    return [_told(row, edition, asked, changed=False) for row in rows]


def tidy(*, practice: Practice, today: date) -> int:
    """Throw away what is kept of past days that end no month of the last year. How many rows that were."""
    rows = KeptAnswers.objects.filter(service=practice.service, day__lt=today)
    return rows.exclude(day__in=month_ends(practice, today)).delete()[0]


def renew(*, practice: Practice, edition: Edition, now: datetime) -> int:
    """Count today where records have changed, and each past month end that is not kept. How many days were counted."""
    today = timezone.localdate(now)
    kept = latest(practice=practice, edition=edition, today=today)
    days = [] if kept is not None and not kept.changed else [today]
    days += months_missing(practice=practice, edition=edition, today=today)
    for day in days:
        count(practice=practice, edition=edition, day=day, now=now)
    return len(days)


def renew_all(*, now: datetime) -> int:
    """Renew every service's answers to every edition it can look at, and throw away what the trend does not show.

    For the daily round: it does nothing the second time on a day on which nothing happened. How many days were counted.
    """
    counted = 0
    for practice in Practice.objects.select_related("service__organisation").order_by("pk"):
        for offer in offers(practice.service):
            counted += renew(practice=practice, edition=offer.edition, now=now)
        tidy(practice=practice, today=timezone.localdate(now))
    return counted


def get_ready() -> int:
    """Make the SQL of readiness for the services there are, the first to run their work here first, as far as
    `READY_WITHIN` goes: for a server that starts, so that nobody's first look waits for it. For how many it was made.
    """
    until, made = monotonic() + READY_WITHIN, 0
    for practice in Practice.objects.select_related("service__organisation").order_by("pk")[:MOST]:
        if monotonic() > until:
            break
        for offer in offers(practice.service):
            prepare(practice, offer.edition)
        made += 1
    return made


def _row(service: Service, edition: Edition, asked: Questions) -> Any:
    """The kept rows of an edition in which the same was asked as would be today."""
    return KeptAnswers.objects.filter(
        service=service, scheme=edition.scheme.slug, edition=edition.scheme.edition, asked=_digest(asked)
    )


def _newest(service: Service) -> int:
    """The newest ledger record of the service's organisation; everything that is written there leaves one."""
    found = Record.objects.filter(organisation=service.organisation.ref).order_by("-seq")
    return found.values_list("seq", flat=True).first() or 0


def _questions(edition: Edition) -> Questions:
    return {one.id: found for one in edition.requirements if (found := questions(one))}


def _digest(asked: Questions) -> str:
    told = {id: [[one.key(), one.model_dump(mode="json")] for one in found] for id, found in asked.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _told(row: KeptAnswers, edition: Edition, asked: Questions, *, changed: bool) -> Kept:
    found = tuple(
        standing(
            one.id,
            one.level,
            [(question, _answer(held)) for question, held in zip(asked[one.id], row.answers[one.id], strict=True)],
            row.day,
        )
        for one in edition.requirements
        if one.id in asked
    )
    return Kept(row.day, row.counted_at, found, changed)


def _figures(answer: Answer) -> list[int | str | None]:
    days = (one.isoformat() if one else None for one in (answer.until, answer.heals))
    return [answer.total, answer.failing, *answer.lapsing, *days]


def _answer(held: list[Any]) -> Answer:
    total, failing, one, two, three, until, heals = held
    return Answer(total, failing, (one, two, three), _day(until), _day(heals))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
