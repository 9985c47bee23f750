"""What the daily work answers to the named checks of schemes: one function for each kind.

A function takes the ground (how a service works, and the day) and the question with its parameters, and gives the
rule. Nothing is asked of the database here, save for a handful of rows that take Python to judge.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kithwork.caseload.checks import endings, gatherings, matches, mentees, mentors, referrals, trainings
from kithwork.caseload.checks.ground import Ground
from kithwork.checks import Rule, Told
from kithwork.core.readiness import Asked

__all__ = ["CHECKS", "Ground"]

CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    **referrals.CHECKS,
    **mentees.CHECKS,
    **mentors.CHECKS,
    **trainings.CHECKS,
    **gatherings.CHECKS,
    **matches.CHECKS,
    **endings.CHECKS,
}
