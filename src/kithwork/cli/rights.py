"""Commands about people's rights: what is over its period, and its going; the register of processing."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kithwork.cli.ground import practice_of, site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    over = groups.add_parser("retention", help="what of a service is over its period, and ending it")
    over.add_argument("--service", required=True, metavar="SLUG")
    over.add_argument(
        "--preview", action="store_true", help="say what would go today and within 30 days, and end nothing"
    )
    over.add_argument("--json", action="store_true", help="as JSON")
    over.set_defaults(command=_retention)

    register = groups.add_parser("processing", help="the register of processing (article 30), as CSV")
    register.add_argument("--service", metavar="SLUG", help="with the periods of this service; else of the bodies")
    register.set_defaults(command=_processing)


def _retention(given: argparse.Namespace) -> int:
    """Without --preview the round is run, as the daily one would."""
    site()
    from datetime import timedelta

    from django.utils import timezone

    from kithwork.procedures import retaining

    practice, now = practice_of(given.service), timezone.now()
    today = timezone.localdate(now)
    if given.preview:
        found = {
            "today": retaining.plan(practice=practice, day=today),
            "within 30 days": retaining.plan(practice=practice, day=today + timedelta(days=30)),
        }
    else:
        found = {"ended": retaining.run_service(practice=practice, now=now)}
    if given.json:
        said = {
            when: [
                {"kind": line.kind.value, "title": line.title, "months": line.months, "number": line.number,
                 "then": line.then.name.lower()}
                for line in lines
            ]
            for when, lines in found.items()
        }  # fmt: skip
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return 0
    for when, lines in found.items():
        print(f"{when}: {sum(line.number for line in lines)} records")
        for line in lines:
            print(f"  {line.number} {line.title}, after {line.months} months: {line.then.value}")
    return 0


def _processing(given: argparse.Namespace) -> int:
    site()
    import csv

    from kithwork.procedures import processing

    practice = practice_of(given.service) if given.service else None
    csv.writer(sys.stdout).writerows([processing.COLUMNS, *processing.lines(practice)])
    return 0
