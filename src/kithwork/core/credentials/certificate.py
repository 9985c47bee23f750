"""The certificate: one A4 page, landscape, to be framed; its QR code leads to the page that proves it."""

import io
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import segno

from kithwork.core.credentials.typesetting import day, settle, typeset


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. Texts are printed letter for letter; dates are calendar days.

    `body` awards, `holder` holds, `scheme` is what was met and `level` which of its levels ('' when it has none).
    `number` is the award's or licence's own, `number_name` what the body calls it. `valid_until` None: without end.
    `verify_url` (https) answers whether this is still so; it is printed and drawn as a QR code.
    `issued_on` is the day the certificate was made out, and the only time in the file.
    """

    body: str
    scheme: str
    level: str
    holder: str
    number: str
    valid_from: date
    valid_until: date | None
    verify_url: str
    issued_on: date
    number_name: str = "Award number"
    sentence: str = "has met the requirements of"
    worth: str = ""  # what it carries beside the title, such as '10 credits at level 4'
    specimen: bool = False  # printed across the page: it proves nothing


def certificate(facts: CertificateFacts) -> bytes:
    """The certificate as one PDF (PDF/UA-1 and PDF/A-2a, A4 landscape, one page, en-GB); same facts, same bytes.

    Raises ValueError when a text is empty or too long (holder, body and scheme 300 characters, the level 200, the
    others 120), when validity ends before it begins, or when the address is not http(s).
    """
    if facts.valid_until and facts.valid_until < facts.valid_from:
        raise ValueError("validity ends before it begins")
    address = urlsplit(facts.verify_url)
    if address.scheme not in {"http", "https"} or not address.netloc or not facts.verify_url.isascii():
        raise ValueError("the address for checking must begin with https:// and hold plain letters only")
    until = f" until {day(facts.valid_until)}" if facts.valid_until else ""
    return typeset(
        "certificate.typ",
        {
            "body": settle(facts.body, 300, what="the awarding body's name"),
            "scheme": settle(facts.scheme, 300, what="the scheme's name"),
            "level": settle(facts.level, 200, what="the level") if facts.level.strip() else "",
            "holder": settle(facts.holder, 300, what="the holder's name"),
            "worth": settle(facts.worth, 120, what="what it carries") if facts.worth.strip() else "",
            "sentence": settle(facts.sentence, 120, what="the sentence"),
            "number_name": settle(facts.number_name, 60, what="the name of the number"),
            "number": settle(facts.number, 120, what="the number"),
            "valid": f"from {day(facts.valid_from)}{until}",
            "issued": day(facts.issued_on),
            "address": settle(facts.verify_url, 300, what="the address for checking"),
            "shown_address": settle(facts.verify_url, 300, what="the address for checking").split("://", 1)[1],
            "qr": _qr(facts.verify_url),
            "specimen": facts.specimen,
        },
        facts.issued_on,
    )


def _qr(address: str) -> str:
    """The QR code as SVG. The mask is fixed: trying all eight costs more than setting the whole page."""
    out = io.BytesIO()
    segno.make_qr(address, error="m", mask=4).save(out, kind="svg", border=0, dark="#1d1a26", light=None, xmldecl=False)
    return out.getvalue().decode()
