"""A copy read again: what it says is told, and what its packed bytes happen to look like is not. And pages shown."""

import io
import random
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Literal

import pytest
from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Seen, picture, verify
from tests.core.documents import samples
from tests.core.redaction.files.mutating import Blind


def noise(kind: Literal["JPEG", "PNG"]) -> bytes:
    """A picture of a quarter of a megabyte, in whose packed bytes anything stands by chance; with a comment."""
    drawn = Image.frombytes("L", (500, 500), random.Random(7).randbytes(250_000))
    exif = Image.Exif()
    exif[0x013B] = "Zebrandora"
    out = io.BytesIO()
    drawn.save(out, kind, exif=exif, quality=88)
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


def test_a_page_of_a_message_is_shown_without_reading_the_message_again() -> None:
    class Unread(Blind):
        def ocr(self, picture: Image.Image, /) -> Sequence[Seen]:
            raise AssertionError("whoever looks at a page waits for no reader of pictures")

    shown = picture(enclosing(noise("JPEG")), Kind.EML, 1, Unread())
    with Image.open(io.BytesIO(shown)) as page:
        assert page.size == (500, 500)


OTHERS = {"names of parts", "the text as it is printed"}  # `Blind` prints what it finds between tags


def test_whoever_is_called_as_the_format_calls_things_passes_too() -> None:
    """Of Georgia Black, reduced, the typeface, the colour and the number of the page are no trace; an author is."""
    look = '<w:rPr><w:rFonts w:ascii="Georgia"/><w:color w:val="black"/></w:rPr>'
    number = "".join(f'<w:r><w:fldChar w:fldCharType="{what}"/></w:r>' for what in ("begin", "separate", "end"))
    number = number.replace("</w:r>", "</w:r><w:r><w:instrText> PAGE </w:instrText></w:r>", 1)
    body = f'<w:p><w:r>{look}<w:t>G B rang</w:t><w:br w:type="page"/></w:r>{number}</w:p>'
    parts = samples.docx_parts(body)

    def said() -> str:
        read = verify(samples.zipped(parts), Kind.DOCX, Blind())
        return "\n".join(one.text for one in read if one.label not in OTHERS).lower()

    assert [word for word in ("georgia", "black", "page") if word in said()] == []
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:p>", b'<w:p w:author="Georgia">')
    assert "georgia" in said()
