"""What a reader of pictures passes over by itself: grey beside black, dark on black, pictures on their side."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from kithwork.core.redaction.files import Unreadable, seeing
from tests.core.documents import samples
from tests.core.redaction.files.ground import programs
from tests.core.redaction.files.planting.pictures import drawn


def test_faint_writing_is_read_too_and_fainter_writing_is_not_in_the_copy() -> None:
    picture = Image.new("RGB", (1300, 620), "white")
    draw = ImageDraw.Draw(picture)
    rows = {"Bartholomew": (0, 0, 0), "Featherstone": (170,) * 3, "Llewellyn": (204,) * 3, "Wojtasik": (214,) * 3}
    for number, (name, ink) in enumerate(rows.items()):
        for line in range(2):
            text = f"Met {name} at the library" if line else "Met somebody at the library"
            draw.text(
                (60, 40 + number * 120 + line * 55), text, font=ImageFont.load_default(36), fill=ink if line else 0
            )
    draw.rectangle((60, 530, 700, 600), fill="black")
    draw.text((80, 540), "Hidden Doreen here", font=ImageFont.load_default(36), fill="#262626")
    with programs() as tools:
        said = " ".join(word.text for word in seeing.seen(picture, tools))
    assert [name for name in (*rows, "Doreen") if name not in said] == [], said
    assert max(seeing.UNGHOSTED[value] for value in range(25)) == 0
    assert min(seeing.UNGHOSTED[value] for value in range(231, 256)) == 255


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270])
def test_a_picture_on_its_side_is_read_and_its_words_are_where_they_are(turn: Image.Transpose) -> None:
    upright = drawn(["Mentoring session notes", "Present: Bartholomew and two others", "Next meeting on Friday"])
    turned = upright.transpose(turn)
    with programs() as tools:
        words = seeing.seen(turned, tools)
    found = next(word for word in words if word.text == "Bartholomew")
    left, top = int(found.box.left * turned.width), int(found.box.top * turned.height)
    piece = turned.crop(
        (left - 3, top - 3, int(found.box.right * turned.width) + 3, int(found.box.bottom * turned.height) + 3)
    )
    ink = sum(piece.convert("L").histogram()[:128])
    assert ink > 1_000, "the place of a word is where its ink is"
    assert 3 < max(piece.size) / min(piece.size) < 9


def test_two_readings_of_one_word_are_alike() -> None:
    assert seeing.alike("Iain", "lain")
    assert seeing.alike("Wójcik,", "Wojcik")
    assert seeing.alike("Dąbrowski", "Dabrowsk1")
    assert not seeing.alike("Sarah", "Monday")
    assert not seeing.alike("Sarah", "")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", samples.png_that_claims(20_000, 20_000)])
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        seeing.opened(content)
