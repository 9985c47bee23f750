"""Which fields of awards are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "Award": ("holder",),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Award": (
        "ref",
        "journey",
        "number",
        "of",
        "place",
        "scheme_name",
        "body_name",
        "level",
        "level_title",
        "granted_on",
        "starts_on",
        "listed",
        "valid_until",
        "suspended_on",
        "revoked_on",
        "superseded_on",
        "made_at",
    ),
}

KEPT: Mapping[str, Kept] = {
    "Award": Kept(Kind.AWARD, {Whose.HOLDER: ("journey__person",)}, Then.KEPT, stays={"holder": Why.REGISTER}),
}
