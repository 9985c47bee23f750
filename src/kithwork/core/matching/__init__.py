"""Who goes with whom: the fit of two people with its reasons, and the best set of pairs, exactly. Pure; no clock.

`docs/matching.md` defines what is computed here.
"""

from kithwork.core.matching.assigning import Assignment, Impossible, Objective, Pair, assign
from kithwork.core.matching.fit import Fit, Scored, fit, veto
from kithwork.core.matching.people import Mentee, Mentor, Part, Rules, Sharing, Someone
from kithwork.core.matching.scoring import Scorer
from kithwork.core.matching.solving import Certificate, Inexact

__all__ = [
    "Assignment",
    "Certificate",
    "Fit",
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
    "fit",
    "veto",
]
