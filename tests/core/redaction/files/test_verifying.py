"""A copy read again: what it says is told, and what its packed bytes happen to look like is not."""

import io
import random
from email.message import EmailMessage
from typing import Literal

import pytest
from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import verify
from tests.core.redaction.files.mutating import Blind


def noise(kind: Literal["JPEG", "PNG"]) -> bytes:
    """A picture of a quarter of a megabyte, in whose packed bytes anything stands by chance; with a comment."""
    picture = Image.frombytes("L", (500, 500), random.Random(7).randbytes(250_000))
    exif = Image.Exif()
    exif[0x013B] = "Zebrandora"
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, quality=88)
    return out.getvalue()


def enclosing(content: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Notes"
    message.set_content("See within.\n")
    message.add_attachment(content, maintype="image", subtype="jpeg", filename="attachment-1.jpg")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(noise("JPEG"), Kind.JPEG), (noise("PNG"), Kind.PNG), (enclosing(noise("JPEG")), Kind.EML)],
    ids=["jpeg", "png", "eml"],
)
def test_packed_pixels_are_no_text_and_all_beside_them_is(content: bytes, kind: Kind) -> None:
    said = "\n".join(passage.text for passage in verify(content, kind, Blind()))
    assert "Zebrandora" in said
    assert len(said) < 5_000
    assert "@" not in said
    hidden = content.replace(b"\xff\xd9", b"\xff\xd9Wojtasik") if kind is Kind.JPEG else content + b"Wojtasik"
    assert "Wojtasik" in "\n".join(passage.text for passage in verify(hidden, kind, Blind()))
