"""Cells of a table on a page: their words are no neighbours, and what goes from one does not move the next."""

from PIL import Image, ImageDraw, ImageFont

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import read, seeing
from kithwork.core.redaction.files.painting import Spot, painted
from kithwork.core.redaction.files.shape import Seen
from kithwork.core.redaction.passages import Box
from tests.core.redaction.files.mutating import Blind, pdf_of

FONT = ImageFont.load_default(20)
SPACE = 6.0
ROWS = [
    ("Angharad", "Talked again"),
    ("Kwame", "Late twice"),
    ("Bartholomew and Siobhan", "Review done"),  # the first cell is full, nearly up to the second
]


def boxes() -> list[tuple[str, tuple[float, float, float, float], int]]:
    """Each word with its box and its row."""
    draw = ImageDraw.Draw(Image.new("RGB", (10, 10)))
    found = []
    column = 40.0
    for cell in range(2):
        ends = []
        for row, cells in enumerate(ROWS):
            at = column
            for word in cells[cell].split():
                box = draw.textbbox((at, 40 + row * 40), word, font=FONT)
                found.append((word, box, row))
                at = box[2] + SPACE
            ends.append(at)
        column = max(ends) + SPACE * 0.6
    return sorted(found, key=lambda one: (one[2], one[1][0]))


def test_words_of_two_cells_have_a_tab_between_them() -> None:
    size = (600, 200)
    words = [
        Seen(word, Box(box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]), 0.9, row)
        for word, box, row in boxes()
    ]
    said = seeing.passage_of(words, page=1, size=size).text
    assert said.split("\n") == ["Angharad\tTalked again", "Kwame\tLate twice", "Bartholomew and Siobhan\tReview done"]


def test_what_goes_from_a_cell_leaves_the_next_where_it_was() -> None:
    picture = Image.new("RGB", (600, 200), "white")
    draw = ImageDraw.Draw(picture)
    names = {"Angharad": "A", "Kwame": "K", "Bartholomew": "B", "Siobhan": "S"}
    spots = []
    for word, box, row in boxes():
        draw.text((box[0] - draw.textbbox((0, 0), word, font=FONT)[0], 40 + row * 40), word, font=FONT, fill="black")
        spots.append(Spot(*box, text=names.get(word, word), cut=word in names))
    before = {spot.text: spot.left for spot in spots}
    _, left = painted(picture, spots)
    after = {spot.text: spot.left for spot in left}
    for word in ("Talked", "Late", "Review", "done"):
        assert after[word] == before[word]
    assert after["S"] < before["S"], "but within a cell the line moves up"


def test_after_the_indent_of_a_bullet_a_label_stands_where_the_name_stood() -> None:
    picture = Image.new("RGB", (600, 100), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 50, 45, 55), fill="black")
    draw.text((70, 40), "Angharad came", font=FONT, fill="black")
    name, came = draw.textbbox((70, 40), "Angharad", font=FONT), draw.textbbox((165, 40), "came", font=FONT)
    _, left = painted(picture, [Spot(40, 50, 45, 55, "•"), Spot(*name, text="A", cut=True), Spot(*came, text="came")])
    label = next(spot for spot in left if spot.text == "A")
    assert abs(label.left - name[0]) < 4
    assert label.height > 10, "as high as the words beside it, not as the bullet"


def test_rules_of_a_table_are_no_word() -> None:
    def ruled(picture: Image.Image, /) -> list[Seen]:
        return [Seen("ee", Box(0.1, 0.5, 0.7, 0.52), 0.6, 0), Seen("grey", Box(0.1, 0.6, 0.2, 0.7), 0.6, 1)]

    class Ruled(Blind):
        ocr = staticmethod(ruled)  # type: ignore[assignment]

    picture = Image.new("RGB", (1500, 800), "white")
    words = [Seen("black", Box(0.1, 0.1, 0.3, 0.2), 0.9, 0)]
    ImageDraw.Draw(picture).rectangle((150, 400, 1050, 416), fill="#AAAAAA")
    assert [word.text for word in seeing._faint(picture, words, Ruled(), 6)] == ["grey"]


def test_running_text_keeps_its_spaces() -> None:
    said = read(pdf_of("Zebrandora came on Monday and stayed until six"), Kind.PDF, "x", Blind()).passages[0].text
    assert said == "Zebrandora came on Monday and stayed until six"
