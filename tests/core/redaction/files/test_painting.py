"""Words painted out of a picture: nothing of them is left, and nothing tells how long they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont

from kithwork.core.redaction.files.painting import Spot, painted

FONT = ImageFont.load_default(28)
GAP = 9


def line(
    words: list[str], cuts: dict[int, str], *, start: float = 60.0, top: float = 50.0
) -> tuple[Image.Image, list[Spot]]:
    """A line of words on white, and the spots of it; `cuts` by the number of a word."""
    picture = Image.new("RGB", (1000, 160), "white")
    draw = ImageDraw.Draw(picture)
    spots, at = [], start
    for number, word in enumerate(words):
        left, upper, right, lower = draw.textbbox((at, top), word, font=FONT)
        draw.text((at, top), word, font=FONT, fill="black")
        spots.append(Spot(left, upper, right, lower, cuts.get(number, word), number in cuts))
        at = right + GAP
    return picture, spots


NAMES = st.text(st.sampled_from("abdehklnorstuvwz"), min_size=2, max_size=16).map(str.capitalize)


@settings(max_examples=40, deadline=None)
@given(NAMES, NAMES)
def test_two_names_of_any_length_leave_the_same_picture(one: str, other: str) -> None:
    """The same line with another name in it, both cut to the same letter: not a pixel differs."""
    made = []
    for name in (one, other):
        picture, spots = line(["Met", name, "at", "the", "gap"], {1: "S"})
        made.append(painted(picture, spots))
    assert ImageChops.difference(made[0][0], made[1][0]).getbbox() is None
    assert [spot.text for spot in made[0][1]] == ["Met", "S", "at", "the", "gap"]
    assert [round(spot.left) for spot in made[0][1]] == [round(spot.left) for spot in made[1][1]]


def test_a_line_set_to_the_right_stays_there() -> None:
    picture = Image.new("RGB", (1000, 260), "white")
    draw = ImageDraw.Draw(picture)
    spots = []
    for top, words in ((40, ["Signed", "Bartholomew"]), (120, ["on", "Monday"])):
        at = 900.0
        for number, word in reversed(list(enumerate(words))):
            at -= draw.textlength(word, font=FONT)
            draw.text((at, top), word, font=FONT, fill="black")
            left, upper, right, lower = draw.textbbox((at, top), word, font=FONT)
            spots.append(
                Spot(left, upper, right, lower, "B" if top == 40 and number else word, top == 40 and number == 1)
            )
            at -= GAP
    canvas, _ = painted(picture, spots)
    rows = canvas.crop((0, 30, 1000, 90)).convert("L").point([255 if value < 250 else 0 for value in range(256)])
    box = rows.getbbox()
    assert box is not None
    assert 880 < box[2] <= 910


@pytest.mark.parametrize("paper", ["white", "#1F4E79", "#FFF2CC"])
def test_what_is_cut_goes_back_to_the_colour_of_the_paper(paper: str) -> None:
    picture = Image.new("RGB", (600, 120), paper)
    ImageDraw.Draw(picture).text((40, 40), "Bartholomew", font=FONT, fill="#C00000")
    spot = Spot(*ImageDraw.Draw(picture).textbbox((40, 40), "Bartholomew", font=FONT), text="", cut=True)
    canvas, left = painted(picture, [spot])
    assert left == []
    assert canvas.getcolors() == [(600 * 120, Image.new("RGB", (1, 1), paper).getpixel((0, 0)))]


def test_on_a_photograph_a_box_covers_it_all() -> None:
    picture = Image.effect_noise((600, 120), 90).convert("RGB")
    before = picture.copy()
    spot = Spot(100, 40, 300, 80, "B", cut=True)
    canvas, left = painted(picture, [spot])
    changed = ImageChops.difference(before, canvas).getbbox()
    assert changed is not None
    assert changed[0] <= 100
    assert changed[1] <= 40
    assert changed[2] >= 300
    assert changed[3] >= 80
    inside = canvas.crop((100, 40, 300, 80)).getcolors()
    assert inside is not None
    assert len(inside) < 100, "a label on one colour, and no noise"
    assert [word.text for word in left] == ["B"]


def test_a_second_reading_of_the_same_ink_goes_with_it() -> None:
    picture, spots = line(["Met", "Sarah", "today"], {1: "S"})
    again = Spot(spots[1].left + 1, spots[1].top, spots[1].right + 1, spots[1].bottom, "5arah")
    _, left = painted(picture, [*spots, again])
    assert [spot.text for spot in left] == ["Met", "S", "today"]


def test_where_nothing_can_be_seen_no_label_stands() -> None:
    picture = Image.new("RGB", (600, 120), "white")
    ImageDraw.Draw(picture).text((40, 40), "Bartholomew", font=FONT, fill="#F4F4F4")
    spot = Spot(40, 40, 250, 75, "B", cut=True)
    canvas, left = painted(picture, [spot])
    assert left == []
    assert canvas.getcolors() == [(600 * 120, (255, 255, 255))], "a ghost goes, too"


def test_a_name_in_two_words_is_one_label() -> None:
    picture, spots = line(["Met", "Sarah", "Jones's", "cat"], {1: "S", 2: "'s"})
    spots[2] = Spot(spots[2].left, spots[2].top, spots[2].right, spots[2].bottom, "'s", cut=True, joins=True)
    _, left = painted(picture, spots)
    assert [spot.text for spot in left] == ["Met", "S's", "cat"]
