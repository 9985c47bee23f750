"""Which fields of organisations are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "Organisation": (),
    "Service": (),
    "Membership": ("user",),
    "Invitation": ("email", "invited_by"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Organisation": ("ref", "kind", "name", "slug", "address", "website", "how_to_pay", "created_at"),
    "Service": ("ref", "organisation", "name", "slug", "place", "website", "created_at"),
    "Membership": ("organisation", "role", "since", "ended_at"),
    "Invitation": (
        "ref",
        "organisation",
        "role",
        "token_digest",
        "created_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    ),
}

KEPT: Mapping[str, Kept] = {
    "Membership": Kept(Kind.MEMBERSHIP, {Whose.HOLDER: ("user",)}, Then.KEPT),
    "Invitation": Kept(Kind.INVITATION, {Whose.NAMED: ()}, since="expires_at"),
}
