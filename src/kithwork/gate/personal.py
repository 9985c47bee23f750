"""Which fields of the gate are personal data. What is sealed tells of anybody who is named in a file."""

PERSONAL: dict[str, tuple[str, ...]] = {
    "Case": ("sealed",),
    "Original": ("person", "sealed", "file", "approved_by", "added_by"),
    "Scan": ("sealed",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Case": ("journey",),
    "Original": (
        "ref",
        "journey",
        "organisation",
        "slots",
        "portfolio",
        "dated",
        "casework",
        "kind",
        "size",
        "digest",
        "state",
        "reason",
        "tries",
        "held_until",
        "done",
        "of",
        "approved_at",
        "wording",
        "item",
        "copy_digest",
        "added_on",
        "added_at",
        "withdrawn_at",
        "destroyed_at",
    ),
    "Scan": ("original", "version", "blind", "made_at"),
}
