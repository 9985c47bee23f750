"""Checks of registers: insurance, risks, targets, reports, evaluations (001, appendix 2, 3, 7, 34 and 37)."""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Recurring, Subject, last, listed


class Cover(StrEnum):
    """What insurance has to cover, as scheme files say it."""

    EMPLOYER = "employers-liability"
    PUBLIC = "public-liability"
    VOLUNTEERS = "volunteers"


COVERS = {
    Cover.EMPLOYER: "employers' liability",
    Cover.PUBLIC: "public liability",
    Cover.VOLUNTEERS: "volunteers",
}


class InsuranceCurrent(Asked):
    """Indicator 3.

    One row for each cover asked; it holds on every day from an insurance's first to its last. Insurance for both
    liabilities gives each of the two; volunteers are covered by any insurance that is marked as naming them. A cover
    lasts until the day before its first gap: what begins later and is entered already carries it on. Not recorded
    where no insurance had begun by the day. A row's reference is that of the insurance which covers longest, or did
    last; it is empty for what was never covered.
    """

    name: ClassVar[str] = "insurance.current"
    subject: ClassVar[Subject] = Subject.INSURANCE
    people: ClassVar[tuple[str, str]] = ("cover", "covers")
    covers: tuple[Cover, ...] = Field(min_length=1)

    def definition(self) -> str:
        named = listed([COVERS[one] for one in self.covers])
        return (
            f"On the day, insurance covers {named}. Each lasts until the day before its first gap, with insurance that "
            "follows on counted once it is entered; volunteers count as covered where the papers name them."
        )

    def holds(self) -> str:
        return "in place"

    def figure(self, met: int, total: int) -> str:
        if total == 1:
            return f"Insurance {'covers' if met else 'does not cover'} {COVERS[self.covers[0]]}"
        if met == total:
            return f"Insurance covers all {total} things asked"
        return f"Insurance covers {met or 'none'} of the {total} things asked"

    def nothing(self) -> str:
        return "No insurance is on record."

    def next(self) -> str:
        return "Renew the insurance, and enter it"


class ServiceRisksAssessed(Asked):
    """Indicator 7.

    Every risk of the service's own register is asked about that was entered by the day and is not closed on it or
    before. With `owner`, somebody sees to it; with `due-date`, it has a day, and the day has not passed (on the day
    itself it is in time). An action done by the day owes nothing more. How long ago somebody last looked at the risk
    is not asked: the source names no interval. Owners and days are read as they stand now, for no earlier ones are
    kept.
    """

    name: ClassVar[str] = "risks.assessed"
    of: ClassVar[str] = "service"
    subject: ClassVar[Subject] = Subject.RISK
    people: ClassVar[tuple[str, str]] = ("open risk", "open risks")
    actions: tuple[Literal["owner", "due-date"], ...] = ()

    def definition(self) -> str:
        asked = {"owner": "somebody who sees to it", "due-date": "a day that has not passed"}
        if not self.actions:
            return "The risks of the service as a whole are written down, and at least one of them is open."
        return (
            f"Every open risk of the service as a whole has {listed([asked[one] for one in self.actions])}, unless "
            "what was to be done about it is done."
        )

    def holds(self) -> str:
        said = {"owner": "somebody who sees to it", "due-date": "a day still to come"}
        return f"with {listed([said[one] for one in self.actions])}, or dealt with" if self.actions else "written down"

    def nothing(self) -> str:
        return "No open risk of the service as a whole is written down."

    def next(self) -> str:
        return "Name who sees to it and by when, or say that it is done"


class TargetsSet(Asked):
    """Indicator 34.

    Every target for the calendar year of the day; none at all is not recorded. They last until 31 December, or until
    that of the next year once targets for that one are entered too. Targets have no day of entry: a day in the past is
    asked of what stands there now.
    """

    name: ClassVar[str] = "targets.set"
    subject: ClassVar[Subject] = Subject.TARGET
    people: ClassVar[tuple[str, str]] = ("target", "targets")

    def definition(self) -> str:
        return (
            "At least one target, a number to be reached, is agreed for the calendar year. It lasts until 31 December."
        )

    def holds(self) -> str:
        return "agreed for the year"

    def figure(self, met: int, total: int) -> str:
        return f"{total:,} {self.people[total != 1]} agreed for the year"

    def nothing(self) -> str:
        return "No targets are agreed for the year."

    def next(self) -> str:
        return "Agree targets for the year, and enter them"


class ReportsPublished(Recurring):
    """Indicator 34.

    One row, the service. Counted from the latest day, on or before the day, on which any target's figure was entered as
    published in a report that anybody can read; it need not be this year's target. Not recorded where nothing was ever
    published. What the report says in words is for the assessor to read.
    """

    name: ClassVar[str] = "reports.published"
    subject: ClassVar[Subject] = Subject.SERVICE
    people: ClassVar[tuple[str, str]] = ("service", "services")

    def definition(self) -> str:
        return (
            f"Within the {last(self.every)}, figures of the service were published in a report that anybody can read: "
            "the latest day of publication entered with a target counts."
        )

    def holds(self) -> str:
        return f"with a public report in the {last(self.every)}"

    def figure(self, met: int, total: int) -> str:
        return f"{'A' if met else 'No'} public report came out in the {last(self.every)}"

    def nothing(self) -> str:
        return "No public report is on record."

    def next(self) -> str:
        return "Publish a report with the year's figures, and enter its day with each target"


class Stakeholder(StrEnum):
    CLIENTS = "clients"
    VOLUNTEERS = "volunteers"
    STAFF = "staff"
    REFERRERS = "referrers"
    FUNDERS = "funders"


class EvaluationsCompleted(Recurring):
    """Indicator 37.

    One row. An evaluation on or before the day is complete when all the groups asked took part, it has figures and
    people's own words, and it was compared with the baseline. Counted from the latest complete one; where that counts
    no longer, or there is none, the latest of all is named and fails. Not recorded where there is no evaluation.
    """

    name: ClassVar[str] = "evaluations.completed"
    subject: ClassVar[Subject] = Subject.EVALUATION
    people: ClassVar[tuple[str, str]] = ("evaluation", "evaluations")
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)

    def definition(self) -> str:
        return (
            f"Within the {last(self.every)} the service was evaluated, by itself or by others, with "
            f"{listed([one.value for one in self.stakeholders])} taking part, in figures and in people's own words, "
            "and compared with the baseline. All of that has to be true of one evaluation."
        )

    def holds(self) -> str:
        return f"with everything asked in the {last(self.every)}"

    def figure(self, met: int, total: int) -> str:
        return f"{'An' if met else 'No'} evaluation of the {last(self.every)} has everything that is asked"

    def nothing(self) -> str:
        return "No evaluation is on record."

    def next(self) -> str:
        return "Evaluate with everybody involved, against the baseline, and enter what was found"


KINDS: tuple[type[Asked], ...] = (
    InsuranceCurrent,
    ServiceRisksAssessed,
    TargetsSet,
    ReportsPublished,
    EvaluationsCompleted,
)
