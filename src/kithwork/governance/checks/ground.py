"""What the checks of one service on one day share: sets and expressions, each made once, so that each is read once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from kithwork.checks import Rows, before, known
from kithwork.core.readiness import YEAR
from kithwork.governance.models import (
    Appraisal,
    Change,
    Evaluation,
    Insurance,
    Policy,
    PolicyVersion,
    Resource,
    Risk,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffVetting,
    Target,
)
from kithwork.organisations.models import Service

_FIGURES = Case(
    *(When(counts=one, then=Value(one.label)) for one in Target.Counts if one is not Target.Counts.OTHER),
    default=F("what"),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Ground:
    """A service on a day. Nothing here reads what came later, so that a day in the past can be asked of."""

    service: Service
    at: date

    @property
    def since(self) -> date:
        """The first day of the year that ends on the day: 2 March 2026 to 1 March 2027."""
        return before(YEAR, self.at) + timedelta(days=1)

    # papers

    @cached_property
    def policies(self) -> Rows:
        """Policies in force on the day, with the latest approval up to then; those entered later only where they were
        approved by then.
        """
        versions = PolicyVersion.objects.filter(policy=OuterRef("pk"), approved_on__lte=self.at)
        approved = Subquery(versions.order_by("-approved_on").values("approved_on")[:1])
        rows = Policy.objects.filter(self._in_force(), service=self.service).annotate(approved=approved)
        return Rows("policies", rows.filter(self._entered | Q(approved__isnull=False)), label=F("title"))

    @cached_property
    def no_paper_on_information(self) -> Q:
        """No policy on handling information is in force."""
        rows = Policy.objects.filter(self._in_force(), service=self.service, subject=Policy.Subject.INFORMATION)
        return Q(~Exists(rows))

    @cached_property
    def changed_policies(self) -> Rows:
        """The latest change of each policy in force, where it touches people and is of the last year."""
        later = PolicyVersion.objects.filter(
            policy=OuterRef("policy"), number__gt=OuterRef("number"), changed=True, approved_on__lte=self.at
        )
        rows = PolicyVersion.objects.filter(
            self._in_force("policy__"),
            ~Exists(later),
            policy__service=self.service,
            changed=True,
            affects_people=True,
            approved_on__range=(self.since, self.at),
        )
        return Rows("changed policies", rows, ref=F("policy__ref"), label=F("policy__title"))

    @cached_property
    def resources(self) -> Rows:
        """Of the library for mentors: entered by then, and in it on the day."""
        rows = Resource.objects.filter(self._in_force(), self._entered, service=self.service, for_mentors=True)
        return Rows("resources", rows, label=F("title"))

    # registers

    @cached_property
    def insurance(self) -> list[Insurance]:
        """All of it, for what follows on is entered before it begins."""
        known(self.at)
        return list(Insurance.objects.filter(service=self.service).order_by("ends", "pk"))

    @cached_property
    def risks(self) -> Rows:
        """Open risks of the service's register."""
        rows = Risk.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=self.at), self._entered, service=self.service
        )
        return Rows("risks", rows, label=F("what"), other=F("owner"))

    @cached_property
    def targets(self) -> Rows:
        """For the calendar year of the day."""
        rows = Target.objects.filter(service=self.service, year=self.at.year)
        return Rows("targets", rows, label=_FIGURES)

    @cached_property
    def reported(self) -> Rows:
        """The service, once a figure of it was published, with the latest day of that."""
        told = Target.objects.filter(service=OuterRef("pk"), published_on__lte=self.at).order_by("-published_on")
        rows = Service.objects.filter(pk=self.service.pk).annotate(reported=Subquery(told.values("published_on")[:1]))
        return Rows("reported", rows.filter(reported__isnull=False))

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        """The latest first."""
        return list(Evaluation.objects.filter(service=self.service, on__lte=known(self.at)).order_by("-on", "-pk"))

    @cached_property
    def changes(self) -> Rows:
        """Changes of the last year that touch people."""
        rows = Change.objects.filter(service=self.service, affects_people=True, changed_on__range=(self.since, self.at))
        return Rows("changes", rows, label=F("weakness"))

    # staff

    @cached_property
    def staff(self) -> Rows:
        """Of the mentoring service: begun by then, not yet left; with `cleared` and `vetted_until` of the latest
        vetting, and how many references are there.
        """
        vetting = StaffVetting.objects.filter(staff=OuterRef("pk"), on__lte=self.at).order_by("-on", "-pk")
        received = StaffReference.objects.filter(
            staff=OuterRef("pk"), satisfactory=True, received_on__lte=self.at
        ).order_by()
        rows = Staff.objects.filter(self._in_force(), service=self.service, mentoring=True, began_on__lte=self.at)
        return Rows(
            "staff",
            rows.annotate(
                cleared=Subquery(vetting.values("clear")[:1]),
                vetted_until=Subquery(vetting.values("expires_on")[:1]),
                referenced=Subquery(received.values("staff").annotate(n=Count("pk")).values("n")),
            ),
        )

    @cached_property
    def staff_here(self) -> Q:
        """Not away on the day."""
        return Q(away_from__isnull=True) | Q(away_from__gt=self.at) | Q(away_until__lt=self.at)

    @cached_property
    def staff_settled(self) -> Q:
        """From the day after their first, what is had once is asked of them."""
        return Q(began_on__lt=self.at)

    @cached_property
    def staff_one_to_one(self) -> Q:
        return Q(one_to_one=True)

    @cached_property
    def staff_supervised(self) -> Any:
        """The latest of the first day, the last session, and the last day away."""
        return self._last(StaffSupervision)

    @cached_property
    def staff_supervised_with_minutes(self) -> Any:
        return self._last(StaffSupervision, minuted=True)

    @cached_property
    def staff_appraised(self) -> Any:
        return self._last(Appraisal, by_job_description=True)

    @cached_property
    def staff_needs_assessed(self) -> Any:
        return self._last(Appraisal, needs_assessed=True)

    @cached_property
    def _entered(self) -> Q:
        return Q(made_at__date__lte=self.at)

    def _in_force(self, of: str = "") -> Q:
        return Q(**{f"{of}ended_on__isnull": True}) | Q(**{f"{of}ended_on__gte": self.at})

    def _last(self, kind: type[StaffSupervision] | type[Appraisal], **only: bool) -> Any:
        rows: Any = kind._default_manager.filter(staff=OuterRef("pk"), on__lte=self.at, **only)
        back = Case(When(away_until__lt=self.at, then=F("away_until")), default=F("began_on"))
        return Greatest(F("began_on"), Coalesce(Subquery(rows.order_by("-on").values("on")[:1]), F("began_on")), back)
