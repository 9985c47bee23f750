"""How a named check asks the database: sets in, figures out. What is asked of whom stands in `governance/checks` and
`caseload/checks`, which use this.

A check is a `Rule` over a `Rows`: who is asked about, and whether it holds for one of them, as expressions. All rules
of an edition are asked in a few queries (`ask`); the rows behind one of them in one (`behind`). What a handful of rows
needs Python for is a `Told`.
"""

from kithwork.checks.asking import Asking, ask, asking
from kithwork.checks.later import Later
from kithwork.checks.rows import behind
from kithwork.checks.rules import Behind, Rows, Rule, TellRow, Told
from kithwork.checks.someday import Someday, Unsettled, before, known, left_open, still_within
from kithwork.checks.there import There

__all__ = [
    "Asking",
    "Behind",
    "Later",
    "Rows",
    "Rule",
    "Someday",
    "TellRow",
    "There",
    "Told",
    "Unsettled",
    "ask",
    "asking",
    "before",
    "behind",
    "known",
    "left_open",
    "still_within",
]
