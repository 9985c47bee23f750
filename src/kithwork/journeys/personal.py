"""Which fields of journeys are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "PublishedEdition": (),
    "Journey": ("person", "created_by"),
    "EntryRow": ("reason", "signed_by"),
    "Response": ("answers", "by", "support"),
    "Support": ("name", "email", "asked_by", "reason"),
    "Draft": ("user", "fields"),
    "Appointment": ("assessor", "asked_by", "declaration"),
    "Invoice": ("by_hand", "paid_note"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "PublishedEdition": ("slug", "edition", "name", "body", "texts", "digest", "published_at", "closed_at"),
    "Journey": (
        "ref",
        "edition",
        "service",
        "renews",
        "created_at",
        "status",
        "stage",
        "level",
        "waiting_on",
        "next_due",
        "assessor_due",
        "officer_due",
        "to_assess",
        "oldest_sent",
        "confirmed",
        "total",
        "listed",
        "stopped",
        "granted_level",
        "valid_until",
        "lapses_on",
        "last_on",
    ),
    "EntryRow": (
        "journey",
        "seq",
        "on",
        "at",
        "kind",
        "by",
        "stage",
        "item",
        "outcome",
        "level",
        "until",
        "amount",
        "detail",
    ),
    "Response": ("journey", "stage", "number", "on"),
    "Support": (
        "ref",
        "journey",
        "stage",
        "token_digest",
        "asked_on",
        "expires_at",
        "answered_on",
        "declined_on",
        "withdrawn_at",
    ),
    "Draft": ("key", "saved_at"),
    "Appointment": ("ref", "journey", "state", "asked_on", "declared_on", "ended_on"),
    "Invoice": (
        "ref",
        "journey",
        "body",
        "stage",
        "number",
        "serial",
        "what",
        "amount",
        "refundable",
        "issued_on",
        "paid_on",
    ),
}

_HOLDER = Whose.HOLDER
_OF_JOURNEY = {_HOLDER: ("journey__person",)}

KEPT: Mapping[str, Kept] = {
    "Journey": Kept(Kind.APPLICATION, {_HOLDER: ("person",)}),
    "EntryRow": Kept(Kind.APPLICATION, _OF_JOURNEY),
    "Response": Kept(Kind.APPLICATION, _OF_JOURNEY),
    "Support": Kept(Kind.APPLICATION, {_HOLDER: ("journey__person",), Whose.SUPPORTER: ("",)}, marked=("name",)),
    "Draft": Kept(Kind.DRAFT, {_HOLDER: ("user",)}, Then.DELETED, since="saved_at"),
    "Appointment": Kept(Kind.APPLICATION, {_HOLDER: ("journey__person",)}),
    "Invoice": Kept(Kind.INVOICE, _OF_JOURNEY, Then.KEPT, stays={"by_hand": Why.ACCOUNTS, "paid_note": Why.ACCOUNTS}),
}
