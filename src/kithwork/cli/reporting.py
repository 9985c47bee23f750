"""The report of a service's year, as a file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, practice_of, site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    report = groups.add_parser("report", help="the report of a service's year, as a PDF to hand on")
    report.add_argument("--service", required=True, metavar="SLUG")
    report.add_argument("--year", required=True, type=int)
    report.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    report.set_defaults(command=_report)


def _report(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.caseload.queries.reports import report_of, years_of
    from kithwork.web.coordinator.reports.document import document

    practice = practice_of(given.service)
    today = timezone.localdate()
    years = years_of(practice, today)
    if given.year not in years:
        raise Failure(f"There is a report for each year from {years[-1]} to {years[0]}.")
    made = document(practice.service, report_of(practice, given.year, today), today)
    try:
        given.out.write_bytes(made)
    except OSError as fault:
        raise Failure(f"{given.out} cannot be written: {fault.strerror}.") from fault
    print(f"{given.out}: {len(made) // 1024} KB")
    return 0
