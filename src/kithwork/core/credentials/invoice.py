"""The invoice for a fee: A4 portrait, plain, readable by people and by screen readers."""

from dataclasses import dataclass
from datetime import date

from kithwork.core.credentials.typesetting import Json, day, settle, typeset


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks or who pays: a name, and below it the lines of an address, an e-mail or a charity number."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One thing to pay for, in whole pounds; a reduction is negative."""

    description: str
    pounds: int


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """What an invoice says. Texts are printed letter for letter.

    `seller` is the awarding body, `buyer` the service or person. `number` is the seller's own. `issued_on` is the
    invoice's date and the only time in the file. `how_to_pay` and `note` (such as 'This fee is not refundable.') are
    free text in paragraphs, '' for none. `paid_on` stamps the invoice as paid.
    """

    seller: Party
    buyer: Party
    number: str
    issued_on: date
    lines: tuple[InvoiceLine, ...]
    how_to_pay: str = ""
    note: str = "This fee is not refundable."
    paid_on: date | None = None

    @property
    def total(self) -> int:
        """Whole pounds."""
        return sum(line.pounds for line in self.lines)


def invoice(facts: InvoiceFacts) -> bytes:
    """The invoice as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    Raises ValueError when there are no lines, when a text is empty or too long (names 300, address lines 500,
    descriptions 700, paragraphs 2,000, number 60 characters), or when it was paid before it was made out.
    """
    if not facts.lines:
        raise ValueError("an invoice needs at least one line")
    if facts.paid_on and facts.paid_on < facts.issued_on:
        raise ValueError("the invoice was paid before it was made out")
    lines: list[Json] = [
        {"description": settle(line.description, 700, what="a description"), "amount": pounds(line.pounds)}
        for line in facts.lines
    ]
    return typeset(
        "invoice.typ",
        {
            "seller": _party(facts.seller, "the seller"),
            "buyer": _party(facts.buyer, "the buyer"),
            "number": settle(facts.number, 60, what="the number"),
            "issued": day(facts.issued_on),
            "paid": day(facts.paid_on) if facts.paid_on else None,
            "lines": lines,
            "total": pounds(facts.total),
            "pay": _paragraphs(facts.how_to_pay, "how to pay"),
            "note": _paragraphs(facts.note, "the note"),
        },
        facts.issued_on,
    )


def pounds(amount: int) -> str:
    """Money as people write it: '£1,250', and a minus sign before the pound sign of a reduction."""
    sign = "\u2212" if amount < 0 else ""  # a minus, not a hyphen: screen readers say it
    return f"{sign}£{abs(amount):,}"


def _party(party: Party, what: str) -> Json:
    lines: list[Json] = [settle(line, 500, what=f"{what}'s address") for line in party.lines if line.strip()]
    return {"name": settle(party.name, 300, what=f"{what}'s name"), "lines": lines}


def _paragraphs(text: str, what: str) -> list[Json]:
    return [settle(line, 2_000, what=what) for line in text.splitlines() if line.strip()]
