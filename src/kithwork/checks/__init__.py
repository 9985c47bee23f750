"""How a named check asks the database: sets in, figures out. What is asked of whom stands in `governance/checks` and
`caseload/checks`, which use this.

A check is a `Rule` over a `Rows`: who is asked about, and whether it holds for one of them, as expressions. All rules
of an edition are asked in a few queries (`ask`); the rows behind one of them in one (`behind`). What a handful of rows
needs Python for is a `Told`.
"""

from kithwork.checks.asking import ask
from kithwork.checks.later import Later
from kithwork.checks.rows import behind
from kithwork.checks.rules import Behind, Rows, Rule, TellRow, Told

__all__ = ["Behind", "Later", "Rows", "Rule", "TellRow", "Told", "ask", "behind"]
