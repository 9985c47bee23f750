"""Which fields of the ledger are personal data: about a person, by a person, or words a person typed."""

PERSONAL: dict[str, tuple[str, ...]] = {
    "Record": ("actor",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Record": ("seq", "at", "act", "subject", "organisation", "facts", "previous", "digest"),
}
