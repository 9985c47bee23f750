"""`kithwork dossier`: a whole case as one archive, written here; and the check of one, which needs no site."""

import argparse
import json
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kithwork.cli.ground import Failure, site
from kithwork.procedures.dossiers.checking import Checked, NoDossier, check

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    commands = groups.add_parser("dossier", help="a whole case as one archive, for an auditor").add_subparsers(
        title="commands", required=True
    )
    make = commands.add_parser("make", help="write the archive of a case; the ledger keeps that it was made")
    make.add_argument("--journey", required=True, metavar="REF")
    make.add_argument("--for", required=True, dest="recipient", metavar="WHOM")
    make.add_argument("--because", required=True, metavar="WHY")
    make.add_argument("--out", type=Path, required=True, metavar="FILE")
    make.set_defaults(command=_make)
    verify = commands.add_parser("check", help="check an archive offline; ends with 1 and the reason when it fails")
    verify.add_argument("file", type=Path)
    verify.add_argument("--did", type=Path, metavar="FILE", help="the body's did.json, as its own site gives it")
    verify.add_argument(
        "--here", action="store_true", help="also hold its records against this site's ledger, read from its beginning"
    )
    verify.set_defaults(command=_check)


def _make(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.journeys.models import Journey
    from kithwork.procedures.dossiers.handing import write

    found = Journey.objects.select_related("edition__body", "service__organisation", "person").defer("edition__texts")
    journey = found.filter(ref=given.journey.strip().lower()).first()
    if journey is None:
        raise Failure(f"There is no journey '{given.journey}'.")
    part = given.out.with_name(f".{given.out.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            made = write(
                journey=journey, recipient=given.recipient, reason=given.because, out=out, by=None, now=timezone.now()
            )
        part.replace(given.out)
    except OSError as fault:
        raise Failure(f"{given.out}: {fault.strerror}") from fault
    finally:
        part.unlink(missing_ok=True)
    print(f"{given.out}: {made.files} files, list of digests {made.digest}")
    return 0


def _check(given: argparse.Namespace) -> int:
    did: dict[str, Any] | None = None
    try:
        if given.did is not None:
            did = json.loads(given.did.read_bytes())
            if not isinstance(did, dict):
                raise Failure(f"{given.did}: this is no did.json.")
        with given.file.open("rb") as file:
            found = check(file, did=did)
    except OSError as fault:
        raise Failure(f"{fault.filename}: {fault.strerror}") from fault
    except NoDossier as fault:
        raise Failure(f"{given.file}: {fault}.") from fault
    except ValueError as fault:
        raise Failure(f"{given.did}: this is no did.json.") from fault
    if given.here and not found.faults:
        with given.file.open("rb") as file:
            _held_here(file, found)
    if found.faults:
        raise Failure("\n".join([f"{given.file}: this is not the dossier that was handed out.", *found.faults]))
    print(f"{given.file}: whole")
    for sentence in found.passed:
        print(f"  {sentence}")
    return 0


def _held_here(file: IO[bytes], found: Checked) -> None:
    site()
    from kithwork.procedures.dossiers.holding import held_here

    held_here(file, found)
