"""Lists of mentors: how each stands, what is missing, what falls due; as sets, with the same rules as `clearing.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from kithwork.caseload.models import (
    Attendance,
    Consent,
    Contact,
    Exemption,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Pause,
    Practice,
    Reference,
    Supervision,
    Vetting,
)
from kithwork.caseload.queries.due import away, here, is_matched, running
from kithwork.core.days import add_days
from kithwork.core.service import Missing
from kithwork.organisations.models import Service

__all__ = [
    "ExemptionMissing",
    "MenteeRow",
    "MentorRow",
    "PauseRow",
    "PracticeRow",
    "ReferenceRow",
    "Standing",
    "StepKind",
    "StepOutcome",
    "SupervisionTopic",
    "VettingLevel",
    "VettingOutcome",
    "VettingRow",
    "Way",
    "champions",
    "exemptions_holding",
    "feedback_owed",
    "lacking",
    "listed",
    "mentors_of",
    "standing",
    "unread_references",
]

MentorRow = Mentor  # pages import no models
MenteeRow = Mentee
ReferenceRow = Reference
PracticeRow = Practice
VettingRow = Vetting
PauseRow = Pause
StepKind = MentorStep.Kind
StepOutcome = MentorStep.Outcome
VettingLevel = Vetting.Level
VettingOutcome = Vetting.Outcome
ExemptionMissing = Exemption.Missing
SupervisionTopic = Supervision.Topic
Way = Mentor.Way

_STEPS = {
    Missing.ROLE: StepKind.ROLE,
    Missing.INTERVIEW: StepKind.INTERVIEW,
    Missing.INDUCTION: StepKind.INDUCTION,
    Missing.BADGE: StepKind.BADGE,
    Missing.SELECTION: StepKind.SELECTION,
}


class Standing(StrEnum):
    """How a mentor stands, in the order of the road."""

    APPLIED = "applied"
    TRAINING = "training"
    MISSING = "missing"  # selected, and something is missing
    READY = "ready"
    MATCHED = "matched"
    PAUSED = "paused"
    LEFT = "left"
    NOT_SELECTED = "not-selected"


def mentors_of(service: Service) -> QuerySet[Mentor]:
    """Everybody who ever applied, by name, without those whose details were erased."""
    return Mentor.objects.filter(service=service, erased_at__isnull=True)


def _latest(kind: str, today: date) -> Subquery:
    rows = MentorStep.objects.filter(mentor=OuterRef("pk"), kind=kind, on__lte=today)
    return Subquery(rows.order_by("-on", "-pk").values("outcome")[:1])


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("mentor").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _checks(today: date) -> QuerySet[Vetting]:
    return (
        Vetting.objects.filter(mentor=OuterRef("pk"), on__lte=today)
        .exclude(outcome=Vetting.Outcome.ASKED)
        .order_by("-on", "-pk")
    )


def exempt(what: Missing, today: date) -> Exists:
    """Of mentors: whether an exemption from this holds today."""
    return Exists(
        Exemption.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=today),
            mentor=OuterRef("pk"),
            missing=what.value,
            begins__lte=today,
            until__gte=today,
        )
    )


def lacking(practice: Practice, today: date) -> dict[Missing, Q]:
    """For each thing that can be missing, which mentors of a set prepared by `listed` lack it. Tests hold it against
    `core.service.clearance`.
    """
    lacks = {
        Missing.CONSENT: Q(consent__isnull=True) | ~Q(consent=Consent.Answer.GIVEN),
        Missing.REFERENCES: Q(good_references__lt=practice.references),
        Missing.TRAINING: Q(joined_by="", sessions_attended__lt=practice.training_sessions),
        **{
            what: Q(**{f"step_{kind.value}__isnull": True}) | Q(**{f"step_{kind.value}": "no"})
            for what, kind in _STEPS.items()
        },
    }
    if not practice.badges:
        del lacks[Missing.BADGE]
    clear = Q(checked=Vetting.Outcome.CLEAR) & (Q(checked_until__isnull=True) | Q(checked_until__gte=today))
    lapsed = Q(checked__isnull=True) | (Q(checked=Vetting.Outcome.CLEAR) & ~clear)
    found = {
        what: lack if what is Missing.SELECTION else lack & ~Q(exempt(what, today)) for what, lack in lacks.items()
    }
    if practice.vetting != Practice.Vetting.NONE:
        found[Missing.VETTING] = Q(checked=Vetting.Outcome.UNSUITABLE) | (lapsed & ~Q(exempt(Missing.VETTING, today)))
    return found


def listed(service: Service, practice: Practice, today: date) -> QuerySet[Any]:
    """The mentors of a service with what lists show and sort by: `last` (contact), `running` (matches), `checked` and
    `checked_until` (vetting), and how they `stand` today.
    """
    sessions = Attendance.objects.filter(
        mentor=OuterRef("pk"), state="present", session__training__kind="initial", session__on__lte=today
    )
    consents = Consent.objects.filter(mentor=OuterRef("pk"), kind=Consent.Kind.DATA, on__lte=today)
    contacts = Contact.objects.filter(mentor=OuterRef("pk"), kind=Contact.Kind.MENTOR, reached=True, on__lte=today)
    matches = Match.objects.filter(running(today), mentor=OuterRef("pk"))
    rows = mentors_of(service).annotate(
        last=Subquery(contacts.order_by("-on").values("on")[:1]),
        running=_number(matches),
        consent=Subquery(consents.order_by("-on", "-pk").values("answer")[:1]),
        checked=Subquery(_checks(today).values("outcome")[:1]),
        checked_until=Subquery(_checks(today).values("expires_on")[:1]),
        good_references=_number(Reference.objects.filter(mentor=OuterRef("pk"), suitable=True, received_on__lte=today)),
        sessions_attended=_number(sessions),
        **{f"step_{kind.value}": _latest(kind, today) for kind in _STEPS.values()},
    )
    missing = When(_anything(practice, today), then=Value(Standing.MISSING))
    return rows.annotate(stand=_stand(today, missing, Value(Standing.READY)))


def _anything(practice: Practice, today: date) -> Q:
    found = Q()
    for lack in lacking(practice, today).values():
        found |= lack
    return found


def _stand(today: date, *free: Any) -> Case:
    """How a mentor stands; `free` says it of those who are selected, here, not away and not matched."""
    return Case(
        When(left_on__lt=today, then=_gone()),
        When(left_on=today, accepted_on__isnull=True, then=_gone()),
        When(accepted_on__isnull=True, then=_coming()),
        When(away("mentor", today), then=Value(Standing.PAUSED)),
        When(is_matched("mentor", today), then=Value(Standing.MATCHED)),
        *free[:-1],
        default=free[-1],
        output_field=CharField(),
    )


def _gone() -> Case:
    return Case(
        When(accepted_on__isnull=True, step_selection="no", then=Value(Standing.NOT_SELECTED)),
        default=Value(Standing.LEFT),
        output_field=CharField(),
    )


def _coming() -> Case:
    training = Attendance.objects.filter(mentor=OuterRef("pk"), session__training__kind="initial").exclude(
        state__in=("declined", "absent")
    )
    return Case(
        When(Exists(training), then=Value(Standing.TRAINING)),
        default=Value(Standing.APPLIED),
        output_field=CharField(),
    )


def standing(mentor: Any) -> Standing:
    """How a mentor of a `listed` set stands."""
    return Standing(mentor.stand)


def narrowed(rows: QuerySet[Any], practice: Practice, state: str, today: date) -> QuerySet[Any]:
    """Those of a `listed` set that a filter asks for: a `Standing`, or 'here', 'room', 'lacking', 'vetting',
    'champions', 'feedback'; everybody for any other word.
    """
    match state:
        case "here":
            return rows.filter(here(today))
        case "room":
            return rows.filter(stand__in=(Standing.READY, Standing.MATCHED), running__lt=F("places"))
        case "lacking":
            return rows.filter(here(today), _anything(practice, today), accepted_on__isnull=False)
        case "vetting":
            return vetting_ending(rows.filter(here(today)), practice, today)
        case "champions":
            return rows.filter(here(today), champion_since__isnull=False)
        case "feedback":
            return feedback_owed(rows)
        case _ if state in set(Standing):
            return rows.filter(stand=state)
        case _:
            return rows


def vetting_ending(rows: QuerySet[Any], practice: Practice, today: date) -> QuerySet[Any]:
    """Of a `listed` set: selected, and in the window before the last day of their check, or past it."""
    if practice.vetting == Practice.Vetting.NONE:
        return rows.none()
    # the first day of the window is the last day + 1 - window (core/service/clearance.py)
    return rows.filter(
        accepted_on__isnull=False,
        checked=Vetting.Outcome.CLEAR,
        checked_until__lte=add_days(today, practice.vetting_window_days - 1),
    )


def feedback_owed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Who was not selected, and was not told why yet (indicator 51)."""
    decisions = MentorStep.objects.filter(mentor=OuterRef("pk"), kind=StepKind.SELECTION).order_by("-on", "-pk")
    told = MentorStep.objects.filter(mentor=OuterRef("pk"), kind=StepKind.FEEDBACK, on__gte=OuterRef("decided_on"))
    refused = MentorStep.objects.filter(kind=StepKind.SELECTION, outcome=StepOutcome.NO)  # the few, by an index
    owed: QuerySet[Any] = (
        rows.filter(pk__in=refused.values("mentor"))
        .annotate(decided=Subquery(decisions.values("outcome")[:1]), decided_on=Subquery(decisions.values("on")[:1]))
        .filter(~Exists(told), decided=StepOutcome.NO)
    )
    return owed


