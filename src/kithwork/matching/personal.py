"""Which fields of matching are personal data: about a person, by a person, or words a person typed.

What was proposed is working paper: it goes whole with either of the two. What was decided stands in the match.
"""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "MatchingRules": ("changed_by",),
    "AskedSearch": ("by",),
    "KeptApart": ("mentee", "mentor", "because", "by", "ended_by"),
    "MatchingRun": ("by",),
    "Proposal": ("mentee", "mentor", "fit", "parts", "because", "decided_by"),
    "Unmatched": ("mentee", "why"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "MatchingRules": ("service", "weights", "must_share", "near_km", "floor", "objective", "changed_at"),
    "AskedSearch": ("service", "at", "mentees", "mentors", "failed"),
    "KeptApart": ("ref", "service", "kind", "at", "ended_at"),
    "MatchingRun": (
        "ref", "service", "at", "day", "rules", "crowd", "mentees", "mentors", "places", "matched", "total", "worst",
        "reached", "bound", "took_ms",
    ),
    "Proposal": ("ref", "run", "state", "decided_at", "match"),
    "Unmatched": ("run",),
}  # fmt: skip

_TWO = {Whose.MENTEE: ("mentee",), Whose.MENTOR: ("mentor",)}

KEPT: Mapping[str, Kept] = {
    "MatchingRules": Kept(Kind.PRACTICE, then=Then.KEPT),
    "AskedSearch": Kept(Kind.PRACTICE, then=Then.KEPT),
    "KeptApart": Kept(Kind.MENTEE, _TWO, Then.DELETED),
    "MatchingRun": Kept(Kind.PRACTICE, then=Then.KEPT),
    "Proposal": Kept(Kind.MENTEE, _TWO, Then.DELETED),
    "Unmatched": Kept(Kind.MENTEE, {Whose.MENTEE: ("mentee",)}, Then.DELETED),
}
