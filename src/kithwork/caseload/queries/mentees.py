"""Mentees as lists and as one record: how each stands, what is due, what happened, how the waiting list has moved."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from kithwork.caseload.models import (
    Consent,
    Contact,
    Match,
    Mentee,
    Pause,
    Practice,
    Review,
    RiskAssessment,
)
from kithwork.caseload.queries import due
from kithwork.caseload.queries.days import Iso, days_between
from kithwork.core.days import Period, add_days, add_months
from kithwork.organisations.models import Service

MenteeRow = Mentee  # pages name what they show, and import no models
RiskRow = RiskAssessment


class Stands(StrEnum):
    """How a mentee stands on a day; worked out, never kept."""

    REFERRED = "referred"
    WAITING = "waiting"
    MATCHED = "matched"
    PAUSED = "paused"
    LEFT = "left"


def mentees_of(service: Service, today: date) -> QuerySet[Mentee]:
    """Every mentee on record, with `stands`, `heard`, the day on which staff last reached them, and `waits_from`."""
    gone = ~due.here(today)
    return Mentee.objects.filter(service=service, erased_at__isnull=True).annotate(
        stands=Case(
            When(gone, then=Value(Stands.LEFT.value)),
            When(Q(accepted_on__isnull=True) | Q(accepted_on__gt=today), then=Value(Stands.REFERRED.value)),
            When(due.away("mentee", today), then=Value(Stands.PAUSED.value)),
            When(due.is_matched("mentee", today), then=Value(Stands.MATCHED.value)),
            default=Value(Stands.WAITING.value),
            output_field=CharField(),
        ),
        heard=heard(today),
        waits_from=due.waits_from(today),
    )


def heard(today: date) -> Subquery:
    """The day on which staff last reached a mentee."""
    rows = Contact.objects.filter(mentee=OuterRef("pk"), kind=Contact.Kind.MENTEE, reached=True, on__lte=today)
    return Subquery(rows.order_by("-on").values("on")[:1])


def standing(rows: QuerySet[Mentee], stands: Stands, today: date) -> QuerySet[Mentee]:
    """Those of a set who stand so, by conditions that an index can serve."""
    accepted = Q(accepted_on__lte=today)
    matched, away = due.is_matched("mentee", today), due.away("mentee", today)
    if stands is Stands.LEFT:
        return rows.exclude(due.here(today))
    rows = rows.filter(due.here(today))
    match stands:
        case Stands.REFERRED:
            return rows.exclude(accepted)
        case Stands.PAUSED:
            return rows.filter(accepted).filter(away)
        case Stands.MATCHED:
            return rows.filter(accepted).filter(matched)
        case _:
            return rows.filter(accepted).exclude(matched)


def waiting_of(service: Service, today: date) -> QuerySet[Mentee]:
    """The waiting list, with `heard`, whether a match is `proposed`, `away`, and the answer on data (`agreed`)."""
    proposed = Match.objects.filter(
        mentee=OuterRef("pk"), introduced_on__isnull=True, withdrawn_on__isnull=True
    ).exclude(Q(mentee_answer="no") | Q(mentor_answer="no"))
    data = Consent.objects.filter(mentee=OuterRef("pk"), kind=Consent.Kind.DATA, on__lte=today).order_by("-on", "-pk")
    return due.waiting_mentees(service, today).annotate(
        heard=heard(today),
        proposed=Exists(proposed),
        away=due.away("mentee", today),
        agreed=Subquery(data.values("answer")[:1]),
    )


def waiting_from(mentee: Mentee, today: date) -> date | None:
    """From which day somebody on the waiting list waits; None before they were accepted."""
    rows = Mentee.objects.filter(pk=mentee.pk).annotate(waits_from=due.waits_from(today))
    return rows.values_list("waits_from", flat=True).first()


def running_count(service: Service, today: date) -> int:
    """Matches that run today, against the service's capacity."""
    return due.running_matches(service, today).count()


# what is due with one mentee


