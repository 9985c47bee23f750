"""Which fields of evidence are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "Item": ("title", "text", "url", "file", "file_name", "redacted_by", "passed_by", "added_by"),
    "Offer": ("says",),
    "SentPiece": ("links",),
    "Round": ("note", "sent_by"),
    "Feedback": ("advice", "by"),
    "Remark": ("text", "by"),
    "Breach": ("what", "reported_by"),
    "BreachStep": ("text", "by"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Item": (
        "ref",
        "journey",
        "kind",
        "portfolio",
        "place",
        "dated",
        "media_type",
        "size",
        "pages",
        "digest",
        "casework",
        "redacted_at",
        "redacted_wording",
        "passed_at",
        "passed_wording",
        "passed_digest",
        "held_at",
        "declarations",
        "added_on",
        "added_at",
        "removed_at",
        "destroyed_at",
    ),
    "Offer": ("item", "journey", "slot", "points", "added_at"),
    "SentPiece": ("round", "item", "place"),
    "Round": ("ref", "journey", "stage", "slot", "number", "sent_on", "sent_at", "items"),
    "Feedback": ("journey", "stage", "slot", "round", "outcome", "found", "on", "at"),
    "Remark": ("journey", "slot", "side", "on", "at"),
    "Breach": (
        "ref",
        "journey",
        "stage",
        "slot",
        "item",
        "digest",
        "found",
        "reported_on",
        "reported_at",
        "destroyed_at",
    ),
    "BreachStep": ("breach", "side", "kind", "on", "at"),
}

_OF_JOURNEY = Kept(Kind.EVIDENCE, {Whose.HOLDER: ("journey__person",)})

KEPT: Mapping[str, Kept] = {
    "Item": Kept(Kind.EVIDENCE, {Whose.HOLDER: ("journey__person",)}, marked=("title",)),
    "Offer": _OF_JOURNEY,
    "SentPiece": Kept(Kind.EVIDENCE, {Whose.HOLDER: ("round__journey__person",)}),
    "Round": _OF_JOURNEY,
    "Feedback": _OF_JOURNEY,
    "Remark": _OF_JOURNEY,
    "Breach": _OF_JOURNEY,
    "BreachStep": Kept(Kind.EVIDENCE, {Whose.HOLDER: ("breach__journey__person",)}),
}
