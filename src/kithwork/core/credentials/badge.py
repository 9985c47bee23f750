"""The badge: what is held, as a square picture for a signature or a web page. The award's own page is the proof."""

from kithwork.core.credentials.certificate import CertificateFacts
from kithwork.core.credentials.typesetting import day, draw, settle


def badge(facts: CertificateFacts) -> bytes:
    """The badge as one PNG, 945 pixels wide and high; same facts, same bytes. Says the level, or the scheme where there
    is none.

    Raises ValueError when a text is empty or too long, as for the certificate.
    """
    until = f"until {day(facts.valid_until)}" if facts.valid_until else f"since {day(facts.valid_from)}"
    return draw(
        "badge.typ",
        {
            "body": settle(facts.body, 300, what="the awarding body's name"),
            "title": settle(facts.level or facts.scheme, 300, what="what is held"),
            "holder": settle(facts.holder, 300, what="the holder's name"),
            "number": settle(facts.number, 120, what="the number"),
            "valid": until,
        },
    )