class Falls(StrEnum):
    """What can fall due with a mentee."""

    CALL = "call"
    REFERRAL = "referral"
    CONTACT = "contact"
    RISK_ACTION = "risk action"
    RISK_REVIEW = "risk review"
    REVIEW = "review"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Owed:
    """What is due, by when (None: at once), about which row where it is one."""

    what: Falls
    by: date | None
    ref: str = ""
    kind: str = ""

    def late(self, today: date) -> bool:
        return self.by is None or self.by < today


def owed(mentee: Mentee, practice: Practice, today: date) -> list[Owed]:
    """What is due with one mentee, the soonest first: also what is to come, so that nobody has to count months."""
    if mentee.erased_at or (mentee.left_on and mentee.left_on < today):
        return []
    found: list[Owed] = []
    if mentee.call_me_at:
        found.append(Owed(Falls.CALL, None))
    referral = mentee.referrals.filter(outcome="").first()
    if referral is not None:
        found.append(Owed(Falls.REFERRAL, None, referral.ref))
    risks = list(mentee.risk_assessments.filter(on__lte=today).order_by("on", "pk"))
    found += [
        Owed(Falls.RISK_ACTION, risk.actions_due, risk.ref, risk.kind)
        for risk in risks
        if risk.actions and risk.actions_done_on is None
    ]
    if mentee.accepted_on is None:
        return found
    heard_by = due.mentees_heard(practice.service, today).filter(pk=mentee.pk).values_list(F("base"), flat=True).first()
    if heard_by is not None:  # None: away, so nothing falls due
        found.append(Owed(Falls.CONTACT, Period(practice.contact_months, "month").after(heard_by)))
    reviewed = due.matches_reviewed(practice.service, today).filter(mentee=mentee).values_list("ref", F("base"))
    found += [Owed(Falls.REVIEW, add_months(base, practice.review_months), ref) for ref, base in reviewed]
    introduced = (
        due.running_matches(practice.service, today)
        .filter(mentee=mentee)
        .order_by("introduced_on")
        .values_list("introduced_on", flat=True)
        .first()
    )
    if introduced is not None:
        last = {risk.kind: risk.on for risk in risks}
        for kind in asked_kinds(practice):
            if kind != RiskAssessment.Kind.PERSON:
                done = last.get(kind)
                by = add_months(done, practice.risk_months) if done else introduced
                found.append(Owed(Falls.RISK_REVIEW, by, kind=kind.value))
    answered = set(mentee.consents.values_list("kind", flat=True))
    if unasked := len(asked_consents() - answered):
        found.append(Owed(Falls.CONSENT, None, kind=str(unasked)))
    return sorted(found, key=lambda one: (one.by or date.min, list(Falls).index(one.what)))


def asked_consents() -> frozenset[str]:
    """The kinds everybody is asked for (indicator 41); a story is asked for when there is one."""
    return frozenset(kind.value for kind in Consent.Kind if kind != Consent.Kind.STORY)


def asked_kinds(practice: Practice) -> list[RiskAssessment.Kind]:
    """The kinds of risk assessment a service makes: of the home only where it visits homes."""
    return [kind for kind in RiskAssessment.Kind if kind != RiskAssessment.Kind.HOME or practice.visits_homes]


# what happened


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a record: of which subject, on which day, by whom, which row. Words are the page's business."""

    subject: str
    on: date
    row: Any  # the row itself, of the subject's kind
    moment: str = ""
    by: str = ""


