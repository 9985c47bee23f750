"""Which fields of people who sign in are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

PERSONAL: dict[str, tuple[str, ...]] = {
    "User": ("password", "last_login", "email", "name", "joined_at"),
    "ApiKey": ("user", "name", "made_on", "ends_on", "used_on", "stopped_on"),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "User": ("ref", "is_active", "is_operator", "reminders"),
    "ApiKey": ("ref", "digest"),
}

KEPT: Mapping[str, Kept] = {
    "User": Kept(
        Kind.ACCOUNT,
        {Whose.HOLDER: ("",)},
        marked=("name",),
        stays={"joined_at": Why.FIGURE},
    ),
    "ApiKey": Kept(Kind.ACCOUNT, {Whose.HOLDER: ("user",)}, Then.DELETED),
}
