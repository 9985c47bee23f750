"""The badge: what is held, as a square picture for a signature or a web page. The award's own page is the proof, or the
credential that is put inside the picture.
"""

from kithwork.core.credentials.certificate import CertificateFacts
from kithwork.core.credentials.typesetting import Json, day, draw, outline_of, settle


def badge(facts: CertificateFacts) -> bytes:
    """The badge as one PNG, 945 pixels wide and high; same facts, same bytes. Says the level, or the scheme where there
    is none.

    Raises ValueError when a text is empty or too long, as for the certificate.
    """
    return draw("badge.typ", _said(facts))


def badge_svg(facts: CertificateFacts) -> bytes:
    """The same as an SVG, its letters drawn as outlines, so that it looks alike everywhere."""
    return outline_of("badge.typ", _said(facts))


def emblem(*, body: str, title: str) -> bytes:
    """What all who hold it have in common, as a PNG: the badge without a holder."""
    return draw(
        "badge.typ",
        {
            "body": settle(body, 300, what="the awarding body's name"),
            "title": settle(title, 300, what="what is held"),
            "holder": "",
            "number": "",
            "valid": "",
        },
    )


def _said(facts: CertificateFacts) -> dict[str, Json]:
    until = f"until {day(facts.valid_until)}" if facts.valid_until else f"since {day(facts.valid_from)}"
    return {
        "body": settle(facts.body, 300, what="the awarding body's name"),
        "title": settle(facts.level or facts.scheme, 300, what="what is held"),
        "holder": settle(facts.holder, 300, what="the holder's name"),
        "number": settle(facts.number, 120, what="the number"),
        "valid": until,
    }
