"""What a declaration (`core.keeping.Kept`) means for rows: those about a person, emptied, deleted, or without a name.

Used by each package's `actions/erasing.py` and by the daily round; it writes no ledger, its callers do.
"""

from kithwork.keeping.emptying import end_of_period, erase_about, erase_all_about, period_over, take_names_out
from kithwork.keeping.names import Names
from kithwork.keeping.reach import Gone, Reach, reaches, rows_of, value_when_empty, ways_to

__all__ = [
    "Gone",
    "Names",
    "Reach",
    "end_of_period",
    "erase_about",
    "erase_all_about",
    "period_over",
    "reaches",
    "rows_of",
    "take_names_out",
    "value_when_empty",
    "ways_to",
]
