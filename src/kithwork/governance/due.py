"""What falls due about the service itself, as named sets with a date each. Nothing here reads a person's record.

`on` is the last day in time: what is due on a day is overdue from the next. None is what has never been done, and is
overdue at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from kithwork.core.days import add_days, add_months
from kithwork.core.service.cover import first_gap
from kithwork.governance.models import (
    Acknowledgement,
    Appraisal,
    Change,
    Complaint,
    Evaluation,
    Funding,
    Insurance,
    Loan,
    Policy,
    PolicyVersion,
    Risk,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.organisations.models import Service

SOON = 60  # days before its date from which something is near
STAFF_REFERENCES = 2  # indicator 27
SUPERVISION_MONTHS = 3  # indicator 29
APPRAISAL_MONTHS = 12  # indicator 30
EVALUATION_MONTHS = 36  # indicator 37
FUNDED_MONTHS = 12  # indicator 2


class Matter(StrEnum):
    """What is due; closed, so that a page finds its words and its address by it."""

    POLICY = "policy"
    TOLD = "told"
    INSURANCE = "insurance"
    RISK = "risk"
    FUNDING = "funding"
    EVALUATION = "evaluation"
    CHANGE_TOLD = "change-told"
    LOAN = "loan"
    STAFF_REFERENCES = "staff-references"
    STAFF_VETTING = "staff-vetting"
    STAFF_TRAINING = "staff-training"
    STAFF_INDUCTION = "staff-induction"
    STAFF_SUPERVISION = "staff-supervision"
    STAFF_APPRAISAL = "staff-appraisal"


class Cover(StrEnum):
    """What insurance has to cover (indicator 3)."""

    EMPLOYER = "employer"
    PUBLIC = "public"
    VOLUNTEERS = "volunteers"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: of which record (`ref`), and in few words what it is, or a closed word of its matter."""

    matter: Matter
    on: date | None
    ref: str = ""
    what: str = ""

    def overdue(self, today: date) -> bool:
        return self.on is None or self.on < today

    def soon(self, today: date, days: int = SOON) -> bool:
        """Not overdue, and due within so many days."""
        return self.on is not None and today <= self.on <= add_days(today, days)


def near(dues: Iterable[Due], today: date, days: int = SOON) -> list[Due]:
    """Those overdue or due within so many days: what was never done first, then by date."""
    found = [due for due in dues if due.overdue(today) or due.soon(today, days)]
    return sorted(found, key=lambda due: (due.on or date.min, due.matter, due.ref))


def with_review(policies: QuerySet[Policy]) -> QuerySet[Any]:
    """Policies with `due` (the next review), `approved` and `number` of the latest version; None before the first."""
    latest = PolicyVersion.objects.filter(policy=OuterRef("pk")).order_by("-number")
    return policies.annotate(
        due=Subquery(latest.values("review_due")[:1]),
        approved=Subquery(latest.values("approved_on")[:1]),
        number=Subquery(latest.values("number")[:1]),
    )


def policies_due(service: Service) -> list[Due]:
    """Each live policy, with the day by which it is to be reviewed."""
    rows = with_review(Policy.objects.filter(service=service, ended_on__isnull=True))
    return [Due(Matter.POLICY, due, ref, title) for due, ref, title in rows.values_list("due", "ref", "title")]


def untold(service: Service) -> list[Due]:
    """Live policies whose latest change touches people, while mentees or mentors were not told of it (indicator 38)."""
    later = PolicyVersion.objects.filter(policy=OuterRef("policy"), number__gt=OuterRef("number"), changed=True)
    told = Acknowledgement.objects.filter(version=OuterRef("pk"))
    rows = (
        PolicyVersion.objects.filter(policy__service=service, policy__ended_on__isnull=True, affects_people=True)
        .exclude(Exists(later))
        .exclude(Exists(told.filter(group="mentees")), Exists(told.filter(group="mentors")))
    )
    found = rows.order_by("approved_on", "pk").values_list("approved_on", "policy__ref", "policy__title")
    return [Due(Matter.TOLD, on, ref, title) for on, ref, title in found]


