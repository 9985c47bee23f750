"""The net that reads along with the language model: what goes in, what comes out, how it is written down."""

import numpy as np

from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.marks import HELD, PLAIN, Net, packed, plain_of, unpacked
from kithwork.core.redaction.model import Model
from kithwork.core.redaction.reading import read
from kithwork.core.redaction.words import words_of


def numbers() -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]:
    rng = np.random.default_rng(1)
    sizes = {"first": (HELD, 3), "mean": (HELD, 3), "plain": (PLAIN, 3), "bias": (3,), "out": (3,), "end": (1,)}
    return {name: rng.standard_normal(size).astype(np.float32) for name, size in sizes.items()}


def test_what_is_written_down_is_read_again_within_half_a_step() -> None:
    there = numbers()
    again = unpacked(packed(there))
    assert {name: one.shape for name, one in again.items()} == {name: one.shape for name, one in there.items()}
    for name, one in there.items():
        assert np.abs(again[name] - one).max() <= np.abs(one).max() / 127 / 2 + 1e-6


def test_the_model_shows_the_net_every_piece_of_a_text(model: Model) -> None:
    text = "Rang Siân; " * 150  # several windows
    (seen,) = model.see([text])
    assert seen.marks is not None
    assert seen.marks.shape[0] == len(seen.starts)
    assert np.abs(seen.marks).sum(axis=1).min() > 0


def test_a_word_in_capitals_is_another_row_than_in_small_letters(lexicon: Lexicon) -> None:
    rows = [
        plain_of(read(text, lexicon, words_of(text), None), [0.0, 0.0]) for text in ("ask Will", "ask will", "ask WILL")
    ]
    assert rows[0].shape == (2, PLAIN)
    assert not np.array_equal(rows[0], rows[1])
    assert not np.array_equal(rows[1], rows[2])


def test_where_no_model_reads_the_net_says_nothing(lexicon: Lexicon, model: Model, blind: Finder) -> None:
    reading = read("ask Will", lexicon, words_of("ask Will"), None)
    assert Net(numbers()).odds(reading, None, [0.0, 0.0]) == [0.0, 0.0]
    assert model.marks is not None
    assert blind.find("Mentor: Priya Raghunathan")


def test_an_empty_text_is_no_trouble(lexicon: Lexicon, model: Model) -> None:
    (seen,) = model.see([""])
    assert Net(numbers()).odds(read("", lexicon, [], seen), seen, []) == []
