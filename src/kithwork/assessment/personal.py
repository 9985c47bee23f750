"""Which fields of assessment are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "Arrangement": ("place", "made_by"),
    "Finding": ("note", "by"),
    "Interview": ("reason", "notes", "alternative", "by"),
    "Recommendation": ("summary", "strengths", "next_time", "by"),
    "Decision": ("reason", "by"),
    "WriteUp": ("seen", "notes", "next_steps", "by"),
    "WriteUpReply": ("text", "by"),
    "PanelNote": ("text", "by"),
    "PanelRecord": ("points", "by"),
    "Mark": ("points", "feedback", "by"),
    "AgreedMark": ("reason", "feedback", "by"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Arrangement": ("journey", "stage", "item", "starts_at", "mode", "made_at"),
    "Finding": ("journey", "stage", "slot", "outcome", "seen", "on", "at"),
    "Interview": ("journey", "stage", "kind", "form", "mode", "people", "minutes", "supported", "eligible", "on", "at"),
    "Recommendation": ("asked_again", "journey", "stage", "level", "outcome", "on", "at"),
    "Decision": ("ref", "journey", "stage", "outcome", "on", "at"),
    "WriteUp": ("journey", "stage", "number", "on", "at"),
    "WriteUpReply": ("write_up", "on", "at"),
    "PanelNote": ("journey", "stage", "on", "at"),
    "PanelRecord": ("journey", "stage", "on", "at"),
    "Mark": ("journey", "stage", "slot", "round", "outcome", "on", "at"),
    "AgreedMark": ("journey", "stage", "slot", "round", "outcome", "marks", "on", "at"),
}

_OF_JOURNEY = Kept(Kind.ASSESSMENT, {Whose.HOLDER: ("journey__person",)})

KEPT: Mapping[str, Kept] = {
    "Arrangement": _OF_JOURNEY,
    "Finding": _OF_JOURNEY,
    "Interview": _OF_JOURNEY,
    "Recommendation": _OF_JOURNEY,
    "Decision": _OF_JOURNEY,
    "WriteUp": _OF_JOURNEY,
    "WriteUpReply": Kept(Kind.ASSESSMENT, {Whose.HOLDER: ("write_up__journey__person",)}),
    "PanelNote": _OF_JOURNEY,
    "PanelRecord": _OF_JOURNEY,
    "Mark": _OF_JOURNEY,
    "AgreedMark": _OF_JOURNEY,
}