def found(rows: QuerySet[Any], words: Iterable[str]) -> QuerySet[Any]:
    """Those in whose name, number, place, interests, languages or skills each of the words occurs."""
    rows = rows.annotate(
        said=Cast("interests", TextField()), speaks=Cast("languages", TextField()), can=Cast("skills", TextField())
    )
    for word in words:
        named = Q(name__icontains=word) | Q(known_as__icontains=word) | Q(number__iexact=word)
        told = Q(said__icontains=word) | Q(speaks__icontains=word) | Q(can__icontains=word)
        rows = rows.filter(named | told | Q(postcode__istartswith=word))
    return rows


def counts(service: Service, practice: Practice, today: date) -> dict[str, int]:
    """How many stand how, by `Standing`. One query, and where somebody is free another for what they lack."""
    everybody = mentors_of(service).annotate(step_selection=_latest(StepKind.SELECTION, today))
    found = _grouped(everybody.annotate(stand=_stand(today, Value(""))))
    if found.pop("", 0):
        rows = listed(service, practice, today).filter(here(today), accepted_on__isnull=False)
        found |= _grouped(rows.exclude(away("mentor", today)).exclude(is_matched("mentor", today)))
    return found


def _grouped(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("stand").annotate(Count("pk")))


def exemptions_holding(service: Service, today: date) -> QuerySet[Exemption]:
    """The exemptions that hold today, the soonest to end first."""
    return (
        Exemption.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=today),
            mentor__service=service,
            mentor__erased_at__isnull=True,
            begins__lte=today,
            until__gte=today,
        )
        .select_related("mentor", "by")
        .order_by("until", "pk")
    )


