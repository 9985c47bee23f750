"""The letter of confirmation and the outline: what was told is in the file, for eyes and for screen readers."""

import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from kithwork.core.credentials import LetterFacts, OutlineFacts, Party, Session, letter, outline
from tests.core.credentials.test_typeset import HOSTILE, _tags, read, squeezed, words

FACTS = LetterFacts(
    sender=Party("The Invented Body", ("Sample House", "1 Invented Street")),
    to=Party("Ada Marsh", ("Lanternside Trust",)),
    title="Four-day mentor course",
    reference="bcdfghjkmnpq",
    issued_on=date(2027, 3, 1),
    sessions=(
        Session(
            date(2027, 3, 29), time(9, 30), time(16, 30), "Listening", "The Hall", "https://meet.example.org/room-7",
            Decimal(6), Decimal("7.5"), "Read chapter one.\nWrite 200 words.", date(2027, 4, 9),
        ),
        Session(
            date(2027, 4, 12), time(9), time(12, 5), link="https://meet.example.org/room-8", hours_taught=Decimal(1)
        ),
    ),
    closing="Please bring a pen.",
)  # fmt: skip
OUTLINE = OutlineFacts(
    FACTS.sender, FACTS.title, "course", "What a mentor does.\n\nAnd does not.", FACTS.issued_on, FACTS.sessions, "£450"
)


def test_a_letter_says_what_it_was_told() -> None:
    text = words(letter(FACTS))
    for said in (
        "Your place is confirmed", "The Invented Body", "1 Invented Street", "Ada Marsh", "Lanternside Trust",
        "Four-day mentor course", "bcdfghjkmnpq", "1 March 2027", "Part 1: Listening",
        "Monday 29 March 2027, 09:30 to 16:30", "The Hall", "https://meet.example.org/room-7", "6 hours taught",
        "7.5 hours of self-study", "Read chapter one.", "Write 200 words. (by 9 April 2027)", "Part 2",
        "09:00 to 12:05", "1 hour taught", "Please bring a pen.",
    ):  # fmt: skip
        assert squeezed(said) in text


def test_an_outline_tells_anybody_but_gives_no_link_away() -> None:
    text = words(outline(OUTLINE))
    for said in ("Outline", "What a mentor does.", "And does not.", "7 hours", "7.5 hours", "£450", "Online", "course"):
        assert squeezed(said) in text
    assert "meet.example" not in text
    assert "AdaMarsh" not in text
    assert "Price" not in words(outline(replace(OUTLINE, price=" ")))


@pytest.mark.parametrize("data", [letter(FACTS), outline(OUTLINE)], ids=["letter", "outline"])
def test_both_are_accessible_and_lasting(data: bytes) -> None:
    root: Any = read(data).trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", metadata)
    assert re.search(r"<pdfaid:part>2<", metadata)
    kinds = [kind for kind, _ in _tags(data)]
    assert (kinds.count("/H1"), kinds.count("/H2"), kinds.count("/H3")) == (1, 1, 2)
    assert [round(float(side)) for side in read(data).pages[0].mediabox[2:]] == [595, 842]


def test_links_in_a_letter_can_be_followed() -> None:
    assert [kind for kind, _ in _tags(letter(FACTS))].count("/Link") == 2
    odd = replace(FACTS, sessions=(replace(FACTS.sessions[1], place="Room", link="javascript:alert(1)"),))
    assert "alert" not in words(letter(odd))


def test_the_same_facts_make_the_same_bytes() -> None:
    assert letter(FACTS) == letter(FACTS)
    assert outline(OUTLINE) == outline(OUTLINE)
    assert letter(FACTS) != letter(replace(FACTS, issued_on=date(2027, 3, 2)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_set_as_they_are(text: str) -> None:
    session = replace(FACTS.sessions[0], title=text, place=text, homework=text, homework_due=None)
    made = letter(replace(FACTS, to=Party(text, (text,)), title=text, opening=text, closing=text, sessions=(session,)))
    assert words(made).count(squeezed(text)) == 8


def test_long_texts_take_several_pages() -> None:
    many = replace(OUTLINE, sessions=FACTS.sessions * 20, about="A long paragraph. " * 100)
    assert len(read(outline(many)).pages) > 3


@pytest.mark.parametrize(
    ("change", "word"),
    [({"sessions": ()}, "no sessions"), ({"title": " "}, "title is empty"), ({"reference": "9" * 61}, "reference")],
)
def test_impossible_letters_are_refused(change: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        letter(replace(FACTS, **change))  # type: ignore[arg-type]
