"""What a declaration (`core.keeping.Kept`) means for rows: those about a person, emptied, deleted, or without a name.

Used by each package's `actions/erasing.py` and by the daily round; it writes no ledger, its callers do.
"""

from kithwork.keeping.emptying import erase_about, name_left, period_over
from kithwork.keeping.names import Names
from kithwork.keeping.reach import Gone, Reach, reaches, value_when_empty

__all__ = ["Gone", "Names", "Reach", "erase_about", "name_left", "period_over", "reaches", "value_when_empty"]
