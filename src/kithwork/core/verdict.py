"""A decision carries its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and because. Truthy when yes; `because` is a sentence a person can act on when no."""

    ok: bool
    because: str = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


def no(because: str) -> Verdict:
    return Verdict(False, because)


class Refused(Exception):
    """Raised by an action that may not be done now; the text is for the person who tried."""

    def __init__(self, because: "str | Verdict") -> None:
        super().__init__(because.because if isinstance(because, Verdict) else because)


class Gone(Refused):
    """What was asked for was here and is not any more; the text says since when. Only behind the door to its place."""
