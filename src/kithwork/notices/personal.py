"""Which fields of the outbox are personal data: about a person, by a person, or words a person typed."""

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
