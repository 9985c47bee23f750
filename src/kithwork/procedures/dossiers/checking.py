"""A dossier checked by whoever has it: no account, no site, no network. `kithwork dossier check` is this.

What anybody can do with other programs too: `sha256sum -c manifest.sha256`, and Ed25519 over that file.
"""

import json
import zipfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

from kithwork.core.credentials.openbadge.keys import Key, fits, method, public_bytes
from kithwork.ledger.chain import Link, digest

Json = dict[str, Any]
MANIFEST, SIGNATURE, LEDGER, KEYS = "manifest.sha256", "manifest.sig.json", "ledger.json", "keys/did.json"
MOST_BYTES = 4_000_000_000  # unpacked
_CHUNK = 256 * 1024  # bytes
_MOST_TEXT = 50_000_000  # bytes of a file that is read whole


class NoDossier(ValueError):
    """Something that is no dossier; the text says why."""


@dataclass(slots=True)
class Checked:
    """What was found: sentences that `passed`, `faults` (none: it is whole), and the records of the ledger in it."""

    passed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    records: list[Link] = field(default_factory=list)
    signer: str = ""


def manifest(digests: Mapping[str, str]) -> bytes:
    """The list of digests, as `sha256sum` writes and reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def signature(content: bytes, *, key: Key, issuer: str, created: str) -> bytes:
    """The body's signature over the list of digests, with the name of the key."""
    said = {
        "algorithm": "Ed25519",
        "of": MANIFEST,
        "created": created,
        "verificationMethod": method(issuer, key.public),
        "signature": urlsafe_b64encode(key.sign(content)).decode(),
    }
    return f"{json.dumps(said, indent=2)}\n".encode()


def check(file: IO[bytes], *, did: Json | None = None) -> Checked:
    """Check an archive. `did` is the body's document as its own site serves it; without one the archive's own is taken,
    which shows that nothing was changed since, and not who made it. Raises NoDossier.
    """
    found = Checked()
    try:
        with zipfile.ZipFile(file) as archive:
            listed = _listed(archive)
            _digests(archive, listed, found)
            _signed(archive, did, found)
            _ledger(archive, found)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as fault:
        raise NoDossier("the file is no whole zip archive") from fault
    return found


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        if archive.getinfo(name).file_size > _MOST_TEXT:
            raise NoDossier(f"{name} is too large to be read")
        return archive.read(name)
    except KeyError as fault:
        raise NoDossier(f"there is no {name} in it") from fault


def _json(archive: zipfile.ZipFile, name: str) -> Json:
    try:
        said = json.loads(_text(archive, name))
    except (ValueError, RecursionError) as fault:
        raise NoDossier(f"{name} cannot be read") from fault
    if not isinstance(said, dict):
        raise NoDossier(f"{name} cannot be read")
    return said


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _text(archive, MANIFEST).decode("utf-8", "replace").splitlines():
        value, _, name = line.partition("  ")
        found[name] = value
    return found


def _digests(archive: zipfile.ZipFile, listed: Mapping[str, str], found: Checked) -> None:
    there = [one for one in archive.infolist() if one.filename not in {MANIFEST, SIGNATURE}]
    if sum(one.file_size for one in there) > MOST_BYTES:
        raise NoDossier("it is too large to be checked")
    names = [one.filename for one in there]
    found.faults += [f"{name} is in it and not in the list." for name in names if name not in listed]
    found.faults += [f"{name} is in the list and not in it." for name in listed if name not in names]
    found.faults += [f"{name} is in it twice." for name in {name for name in names if names.count(name) > 1}]
    for one in there:
        made = sha256()
        with archive.open(one) as inside:
            while chunk := inside.read(_CHUNK):
                made.update(chunk)
        if one.filename in listed and made.hexdigest() != listed[one.filename]:
            found.faults.append(f"{one.filename} was changed.")
    if not found.faults:
        found.passed.append(f"{len(names)} files, each with the digest that the list has.")


def _signed(archive: zipfile.ZipFile, did: Json | None, found: Checked) -> None:
    said = _json(archive, SIGNATURE)
    keys = did or _json(archive, KEYS)
    wanted = said.get("verificationMethod")
    methods = keys.get("verificationMethod")
    named = [one for one in methods if isinstance(one, dict)] if isinstance(methods, list) else []
    key = next((one for one in named if one.get("id") == wanted), None)
    public = public_bytes(key.get("publicKeyMultibase")) if key else None
    if public is None or not str(wanted).startswith(f"{keys.get('id')}#"):
        found.faults.append("The list was signed with a key that the body's document does not have.")
        return
    try:
        signed = urlsafe_b64decode(str(said.get("signature")))
    except (Error, ValueError):
        signed = b""
    if not fits(public, signed, _text(archive, MANIFEST)):
        found.faults.append("The signature does not fit the list: the list was changed.")
        return
    found.signer = str(keys.get("id"))
    by = "as its own site gives them" if did else "as they lie in the archive; only the body's own site can tell whose"
    found.passed.append(f"The list is signed by {found.signer}, with keys {by}.")


def _ledger(archive: zipfile.ZipFile, found: Checked) -> None:
    said = _json(archive, LEDGER)
    rows = said.get("records")
    try:
        found.records = [_link(row) for row in rows] if isinstance(rows, list) else []
    except (KeyError, TypeError, ValueError) as fault:
        raise NoDossier(f"{LEDGER} cannot be read") from fault
    faults = list(_broken(found.records))
    found.faults += faults
    if not faults:
        found.passed.append(
            f"{len(found.records)} records of the ledger, each with the digest of what it says and of the one before."
        )


def _link(row: Json) -> Link:
    return Link(
        int(row["seq"]), datetime.fromisoformat(row["at"]), str(row["actor"]), str(row["act"]), str(row["subject"]),
        str(row["organisation"]), dict(row["facts"]), str(row["previous"]), str(row["digest"]),
    )  # fmt: skip


def _broken(records: Iterable[Link]) -> Iterable[str]:
    last: Link | None = None
    for one in records:
        said = one._asdict()
        if digest(**{name: value for name, value in said.items() if name != "digest"}) != one.digest:
            yield f"Record {one.seq} of the ledger was changed."
        if last is not None and one.seq <= last.seq:
            yield f"Record {one.seq} of the ledger is out of order."
        if last is not None and one.seq == last.seq + 1 and one.previous != last.digest:
            yield f"Record {one.seq} of the ledger does not follow the one before it."
        last = one
