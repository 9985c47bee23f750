"""Who goes with whom: the fit of two people with its reasons, and the best set of pairs, exactly. Pure; no clock.

`docs/matching.md` defines what is computed here.
"""

from kithwork.core.matching.assigning import Assignment, Impossible, Objective, Pair, assign
from kithwork.core.matching.choosing import Choice, choices, what_if, why_unmatched
from kithwork.core.matching.exact import Inexact
from kithwork.core.matching.fit import Fit, Scored, fit, veto, vetoes
from kithwork.core.matching.grid import Grid
from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone
from kithwork.core.matching.scoring import Scorer
from kithwork.core.matching.solving import Certificate

__all__ = [
    "Assignment",
    "Certificate",
    "Choice",
    "Fit",
    "Grid",
    "Impossible",
    "Inexact",
    "Mentee",
    "Mentor",
    "Objective",
    "Pair",
    "Part",
    "Rules",
    "Scored",
    "Scorer",
    "Sharing",
    "Someone",
    "assign",
    "choices",
    "fit",
    "veto",
    "vetoes",
    "what_if",
    "why_unmatched",
]
