"""Which fields of awards are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "Award": ("holder",),
    "SigningKey": (),
    "StatusList": (),
    "Credential": ("salt", "document"),
    "Dossier": ("recipient", "reason", "made_by"),
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
    "SigningKey": ("ref", "body", "public", "sealed", "made_at", "retired_at", "stolen_at"),
    "StatusList": ("ref", "body", "begun_at", "full_at", "document", "signed_at"),
    "Credential": (
        "ref",
        "award",
        "asked_at",
        "list",
        "index",
        "key",
        "signed_at",
        "tries",
        "fault",
        "revoked_at",
    ),
    "Dossier": (
        "ref",
        "journey",
        "token_digest",
        "made_at",
        "expires_at",
        "stopped_at",
        "fetched_at",
        "fetched",
        "digest",
    ),
}

KEPT: Mapping[str, Kept] = {
    "Award": Kept(Kind.AWARD, {Whose.HOLDER: ("journey__person",)}, Then.KEPT, stays={"holder": Why.REGISTER}),
    # the register goes on to say what was granted; the file with the hash of an address is the holder's to keep
    "Credential": Kept(Kind.AWARD, {Whose.HOLDER: ("award__journey__person",)}),
    "Dossier": Kept(Kind.ASSESSMENT, {Whose.HOLDER: ("journey__person",)}),
}
