"""What goes by itself soon, as a table: the same on every desk on which somebody may want to know."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kithwork.procedures.past import Line
from kithwork.procedures.processing import length
from kithwork.web.kit.cards import Column
from kithwork.web.templatetags.kit import plural

SOON = timedelta(days=30)


def going_of(plan: Callable[[date], list[Line]], today: date) -> dict[str, Any]:
    """`heading`, `columns` and `rows` for the template. `plan` says what would go on a day."""
    tonight = {one.kind: one.number for one in plan(today)}
    month = plan(today + SOON)
    soon = sum(one.number for one in month)
    finding = f"{plural(sum(tonight.values()), 'record goes,records go')} tonight, {soon} within {SOON.days} days"
    return {
        "heading": finding if soon else "Nothing is at the end of its period",
        "columns": (
            "Records", "Kept for", Column("Tonight", numeric=True), Column(f"Within {SOON.days} days", numeric=True),
            "What happens",
        ),
        "rows": [
            (one.title, length(one.months), tonight.get(one.kind, 0), one.number, one.then.value.capitalize())
            for one in month
        ],
    }  # fmt: skip
