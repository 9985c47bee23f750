"""What is on record of mentors, gathered for `core.service.clearance`: seven queries for any number of mentors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from kithwork.caseload.models import Attendance, Consent, Exemption, Mentor, MentorStep, Practice, Reference, Vetting
from kithwork.core.service import Cleared, Missing, Need, Standing, clearance

MANY = 200  # from so many on, the records of the whole service are read: to name each mentor takes longer
_STEPS = {
    MentorStep.Kind.ROLE: "role",
    MentorStep.Kind.INTERVIEW: "interview",
    MentorStep.Kind.INDUCTION: "induction",
    MentorStep.Kind.BADGE: "badge",
    MentorStep.Kind.SELECTION: "selected",
}


def need_of(practice: Practice) -> Need:
    """What a service asks of a mentor before the first match."""
    return Need(
        references=practice.references,
        sessions=practice.training_sessions,
        vetting=practice.vetting != Practice.Vetting.NONE,
        window_days=practice.vetting_window_days,
        grace_days=practice.vetting_grace_days,
        badge=practice.badges,
    )


def standings(joined: Mapping[int, str], today: date, service: int | None = None) -> dict[int, Standing]:
    """By the mentor's primary key: what is on record of each, as on that day. `joined` says by which programme each of
    them came, '' for none; `service` is the key of the service that all of them belong to, where they are many.
    """
    whose: dict[str, Any] = {"mentor__in": list(joined)} if service is None else {"mentor__service": service}
    steps = _steps(MentorStep.objects.filter(on__lte=today, kind__in=_STEPS, **whose))
    consents: dict[int, str] = dict(
        Consent.objects.filter(kind=Consent.Kind.DATA, on__lte=today, **whose)
        .order_by("on", "pk")
        .values_list("mentor_id", "answer")
    )
    references = _number(Reference.objects.filter(suitable=True, received_on__lte=today, **whose))
    vetted: dict[int, tuple[str, date | None]] = {}
    for mentor, outcome, until in (
        Vetting.objects.filter(on__lte=today, **whose)
        .exclude(outcome=Vetting.Outcome.ASKED)
        .order_by("on", "pk")
        .values_list("mentor_id", "outcome", "expires_on")
    ):
        vetted[mentor] = (outcome, until)
    sessions = _number(
        Attendance.objects.filter(
            state=Attendance.State.PRESENT, session__training__kind="initial", session__on__lte=today, **whose
        )
    )
    exempt: dict[int, set[Missing]] = defaultdict(set)
    holding = Exemption.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), **whose)
    for mentor, missing in holding.filter(begins__lte=today, until__gte=today).values_list("mentor_id", "missing"):
        exempt[mentor].add(Missing(missing))
    nothing: dict[str, bool] = {}
    found = {}
    for pk, programme in joined.items():
        outcome, until = vetted.get(pk, ("", None))
        found[pk] = Standing(
            consent=consents.get(pk) == Consent.Answer.GIVEN,
            references=references.get(pk, 0),
            vetted=outcome == Vetting.Outcome.CLEAR,
            vetted_until=until,
            unsuitable=outcome == Vetting.Outcome.UNSUITABLE,
            sessions=sessions.get(pk, 0),
            trained=bool(programme),
            exempt=frozenset(exempt[pk]) if pk in exempt else frozenset(),
            **steps.get(pk, nothing),
        )
    return found


def _number(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("mentor_id").annotate(Count("pk")))


def _steps(rows: QuerySet[MentorStep]) -> dict[int, dict[str, bool]]:
    """Which steps somebody has taken: the latest of its kind says so. Counted by the database; only of those of whom a
    step once said no is each step read. Two queries.
    """
    no = Q(outcome=MentorStep.Outcome.NO)
    taken = {field: Count("pk", filter=Q(kind=kind) & ~no) for kind, field in _STEPS.items()}
    counted: Iterable[Any] = rows.order_by().values_list("mentor_id").annotate(refused=Count("pk", filter=no), **taken)
    found: dict[int, dict[str, bool]] = {}
    doubtful = []
    for pk, refused, *numbers in counted:
        found[pk] = {field: number > 0 for field, number in zip(taken, numbers, strict=True)}
        if refused:
            doubtful.append(pk)
    if doubtful:
        for pk, kind, outcome in (
            rows.filter(mentor__in=doubtful).order_by("on", "pk").values_list("mentor_id", "kind", "outcome")
        ):
            found[pk][_STEPS[MentorStep.Kind(kind)]] = outcome != MentorStep.Outcome.NO
    return found


def at_a_glance(mentors: QuerySet[Mentor], practice: Practice, today: date) -> set[int]:
    """The primary keys of those of whom one query says that nothing is missing: all that is asked for is on record, and
    no step or answer ever said no. What is missing of the others, if anything, `cleared_among` says. Of nearly all
    mentors nothing is, and to read their records takes five times as long.
    """
    need, of = need_of(practice), {"mentor": OuterRef("pk")}
    steps = MentorStep.objects.filter(on__lte=today, **of)
    refused = MentorStep.objects.filter(kind__in=_STEPS, outcome=MentorStep.Outcome.NO)
    asked = Consent.objects.filter(kind=Consent.Kind.DATA, on__lte=today, **of)
    given = Q(answer=Consent.Answer.GIVEN)
    rows = mentors.filter(
        ~Q(pk__in=refused.values("mentor")), Exists(asked.filter(given)), ~Exists(asked.exclude(given))
    )
    for kind in _STEPS:
        if need.badge or kind != MentorStep.Kind.BADGE:
            rows = rows.filter(Exists(steps.filter(kind=kind)))
    if need.references:
        found = Reference.objects.filter(suitable=True, received_on__lte=today, **of).order_by("pk").values("pk")
        last = Subquery(found[need.references - 1 : need.references])
        rows = rows.annotate(last_reference=last).filter(last_reference__isnull=False)
    if need.vetting:
        made = Vetting.objects.filter(on__lte=today, **of).exclude(outcome=Vetting.Outcome.ASKED).order_by("-on", "-pk")
        rows = rows.annotate(
            checked=Subquery(made.values("outcome")[:1]), until=Subquery(made.values("expires_on")[:1])
        )
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=today), checked=Vetting.Outcome.CLEAR)
    if need.sessions:
        there = Attendance.objects.filter(
            state=Attendance.State.PRESENT, session__training__kind="initial", session__on__lte=today, **of
        ).order_by("pk")
        last = Subquery(there.values("pk")[need.sessions - 1 : need.sessions])
        rows = rows.annotate(last_session=last).filter(Q(last_session__isnull=False) | ~Q(joined_by=""))
    return set(rows.order_by().values_list("pk", flat=True))


def cleared(mentors: Iterable[Mentor], practice: Practice, today: date) -> dict[int, Cleared]:
    """By the mentor's primary key: whether each may be matched now, and what is missing."""
    return cleared_among({mentor.pk: mentor.joined_by for mentor in mentors}, practice, today)


def cleared_among(joined: Mapping[int, str], practice: Practice, today: date) -> dict[int, Cleared]:
    """The same for mentors of this service by primary key; `joined` as for `standings`."""
    need = need_of(practice)
    service = practice.service_id if len(joined) > MANY else None
    return {pk: clearance(need, standing, today) for pk, standing in standings(joined, today, service).items()}
