"""Words are counted as people count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("one", 1),
        ("one two  three\n\nfour", 4),
        ("don't stop", 2),
        ("don’t stop", 2),
        ("a well-run service", 3),
        ("yes - no", 2),  # a dash on its own is no word
        ("yes – no — perhaps …", 3),
        ("2024: 12 pairs", 3),
        ("J.", 1),
        ("Café, naïve; žluťoučký kůň!", 4),
        ("'quoted words'", 2),
    ],
)
def test_words_are_counted_as_people_do(text: str, words: int) -> None:
    assert count_words(text) == words


@given(
    st.lists(st.from_regex(r"\A[a-zé][a-z'’-]{0,8}\Z"), max_size=40),
    st.sampled_from([" ", "\n", ", ", " – ", ".\r\n"]),
)
def test_what_stands_between_words_does_not_count(words: list[str], between: str) -> None:
    assert count_words(between.join(words)) == len(words)


@given(st.text(max_size=300), st.text(max_size=300))
def test_two_texts_have_the_words_of_both(one: str, other: str) -> None:
    assert count_words(f"{one} {other}") == count_words(one) + count_words(other)
