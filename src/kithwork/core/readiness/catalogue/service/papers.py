"""Checks of policies and of the library (001, appendix 2, 8 to 26 and 40; 002)."""

from enum import StrEnum
from typing import ClassVar, Literal

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked, Subject


class Topic(StrEnum):
    """What a policy is about, as scheme files say it."""

    EQUALITY = "equality-and-diversity"
    OFFENDERS = "rehabilitation-of-offenders"
    DIGNITY = "dignity-at-work"
    DISCIPLINARY = "disciplinary"
    GRIEVANCE = "grievance"
    COMPLAINTS = "complaints-and-suggestions"
    CONFIDENTIALITY = "confidentiality"
    DATA_PROTECTION = "data-protection"
    INFORMATION = "information-handling"
    HEALTH_SAFETY = "health-and-safety"
    SAFEGUARDING = "safeguarding"
    SUBSTANCES = "drugs-and-alcohol"
    MONEY = "money-and-medicine"
    REFERRALS = "referral"
    SUPERVISION = "support-and-supervision"
    LONE_WORKING = "lone-working"
    REVIEWS = "mentee-review"
    MATCHING = "matching-and-ending"
    CAPACITY = "capacity"
    ASSESSMENT = "assessment"
    DRIVING = "driving"
    PHOTOGRAPHY = "photography"
    PROTOCOL = "protocol"
    CODE = "code-of-practice"


class PoliciesReviewed(Asked):
    """Indicators 8 to 26 and 40, excellence 3; protocols and codes of practice every year (002).

    Every policy on the subject that is in force on the day (its last day included) is asked about, counted from the
    latest approval on or before the day; a policy without one fails. A review due on the day is in time. Without
    `within`, one approval ever is enough. With `covers = ["volunteers"]` the policy must also be marked as covering
    volunteers (23); that mark has no date. On `information-handling`, a privacy statement stands in where there is no
    policy on handling information in force (16). The policy's own rhythm of review is not what a scheme asks. What was
    entered later than the day and approved later too is not read.
    """

    name: ClassVar[str] = "policies.reviewed"
    subject: ClassVar[Subject] = Subject.POLICY
    people: ClassVar[tuple[str, str]] = ("policy", "policies")
    topic: Topic
    within: Period | None = None
    covers: tuple[Literal["volunteers"], ...] = ()

    @property
    def lasts(self) -> Period | None:
        return self.within

    def definition(self) -> str:
        other = " Where there is none, a privacy statement does." if self.topic is Topic.INFORMATION else ""
        covers = ", and it covers volunteers as well as staff" if self.covers else ""
        if self.within is None:
            return f"Every policy on this subject that is in force was approved, however long ago{covers}.{other}"
        return (
            f"Every policy on this subject that is in force was last reviewed and approved within {self.within}"
            f"{covers}. A review without a change counts.{other}"
        )

    def holds(self) -> str:
        what = "approved" if self.within is None else f"reviewed within {self.within}"
        return f"{what}, with volunteers covered" if self.covers else what

    def nothing(self) -> str:
        return "There is no policy on this subject in the register."

    def next(self) -> str:
        if self.covers:
            return "See that it covers volunteers, have it approved, and enter the new version"
        return f"{'Write' if self.within is None else 'Review'} it, have it approved, and enter the new version"


class ResourcesShared(Asked):
    """A shared library for mentors (002).

    Everything in the library that is for mentors, was entered by the day and is in it on the day (its last day
    included). A document or a link holds when a version of it is dated on or before the day; a thing to borrow holds
    by itself. An empty library is not recorded.
    """

    name: ClassVar[str] = "resources.shared"
    subject: ClassVar[Subject] = Subject.RESOURCE
    people: ClassVar[tuple[str, str]] = ("thing", "things")

    def definition(self) -> str:
        return (
            "There is a shared library for mentors with at least one thing in it, and every document or link in it can "
            "be opened."
        )

    def holds(self) -> str:
        return "in the library ready for mentors"

    def nothing(self) -> str:
        return "Nothing is in the library for mentors."

    def next(self) -> str:
        return "Add the document or the address, or take it out of the library"


KINDS: tuple[type[Asked], ...] = (PoliciesReviewed, ResourcesShared)
