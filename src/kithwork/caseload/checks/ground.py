"""What the checks of one service on one day share: sets and expressions, each made once, so that each is read once."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.models import (
    Attendance,
    BoundaryChange,
    Contact,
    Match,
    Measurement,
    Mentee,
    Mentor,
    MentorStep,
    Pause,
    Practice,
    Referral,
    RiskAssessment,
    Session,
    Supervision,
    Training,
)
from kithwork.caseload.queries.due import here, running
from kithwork.checks import Rows, There, before
from kithwork.core.readiness import YEAR
from kithwork.organisations.models import Service

NEVER = Value(date.min, DateField())


@dataclass(frozen=True)
class Ground:
    """How a service works, and the day. Nothing here reads what came later than the day, so that a day in the past can
    be asked of.
    """

    practice: Practice
    at: date

    @property
    def service(self) -> Service:
        return self.practice.service

    @property
    def since(self) -> date:
        """The first day of the year that ends on the day: 2 March 2026 to 1 March 2027."""
        return before(YEAR, self.at) + timedelta(days=1)

    # sets

    @cached_property
    def mentees(self) -> Rows:
        """Accepted by then and still here, matched or not, with `matched`, and `back`, the last day of their latest
        pause that is over by then.
        """
        runs = There(Match.objects.filter(running(self.at), mentee=OuterRef("pk")))
        rows = Mentee.objects.filter(here(self.at), service=self.service, accepted_on__lte=self.at)
        rows = rows.annotate(matched=runs, back=self._back("mentee"))
        return Rows("mentees", rows, once=("matched", "back"))

    @cached_property
    def mentors(self) -> Rows:
        """Selected by then and still here, matched or not, with `matched`; the last two days of supervision,
        `supervised_on` and `supervised_before`; `back`, the last day of their latest pause that is over by then; and
        `told_on`, the latest day on which they said how they are, in a note or a figure.
        """
        runs = There(Match.objects.filter(running(self.at), mentor=OuterRef("pk")))
        rows = Mentor.objects.filter(here(self.at), service=self.service, accepted_on__lte=self.at)
        held = Supervision.objects.filter(mentor=OuterRef("pk"), on__lte=self.at)
        days = held.order_by("-on").values("on")
        noted = held.filter(wellbeing__gt="").order_by("-on").values("on")
        measured = Measurement.objects.filter(mentor=OuterRef("pk"), on__lte=self.at).order_by("-on").values("on")
        rows = rows.annotate(
            matched=runs,
            supervised_on=Subquery(days[:1]),
            back=self._back("mentor"),
            told_on=Greatest(Coalesce(Subquery(noted[:1]), NEVER), Coalesce(Subquery(measured[:1]), NEVER)),
        )
        # not the second of DISTINCT days: SQLite 3.40 gives the first again where there is no second
        rows = rows.annotate(supervised_before=Subquery(days.filter(on__lt=OuterRef("supervised_on"))[:1]))
        once = ("matched", "supervised_on", "supervised_before", "back", "told_on")
        return Rows("mentors", rows, once=once)

    @cached_property
    def coming(self) -> Rows:
        """Had applied by then, to be a mentor, and were still here or on their way on a day of the last year; not
        those who were erased. With the latest decision about them by then: `chosen` ('yes' or 'no'), `chosen_on` and
        `chosen_note`, the reason.
        """
        latest = MentorStep.objects.filter(
            mentor=OuterRef("pk"), kind=MentorStep.Kind.SELECTION, on__lte=self.at
        ).order_by("-on", "-pk")
        rows = Mentor.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=self.since),
            service=self.service,
            applied_on__lte=self.at,
            erased_at__isnull=True,
        ).annotate(
            chosen=Subquery(latest.values("outcome")[:1]),
            chosen_on=Subquery(latest.values("on")[:1]),
            chosen_note=Subquery(latest.values("note")[:1]),
        )
        return Rows("coming", rows, once=("chosen", "chosen_on", "chosen_note"))

    @cached_property
    def trainings(self) -> Rows:
        """Trainings not called off by then, with a session in the last year at which somebody was there; with the
        `first_day` of all their sessions, the last one by then (`latest_day`), and the last one of all (`last_day`):
        a course is planned as a whole, so that it is not over while a session is still to come.
        """
        sessions = Session.objects.filter(training=OuterRef("pk"))
        came = Attendance.objects.filter(
            session__training=OuterRef("pk"), session__on__lte=self.at, state=Attendance.State.PRESENT
        )
        rows = Training.objects.filter(
            Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=self.at),
            Exists(sessions.filter(on__range=(self.since, self.at))),
            Exists(came),
            service=self.service,
        ).annotate(
            first_day=Subquery(sessions.order_by("on").values("on")[:1]),
            latest_day=Subquery(sessions.filter(on__lte=self.at).order_by("-on").values("on")[:1]),
            last_day=Subquery(sessions.order_by("-on").values("on")[:1]),
        )
        return Rows("trainings", rows, label=F("title"), once=("first_day", "latest_day", "last_day"))

    @cached_property
    def itself(self) -> Rows:
        """The service, for what is asked of it as a whole."""
        return Rows("itself", Service.objects.filter(pk=self.service.pk))

    @cached_property
    def referred(self) -> Rows:
        """Mentees who had come by then and are still here, accepted or not."""
        rows = Mentee.objects.filter(here(self.at), service=self.service, came_on__lte=self.at)
        return Rows("referred", rows)

    @cached_property
    def applied(self) -> Rows:
        """Mentors who had applied by then and are still here, selected or not."""
        rows = Mentor.objects.filter(here(self.at), service=self.service, applied_on__lte=self.at)
        return Rows("applied", rows)

    @cached_property
    def referrals(self) -> Rows:
        """Came by then, and were open or decided in the last year, with `decided` by then. Nobody's who was erased."""
        rows = Referral.objects.filter(
            Q(decided_on__isnull=True) | Q(decided_on__gte=self.since),
            mentee__service=self.service,
            mentee__erased_at__isnull=True,
            came_on__lte=self.at,
        )
        rows = rows.annotate(decided=Case(When(decided_on__lte=self.at, then=True), default=False))
        return Rows("referrals", rows, label=F("mentee__name"))

    @cached_property
    def matches(self) -> Rows:
        """Introduced by then, and running on at least one day of the last year; with `runs`, whether on the day."""
        rows = Match.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=self.since), service=self.service, introduced_on__lte=self.at
        )
        return Rows("matches", rows, label=F("mentee__name"), other=F("mentor__name"))

    @cached_property
    def ended(self) -> Rows:
        """Matches whose last day lies in the last year, and before the day itself; with `involved`, whether somebody
        else than the mentee made a referral, and is still to be told how things go.
        """
        rows = Match.objects.filter(
            service=self.service, introduced_on__lte=self.at, ended_on__gte=self.since, ended_on__lt=self.at
        )
        rows = rows.annotate(involved=Case(When(self.referrer_involved, then=True), default=False))
        return Rows("ended", rows, label=F("mentee__name"), other=F("mentor__name"), once=("involved",))

    @cached_property
    def boundary_changes(self) -> Rows:
        """Noticed by then, however long ago, in one of `matches`; by the reference of that match."""
        rows = BoundaryChange.objects.filter(
            Q(match__ended_on__isnull=True) | Q(match__ended_on__gte=self.since),
            match__service=self.service,
            match__introduced_on__lte=self.at,
            noticed_on__lte=self.at,
        )
        return Rows(
            "boundary changes", rows, F("match__ref"), label=F("match__mentee__name"), other=F("match__mentor__name")
        )

    # conditions

    @cached_property
    def runs(self) -> Q:
        """Of matches: running on the day."""
        return running(self.at)

    @cached_property
    def mentee_here(self) -> Q:
        """Of mentees: not away on the day."""
        return ~self._away("mentee")

    @cached_property
    def mentor_here(self) -> Q:
        return ~self._away("mentor")

    @cached_property
    def match_mentee_here(self) -> Q:
        """Of matches: the mentee is not away on the day."""
        return ~self._away("mentee", "mentee")

    @cached_property
    def activities_assessed(self) -> Q:
        """Of matches: an assessment of what the mentee does with a mentor was made by then."""
        return Q(There(self.of_activities()))

    def of_activities(self) -> QuerySet[RiskAssessment]:
        """Assessments of activities of the mentee of the match in the outer row, made by then."""
        return RiskAssessment.objects.filter(
            mentee=OuterRef("mentee"), kind=RiskAssessment.Kind.ACTIVITY, on__lte=self.at
        )

    @cached_property
    def match_mentor_here(self) -> Q:
        """Of matches: the mentor is not away on the day."""
        return ~self._away("mentor", "mentor")

    @cached_property
    def referrer_involved(self) -> Q:
        """Of matches: somebody else than the mentee made a referral, and is still to be told how things go."""
        others = Referral.objects.filter(mentee=OuterRef("mentee"), came_on__lte=self.at)
        return Q(mentee__referrer_involved=True) & Q(There(others.exclude(source=Referral.Source.SELF)))

    def _away(self, field: str, outer: str = "pk") -> Q:
        """By a list that is made once: few are away, and to look for each costs more."""
        rows = Pause.objects.filter(Q(ends__isnull=True) | Q(ends__gte=self.at), begins__lte=self.at)
        return Q(**{f"{outer}__in": rows.filter(**{f"{field}__service": self.service}).values(field)})

    # days from which something is counted

    @cached_property
    def mentee_heard(self) -> Any:
        """The latest of acceptance, the last staff contact that reached the mentee, and the last day away."""
        return self._heard("mentee")

    @cached_property
    def mentor_heard(self) -> Any:
        return self._heard("mentor")

    @cached_property
    def mentor_supervised(self) -> Any:
        """The latest of the selection, the last supervision, and the last day away."""
        return Greatest(F("accepted_on"), Coalesce("supervised_on", "accepted_on"), Coalesce("back", "accepted_on"))

    @cached_property
    def match_mentor_back(self) -> Case:
        """Of matches: the last day of the mentor's latest pause that is over by then."""
        return self._back("mentor", "mentor")

    def _heard(self, side: str) -> Any:
        heard = Contact.objects.filter(
            **{side: OuterRef("pk")}, kind=side, reached__in=(True,), on__lte=self.at
        ).order_by("-on")
        return Greatest(
            F("accepted_on"),
            Coalesce(Subquery(heard.values("on")[:1]), "accepted_on"),
            Coalesce("back", "accepted_on"),
        )

    @cached_property
    def match_mentee_back(self) -> Case:
        """Of matches: the same of the mentee."""
        return self._back("mentee", "mentee")

    def _back(self, field: str, outer: str = "pk") -> Case:
        """The last day of somebody's latest pause that is over by then. Looked for only with those who had one."""
        over = Pause.objects.filter(ends__lt=self.at)
        had = over.filter(**{f"{field}__service": self.service}).values(field)
        latest = over.filter(**{field: OuterRef(outer)}).order_by("-ends").values("ends")[:1]
        return Case(When(**{f"{outer}__in": had}, then=Subquery(latest)), output_field=DateField())
