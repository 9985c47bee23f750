"""A dossier held against the ledger of the site that made it."""

import zipfile
from hashlib import sha256
from typing import IO

from kithwork.ledger.acts import Act
from kithwork.ledger.models import Record
from kithwork.ledger.queries import verify
from kithwork.procedures.dossiers.checking import MANIFEST, Checked


def held_here(file: IO[bytes], found: Checked) -> None:
    """Add to what was found: whether the ledger is whole, has each record, and knows that this dossier was made."""
    whole = verify()
    if whole.fault:
        found.faults.append(f"The ledger of this site: {whole.fault}.")
        return
    wanted = {one.seq: one.digest for one in found.records}
    there = dict(Record.objects.filter(seq__in=list(wanted)).values_list("seq", "digest"))
    lost = [seq for seq, digest in wanted.items() if there.get(seq) != digest]
    found.faults += [f"Record {seq} is not in the ledger of this site." for seq in lost]
    with zipfile.ZipFile(file) as archive:
        made = sha256(archive.read(MANIFEST)).hexdigest()
    rows = Record.objects.filter(act=Act.DOSSIER_FETCHED.value).order_by("-seq").values_list("facts", flat=True)
    if not any(facts.get("manifest") == made for facts in rows.iterator()):
        found.faults.append("The ledger of this site does not know of this dossier.")
    if not found.faults:
        found.passed.append(f"All of it is in the ledger of this site, {whole.count} records without a gap.")
