"""The service's own people, under the forms in which they turn up."""

import pytest

from kithwork.core.redaction.finding import Finder, Known, Person
from kithwork.core.redaction.finds import CERTAIN, Kind, Source
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.model import Model
from kithwork.core.redaction.words import words_of

PEOPLE = Known(
    [
        Person("Zofia Wiśniewska", ("Zosia",), "p1"), Person("Siân Llewellyn", key="p2"),
        Person("Çağla Yıldırım", key="p3"), Person("Margaret Oyelaran", key="p4"), Person("May Thorne", key="p5"),
        Person("Conor O'Dowd", key="p6"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("met Zofia", "Zofia"), ("met zosia", "zosia"), ("met Wisniewska", "Wisniewska"),
        ("met WIŚNIEWSKA", "WIŚNIEWSKA"),
        ("met Wiśnieswka", "Wiśnieswka"), ("met Sian", "Sian"), ("met Llewelyn", "Llewelyn"), ("met cagla", "cagla"),
        ("met Yildirim", "Yildirim"), ("met YILDIRIM", "YILDIRIM"), ("met Peggy", "Peggy"),
        ("met oyelarans friend", "oyelarans"),
        ("see zofiawisniewska", "zofiawisniewska"), ("see ZofiaWisniewska.pdf", "ZofiaWisniewska"),
        ("met O’Dowd", "O’Dowd"),
        ("met Oyelaran’s friend", "Oyelaran"), ("met Zofia\nWiśniewska", "Zofia\nWiśniewska"),
        ("met 0yelaran", "0yelaran"),
        ("met Ang harad or Oyela-\nran", "Oyela-\nran"),
    ],
)  # fmt: skip
def test_a_known_person_is_found(text: str, name: str, lexicon: Lexicon) -> None:
    found = Finder(PEOPLE, lexicon=lexicon).find(text)
    start = text.index(name)
    letters = {at for at in range(start, start + len(name)) if text[at].isalnum()}
    covered = {at for one in found if Source.KNOWN in one.sources for at in range(one.start, one.end)}
    assert letters <= covered


def test_whose_name_it_is_is_told(lexicon: Lexicon) -> None:
    (find,) = Finder(PEOPLE, lexicon=lexicon).find("Rang Zofia Wiśniewska.")
    assert find.whose == "p1"
    assert find.confidence >= CERTAIN


def test_a_word_that_is_a_name_is_not_found_everywhere(lexicon: Lexicon) -> None:
    hits = PEOPLE.hits(words_of("It may rain in Thorne."), lexicon)
    assert hits  # it is known,
    found = Finder(PEOPLE, lexicon=lexicon).find("It may rain.")
    assert not [one for one in found if one.confidence >= CERTAIN]  # and weighed all the same


def test_ordinary_words_are_not_misspelt_names(lexicon: Lexicon) -> None:
    known = Known([Person("Marlow Weeker"), Person("Streat Hollan")])
    hits = known.hits(words_of("three weeks of yellow streets, a mallow"), lexicon)
    assert not hits


def test_the_same_name_twice_is_no_whole_name(lexicon: Lexicon) -> None:
    known = Known([Person("Skip Dunmore", key="p1")])
    hits = known.hits(words_of("Skip drove. Skip hire is booked."), lexicon)
    assert [hit.whole for hit in hits.values()] == [False, False]
    hits = known.hits(words_of("Skip Dunmore drove."), lexicon)
    assert [hit.whole for hit in hits.values()] == [True, True]


def test_what_somebody_is_called_by_is_known_and_the_title_before_it_is_not(lexicon: Lexicon) -> None:
    known = Known([Person("Josephine Bain", ("Auntie Jo", "Jo the Van", "Big Jo"), "p1")])
    words = words_of("the auntie drove a big red van to Jo")
    assert {words[at].text for at in known.hits(words, lexicon)} == {"Jo"}
    assert Known([Person("Anna Young")]).hits(words_of("Young rang"), lexicon)


def test_rows_of_a_table_make_people() -> None:
    rows = [
        {"Name": "Ada Bee", "AKA": "Addie; Bee Bee"},
        {"Name": "", "AKA": ""},
        {"name": "Cid", "nickname": "C-man", "kind": "person"},
    ]
    assert Known.named(rows).people == (Person("Ada Bee", ("Addie", "Bee Bee")), Person("Cid", ("C-man",)))
    assert not Known.named([])


def test_a_known_name_that_is_a_word_too_needs_more_than_the_list(model: Model, lexicon: Lexicon) -> None:
    known = Known([Person("Victoria Bell"), Person("Mark Stone")])
    finder = Finder(known=known, model=model, lexicon=lexicon)
    text = "The coach leaves Victoria Station at 8am. Mark down the bill."
    assert [one for one in finder.find(text) if one.kind is Kind.PERSON and one.confidence >= CERTAIN] == []
    text = "Spoke to Victoria Bell and her mentor Mark."
    found = finder.find(text)
    assert {"Victoria Bell", "Mark"} <= {text[one.start : one.end] for one in found if one.confidence >= CERTAIN}


@pytest.mark.parametrize(
    ("name", "called"),
    [("Gareth Pugh", "Gaz"), ("Katarzyna Wrona", "Kasia"), ("Babatunde Oke", "Tunde"), ("Rhi Bowen", "Rhiannon")],
)
def test_what_people_are_called_for_short(name: str, called: str, lexicon: Lexicon) -> None:
    known = Known([Person(name, key="p1")])
    assert [hit.how for hit in known.hits(words_of(f"Rang {called} today."), lexicon).values()] == ["nick"]
    alike = Known([Person(name, key="p1"), Person(f"{called} Marlow", key="p2")])
    assert [hit.whose for hit in alike.hits(words_of(f"Rang {called} today."), lexicon).values()] == ["p2"]
