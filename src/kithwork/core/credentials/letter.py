"""The letter that confirms a place, and the outline of what it is a place at: A4 portrait, both accessible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from urllib.parse import urlsplit

from kithwork.core.credentials.invoice import Party
from kithwork.core.credentials.typesetting import Json, day, settle, typeset

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: local times of its day, where (a place, a link to join, or both), hours, homework ('' for none)."""

    day: date
    starts: time
    ends: time
    title: str = ""
    place: str = ""
    link: str = ""
    hours_taught: Decimal = Decimal(0)
    hours_self_study: Decimal = Decimal(0)
    homework: str = ""
    homework_due: date | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter of confirmation says. Texts are printed letter for letter; `\\n` parts paragraphs.

    `sender` runs it, `to` has the place, `title` is what it is a place at, in its own words. `opening` stands before
    the sessions and `closing` after them, '' for none. `reference` is the place's own. `issued_on` is the letter's date
    and the only time in the file.
    """

    sender: Party
    to: Party
    title: str
    reference: str
    issued_on: date
    sessions: tuple[Session, ...]
    opening: str = "We look forward to meeting you on these days."
    closing: str = ""


@dataclass(frozen=True, slots=True)
class OutlineFacts:
    """What an outline says: what it is about, and each session with its hours and homework. For anybody to read, so
    links to join are left out. `price` '' says nothing of a price.
    """

    sender: Party
    title: str
    kind: str
    about: str
    issued_on: date
    sessions: tuple[Session, ...]
    price: str = ""


def letter(facts: LetterFacts) -> bytes:
    """The letter as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    Raises ValueError when there are no sessions, or when a text is empty or too long (names 300, lines 200, paragraphs
    2,000, reference 60 characters).
    """
    return _set(
        heading="Your place is confirmed",
        sender=facts.sender,
        to=facts.to,
        lines=[("Reference", settle(facts.reference, 60, what="the reference")), ("Date", day(facts.issued_on))],
        title=facts.title,
        paragraphs=facts.opening,
        sessions=facts.sessions,
        links=True,
        closing=facts.closing,
        issued_on=facts.issued_on,
    )


def outline(facts: OutlineFacts) -> bytes:
    """The outline as one PDF; the same promises and refusals as `letter`."""
    taught = sum((one.hours_taught for one in facts.sessions), Decimal(0))
    alone = sum((one.hours_self_study for one in facts.sessions), Decimal(0))
    lines = [("What it is", settle(facts.kind, 60, what="the kind"))]
    lines += [("Taught", hours(taught))] if taught else []
    lines += [("Self-study", hours(alone))] if alone else []
    lines += [("Price", settle(facts.price, 200, what="the price"))] if facts.price.strip() else []
    return _set(
        heading="Outline",
        sender=facts.sender,
        to=None,
        lines=lines,
        title=facts.title,
        paragraphs=facts.about,
        sessions=facts.sessions,
        links=False,
        closing="",
        issued_on=facts.issued_on,
    )


def hours(number: Decimal) -> str:
    """'6 hours', '1 hour', '1.5 hours'."""
    said = f"{number.normalize():f}"
    return f"{said} {'hour' if said == '1' else 'hours'}"


def _set(
    *,
    heading: str,
    sender: Party,
    to: Party | None,
    lines: Sequence[tuple[str, str]],
    title: str,
    paragraphs: str,
    sessions: Sequence[Session],
    links: bool,
    closing: str,
    issued_on: date,
) -> bytes:
    if not sessions:
        raise ValueError("there are no sessions to tell of")
    rows: list[Json] = [_session(number, one, links) for number, one in enumerate(sessions, 1)]
    facts: list[Json] = [{"key": key, "value": value} for key, value in lines]
    return typeset(
        "letter.typ",
        {
            "heading": heading,
            "sender": _party(sender, "the sender"),
            "to": _party(to, "the receiver") if to else None,
            "lines": facts,
            "title": settle(title, 300, what="the title"),
            "paragraphs": _paragraphs(paragraphs, "the text"),
            "sessions": rows,
            "closing": _paragraphs(closing, "the closing"),
        },
        issued_on,
    )


def _session(number: int, one: Session, links: bool) -> Json:
    when = f"{_WEEKDAYS[one.day.weekday()]} {day(one.day)}, {one.starts:%H:%M} to {one.ends:%H:%M}"
    where = settle(one.place, 300, what="a place") if one.place.strip() else ""
    address = one.link if links and urlsplit(one.link).scheme in {"http", "https"} else ""
    times = [f"{hours(one.hours_taught)} taught"] if one.hours_taught else []
    times += [f"{hours(one.hours_self_study)} of self-study"] if one.hours_self_study else []
    due = f" (by {day(one.homework_due)})" if one.homework_due else ""
    homework: list[Json] = [*_paragraphs(one.homework, "homework")]
    if homework and due:
        homework[-1] = f"{homework[-1]}{due}"
    return {
        "name": f"Part {number}" + (f": {settle(one.title, 200, what='a title')}" if one.title.strip() else ""),
        "when": when,
        "where": where or ("" if address else "Online" if one.link else ""),
        "link": settle(address, 500, what="a link") if address else "",
        "hours": ", ".join(times),
        "homework": homework,
    }


def _party(party: Party, what: str) -> Json:
    lines: list[Json] = [settle(line, 200, what=f"{what}'s address") for line in party.lines if line.strip()]
    return {"name": settle(party.name, 300, what=f"{what}'s name"), "lines": lines}


def _paragraphs(text: str, what: str) -> list[Json]:
    return [settle(line, 2_000, what=what) for line in text.splitlines() if line.strip()]
