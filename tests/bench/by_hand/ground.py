"""What all statements by hand share: the service, the day, and pieces of SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kithwork.core.days import Period, still_within

QUARTER, HALF, YEAR, THREE = Period(3, "month"), Period(6, "month"), Period(1, "year"), Period(3, "year")


class Counts(NamedTuple):
    """Six columns for one check: all, failing, lapsing in 30, 60 and 90 days, the first day on which one does, which
    is counted from where it `lasts`.
    """

    sql: str
    lasts: Period | None


class Statement(NamedTuple):
    """One query with one row, and what its columns are, by requirement and number."""

    checks: Mapping[str, Counts]
    sql: str


@dataclass(frozen=True)
class Hand:
    """One service on one day. `sqlite`: else it is PostgreSQL. Of how the service works: the days of notice, the weeks
    for which a match is new, whether it visits homes, whether it has criteria.
    """

    sqlite: bool
    at: date
    service: int
    notice_days: int
    new_weeks: int
    visits_homes: bool
    criteria: bool

    def day(self, back: Period | None = None, on: int = 0) -> str:
        """A day so many days on, or one from which a period has not run out on it yet."""
        moved = self.at + timedelta(days=on)
        return f"'{still_within(back, moved) if back else moved}'"

    def later(self, day: str, days: int = 0, months: int = 0) -> str:
        """So long after the day in a column."""
        if not self.sqlite:
            return f"({day} + INTERVAL '{months} months {days} days')::date"
        if days:
            return f"DATE({day}, '+{days} days')"
        return f"MIN(DATE({day}, '+{months} months'), DATE({day}, 'start of month', '+{months + 1} months', '-1 day'))"

    def latest(self, first: str, *others: str) -> str:
        """The latest of days, the first of which is always there."""
        rest = ", ".join(f"COALESCE({one}, {first})" for one in others)
        return f"{'MAX' if self.sqlite else 'GREATEST'}({first}, {rest})"

    def counts(
        self,
        among: str = "TRUE",
        holds: str = "TRUE",
        day: str = "",
        lasts: Period | None = None,
        *,
        endless: bool = False,
    ) -> Counts:
        """What is counted of a check: `day` is the last one, or with `lasts` the one it is counted from."""
        if day:
            holds += f" AND ({day} >= {self.day(lasts)}{f' OR {day} IS NULL' if endless else ''})"
        good = f"({among}) AND {holds}"
        some = [
            f"COUNT(*) FILTER (WHERE {among})",
            f"COUNT(*) FILTER (WHERE ({among}) AND NOT COALESCE({holds}, FALSE))",
        ]
        some += [
            f"COUNT(*) FILTER (WHERE {good} AND {day} < {self.day(lasts, on)})" if day else "0" for on in (30, 60, 90)
        ]
        return Counts(", ".join((*some, f"MIN({day}) FILTER (WHERE {good})" if day else "NULL")), lasts)

    def all_of(self, rows: str, **checks: Counts) -> Statement:
        """The counts of all checks of one set, in one scan."""
        counts = ", ".join(one.sql for one in checks.values())
        by_key = {key[1:].replace("_", "."): one for key, one in checks.items()}
        return Statement(by_key, f"WITH it AS MATERIALIZED ({rows}) SELECT {counts} FROM it")

    def pauses(self, who: str) -> str:
        """Who was away until when, and who is."""
        at = self.day()
        return (
            f"(SELECT {who}_id AS who, MAX(CASE WHEN ends < {at} THEN ends END) AS back, MAX(CASE WHEN begins <= {at} "
            f"AND (ends IS NULL OR ends >= {at}) THEN 1 END) AS away FROM caseload_pause GROUP BY {who}_id)"
        )

    def runs(self, match: str) -> str:
        """Whether a match runs on the day."""
        at = self.day()
        return f"{match}.introduced_on <= {at} AND ({match}.ended_on IS NULL OR {match}.ended_on >= {at})"

    def contact(self, kind: str, whose: str, side: str = "") -> str:
        """The day of the last contact of a kind that reached somebody."""
        return (
            f"(SELECT MAX(c.\"on\") FROM caseload_contact c WHERE c.{side or kind}_id = {whose} AND c.kind = '{kind}' "
            f'AND c.reached IN (TRUE) AND c."on" <= {self.day()})'
        )

    def since(self) -> str:
        """The first day of the year that ends on the day."""
        return f"'{YEAR.before(self.at) + timedelta(days=1)}'"