def happenings(mentee: Mentee) -> list[Happening]:
    """Everything on one mentee's record, the latest first. Seven queries, however much there is."""
    found: list[tuple[date, datetime | None, int, Happening]] = []

    def add(one: Happening, at: datetime | None = None) -> None:
        found.append((one.on, at, len(found), one))

    for referral in mentee.referrals.select_related("decided_by"):
        add(Happening("referral", referral.came_on, referral, "came"), referral.at)
        if referral.decided_on:
            by = referral.decided_by.name if referral.decided_by else ""
            add(Happening("referral", referral.decided_on, referral, "decided", by))
    for contact in mentee.contacts.select_related("by", "mentor", "match"):
        add(Happening("contact", contact.on, contact, contact.kind, contact.by.name if contact.by else ""), contact.at)
    for consent in mentee.consents.select_related("by"):
        by = consent.by.name if consent.by else ""
        add(Happening("consent", consent.on, consent, consent.answer, by), consent.at)
    for risk in mentee.risk_assessments.select_related("by"):
        add(Happening("risk", risk.on, risk, "assessed", risk.by.name), risk.at)
        if risk.actions_done_on:
            add(Happening("risk", risk.actions_done_on, risk, "done"))
    for pause in mentee.pauses.select_related("by"):
        add(Happening("pause", pause.begins, pause, "began", pause.by.name), pause.at)
        if pause.ends:
            add(Happening("pause", pause.ends, pause, "ended"))
    for match in mentee.matches.select_related("mentor", "proposed_by"):
        add(Happening("match", match.proposed_on, match, "proposed", match.proposed_by.name), match.at)
        if match.introduced_on:
            add(Happening("match", match.introduced_on, match, "introduced", match.introduced_by))
        if match.ended_on:
            add(Happening("match", match.ended_on, match, "ended"))
    for review in Review.objects.filter(match__mentee=mentee).select_related("match", "by"):
        add(Happening("review", review.on, review, "reviewed", review.by.name if review.by else ""))
    found.sort(key=lambda one: (one[0], one[2]), reverse=True)
    return [one[3] for one in found]


def running_of(mentee: Mentee, today: date) -> list[Match]:
    """A mentee's matches that run today, with their mentors."""
    return list(
        Match.objects.filter(due.running(today), mentee=mentee).select_related("mentor").order_by("introduced_on")
    )


def pause_of(mentee: Mentee, today: date) -> Pause | None:
    """The pause in which somebody is today, or which is to come."""
    return mentee.pauses.filter(Q(ends__isnull=True) | Q(ends__gte=today)).order_by("begins").first()


# the waiting list over time


@dataclass(frozen=True, slots=True)
class WaitingThen:
    """The waiting list as it was at the end of one day: how many, and how long they had waited on average, in days."""

    on: date
    waiting: int
    days: float | None


def month_ends(today: date, months: int = 12) -> list[date]:
    """The last days of so many months before this one, and today."""
    first = today.replace(day=1)
    return [*(add_days(add_months(first, -back), -1) for back in range(months - 1, -1, -1)), today]


def waiting_over_time(service: Service, days: Sequence[date]) -> list[WaitingThen]:
    """The waiting list as it was on each of these days, from what is on record: accepted, here, and in no match.

    A wait begins when somebody is accepted, and anew when a match has ended or they have come back. Two queries.
    """
    # days as text compare as days do; only where somebody waited one is counted from the other
    asked = sorted({day.isoformat() for day in days})
    people = (
        Mentee.objects.filter(service=service, accepted_on__lte=asked[-1])
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=asked[0]))
        .order_by()
        .values_list("pk", Iso("accepted_on"), Iso("left_on"), Iso("waiting_since"))
    )
    matches: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    met = Match.objects.filter(service=service, introduced_on__lte=asked[-1]).order_by()
    for mentee, begun, ended in met.values_list("mentee_id", Iso("introduced_on"), Iso("ended_on")):
        matches[mentee].append((begun, ended))
    waits: dict[str, list[int]] = {day: [] for day in asked}
    for pk, accepted, left, since in people:
        for day, began in _waited_on(asked, accepted, left, since, matches.get(pk, ())):
            waits[day].append(days_between(began, day))
    return [
        WaitingThen(day, len(then), sum(then) / len(then) if then else None)
        for day in days
        for then in [waits[day.isoformat()]]
    ]


def _waited_on(
    days: Sequence[str], accepted: str, left: str | None, since: str | None, matches: Iterable[tuple[str, str | None]]
) -> Iterator[tuple[str, str]]:
    """On which of these days somebody waited, and since when: on those between being accepted and leaving that lie in
    no match, each of which is skipped in one step.
    """
    at, end = bisect_left(days, accepted), len(days) if left is None else bisect_right(days, left)
    while at < end:
        day = days[at]
        began = since if since is not None and since <= day else accepted
        for begun, ended in matches:
            if begun <= day and (ended is None or ended >= day):
                at = end if ended is None else bisect_right(days, ended, at)
                break
            if ended is not None and began < ended < day:
                began = ended
        else:
            yield day, began
            at += 1