def exemptions_over(service: Service, today: date) -> QuerySet[Exemption]:
    """The exemptions of the last year that have ended, the latest first."""
    return (
        Exemption.objects.filter(
            Q(ended_on__lte=today) | Q(until__lt=today),
            mentor__service=service,
            mentor__erased_at__isnull=True,
            until__gte=today - timedelta(days=365),
        )
        .select_related("mentor", "by")
        .order_by("-until", "-pk")
    )


def champions(service: Service, today: date) -> QuerySet[Mentor]:
    """Who passes their skills on to others, the longest named first."""
    return mentors_of(service).filter(here(today), champion_since__isnull=False).order_by("champion_since", "name")


def unread_references(service: Service) -> QuerySet[Reference]:
    """References that have come and are not judged yet, the oldest first."""
    return (
        Reference.objects.filter(mentor__service=service, received_on__isnull=False, suitable__isnull=True)
        .filter(mentor__left_on__isnull=True)
        .select_related("mentor")
        .order_by("received_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class File:
    """All of one mentor's road, in the order of time: a handful of queries."""

    steps: list[MentorStep]
    references: list[Reference]
    vettings: list[Vetting]
    exemptions: list[Exemption]
    attendance: list[Attendance]
    supervisions: list[Supervision]
    contacts: list[Contact]  # the latest twenty of staff with the mentor
    matches: list[Match]
    pauses: list[Pause]
    consents: list[Consent]

    def latest(self, kind: MentorStep.Kind) -> MentorStep | None:
        """The latest step of a kind."""
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


def file_of(mentor: Mentor) -> File:
    """What is on record of a mentor."""
    contacts = Contact.objects.filter(mentor=mentor, kind=Contact.Kind.MENTOR).select_related("by")
    return File(
        steps=list(mentor.steps.select_related("by")),
        references=list(mentor.references.all()),
        vettings=list(mentor.vettings.select_related("by")),
        exemptions=list(mentor.exemptions.select_related("by")),
        attendance=list(
            mentor.attendance.select_related("session__training").order_by("session__on", "session__number")
        ),
        supervisions=list(mentor.supervisions.select_related("by")),
        contacts=list(contacts[:20]),
        matches=list(mentor.matches.select_related("mentee")),
        pauses=list(mentor.pauses.select_related("by")),
        consents=list(mentor.consents.select_related("by")),
    )


def same_address(mentor: Mentor) -> list[Mentor]:
    """Other records of the service with the same e-mail address: perhaps the same person, who applied again."""
    if not mentor.email:
        return []
    others = mentors_of(mentor.service).filter(email__iexact=mentor.email)
    return list(others.exclude(pk=mentor.pk).order_by("applied_on")[:5])
