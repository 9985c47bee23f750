"""Which fields of awards are personal data: about a person, by a person, or words a person typed."""

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