def changes_untold(service: Service) -> list[Due]:
    """Changes made that touch people, while mentees or mentors were not told (indicator 38)."""
    rows = Change.objects.filter(service=service, affects_people=True, changed_on__isnull=False).filter(
        Q(mentees_told_on__isnull=True) | Q(mentors_told_on__isnull=True)
    )
    return [Due(Matter.CHANGE_TOLD, row.changed_on, row.ref) for row in rows]


def gives(row: Insurance, cover: Cover) -> bool:
    """Whether an insurance is of that cover: volunteers are covered by any that names them."""
    if cover is Cover.VOLUNTEERS:
        return row.volunteers
    kind = {Cover.EMPLOYER: Insurance.Cover.EMPLOYER, Cover.PUBLIC: Insurance.Cover.PUBLIC}[cover]
    return row.cover in (kind, Insurance.Cover.BOTH)


def covered_until(rows: Iterable[Insurance], cover: Cover, today: date) -> date | None:
    """The last day on which a cover holds without a gap from today on; where it holds no more, the last day on which it
    did; None when it never did.
    """
    held = [row for row in rows if gives(row, cover)]
    gap = first_gap([(r.begins, r.ends) for r in held], today, date.max)
    if gap is None:
        return date.max
    if gap > today:
        return gap - timedelta(days=1)
    return max((r.ends for r in held if r.ends < today), default=None)


def insurance_due(service: Service, today: date) -> list[Due]:
    """For each cover that is needed, the day it lapses."""
    rows = list(Insurance.objects.filter(service=service))
    return [Due(Matter.INSURANCE, covered_until(rows, cover, today), what=cover) for cover in Cover]


def risk_actions_due(service: Service) -> list[Due]:
    """Actions agreed against risks that are neither done nor closed, with their day (indicator 7)."""
    rows = Risk.objects.filter(service=service, done_on__isnull=True, closed_on__isnull=True, due_on__isnull=False)
    return [Due(Matter.RISK, on, ref, what) for on, ref, what in rows.values_list("due_on", "ref", "what")]


@dataclass(frozen=True, slots=True)
class Funded:
    """The first day without money in the next twelve months: of what is secured, and with what is applied for too."""

    secured: date | None
    applied: date | None


def funded(service: Service, today: date) -> Funded:
    """None where the whole of the next twelve months is covered (indicator 2)."""
    rows = list(Funding.objects.filter(service=service, ends__gte=today).exclude(state=Funding.State.REFUSED))
    end = add_months(today, FUNDED_MONTHS) - timedelta(days=1)
    sure = [(row.begins, row.ends) for row in rows if row.state == Funding.State.SECURED]
    return Funded(first_gap(sure, today, end), first_gap([(row.begins, row.ends) for row in rows], today, end))


def funding_due(service: Service, today: date) -> list[Due]:
    """The last day with money, when the next twelve months are not covered even with what was applied for."""
    gap = funded(service, today).applied
    if gap is None:
        return []
    return [Due(Matter.FUNDING, gap - timedelta(days=1) if gap > today else None)]


def evaluation_due(service: Service, since: date) -> list[Due]:
    """Three years after the last evaluation, or after the service began to run."""
    last = Evaluation.objects.filter(service=service).order_by("-on").values_list("on", flat=True).first()
    return [Due(Matter.EVALUATION, add_months(max(last or since, since), EVALUATION_MONTHS))]


def loans_due(service: Service) -> list[Due]:
    """Things lent, with the day on which they are to come back."""
    rows = Loan.objects.filter(resource__service=service, back_on__isnull=True, due_on__isnull=False)
    found = rows.values_list("due_on", "resource__ref", "resource__title")
    return [Due(Matter.LOAN, on, ref, title) for on, ref, title in found]


def unanswered(service: Service) -> QuerySet[Complaint]:
    """Complaints and suggestions without an answer, the longest first. They may tell of people."""
    waiting = Complaint.objects.filter(service=service, answered_on__isnull=True)
    return waiting.exclude(kind=Complaint.Kind.PRAISE).order_by("on", "pk")


# staff


def uncovered(service: Service, today: date) -> QuerySet[Staff]:
    """Staff in the mentoring service who are away today and whom nobody covers, the longest away first."""
    away = Q(away_until__isnull=True) | Q(away_until__gte=today)
    here = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    rows = Staff.objects.filter(away, here, service=service, away_from__lte=today, cover__isnull=True, mentoring=True)
    return rows.order_by("away_from", "pk")


