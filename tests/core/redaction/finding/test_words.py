"""Words and the forms under which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kithwork.core.redaction.words import fold, folds, mended, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân", "sian"), ("ŁUKASZ", "lukasz"), ("Yıldırım", "YILDIRIM"), ("Çağla", "cagla"), ("Nguyễn", "nguyen"),
        ("Straße", "STRASSE"), ("O’Neil", "o'neil"), ("Ŵyn", "wyn"), ("Ştefan", "Ștefan"), ("Zoe\u0308", "Zoë"),
    ],
)  # fmt: skip
def test_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Iain", "lain"), ("Farnan", "Faman"), ("J0hn", "John"), ("Ma1ik", "Malik")]
)
def test_what_readers_of_pictures_confuse_meets(one: str, other: str) -> None:
    assert folds(one) == folds(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SarahJones.pdf", ["Sarah", "Jones", "pdf"]), ("sarah92", ["sarah"]), ("McDonald", ["McDonald"]),
        ("J0hn", ["J0hn"]), ("a_b-c", ["a", "b", "c"]), ("2nd", ["nd"]), ("Zoe\u0308", ["Zoe\u0308"]), ("123", []),
        ("IMG20260504sam", ["IMG", "sam"]), ("Nguyễn Thị", ["Nguyễn", "Thị"]), ("محمد", ["محمد"]),
        ("Wi11iam in 2011", ["Wi11iam", "in"]),
    ],
)  # fmt: skip
def test_runs_are_parted_where_names_are(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text)] == words


def test_figures_for_letters_are_mended() -> None:
    assert "george" in mended("ge0rge")
    assert "sion" in mended("si6n")
    assert mended("george") == []


@given(some.text(alphabet=some.characters(max_codepoint=127)))
def test_plain_words_are_folded_as_all_are(text: str) -> None:
    assert fold(text) == fold(text + "\u0301")


@given(some.text())
def test_every_letter_is_in_one_word(text: str) -> None:
    words = words_of(text)
    covered = [at for word in words for at in range(word.start, word.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, sign in enumerate(text) if sign.isalpha()} <= set(covered)
    assert all(text[word.start : word.end] == word.text for word in words)
