"""Tables as people keep them, in workbooks and text: read, their headings found, their cells understood. Pure.

Bytes from outside belong into `python -m kithwork.core.tables`, a process with limits, which `kithwork.files.tables`
starts.
"""

from kithwork.core.tables.dates import NoDay, day_first, day_of
from kithwork.core.tables.fields import Field, Kind
from kithwork.core.tables.headings import Heading, Line, Table, best_sheet, plain, table_of
from kithwork.core.tables.shape import Book, Broken, Sheet, Unreadable, Value, letter
from kithwork.core.tables.values import Slip, value_of
from kithwork.core.tables.writing import safe, unsafe

__all__ = [
    "Book",
    "Broken",
    "Field",
    "Heading",
    "Kind",
    "Line",
    "NoDay",
    "Sheet",
    "Slip",
    "Table",
    "Unreadable",
    "Value",
    "best_sheet",
    "day_first",
    "day_of",
    "letter",
    "plain",
    "safe",
    "table_of",
    "unsafe",
    "value_of",
]
