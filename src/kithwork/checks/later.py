"""A day so long after another, worked out by the database, with the month arithmetic of `core.days`."""

from typing import Any

from django.db.models import DateField, Func
from django.db.models.sql.compiler import SQLCompiler

from kithwork.core.days import Period

_IN = {"day": (1, "days"), "week": (7, "days"), "month": (1, "months"), "year": (12, "months")}


class Later(Func):
    """The day a period after the day in a column: a month after 31 January is the last of February, as it is for
    `Period.after`. NULL after NULL. Raises ValueError for working days, which no database knows.
    """

    def __init__(self, day: Any, period: Period, **extra: Any) -> None:
        if period.unit not in _IN:
            raise ValueError("a database cannot count working days")
        self.period = period
        extra.setdefault("output_field", DateField())
        super().__init__(day, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        """SQLite runs on into the next month where a day is missing, so the earlier of that and the month's last."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        each, unit = _IN[self.period.unit]
        count = each * self.period.count
        if unit == "days":
            return f"DATE({sql}, '+{count} days')", [*params]
        on = f"DATE({sql}, '+{count} months')"
        last = f"DATE({sql}, 'start of month', '+{count + 1} months', '-1 day')"
        return f"MIN({on}, {last})", [*params, *params]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[0])
        each, unit = _IN[self.period.unit]
        return f"CAST({sql} + INTERVAL '{each * self.period.count} {unit}' AS date)", [*params]
