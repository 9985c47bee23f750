"""Which fields of the outbox are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "Message": ("to", "email", "secret"),
    "Told": (),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Message": (
        "ref",
        "organisation",
        "kind",
        "subject",
        "body",
        "good_until",
        "invitation",
        "state",
        "created_at",
        "due_at",
        "tries",
        "sent_at",
        "fault",
    ),
    "Told": ("subject", "occasion", "on"),
}

KEPT: Mapping[str, Kept] = {
    "Message": Kept(Kind.MAIL, {Whose.HOLDER: ("to",), Whose.NAMED: ()}, Then.DELETED, since="created_at"),
}
