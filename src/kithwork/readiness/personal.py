"""Which fields of readiness are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "KeptAnswers": (),
    "Snapshot": ("facts", "signed_by"),
    "SampleAsked": ("by",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "KeptAnswers": ("service", "scheme", "edition", "day", "asked", "answers", "counted_at", "seq", "took_ms"),
    "Snapshot": ("item", "service", "scheme", "edition", "requirement", "day", "turn", "signed_at", "wording"),
    "SampleAsked": ("snapshot", "turn", "on", "at"),
}

KEPT: Mapping[str, Kept] = {
    "Snapshot": Kept(Kind.EVIDENCE, then=Then.KEPT, stays={"facts": Why.FIGURE}),
    "SampleAsked": Kept(Kind.EVIDENCE, then=Then.KEPT),
}
