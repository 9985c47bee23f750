"""Which fields of the gate are personal data. What is sealed tells of anybody who is named in a file: of a person's own
journey they are its owner, of a service's `actions.forget` looks inside. When an original's time is over the scheme
says (`procedures.gating.keeping`).
"""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose

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

KEPT: Mapping[str, Kept] = {
    "Scan": Kept(Kind.ORIGINAL, {Whose.HOLDER: ("original__person",)}, Then.DELETED),
    "Case": Kept(Kind.ORIGINAL, then=Then.DELETED),  # of a journey, which it knows by its reference alone
    "Original": Kept(Kind.ORIGINAL, {Whose.HOLDER: ("person",)}, Then.DELETED),
}
