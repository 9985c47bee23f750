"""Commands about worked journeys."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, edition_in
from kithwork.core.journey import replay as worked

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    journey = groups.add_parser("journey", help="worked journeys").add_subparsers(required=True)
    replay = journey.add_parser("replay", help="replay a worked journey against its edition")
    replay.add_argument("file", type=Path)
    replay.add_argument("--json", action="store_true")
    replay.set_defaults(command=_replay)


def _replay(given: argparse.Namespace) -> int:
    """The edition is the folder that the file's `journeys` folder stands in."""
    edition = edition_in(given.file.resolve().parent.parent)
    try:
        seen = worked.replay(edition, worked.read(given.file))
    except (OSError, ValueError) as fault:
        raise Failure(str(fault)) from fault
    if given.json:
        print(json.dumps(seen.as_dict(), indent=2, ensure_ascii=False, default=str))
    else:
        print(f"{seen.title} ({seen.scheme})")
        for step in seen.seen:
            where = ", ".join(step.summary["open"]) or step.summary["status"]
            print(f"{step.number:3} {step.on} {step.did:40} -> {where}")
        for text in seen.faults:
            print(f"fault: {text}")
    return 1 if seen.faults else 0
