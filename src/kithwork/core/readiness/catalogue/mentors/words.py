"""How the checks of mentors say numbers, and who is asked about."""

ASKED = "Asked from the day after they were selected; whoever is away today is left out, and an exemption is no"


def number(count: int, one: str, many: str) -> str:
    """'1 reference', '2 references'."""
    return f"{count} {one if count == 1 else many}"
