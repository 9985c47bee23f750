"""Checks about matches that a mentor bank asks (002; domain, section 4)."""

from typing import ClassVar

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked, Recurring, Subject


class _OfRunning(Asked):
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("running match", "running matches")

    def nothing(self) -> str:
        return "No match runs."


class MatchesNotManaged(_OfRunning):
    """002: where possible the mentor is never the mentee's line manager."""

    name: ClassVar[str] = "matches.not_managed"

    def definition(self) -> str:
        return (
            "In every match that runs today the mentor is not the mentee's line manager, or it is noted with the "
            "match that they are, and why that cannot be avoided. Asked of what the record says now: line management "
            "bears no date."
        )

    def holds(self) -> str:
        return "without a line manager as mentor, or with the reason why it cannot be avoided"

    def next(self) -> str:
        return "Find another mentor, or propose the match anew with the reason"


class MatchesNotAssessed(_OfRunning):
    """002: the mentor does not judge, and is no part of the formal assessment."""

    name: ClassVar[str] = "matches.not_assessed"

    def definition(self) -> str:
        return (
            "In every match that runs today the mentor takes no part in the mentee's formal assessment. Asked of what "
            "the record says now: who assesses whom bears no date."
        )

    def holds(self) -> str:
        return "with a mentor who takes no part in the assessment"

    def next(self) -> str:
        return "Find another mentor, or somebody else who assesses"


class DropoutLookedAt(Recurring, _OfRunning):
    """002: notices early when a trainee may drop out."""

    name: ClassVar[str] = "dropout.looked_at"

    def definition(self) -> str:
        return (
            "In every match that runs today it was noted whether the mentee may drop out: within the last "
            f"{self.every}, counted from the latest of the introduction, the last note and the mentee's last day away; "
            "and no later than the day on which the last note says to look again. Mentees who are away today are left "
            "out."
        )

    def holds(self) -> str:
        return f"looked at for signs of dropping out in the last {self.every}"

    def next(self) -> str:
        return "Ask mentee, mentor or tutor how it goes, and note the risk"


class DropoutActedOn(_OfRunning):
    """002: liaises with tutors and institutions, and helps to find support."""

    name: ClassVar[str] = "dropout.acted_on"
    people: ClassVar[tuple[str, str]] = ("mentee at risk of dropping out", "mentees at risk of dropping out")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "In every match that runs today and whose last note sees some or a high risk that the mentee drops out, "
            "the note says what is done about it, or staff have reached whoever referred the mentee on the day of that "
            "note or later. A note of today is asked about from tomorrow, unless it was done already."
        )

    def holds(self) -> str:
        return "helped together with tutor or institution"

    def nothing(self) -> str:
        return "No mentee is seen to be at risk of dropping out."

    def next(self) -> str:
        return "Talk with tutor or institution, and note what is done"


class MatchesKept(Asked):
    """002: a mentor is assigned in the first year and stays through three."""

    name: ClassVar[str] = "matches.kept"
    subject: ClassVar[Subject] = Subject.ENDING
    people: ClassVar[tuple[str, str]] = ("ending", "endings")
    vacuous: ClassVar[bool] = True
    lasting: ClassVar[bool] = True
    through: Period

    def definition(self) -> str:
        return (
            f"Every match whose last day lay in the last year, and before today, had lasted {self.through} from the "
            "introduction, or until the day that its latest agreement names, or as long as the mentee stayed: their "
            "last day with the service is no later than a week after the match's last."
        )

    def holds(self) -> str:
        return "of the last year that came no sooner than was meant"

    def nothing(self) -> str:
        return "No match ended in the last year."

    def next(self) -> str:
        return "Find another mentor for whoever was left without"


KINDS: tuple[type[Asked], ...] = (
    MatchesNotManaged,
    MatchesNotAssessed,
    DropoutLookedAt,
    DropoutActedOn,
    MatchesKept,
)
