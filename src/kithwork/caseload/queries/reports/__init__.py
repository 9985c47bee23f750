"""A service's year in figures, and the rows behind each of them."""

from kithwork.caseload.queries.reports.behind import Figure, Record, behind, span_of
from kithwork.caseload.queries.reports.yearly import (
    TARGETED,
    Kept,
    Month,
    Reached,
    Report,
    TargetRow,
    Waited,
    late_of,
    report_of,
    shares,
    years_of,
)

__all__ = [
    "TARGETED",
    "Figure",
    "Kept",
    "Month",
    "Reached",
    "Record",
    "Report",
    "TargetRow",
    "Waited",
    "behind",
    "late_of",
    "report_of",
    "shares",
    "span_of",
    "years_of",
]
