"""A crowd, solved: the best set of pairs, and what a coordinator asks of it. Nothing is written here."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.core import matching as core
from kithwork.core.matching import Assignment, Choice, Grid, Part, Scorer
from kithwork.matching.crowd import Crowd, Settled, gather, rules_of

__all__ = ["Solved", "alone", "solved", "told_to_both"]

# what may be told to both: what they share. How long somebody waited, or had room, is the service's business.
TOLD = (Part.NEEDS, Part.INTERESTS, Part.LANGUAGES, Part.TIMES, Part.PLACE, Part.WISHES, Part.EXPERIENCE)


@dataclass
class Solved:
    """Who goes with whom by these rules on this day, worked out once and asked many things."""

    crowd: Crowd
    settled: Settled
    today: date

    @cached_property
    def grid(self) -> Grid:
        return Grid(Scorer(self.crowd.mentees, self.crowd.mentors, self.settled.rules, self.today))

    @cached_property
    def best(self) -> Assignment:
        """Raises core.matching.Inexact where it could not be proven to be the best."""
        return core.assign(self.grid, self.crowd.capacities, self.settled.objective, self.today)

    def fit(self, mentee: int, mentor: int) -> core.Fit:
        return core.fit(self.crowd.mentees[mentee], self.crowd.mentors[mentor], self.settled.rules, self.today)

    def vetoes(self, mentee: int, mentor: int) -> list[str]:
        return list(core.vetoes(self.crowd.mentees[mentee], self.crowd.mentors[mentor], self.settled.rules))

    def proposed_to(self, mentee: int) -> int | None:
        mentor = int(self.best.mentor_of[mentee])
        return None if mentor < 0 else mentor

    def why_not(self, mentee: int) -> list[str]:
        """Why nobody was found for a mentee, in sentences."""
        return core.why_unmatched(self.grid, mentee)

    def choices(self, mentee: int, most: int = 5) -> list[Choice]:
        """The mentors who fit best, with what each would cost the others."""
        return core.choices(
            self.grid, self.crowd.capacities, self.settled.objective, self.today, self.best, mentee, most=most
        )

    def what_if(self, mentee: int, mentor: int) -> Choice:
        """This pair, everybody else matched as well as can be around it. Raises core.matching.Impossible."""
        return core.what_if(
            self.grid, self.crowd.capacities, self.settled.objective, self.today, self.best, (mentee, mentor)
        )


def alone(practice: Practice, mentee: Mentee, today: date) -> Solved:
    """One mentee beside everybody who mentors, for what is asked of the two alone: fits and vetoes."""
    return solved(practice, today, crowd=gather(practice, today, only=mentee))


def solved(practice: Practice, today: date, settled: Settled | None = None, crowd: Crowd | None = None) -> Solved:
    """A service as it stands, by its own rules or by others that somebody tries."""
    return Solved(crowd or gather(practice, today), settled or rules_of(practice.service), today)


def told_to_both(fit: core.Fit, mentee: Mentee, mentor: Mentor) -> str:
    """The reasons as a first draft of what both are told: about what they share, the weightiest first."""
    parts = {reason.reason: reason.part for reason in fit.parts}
    said = [reason for reason in fit.reasons if parts.get(reason) in set(TOLD)]
    names = {"Can help with": f"{mentor} can help with", "The mentor has had": f"{mentor} has had", "Live": "They live"}
    for n, reason in enumerate(said):
        for start, instead in names.items():
            if reason.startswith(start):
                said[n] = instead + reason.removeprefix(start)
    return "\n".join(said) or ""
