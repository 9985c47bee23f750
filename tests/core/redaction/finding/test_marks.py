"""The net that reads along with the language model: what goes in, what comes out, how it is written down."""

import numpy as np

from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.marks import HELD, PLAIN, Net, packed, plain_of, unpacked
from kithwork.core.redaction.model import Model
from kithwork.core.redaction.reading import legible, read
from kithwork.core.redaction.words import words_of
from kithwork.files.weights import model_with
from tests.bench.net import Held, Several, Trained


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


def test_what_the_runtime_multiplies_is_what_the_layers_hold_by_the_table(model: Model) -> None:
    (seen,) = model.see(["Rang Siân about May."])
    (held,) = model_with(Held).see(["Rang Siân about May."])
    assert seen.marks is not None
    assert held.marks is not None
    assert model.marks is not None
    assert model.marks.table is not None
    assert held.marks.shape[1] == HELD
    assert np.allclose(seen.marks, held.marks @ model.marks.table, atol=1e-3)
    assert np.allclose(seen.shares, held.shares, atol=1e-5)


def test_several_nets_are_one_that_says_their_mean() -> None:
    rows = np.random.default_rng(3).standard_normal((5, 2 * HELD + PLAIN)).astype(np.float32)
    nets = Several([Trained(rows.shape[1], seed, 4) for seed in (1, 2, 3)])
    one = nets.numbers()
    into = np.concatenate([one["first"], one["mean"], one["plain"]])
    told = np.maximum(rows @ into + one["bias"], 0) @ one["out"] + one["end"]
    assert np.allclose(told, nets.odds(rows), atol=1e-4)


def test_the_model_is_given_letters_for_figures_where_that_makes_a_word(lexicon: Lexicon) -> None:
    told = "Ge0rge and Wi11iam left schoo1 at 4pm, Y10, room A1, mp3, sarah92"
    assert legible(told, lexicon) == "george and william left school at 4pm, Y10, room A1, mp3, sarah92"


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
