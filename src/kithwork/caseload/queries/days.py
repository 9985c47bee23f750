"""Days as many rows tell them: as text, each different one understood once.

A year of a large service is some ten thousand days, and its few hundred different ones come again and again; to make a
`date` of each takes longer than all else that is done with them.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Func, TextField

__all__ = ["Iso", "day", "days_between"]


class Iso(Func):
    """A day as '2026-03-01', for `day`."""

    function = "TO_CHAR"
    template = "%(function)s(%(expressions)s, 'YYYY-MM-DD')"
    arity = 1
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite keeps days so; cast, for it says of the column itself that it is to be made a `date`."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **more)


day = lru_cache(maxsize=8192)(date.fromisoformat)
_ordinal = lru_cache(maxsize=8192)(lambda text: date.fromisoformat(text).toordinal())


def days_between(earlier: str, later: str) -> int:
    """How many days lie between two, told as text; below nothing where the first is the later one."""
    return _ordinal(later) - _ordinal(earlier)
