"""The letter that confirms a place, and the outline of an offering, from the rows."""

from datetime import date

from kithwork.core.credentials import LetterFacts, OutlineFacts, Party, Session, letter, outline
from kithwork.courses.models import Offering, Part, Place
from kithwork.courses.queries import parts_of


def letter_of(place: Place, today: date) -> bytes:
    """The letter for a confirmed place, as PDF. The price is told as the offering notes it."""
    offering = place.offering
    closing = [f"Price: {offering.price_note}"] if offering.price_note else []
    closing.append("If you cannot come, please tell us as soon as you can, so that somebody else can have your place.")
    return letter(
        LetterFacts(
            sender=_sender(offering),
            to=Party(place.person.name or place.person.email),
            title=offering.title,
            reference=place.ref,
            issued_on=place.confirmed_on or today,
            sessions=_sessions(offering),
            closing="\n".join(closing),
        )
    )


def outline_of(offering: Offering, today: date) -> bytes:
    """The outline, as PDF. Raises ValueError when the offering has no parts."""
    return outline(
        OutlineFacts(
            sender=_sender(offering),
            title=offering.title,
            kind=offering.get_kind_display().capitalize(),
            about=offering.outline,
            issued_on=today,
            sessions=_sessions(offering),
            price=offering.price_note,
        )
    )


def _sender(offering: Offering) -> Party:
    return Party(offering.body.name, tuple(filter(None, offering.body.address.splitlines())))


def _sessions(offering: Offering) -> tuple[Session, ...]:
    return tuple(_session(part) for part in parts_of(offering))


def _session(part: Part) -> Session:
    return Session(
        day=part.day,
        starts=part.starts,
        ends=part.ends,
        title=part.title,
        place=part.place,
        link=part.link,
        hours_taught=part.hours_taught,
        hours_self_study=part.hours_self_study,
        homework=part.homework,
        homework_due=part.homework_due,
    )
