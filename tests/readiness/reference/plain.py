"""What the plain functions share: a service's rows as lists, a row of an answer, who is here, who is away, what counts.

Written from the definitions in `core/readiness/catalogue` and the model alone, one person at a time, so that it says by
another road what `governance/checks` and `caseload/checks` say by the database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from kithwork.caseload import models as daily
from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.core.days import Period
from kithwork.core.readiness import Asked
from kithwork.governance import models as ground
from kithwork.governance.models import Staff

YEAR = Period(1, "year")
Someone = Mentee | Mentor


@dataclass(frozen=True)
class Row:
    """One that is asked about: whether it holds, apart from the days, and the last day on which it does.

    `yearly`: it can no longer be mended, and counts for a year from `counted`; for as long as can be told where that
    is None.
    """

    ref: str
    holds: bool = True
    until: date | None = None
    yearly: bool = False
    counted: date | None = None

    def fails(self, at: date) -> bool:
        return not self.holds or (self.until is not None and self.until < at)


class World:
    """All rows of a service, and the day."""

    def __init__(self, practice: Practice, at: date) -> None:
        self.practice, self.service, self.at = practice, practice.service, at
        service = practice.service
        self.mentees = list(Mentee.objects.filter(service=service))
        self.mentors = list(Mentor.objects.filter(service=service))
        self.matches = list(Match.objects.filter(service=service))
        self.staff = list(Staff.objects.filter(service=service))
        self.contacts = list(daily.Contact.objects.filter(service=service))
        self.pauses = [
            *daily.Pause.objects.filter(mentee__service=service),
            *daily.Pause.objects.filter(mentor__service=service),
        ]
        self.consents = [
            *daily.Consent.objects.filter(mentee__service=service),
            *daily.Consent.objects.filter(mentor__service=service),
        ]
        self.referrals = list(daily.Referral.objects.filter(mentee__service=service))
        self.risks = list(daily.RiskAssessment.objects.filter(mentee__service=service))
        self.measures = list(daily.Measure.objects.filter(service=service))
        self.measurements = list(daily.Measurement.objects.filter(measure__service=service))
        self.steps = list(daily.MentorStep.objects.filter(mentor__service=service))
        self.references = list(daily.Reference.objects.filter(mentor__service=service))
        self.vettings = list(daily.Vetting.objects.filter(mentor__service=service))
        self.trainings = list(daily.Training.objects.filter(service=service))
        self.sessions = list(daily.Session.objects.filter(training__service=service))
        self.attendance = list(daily.Attendance.objects.filter(session__training__service=service))
        self.supervisions = list(daily.Supervision.objects.filter(mentor__service=service))
        self.gatherings = list(daily.Gathering.objects.filter(service=service))
        self.invited = list(daily.Invited.objects.filter(gathering__service=service))
        self.agreements = list(daily.Agreement.objects.filter(match__service=service))
        self.plans = list(daily.Plan.objects.filter(match__service=service))
        self.reviews = list(daily.Review.objects.filter(match__service=service))
        self.boundaries = list(daily.BoundaryChange.objects.filter(match__service=service))
        self.supports = list(daily.ExtraSupport.objects.filter(match__service=service))
        self.endings = list(daily.Ending.objects.filter(match__service=service))
        self.questionnaires = list(daily.Questionnaire.objects.filter(match__service=service))
        self.dropouts = list(daily.DropoutRisk.objects.filter(match__service=service))
        self.policies = list(ground.Policy.objects.filter(service=service))
        self.versions = list(ground.PolicyVersion.objects.filter(policy__service=service))
        self.acknowledgements = list(ground.Acknowledgement.objects.filter(version__policy__service=service))
        self.resources = list(ground.Resource.objects.filter(service=service))
        self.resource_versions = list(ground.ResourceVersion.objects.filter(resource__service=service))
        self.insurance = list(ground.Insurance.objects.filter(service=service))
        self.dangers = list(ground.Risk.objects.filter(service=service))
        self.targets = list(ground.Target.objects.filter(service=service))
        self.evaluations = list(ground.Evaluation.objects.filter(service=service))
        self.changes = list(ground.Change.objects.filter(service=service))
        self.staff_references = list(ground.StaffReference.objects.filter(staff__service=service))
        self.staff_vettings = list(ground.StaffVetting.objects.filter(staff__service=service))
        self.staff_trainings = list(ground.StaffTraining.objects.filter(staff__service=service))
        self.staff_supervisions = list(ground.StaffSupervision.objects.filter(staff__service=service))
        self.appraisals = list(ground.Appraisal.objects.filter(staff__service=service))
        self._mentees = {one.pk: one for one in self.mentees}
        self._mentors = {one.pk: one for one in self.mentors}
        self._sessions = {one.pk: one for one in self.sessions}
        self._trainings = {one.pk: one for one in self.trainings}

    # who belongs to what

    def mentee_of(self, row: Any) -> Mentee:
        return self._mentees[row.mentee_id]

    def mentor_of(self, row: Any) -> Mentor:
        return self._mentors[row.mentor_id]

    def session_of(self, row: daily.Attendance) -> daily.Session:
        return self._sessions[row.session_id]

    def training_of(self, row: daily.Session) -> daily.Training:
        return self._trainings[row.training_id]

    # days

    def known(self, day: date | None) -> bool:
        """Whether something has its day, and that day is not later than the one asked about."""
        return day is not None and day <= self.at

    def row(self, match: Match, holds: bool, until: date | None = None) -> Row:
        """Of a match of the last year, which is among those until a year after its last day."""
        return Row(match.ref, holds, until, True, match.ended_on)

    def in_year(self, day: date | None) -> bool:
        """The last year ends on the day asked about, and begins on the day after the same date a year before."""
        return day is not None and YEAR.before(self.at) < day <= self.at

    # people

    def left(self, one: Someone) -> bool:
        return one.left_on is not None and one.left_on < self.at

    def pauses_of(self, one: Someone) -> list[daily.Pause]:
        side = "mentee_id" if isinstance(one, Mentee) else "mentor_id"
        return [pause for pause in self.pauses if getattr(pause, side) == one.pk]

    def away(self, one: Someone) -> bool:
        return any(
            pause.begins <= self.at and (pause.ends is None or pause.ends >= self.at) for pause in self.pauses_of(one)
        )

    def back(self, one: Someone) -> date | None:
        """The last day of the last absence that is over."""
        return latest(pause.ends for pause in self.pauses_of(one) if pause.ends is not None and pause.ends < self.at)

    def accepted(self, one: Someone, *, yesterday: bool = False) -> bool:
        """Accepted by the day (with `yesterday`: before it), and still here."""
        if one.accepted_on is None or self.left(one):
            return False
        return one.accepted_on < self.at if yesterday else one.accepted_on <= self.at

    def current_mentees(self) -> list[Mentee]:
        return [one for one in self.mentees if self.accepted(one)]

    def current_mentors(self) -> list[Mentor]:
        """Selected, here, and not away."""
        return [one for one in self.mentors if self.accepted(one) and not self.away(one)]

    def mentors_with_us(self) -> list[Mentor]:
        """As above, from the day after they were selected."""
        return [one for one in self.mentors if self.accepted(one, yesterday=True) and not self.away(one)]

    # matches

    def runs(self, match: Match) -> bool:
        if match.introduced_on is None or match.introduced_on > self.at:
            return False
        return match.ended_on is None or match.ended_on >= self.at

    def running(self) -> list[Match]:
        return [one for one in self.matches if self.runs(one)]

    def ran_in_year(self) -> list[Match]:
        """On at least one day of the last year."""
        return [
            one
            for one in self.matches
            if self.known(one.introduced_on) and (one.ended_on is None or one.ended_on > YEAR.before(self.at))
        ]

    def matched(self, one: Someone) -> bool:
        side = "mentee_id" if isinstance(one, Mentee) else "mentor_id"
        return any(getattr(match, side) == one.pk for match in self.running())

    def reached(self, kind: str, side: str, pk: int) -> list[date]:
        """Days by the day asked about on which somebody was reached."""
        return [
            one.on
            for one in self.contacts
            if one.kind == kind and getattr(one, side) == pk and one.reached and one.on <= self.at
        ]


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def since(*days: date | None) -> date:
    """What an interval is counted from: the latest of the days there are."""
    found = latest(days)
    assert found is not None
    return found


def entered(row: Any) -> date:
    return timezone.localdate(row.made_at)


def last_of(rows: Iterable[Any], day: Callable[[Any], date]) -> Any:
    """The latest; of two on one day, the one entered last."""
    return max(rows, key=lambda one: (day(one), one.pk), default=None)


Answers = Mapping[type[Asked], Callable[[World, Any], list[Row]]]
