"""Commands of matching in a service: the searches that wait."""

import argparse
from typing import TYPE_CHECKING

from kithwork.cli.ground import site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    pairing = groups.add_parser("matching", help="pairs for services").add_subparsers(required=True)
    work = pairing.add_parser("work", help="find the pairs that services with many people have asked for, then end")
    work.set_defaults(command=_work)


def _work(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures.pairing import work_alone

    print(f"{work_alone()} done")
    return 0
