"""Checks about how people come: capacity, the waiting list, referrals (26, 39, 40)."""

from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Subject, listed

Matter = Literal["eligibility", "risk"]
_MATTERS: dict[Matter, str] = {
    "eligibility": "checked against the criteria of the service",
    "risk": "assessed for risk to themselves and others",
}


class CapacityKept(Asked):
    """Indicator 26."""

    name: ClassVar[str] = "capacity.kept"
    subject: ClassVar[Subject] = Subject.SERVICE
    people: ClassVar[tuple[str, str]] = ("service", "services")

    def definition(self) -> str:
        return (
            "The matches that run on the day are no more than the service has said it can support at one time. A match "
            "runs from its introduction to its last day; what is only proposed is not counted."
        )

    def figure(self, met: int, total: int) -> str:
        if met == total:
            return "No more matches run than the service can support"
        return "More matches run than the service has said it can support"

    def nothing(self) -> str:
        return "The service has not said how many matches it can support."

    def next(self) -> str:
        return "Hold back new matches, or decide that you can support more, and write that down"


class WaitingListManaged(Asked):
    """Indicator 26."""

    name: ClassVar[str] = "waiting_list.managed"
    subject: ClassVar[Subject] = Subject.SERVICE
    people: ClassVar[tuple[str, str]] = ("service", "services")

    def definition(self) -> str:
        return (
            "The service controls how many referrals it takes: either referrals are closed on the day, or a limit is "
            "set and no more people than that wait. Who waits are all on the waiting list without a running match, "
            "and all who were referred and are neither accepted nor gone by the day."
        )

    def figure(self, met: int, total: int) -> str:
        if met == total:
            return "The number who wait is under control"
        return "No limit is set to how many may wait, or more wait than it allows"

    def nothing(self) -> str:
        return "Nothing is on record of how referrals are controlled."

    def next(self) -> str:
        return "Set a limit to the waiting list, or close referrals until fewer wait"


class WaitingListTimed(Asked):
    """Indicator 39."""

    name: ClassVar[str] = "waiting_list.timed"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("person on the waiting list", "people on the waiting list")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Everybody on the waiting list has on record the day since which they wait. Whoever waits after a match "
            "has a day no earlier than that match's last one; a week is given from the last day of the latest match to "
            "find out whether they wait again."
        )

    def figure(self, met: int, total: int) -> str:
        verb = "has" if total == 1 else "have"
        return f"{met:,} of {total:,} {self.people[0] if total == 1 else self.people[1]} {verb} the day since when"

    def nothing(self) -> str:
        return "Nobody is waiting."

    def next(self) -> str:
        return "Ask whether they still wait, and enter since when, or that they have left"


class ReferralsTracked(Asked):
    """Indicator 39."""

    name: ClassVar[str] = "referrals.tracked"
    subject: ClassVar[Subject] = Subject.REFERRAL
    people: ClassVar[tuple[str, str]] = ("referral", "referrals")

    def definition(self) -> str:
        return (
            "Every referral that is open was acknowledged within a week, and has been open for a month at most; of "
            "every referral decided in the last year, whoever made it was told the outcome within a week. What was "
            "done late counts once it is done. Self-referrals are among them; whoever was erased is left out."
        )

    def holds(self) -> str:
        return "of the last year dealt with in time"

    def nothing(self) -> str:
        return "No referral is open or was decided in the last year."

    def next(self) -> str:
        return "Acknowledge it, decide it, or tell whoever made it what was decided"


class ReferralsCompleted(Asked):
    """Indicator 40."""

    name: ClassVar[str] = "referrals.completed"
    subject: ClassVar[Subject] = Subject.REFERRAL
    people: ClassVar[tuple[str, str]] = ("referral accepted", "referrals accepted")

    def definition(self) -> str:
        return (
            "Every referral by which somebody was put onto the waiting list in the last year says the person's name, "
            "a way to reach them, why they were referred, what they need, and that they agree. Whoever was erased is "
            "left out."
        )

    def holds(self) -> str:
        return "in the last year complete"

    def nothing(self) -> str:
        return "Nobody was put onto the waiting list in the last year."

    def next(self) -> str:
        return "Fill in what the referral lacks"


class ReferralsAssessed(Asked):
    """Indicator 40."""

    name: ClassVar[str] = "referrals.assessed"
    subject: ClassVar[Subject] = Subject.REFERRAL
    people: ClassVar[tuple[str, str]] = ("person accepted", "people accepted")
    lasting: ClassVar[bool] = True
    matters: tuple[Matter, ...] = Field(alias="of", min_length=1)
    before: Literal["waiting-list"] = "waiting-list"

    def definition(self) -> str:
        said = listed([_MATTERS[one] for one in self.matters])
        more = (
            " At least one criterion was answered, where the service has any today, and none with no."
            if "eligibility" in self.matters
            else ""
        )
        return (
            f"Everybody put onto the waiting list in the last year was {said} on that day or before it.{more} "
            "Whoever was erased is left out."
        )

    def holds(self) -> str:
        return "in the last year assessed before the waiting list"

    def nothing(self) -> str:
        return "Nobody was put onto the waiting list in the last year."

    def next(self) -> str:
        return "Enter what was done and not written down; what was not done counts until a year after the decision"


class ReferralsSignposted(Asked):
    """Indicator 40."""

    name: ClassVar[str] = "referrals.signposted"
    subject: ClassVar[Subject] = Subject.REFERRAL
    people: ClassVar[tuple[str, str]] = ("referral", "referrals")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Every referral that was not accepted in the last year, because something else suits the person better, "
            "says why, and to what they were pointed. Whoever withdrew is left out, and whoever was erased."
        )

    def figure(self, met: int, total: int) -> str:
        one, many = self.people
        return f"{met:,} of {total:,} {one if total == 1 else many} not accepted in the last year pointed elsewhere"

    def nothing(self) -> str:
        return "No referral was turned down in the last year."

    def next(self) -> str:
        return "Tell them who else may help, and write down to whom you pointed them"


KINDS: tuple[type[Asked], ...] = (
    CapacityKept,
    WaitingListManaged,
    WaitingListTimed,
    ReferralsTracked,
    ReferralsCompleted,
    ReferralsAssessed,
    ReferralsSignposted,
)
