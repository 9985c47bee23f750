"""Whether there is a row that belongs to another, looked for each by each."""

from typing import Any

from django.db.models import Exists
from django.db.models.sql.compiler import SQLCompiler


class There(Exists):
    """As `Exists`. PostgreSQL takes an EXISTS that many rows ask for a list to be made once, of the whole table and so
    of all services: it read every attendance there ever was to judge two hundred mentors. Of a value that may be NULL
    it cannot make one, and looks into the index.
    """

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="((%(subquery)s) IS NOT NULL)", **extra)
