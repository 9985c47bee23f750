"""What a service's papers, registers and staff files answer to the named checks of schemes: one function for each kind.

A function takes the ground (a service on a day) and the question with its parameters, and gives the rule. Nothing is
asked of the database here, save for a handful of rows that take Python to judge.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kithwork.checks import Rule, Told
from kithwork.core.readiness import Asked
from kithwork.governance.checks import papers, registers, staff
from kithwork.governance.checks.ground import Ground

__all__ = ["CHECKS", "Ground"]

CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    **papers.CHECKS,
    **registers.CHECKS,
    **staff.CHECKS,
}
