"""Checks that people were told of what was changed (001, appendix 2, 38)."""

from typing import ClassVar

from kithwork.core.readiness.asked import Asked, Subject

WHOM = {"mentees": "mentees and their families", "mentors": "mentors"}


class _Notified(Asked):
    """What is the same for changes and for policies, mentees and mentors."""

    people: ClassVar[tuple[str, str]] = ("change", "changes")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            f"{WHOM[self.of].capitalize()} were told of every change made in the last year to how the service works "
            "that could affect their mentoring. It is asked from the day after the change."
        )

    def holds(self) -> str:
        return f"of the last year told to {self.of}"

    def nothing(self) -> str:
        return "No change of the last year touched people."

    def next(self) -> str:
        return f"Tell {self.of}, and enter the day"


class ChangesNotifiedMentees(_Notified):
    """Indicator 38, of what was changed in the way of working (the register of changes).

    Changes marked as touching people whose day lies in the last year, on or before the day; one made on the day itself
    is asked about only once it was told. Told on any day up to the day counts, before the change or after it.
    """

    name: ClassVar[str] = "changes.notified"
    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.CHANGE


class ChangesNotifiedMentors(_Notified):
    """Indicator 38, of what was changed in the way of working; as for mentees."""

    name: ClassVar[str] = "changes.notified"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.CHANGE


class PoliciesNotifiedMentees(_Notified):
    """Indicator 38, of what was changed in policies.

    Of each policy in force, the latest changed version approved on or before the day, where it is marked as touching
    people and was approved in the last year; one approved on the day itself is asked about only once it was told. A
    notice to the group on any day up to the day counts.
    """

    name: ClassVar[str] = "policies.notified"
    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.POLICY
    people: ClassVar[tuple[str, str]] = ("changed policy", "changed policies")

    def definition(self) -> str:
        return (
            f"{WHOM[self.of].capitalize()} were told of the latest change of every policy in force, where it was made "
            "in the last year and could affect their mentoring. It is asked from the day after the approval."
        )

    def nothing(self) -> str:
        return "No change of a policy in the last year touched people."


class PoliciesNotifiedMentors(PoliciesNotifiedMentees):
    """Indicator 38, of what was changed in policies; as for mentees."""

    of: ClassVar[str] = "mentors"


KINDS: tuple[type[Asked], ...] = (
    ChangesNotifiedMentees,
    ChangesNotifiedMentors,
    PoliciesNotifiedMentees,
    PoliciesNotifiedMentors,
)
