"""What is over its period: a preview of what goes, and its going, kind by kind, of one service or of everybody.

A person's record ends as an erasure does; other kinds are emptied or deleted as `personal.py` declares. Whoever is
held, or has an open concern, is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import erasing as caseload
from kithwork.caseload.models import Concern, Mentee, Mentor, MentorStep, Practice, Referral
from kithwork.core.keeping import RECORDS, Kind, Whose
from kithwork.core.verdict import Refused
from kithwork.governance.actions import erasing as governance
from kithwork.governance.models import Staff
from kithwork.journeys import models as journeys
from kithwork.journeys.personal import KEPT as JOURNEYS
from kithwork.journeys.personal import PERSONAL as OF_JOURNEYS
from kithwork.keeping import Reach, period_over
from kithwork.ledger.actions import write as write_ledger
from kithwork.ledger.acts import Act
from kithwork.matching import actions as matching
from kithwork.notices import models as notices
from kithwork.notices.personal import KEPT as NOTICES
from kithwork.notices.personal import PERSONAL as OF_NOTICES
from kithwork.organisations import models as organisations
from kithwork.organisations.models import Service
from kithwork.organisations.personal import KEPT as ORGANISATIONS
from kithwork.organisations.personal import PERSONAL as OF_ORGANISATIONS
from kithwork.procedures import past
from kithwork.procedures.erasing import erase_person, erase_staff
from kithwork.procedures.past import Line, before
from kithwork.rights import models as rights
from kithwork.rights.personal import KEPT as RIGHTS
from kithwork.rights.personal import PERSONAL as OF_RIGHTS
from kithwork.rights.queries import held_refs, periods_of

AT_ONCE = 200  # people of one service whose records end in one round; the rest do in the next

_SITE = (
    Reach(notices.Message, NOTICES["Message"], OF_NOTICES["Message"]),
    Reach(organisations.Invitation, ORGANISATIONS["Invitation"], OF_ORGANISATIONS["Invitation"]),
    Reach(journeys.Draft, JOURNEYS["Draft"], OF_JOURNEYS["Draft"]),
)
_RIGHTS = tuple(Reach(getattr(rights, name), RIGHTS[name], OF_RIGHTS[name]) for name in ("Asked", "Hold"))
_PEOPLE = frozenset({Kind.MENTEE, Kind.MENTOR, Kind.REFERRAL, Kind.APPLICANT, Kind.STAFF})


def plan(*, practice: Practice, day: date) -> list[Line]:
    """What would go on that day, by kind; kinds of which nothing goes are left out. Changes nothing."""
    periods = periods_of(practice.service, practice.retain_years)
    held = _held(practice.service)
    found = Counter({kind: len(list(_people(practice, kind, periods, held, day))) for kind in _PEOPLE})
    for kind, number in _rows(practice.service, periods, held, day, write=False):
        found[kind] += number
    return _lines(found, periods)


def run_service(*, practice: Practice, now: datetime) -> list[Line]:
    """End what is over its period in one service, a transaction for each person and one for the rest. Writes the
    ledger: figures by kind. What cannot go yet, because a match runs, waits for the next round.
    """
    day = timezone.localdate(now)
    periods, held = periods_of(practice.service, practice.retain_years), _held(practice.service)
    found: Counter[Kind] = Counter()
    for kind in _PEOPLE:
        for person in list(_people(practice, kind, periods, held, day))[:AT_ONCE]:
            found[kind] += _end(person, now)
    with transaction.atomic():
        for kind, number in _rows(practice.service, periods, held, day, write=True):
            found[kind] += number
        lines = _lines(found, periods)
        if lines:
            _log(practice.service, lines)
    return lines


def run_site(*, now: datetime) -> list[Line]:
    """End what is over its period and belongs to no service: mail, invitations, drafts."""
    day, found = timezone.localdate(now), Counter[Kind]()
    with transaction.atomic():
        for reach in _SITE:
            months = RECORDS[reach.kept.kind].months
            assert months is not None  # the three kinds have one
            rows = reach.model._default_manager.all()
            if reach.model is notices.Message:  # what waits is somebody's news yet
                rows = rows.exclude(state__in=(notices.Message.State.WAITING, notices.Message.State.SENDING))
            found[reach.kept.kind] += period_over(reach, rows, before(day, months), write=True).number
    return _lines(found, {kind: RECORDS[kind].months for kind in found})


def run_all(*, now: datetime) -> int:
    """Every service's, the award half's, and what belongs to none. Gives how many records ended."""
    total = sum(line.number for line in run_site(now=now))
    total += past.run(now=now)
    for practice in Practice.objects.select_related("service__organisation").order_by("pk"):
        total += sum(line.number for line in run_service(practice=practice, now=now))
    return total


Held = Mapping[Whose, frozenset[str]]


def _held(service: Service) -> Held:
    """References of those whose records nothing ends: held, or with an open concern."""
    found: dict[Whose, set[str]] = {Whose.MENTEE: set(), Whose.MENTOR: set(), Whose.STAFF: set()}
    sides = {"mentee": Whose.MENTEE, "mentor": Whose.MENTOR, "staff": Whose.STAFF}
    for subject in held_refs(service):
        side, _, ref = subject.partition(":")
        if side in sides:
            found[sides[side]].add(ref)
    worries = Concern.objects.filter(service=service, closed_at__isnull=True)
    for mentee, mentor in worries.values_list("mentee__ref", "mentor__ref"):
        found[Whose.MENTEE].add(mentee or "")
        found[Whose.MENTOR].add(mentor or "")
    return {whose: frozenset(refs - {""}) for whose, refs in found.items()}


def _people(
    practice: Practice, kind: Kind, periods: Mapping[Kind, int | None], held: Held, day: date
) -> Iterable[Mentee | Mentor | Staff]:
    """Those whose record of this kind is over its period."""
    months, service = periods[kind], practice.service
    if months is None:
        return []
    last = before(day, months)
    match kind:
        case Kind.MENTEE:
            return _mentees(service, held).filter(left_on__lt=last)
        case Kind.REFERRAL:
            other = Referral.objects.filter(mentee=OuterRef("pk"))
            going_on = other.filter(Q(outcome="") | Q(outcome="accepted") | Q(decided_on__gte=last))
            rows = _mentees(service, held).filter(Exists(other), accepted_on=None, left_on=None)
            return rows.exclude(Exists(going_on))
        case Kind.MENTOR:
            return _mentors(service, held).filter(left_on__lt=last, accepted_on__isnull=False)
        case Kind.APPLICANT:
            refused = MentorStep.objects.filter(mentor=OuterRef("pk"), kind="selection", outcome="no", on__lt=last)
            over = Q(left_on__lt=last) | Q(Exists(refused), left_on=None)
            return _mentors(service, held).filter(over, accepted_on=None)
        case _:
            rows_of_staff = Staff.objects.filter(service=service, ended_on__lt=last).exclude(ref__in=held[Whose.STAFF])
            return rows_of_staff.select_related("service__organisation")


def _mentees(service: Service, held: Held) -> "QuerySet[Mentee]":
    rows = Mentee.objects.filter(service=service, erased_at=None).exclude(ref__in=held[Whose.MENTEE])
    return rows.select_related("service__organisation").order_by(F("left_on").asc(nulls_last=True), "pk")


def _mentors(service: Service, held: Held) -> "QuerySet[Mentor]":
    rows = Mentor.objects.filter(service=service, erased_at=None).exclude(ref__in=held[Whose.MENTOR])
    return rows.select_related("service__organisation").order_by(F("left_on").asc(nulls_last=True), "pk")


def _end(person: Mentee | Mentor | Staff, now: datetime) -> int:
    """End one record. 0 where something stands in its way yet."""
    try:
        if isinstance(person, Staff):
            erase_staff(staff=person, by=None, today=timezone.localdate(now))
        else:
            erase_person(person=person, by=None, now=now)
    except Refused:
        return 0
    return 1


def _rows(
    service: Service, periods: Mapping[Kind, int | None], held: Held, day: date, *, write: bool
) -> Iterator[tuple[Kind, int]]:
    """Each kind of row with a period of its own, and how many of it are over."""
    reaches: list[tuple[Reach, QuerySet[Any]]] = [
        *caseload.of_service(service),
        *governance.of_service(service),
        *matching.of_service(service),
    ]
    reaches += [(reach, reach.model._default_manager.filter(service=service)) for reach in _RIGHTS]
    for reach, every in reaches:
        months = periods[reach.kept.kind]
        if not reach.kept.since or months is None or reach.kept.kind in _PEOPLE:
            continue
        rows = every
        for whose, ways in reach.kept.of.items():
            for way in ways:
                if held.get(whose):
                    rows = rows.exclude(**{f"{way}__ref__in" if way else "ref__in": held[whose]})
        number = period_over(reach, rows, before(day, months), write=write).number
        if number:
            yield reach.kept.kind, number


def _lines(found: Mapping[Kind, int], periods: Mapping[Kind, int | None]) -> list[Line]:
    return [
        Line(kind, months, found[kind], RECORDS[kind].then)
        for kind in Kind
        if found.get(kind) and (months := periods[kind]) is not None
    ]


def _log(service: Service, lines: Iterable[Line], by: User | None = None) -> None:
    write_ledger(
        act=Act.RIGHTS_PERIODS_RUN,
        actor=by.actor if by else "system",
        subject=f"service:{service.ref}",
        organisation=service.organisation.ref,
        facts={line.kind.value: line.number for line in lines},
    )
