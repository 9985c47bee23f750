"""The letter that confirms in writing that a match ends, with what follows from it: A4 portrait, accessible."""

from dataclasses import dataclass
from datetime import date

from kithwork.core.credentials.invoice import Party
from kithwork.core.credentials.typesetting import Json, day, settle, typeset


@dataclass(frozen=True, slots=True)
class FarewellFacts:
    """What the letter says to one of the two. `other` is the other's name as it is known to the reader, `begun` and
    `last_day` the dates of the match, `follows` what the ending means, in paragraphs; `offered` further ways to take
    part and `call` whom to ring, '' for none. `issued_on` is the letter's date and the only time in the file.
    """

    sender: Party
    to: Party
    other: str
    begun: date
    last_day: date
    follows: str
    offered: str
    call: str
    issued_on: date


def farewell(facts: FarewellFacts) -> bytes:
    """The letter as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    Raises ValueError when a text is empty or too long (names 300, lines 200, paragraphs 2,000 characters).
    """
    other = settle(facts.other, 300, what="the other's name")
    said = [f"This letter confirms that your match with {other} ends, and says what follows from that."]
    said += [settle(line, 2_000, what="the text") for line in facts.follows.splitlines() if line.strip()]
    if facts.offered.strip():
        said.append(f"Other ways to take part: {settle(facts.offered, 2_000, what='the offer')}")
    closing = ["Thank you for the time you gave each other."]
    if facts.call.strip():
        closing.append(f"If anything troubles you, ring {settle(facts.call, 300, what='whom to ring')}.")
    lines = [("Date", day(facts.issued_on)), ("Together from", day(facts.begun)), ("Last day", day(facts.last_day))]
    rows: list[Json] = [{"key": key, "value": value} for key, value in lines]
    return typeset(
        "letter.typ",
        {
            "heading": "Your match",
            "sender": _party(facts.sender, "the sender"),
            "to": _party(facts.to, "the receiver"),
            "lines": rows,
            "title": "What follows now",
            "paragraphs": [*said],
            "sessions": [],
            "closing": [*closing],
        },
        facts.issued_on,
    )


def _party(party: Party, what: str) -> Json:
    lines: list[Json] = [settle(line, 200, what=f"{what}'s address") for line in party.lines if line.strip()]
    return {"name": settle(party.name, 300, what=f"{what}'s name"), "lines": lines}
