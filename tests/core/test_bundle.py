"""A folder of files as one zip: names that are safe everywhere and never clash, and the same bytes each time."""

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.bundle import pack, safe_name
from kithwork.core.documents import Kind

DAY = date(2027, 3, 3)
SAFE = re.compile(r"[0-9]{2,}-[a-z0-9-]+\.[a-z]+")


@pytest.mark.parametrize(
    ("title", "called", "media", "name"),
    [
        ("Lesson plan", "plan.PDF", "application/pdf", "03-lesson-plan.pdf"),
        ("Élève à l'école", "x.jpeg", "image/jpeg", "03-eleve-a-l-ecole.jpeg"),
        ("A picture", "photo", "image/jpeg", "03-a-picture.jpg"),
        ("../../etc/passwd", "../../etc/passwd", "text/plain", "03-etc-passwd.txt"),
        ("CON", "con", "text/csv", "03-con.csv"),
        ("", "", "text/plain", "03-file.txt"),
        ("写真", "写真.png", "image/png", "03-file.png"),
        ("Plan", "plan.exe", "application/pdf", "03-plan.pdf"),
        ("Plan", "plan.exe", "application/octet-stream", "03-plan.bin"),
    ],
)
def test_a_name_tells_what_it_is_and_no_more(title: str, called: str, media: str, name: str) -> None:
    assert safe_name(3, title, called, media) == name


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from([*(kind.media_type for kind in Kind), "x/y"]))
def test_any_title_makes_a_safe_name_that_its_number_keeps_apart(title: str, called: str, media: str) -> None:
    names = [safe_name(number, title, called, media) for number in (1, 2, 12, 123)]
    assert all(SAFE.fullmatch(name) for name in names)
    assert len(set(names)) == 4
    assert all(len(name) < 80 for name in names)


def made() -> bytes:
    files = [("files/01-a.txt", io.BytesIO(b"one")), ("files/02-a.txt", io.BytesIO(b"x" * 700_000))]
    with pack(iter(files), {"index.html": b"<p>"}, DAY) as folder:
        return folder.read()


def test_what_goes_in_comes_out_and_the_bytes_are_the_same_each_time() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as folder:
        assert folder.testzip() is None
        assert folder.namelist() == ["files/01-a.txt", "files/02-a.txt", "index.html"]
        assert folder.read("files/02-a.txt") == b"x" * 700_000
        assert {one.date_time[:3] for one in folder.infolist()} == {(2027, 3, 3)}
    assert made() == made()


def test_each_file_is_closed_after_its_turn() -> None:
    file = io.BytesIO(b"one")
    pack([("a.txt", file)], {}, DAY).close()
    assert file.closed


@pytest.mark.parametrize(
    "name", ["../a.txt", "/a.txt", "a/../b.txt", "a\\b.txt", "", ".hidden", "a//b", "A.txt", "c:a"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lead out"):
        pack([], {name: b""}, DAY)


def test_a_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        pack([("a.txt", io.BytesIO(b""))], {"a.txt": b""}, DAY)
