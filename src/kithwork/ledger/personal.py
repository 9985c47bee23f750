"""Which fields of the ledger are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "Record": ("actor",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Record": ("seq", "at", "act", "subject", "organisation", "facts", "previous", "digest"),
}

KEPT: Mapping[str, Kept] = {"Record": Kept(Kind.LEDGER, then=Then.KEPT, stays={"actor": Why.CHAIN})}
