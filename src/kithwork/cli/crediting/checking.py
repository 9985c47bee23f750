"""Checking a credential from the shell, from any issuer, without a site and without a network."""

import argparse
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure
from kithwork.core.credentials.openbadge import (
    Finding,
    NoCredential,
    did_address,
    read,
    read_moment,
    verify,
)

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(commands: "Groups") -> None:
    check = commands.add_parser(
        "verify", help="check an Open Badge 3.0 from any issuer, offline; ends with 1 and the reason when it fails"
    )
    check.add_argument("file", type=Path, help="JSON, or a PNG or SVG with the credential inside")
    check.add_argument(
        "--did", type=Path, action="append", default=[], metavar="FILE", help="its issuer's did.json; may be repeated"
    )
    check.add_argument(
        "--status", type=Path, action="append", default=[], metavar="FILE", help="its status list; may be repeated"
    )
    check.add_argument("--at", type=_at, metavar="DATE", help="a day (noon) or a moment with its zone; now if left out")
    check.add_argument("--json", action="store_true", help="write what was found as JSON")
    check.set_defaults(command=_verify)


def _at(text: str) -> datetime:
    found = read_moment(text)
    if found is None:
        try:
            found = datetime.combine(date.fromisoformat(text), time(12), UTC)
        except ValueError as fault:
            said = f"'{text}' is no day (2027-03-01) and no moment with a zone (2027-03-01T09:00:00Z)"
            raise argparse.ArgumentTypeError(said) from fault
    return found


def _verify(given: argparse.Namespace) -> int:
    credential = _held(given.file)
    finding = verify(
        credential,
        at=given.at or datetime.now(UTC),
        issuers=[_held(file) for file in given.did],
        lists=[_held(file) for file in given.status],
    )
    if given.json:
        print(json.dumps(_told(finding), indent=2, ensure_ascii=False))
        return 0 if finding else 1
    if not finding:
        raise Failure("\n".join([f"{given.file}: {finding.found}", finding.because, *_hint(credential, given)]))
    print(f"{given.file}: {finding.found}")
    for line in _about(finding):
        print(line)
    for sentence in finding.checked:
        print(f"  {sentence}")
    return 0


def _held(file: Path) -> dict[str, object]:
    try:
        return read(file.read_bytes())
    except OSError as fault:
        raise Failure(f"{file}: {fault.strerror}") from fault
    except NoCredential as fault:
        raise Failure(f"{file}: unreadable\n{str(fault)[:1].upper()}{str(fault)[1:]}.") from fault


def _about(finding: Finding) -> list[str]:
    """What it says, on lines that it cannot break."""
    said = finding.about
    if said is None:
        return []
    until = f" until {said.valid_until[:10]}" if said.valid_until else ""
    lines = {
        "What": said.name,
        "Holder": said.holder,
        "Number": said.number,
        "Issuer": f"{said.issuer_name} ({said.issuer})" if said.issuer_name else said.issuer,
        "Valid": f"from {said.valid_from[:10]}{until}" if said.valid_from else until.strip(),
    }
    return [f"{name}: {_plain(text)}" for name, text in lines.items() if text]


def _told(finding: Finding) -> dict[str, object]:
    said = finding.about
    about = {name: getattr(said, name) for name in said.__slots__} if said else None
    return {
        "found": finding.found.value,
        "because": finding.because,
        "checked": list(finding.checked),
        "about": about,
    }


def _hint(credential: dict[str, object], given: argparse.Namespace) -> list[str]:
    """Where what was missing is to be had."""
    issuer = credential.get("issuer")
    did = issuer.get("id") if isinstance(issuer, dict) else issuer
    if given.did or not isinstance(did, str) or not did.startswith("did:web:"):
        return []
    try:
        return [f"Its issuer's document is served at {_plain(did_address(did))}; hand it in with --did."]
    except ValueError:
        return []


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
