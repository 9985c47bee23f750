"""What a mentor still needs before a match, out of what is on record and what the service asks.

Sources: 001, appendix 2, indicators 32, 46, 47, 48 and 50; renewal window, grace and exemptions are what services ask
for so that a lapse does not simply drop a mentor.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kithwork.core.days import add_days


class Missing(StrEnum):
    """What can be missing; the same words as an exemption's."""

    CONSENT = "consent"
    ROLE = "role"
    INTERVIEW = "interview"
    REFERENCES = "references"
    VETTING = "vetting"
    TRAINING = "training"
    SELECTION = "selection"  # a decision by a person, from which nobody is exempt
    INDUCTION = "induction"
    BADGE = "badge"


WORDS = {
    Missing.CONSENT: "consent to keep their details",
    Missing.ROLE: "assessment by the role description",
    Missing.INTERVIEW: "interview",
    Missing.REFERENCES: "references",
    Missing.VETTING: "vetting",
    Missing.TRAINING: "initial training",
    Missing.SELECTION: "selection",
    Missing.INDUCTION: "induction",
    Missing.BADGE: "ID badge",
}


class Vetted(StrEnum):
    """How vetting stands on a day."""

    UNNEEDED = "unneeded"
    NEVER = "never"
    CLEAR = "clear"
    ENDING = "ending"  # in the window in which it is to be renewed
    GRACE = "grace"  # lapsed; running matches may go on, new ones may not begin
    LAPSED = "lapsed"
    UNSUITABLE = "unsuitable"


@dataclass(frozen=True, slots=True)
class Need:
    """What a service asks before a first match. `vetting` False: none is needed for what its mentors do."""

    references: int
    sessions: int
    vetting: bool
    window_days: int
    grace_days: int
    badge: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record of one mentor."""

    consent: bool = False
    role: bool = False
    interview: bool = False
    references: int = 0  # received and found suitable
    vetted_until: date | None = None  # the last day on which a clear check counts
    vetted: bool = False  # whether there is a clear check at all; without `vetted_until` it does not run out
    unsuitable: bool = False  # the latest check says that this person may not mentor
    sessions: int = 0  # of initial training, attended
    trained: bool = False  # the initial training was waived or taken elsewhere, by a completed programme
    selected: bool = False
    induction: bool = False
    badge: bool = False
    exempt: frozenset[Missing] = frozenset()  # by exemptions that hold on the day


@dataclass(frozen=True, slots=True)
class Cleared:
    """Whether a mentor may be matched now, what is missing, and how vetting stands."""

    missing: tuple[Missing, ...]
    vetting: Vetted
    exempted: tuple[Missing, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.missing

    @property
    def may_go_on(self) -> bool:
        """Whether a match that runs already may go on."""
        return self.vetting not in (Vetted.LAPSED, Vetted.UNSUITABLE, Vetted.NEVER) or Missing.VETTING in self.exempted


def vetting_on(need: Need, standing: Standing, today: date) -> Vetted:
    """How vetting stands: on the last day it is still clear, on the next it is in grace, or lapsed."""
    if not need.vetting:
        return Vetted.UNNEEDED
    if standing.unsuitable:
        return Vetted.UNSUITABLE
    if not standing.vetted:
        return Vetted.NEVER
    until = standing.vetted_until
    if until is None or today < add_days(until, 1 - need.window_days):
        return Vetted.CLEAR
    if today <= until:
        return Vetted.ENDING
    return Vetted.GRACE if today <= until + timedelta(days=need.grace_days) else Vetted.LAPSED


def clearance(need: Need, standing: Standing, today: date) -> Cleared:
    """What is missing before this mentor may be matched. Nobody is exempt from being selected, nor from a check that
    found them unsuitable.
    """
    vetting = vetting_on(need, standing, today)
    lacks = {
        Missing.CONSENT: not standing.consent,
        Missing.ROLE: not standing.role,
        Missing.INTERVIEW: not standing.interview,
        Missing.REFERENCES: standing.references < need.references,
        Missing.VETTING: vetting in (Vetted.NEVER, Vetted.GRACE, Vetted.LAPSED, Vetted.UNSUITABLE),
        Missing.TRAINING: not standing.trained and standing.sessions < need.sessions,
        Missing.SELECTION: not standing.selected,
        Missing.INDUCTION: not standing.induction,
        Missing.BADGE: need.badge and not standing.badge,
    }
    never = {Missing.SELECTION} | ({Missing.VETTING} if vetting is Vetted.UNSUITABLE else set())
    exempt = standing.exempt - never
    return Cleared(
        missing=tuple(what for what, lacking in lacks.items() if lacking and what not in exempt),
        vetting=vetting,
        exempted=tuple(what for what, lacking in lacks.items() if lacking and what in exempt),
    )
