"""The `kithwork` command. Each command prints what it did, and ends with 1 and a reason when it could not."""

import argparse
import gc
import sys
from collections.abc import Sequence

from kithwork.cli import (
    crediting,
    dossiers,
    gating,
    journeys,
    matching,
    pairing,
    readiness,
    redacting,
    reporting,
    rights,
    running,
    sampling,
    schemes,
    site,
)
from kithwork.cli.ground import Command, Failure
from kithwork.core.verdict import Refused

__all__ = ["Failure", "main"]

SELDOM = 50_000  # new objects before the collector of garbage looks, which took an eighth of the making of the demo


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that `words` (or the shell) names; gives the exit status."""
    gc.set_threshold(SELDOM)
    given = _parser().parse_args(words)
    command: Command = given.command
    try:
        return command(given)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kithwork", description="Mentoring services and the schemes that assure them."
    )
    groups = parser.add_subparsers(title="commands", required=True)
    site.add_serving(groups)
    schemes.add(groups)
    journeys.add(groups)
    crediting.add(groups)
    dossiers.add(groups)
    site.add_keeping(groups)
    running.add(groups)
    rights.add(groups)
    reporting.add(groups)
    readiness.add(groups)
    sampling.add(groups)
    redacting.add(groups)
    gating.add(groups)
    matching.add(groups)
    pairing.add(groups)
    return parser
