"""Files that belong together: alike in all, and what programs write by themselves is nobody."""

import io
import zipfile

import openpyxl
import pytest

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Reading, read
from kithwork.core.redaction.files.case import left_in, sift
from kithwork.core.redaction.finding import Finder, Known, Person
from kithwork.core.redaction.finds import Kind as Found
from kithwork.core.redaction.passages import Passage, Place
from tests.core.redaction.files.mutating import Blind

KNOWN = Finder(known=Known([Person("Zofia Wisniewska"), Person("Kwame Boateng")]))


def reading(*passages: Passage, name: str = "notes.txt") -> Reading:
    return Reading((*passages, Passage(name, Place.FILE, 0, "the file's name", stays=False)), 0)


def test_a_name_has_one_initial_in_all_files_and_in_their_names() -> None:
    one = reading(Passage("Kwame rang.", Place.BODY))
    two = reading(
        Passage("Zofia came.", Place.BODY), Passage("Boateng rang.", Place.CELL), name="Zofia Wisniewska.docx"
    )
    first, second = sift([one, two], KNOWN)
    assert first.texts == ("K rang.", "notes.txt")
    assert second.texts == ("Z came.", "K rang.", "Z.docx")


def test_what_does_not_stay_is_found_and_takes_no_initial() -> None:
    told = reading(Passage("Zed Zimmerman", Place.PROPERTY, stays=False), Passage("Zofia came.", Place.BODY))
    (one,) = sift([told], KNOWN)
    assert one.texts[:2] == ("Zed Zimmerman", "Z came.")
    assert one.within.keys() == {1}


@pytest.mark.parametrize(
    ("copy", "left"),
    [
        ("Z came on Monday.", set()),
        ("Zofia came on Monday.", {Found.PERSON}),
        ("ZOFIA\ncame", {Found.PERSON}),
        ("Zofiane came", set()),
        ("Z came. Author: Kwame Boateng", {Found.PERSON}),
        ("write to zofia.w@example.org", {Found.PERSON, Found.EMAIL}),
        ("KwameBoateng2.png", {Found.PERSON}),
    ],
)
def test_what_is_left_in_a_copy_is_told_by_its_kind(copy: str, left: set[Found]) -> None:
    told = reading(Passage("Zofia came on Monday.", Place.BODY), Passage("Kwame Boateng", Place.PROPERTY, stays=False))
    (one,) = sift([told], KNOWN)
    assert left_in(one, [Passage(copy, Place.BODY)], KNOWN) == left


def test_a_word_that_is_kept_elsewhere_on_purpose_is_not_left_over() -> None:
    finder = Finder(known=Known([Person("Zofia Wisniewska")]))
    told = reading(Passage("Zofia came.", Place.BODY), Passage("Kwame Boateng came.", Place.BODY))
    (one,) = sift([told], finder, least=0.98)  # above any name that no list has
    assert left_in(one, [Passage("Z came.\nKwame Boateng came.", Place.BODY)], KNOWN) == frozenset()


def test_a_book_in_which_nobody_wrote_anything_says_nothing() -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 7
    book.save(out)
    said = read(out.getvalue(), Kind.XLSX, "x.xlsx", Blind())
    assert [one.text for one in said.passages if one.place is Place.PROPERTY and one.text.isalpha()] == []


def test_and_a_typeface_that_somebody_named_is_read() -> None:
    out, back = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(back, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'typeface="Vrinda"', b'typeface="Hand of Zofia"'))
    said = [one.text for one in read(back.getvalue(), Kind.XLSX, "x.xlsx", Blind()).passages]
    assert "Hand of Zofia" in said
    assert "Cambria" not in said
