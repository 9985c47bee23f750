"""The report of a year as a document to hand on: the same words and figures as the page."""

from datetime import date

from kithwork.caseload.queries.reports import Report
from kithwork.core.credentials import Figures, Picture, ReportFacts, Table, report
from kithwork.organisations.models import Service
from kithwork.web.coordinator.reports import wording
from kithwork.web.kit.charts import Chart

__all__ = ["document"]


def document(service: Service, of: Report, today: date) -> bytes:
    """The PDF (PDF/UA-1, PDF/A-2a)."""
    targets, outcomes = wording.target_rows(of.targets), wording.outcome_rows(of)
    return report(
        ReportFacts(
            service=service.name,
            organisation=service.organisation.name,
            title=f"The year {of.year}",
            first=of.first,
            last=of.last,
            finding=f"{wording.finding(of, today)}.",
            parts=tuple(_figures(part) for part in wording.parts_of(of)),
            pictures=tuple(_picture(chart) for chart in wording.charts_of(of)),
            tables=(
                Table("Targets", "What was agreed for the year, and what was reached.", wording.TARGET_HEADS,
                      tuple(targets)),
                Table("What changed for people", wording.OUTCOMES_SAY, wording.OUTCOME_HEADS, tuple(outcomes)),
            ),
            issued_on=today,
        )
    )  # fmt: skip


def _figures(part: wording.Part) -> Figures:
    return Figures(part.title, tuple((row.words, row.number) for row in part.rows))


def _picture(chart: Chart) -> Picture:
    series = tuple((one.name, one.values) for one in chart.series)
    return Picture(chart.title, chart.says, chart.labels, series, chart.first)
