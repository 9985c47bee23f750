"""The starter edition: in order at once, whatever it is called, and never written over anything."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.journey import replay as worked
from kithwork.core.schemes import load, load_texts
from kithwork.core.schemes.blank import Applicant, blank
from kithwork.core.schemes.writing import quoted, table, value, write_folder

FILES = ("scheme.toml", "requirements.toml")


@pytest.mark.parametrize("applicant", get_args(Applicant))
def test_it_is_in_order_and_its_journey_replays(tmp_path: Path, applicant: Applicant) -> None:
    folder = tmp_path / "kind-gardens" / "2027"
    write_folder(folder, blank("kind-gardens", "2027", name="Kind Gardens", body="A council", applicant=applicant))
    edition = load(folder)
    assert edition.scheme.applicant == applicant
    assert {stage.kind.value for stage in edition.stages} >= {
        *("checklist", "form", "fee", "evidence", "decision", "award", "renewal")
    }
    journeys = sorted((folder / "journeys").glob("*.toml"))
    assert len(journeys) == 1
    assert worked.replay(edition, worked.read(journeys[0])).faults == ()


def test_every_line_of_it_speaks_to_whoever_applies() -> None:
    texts = blank("x", "1", name="X", body="Y", applicant="person")
    assert "your service" not in texts["scheme.toml"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip))
def test_any_name_is_kept_letter_for_letter(name: str) -> None:
    texts = blank("x", "1", name=name, body="Y")
    edition = load_texts({file: texts[file] for file in FILES}, "x/1")
    assert edition.scheme.name.strip() == name.strip()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "scheme.toml").write_text("mine")
    with pytest.raises(FileExistsError, match="there already"):
        write_folder(tmp_path / "x", {"scheme.toml": "theirs"})
    assert (tmp_path / "x" / "scheme.toml").read_text() == "mine"


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_folder(tmp_path / "x", {"a.toml": "a", "b.toml": "no file can hold \ud800"})
    assert list(tmp_path.iterdir()) == []


@given(
    st.recursive(
        st.text(st.characters(exclude_categories=["Cs"])) | st.integers(-(2**63), 2**63 - 1) | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("ab.\n\"'é ", max_size=4), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_values_come_back_as_they_went(one: object) -> None:
    assert tomllib.loads(f"one = {value(one)}")["one"] == one  # type: ignore[arg-type]  # values by construction


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        quoted("\ud800")
    with pytest.raises(ValueError, match="no spelling"):
        value(object())  # type: ignore[arg-type]  # on purpose


def test_a_table_leaves_out_what_is_not_given() -> None:
    assert table("[a]", {"b": None, "c": [], "d": False, "e f": "g"}.items()) == '[a]\nd = false\n"e f" = "g"\n'
