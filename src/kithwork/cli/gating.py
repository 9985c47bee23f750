"""Commands of the privacy gate: reading what waits there, and looking again for names that are new."""

import argparse
from typing import TYPE_CHECKING

from kithwork.cli.ground import site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    gate = groups.add_parser("gate", help="the privacy gate").add_subparsers(required=True)
    work = gate.add_parser("work", help="read the files that wait, and make the copies of those approved, then end")
    work.set_defaults(command=_work)
    rescan = gate.add_parser("rescan", help="look for names that are new in all evidence that has passed")
    rescan.set_defaults(command=_rescan)


def _work(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures.gating.working import work_alone

    done = work_alone()
    print(f"{done} done")
    return 0


def _rescan(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.procedures.gating.rescanning import rescan_all

    found = rescan_all(now=timezone.now())
    breaches = "1 data breach" if found.breached == 1 else f"{found.breached} data breaches"
    print(f"{found.looked} looked through, {found.held} held back, {breaches}")
    return 0
