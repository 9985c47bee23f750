"""Names in their places: who is a person there, and what is not."""

import pytest

from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.finds import CERTAIN, Kind, Source
from kithwork.core.redaction.model import Model
from kithwork.core.redaction.passages import Passage, Place


def named(finder: Finder, text: str, label: str = "") -> set[str]:
    """The words that are reduced as names."""
    found = finder.look([(text, label)])[0]
    return {
        word
        for one in found
        if one.kind is Kind.PERSON and one.confidence >= CERTAIN
        for word in text[one.start : one.end].replace("\n", " ").split()
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Met Kezia at the library.", ["Kezia"]),
        ("Kind regards,\nSiôn Treharne\nVolunteer Coordinator", ["Siôn Treharne"]),
        ("met małgorzata and çağla at the park", ["małgorzata", "çağla"]),
        ("Małgorzata's mentor is Çağla Yıldırım.", ["Małgorzata", "Çağla Yıldırım"]),
        ("The mentor is called Gethin\nLlywelyn and he lives near the school.", ["Gethin\nLlywelyn"]),
        ("SOCIAL WORKER DONNA FRIEL INFORMED", ["DONNA FRIEL"]),
        ("Surname, First name\nNwosu, Chukwuemeka\n", ["Nwosu", "Chukwuemeka"]),
        ("Signed: P.J. Hennessy", ["Hennessy"]),
        ("TariqMahmood_review.docx", ["TariqMahmood"]),
        ("Write to zahra.tehrani@example.org", ["zahra", "tehrani"]),
        ("Dear Mrs Achterberg", ["Achterberg"]),
        ("Bernadette 0'Hara and Ma1gorzata came", ["Bernadette 0'Hara", "Ma1gorzata"]),
        ("Ngozi 😀 and Żaneta — Zoe\u0308 too", ["Ngozi", "Żaneta", "Zoe\u0308"]),
    ],
)
def test_every_name_is_found_whole(text: str, names: list[str], finder: Finder) -> None:
    """All letters of each; an initial or a title may stay. What stands between them is nobody's."""
    found = [one for one in finder.look([(text, "")])[0] if one.kind is Kind.PERSON and one.confidence >= CERTAIN]
    covered = {at for one in found for at in range(one.start, one.end)}
    begin = 0
    for name in names:
        start = text.index(name, begin)
        begin = start + len(name)
        assert {at for at in range(start, begin) if text[at].isalnum()} <= covered, name
    assert not {"library", "regards", "mentor", "park", "lives", "WORKER", "INFORMED", "review", "Write", "too"} & {
        word for one in found for word in text[one.start : one.end].split()
    }


@pytest.mark.parametrize(
    ("text", "is_name", "is_word"),
    [
        ("Will rang me yesterday. Hope to hear soon.", "Will", "Hope"),
        ("I met Hope at the station in May.", "Hope", "May"),
        ("Spoke to May on the phone. Will ring again on Friday.", "May", "Will"),
        ("Grace came along; the grace period ends on 1 April.", "Grace", "April"),
        ("Mark said the bill was paid.", "Mark", "bill"),
        ("April did not attend. Mark the register.", "April", "register"),
    ],
)
def test_a_word_that_is_a_name_is_told_by_what_stands_around_it(
    text: str, is_name: str, is_word: str, finder: Finder
) -> None:
    found = named(finder, text)
    assert is_name in found
    assert is_word not in found


@pytest.mark.parametrize(
    "text",
    [
        "Will try again on Friday. May need a bus pass.",
        "The young person enjoyed the session and asked to come again.",
        "Policy reviewed on 4 May by the Board. Version 3.2, page 12 of 40.",
        "Maths on Monday, English on Tuesday, PE on Wednesday.",
        "Dear Sir or Madam,",
        "",
        " \n\t ",
        "12345",
    ],
)
def test_nobody_is_found_where_nobody_is(text: str, finder: Finder) -> None:
    assert named(finder, text) == set()


def test_a_heading_tells_of_a_cell(finder: Finder) -> None:
    (with_heading,) = finder.find("Rose", "Mentor")
    without = [one for one in finder.find("Rose", "Flower") if one.confidence >= with_heading.confidence]
    assert with_heading.confidence >= CERTAIN
    assert not without


def test_a_name_seen_once_is_found_everywhere(finder: Finder) -> None:
    """`Ash` alone in a cell is a tree; with a sentence about somebody of that name in the same document it is them."""
    cell, letter = Passage("Ash", Place.CELL), Passage("Ash rang me. I told Ash that Ash's mum was here.", Place.BODY)
    alone = sum(one.confidence for one in finder.find_all([cell])[0])
    together = sum(one.confidence for one in finder.find_all([cell, letter])[0])
    assert together > alone


def test_the_address_takes_in_the_name_and_both_are_told(finder: Finder) -> None:
    text = "zahra.tehrani@example.org"
    assert [(one.kind, one.start, one.end) for one in finder.find(text)] == [(Kind.EMAIL, 0, len(text))]
    assert {one.kind for one in finder.look([(text, "")])[0]} == {Kind.EMAIL, Kind.PERSON}


def test_texts_read_at_the_same_time_are_told_in_order_and_apart(blind: Finder) -> None:
    texts = [(f"{name} rang. " * count, "") for count, name in enumerate(["Angharad", "Kwame", "Zofia"] * 4)]
    assert list(blind.each(texts)) == [blind.look([one])[0] for one in texts]


def test_without_a_model_it_says_so_and_still_finds(blind: Finder, finder: Finder) -> None:
    assert blind.blind
    assert not finder.blind
    (find,) = blind.find("Met Angharad at the library.")
    assert Source.MODEL not in find.sources
    assert Finder().find("Dear Mrs Achterberg, ring 01632 960123")  # with no lists either


def test_long_texts_are_read_to_the_end(blind: Finder) -> None:
    text = ("We met at the library and talked about school. " * 2400)[:99_960] + " I met Angharad at last. " + "x " * 20
    found = blind.find(text)
    assert any(text[one.start : one.end] == "Angharad" for one in found)
    assert found == tuple(sorted(found))


def test_the_model_reads_every_piece_of_a_long_text(model: Model) -> None:
    text = "Met Ngozi at the library.\n" * 2600
    (seen,) = model.see([text])
    read = bytearray(len(text))
    for start, end in zip(seen.starts, seen.ends, strict=True):
        read[start:end] = b"\x01" * (end - start)
    assert all(read[at] for at, sign in enumerate(text) if not sign.isspace())
    last = seen.over(text.rindex("Ngozi"), text.rindex("Ngozi") + 5)
    assert last is not None
    assert float(last[:, :2].sum(axis=1).max()) > 0.5


def test_a_word_that_begins_a_sentence_is_no_part_of_the_name_after_it(finder: Finder) -> None:
    text = "Tamsin said that Zubair Quayle has met his mentor weekly. Ring Zubair on 07700 900123."
    assert named(finder, text) == {"Tamsin", "Zubair", "Quayle"}