def with_dates(staff: QuerySet[Staff]) -> QuerySet[Staff]:
    """Staff with the latest day of each thing that is repeated, and how much of what is asked once is there."""
    own = OuterRef("pk")
    vetting = StaffVetting.objects.filter(staff=own).order_by("-on", "-pk")
    trained = StaffTraining.objects.filter(staff=own)
    supervised = StaffSupervision.objects.filter(staff=own, minuted=True).order_by("-on")
    received = StaffReference.objects.filter(staff=own, satisfactory=True).order_by()
    return staff.annotate(
        supervised=Subquery(supervised.values("on")[:1]),
        appraised=Subquery(Appraisal.objects.filter(staff=own).order_by("-on").values("on")[:1]),
        vetted=Subquery(vetting.values("on")[:1]),
        vetted_clear=Subquery(vetting.values("clear")[:1]),
        vetted_until=Subquery(vetting.values("expires_on")[:1]),
        referenced=Subquery(received.values("staff").annotate(n=Count("pk")).values("n")),
        trained_protection=Exists(trained.filter(topic=StaffTraining.Topic.PROTECTION)),
        trained_risk=Exists(trained.filter(topic=StaffTraining.Topic.RISK)),
        trained_volunteers=Exists(trained.filter(topic=StaffTraining.Topic.VOLUNTEERS)),
    )


def current_staff(service: Service, today: date) -> QuerySet[Staff]:
    """Those who work here: not yet left, with the columns of `with_dates`."""
    rows = Staff.objects.filter(service=service).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    return with_dates(rows).order_by(F("name"), "pk")


def due_of(one: Staff, today: date) -> list[Due]:
    """What is due with one member of staff that came out of `with_dates`. Who is away today owes nothing, and what is
    repeated runs on from the day of return; who is not in the mentoring service is asked for nothing.
    """
    row: dict[str, object] = vars(one)
    away = one.away_from is not None and one.away_from <= today and (one.away_until is None or one.away_until >= today)
    if not one.mentoring or away or one.began_on > today or (one.ended_on is not None and one.ended_on < today):
        return []
    found: list[Due] = []
    if one.one_to_one:
        if int(str(row["referenced"] or 0)) < STAFF_REFERENCES:
            found.append(Due(Matter.STAFF_REFERENCES, None, one.ref))
        if not row["vetted"] or not row["vetted_clear"]:
            found.append(Due(Matter.STAFF_VETTING, None, one.ref))
        elif isinstance(until := row["vetted_until"], date):
            found.append(Due(Matter.STAFF_VETTING, until, one.ref))
    found += [
        Due(Matter.STAFF_TRAINING, None, one.ref, topic)
        for topic in (StaffTraining.Topic.PROTECTION, StaffTraining.Topic.RISK, StaffTraining.Topic.VOLUNTEERS)
        if not row[f"trained_{topic}"]
    ]
    if one.inducted_on is None:
        found.append(Due(Matter.STAFF_INDUCTION, None, one.ref))
    back = one.away_until if one.away_until is not None and one.away_until < today else None
    for matter, last, months in (
        (Matter.STAFF_SUPERVISION, row["supervised"], SUPERVISION_MONTHS),
        (Matter.STAFF_APPRAISAL, row["appraised"], APPRAISAL_MONTHS),
    ):
        base = max(day for day in (one.began_on, last, back) if isinstance(day, date))
        found.append(Due(matter, add_months(base, months), one.ref))
    return found


def staff_due(service: Service, today: date) -> list[Due]:
    """What is due with everybody who works here. Seen by leads alone."""
    return [due for one in current_staff(service, today) for due in due_of(one, today)]


def ground_due(service: Service, today: date, since: date) -> list[Due]:
    """What is due about the service and not about people; `since` is the day it began to run here."""
    return [
        *policies_due(service),
        *untold(service),
        *insurance_due(service, today),
        *risk_actions_due(service),
        *funding_due(service, today),
        *evaluation_due(service, since),
        *changes_untold(service),
        *loans_due(service),
    ]
