"""What holds for any text."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kithwork.core.redaction.addresses import addresses
from kithwork.core.redaction.finding import Finder, Known, Person
from kithwork.core.redaction.finds import CERTAIN, DOUBTFUL, Kind
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.reducing import Reducer
from kithwork.core.redaction.words import fold, words_of

NAMES = [
    "Zofia",
    "Wiśniewska",
    "Çağla",
    "Yıldırım",
    "Angharad",
    "Oyelaran",
    "Łukasz",
    "Nguyễn",
    "Siobhán",
    "Hargreaves",
]
FORMS = [str, str.lower, str.upper, fold, str.title, lambda name: f"{name}'s", lambda name: f"{name[0]}. {name}"]
AROUND = some.one_of(
    some.sampled_from(["met ", "\n", " and ", "😀", " מה ", "e\u0301 ", ", ", " — ", "\u200f", "Dear "]),
    some.sampled_from(["07700 900123 ", "على ", " (", ") ", ": ", "\t", "ĉu "]),
)
NAMED = some.builds(lambda form, name: form(name), some.sampled_from(FORMS), some.sampled_from(NAMES))
MIXED = some.lists(some.one_of(AROUND, NAMED.map(lambda name: f" {name} "), some.text(max_size=8)), max_size=14).map(
    "".join
)
EASY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def knowing(lexicon: Lexicon) -> Finder:
    return Finder(Known([Person(name) for name in NAMES]), lexicon=lexicon)


@EASY
@given(some.text())
def test_no_text_makes_it_raise(blind: Finder, text: str) -> None:
    found = blind.find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(DOUBTFUL <= one.confidence <= 1 for one in found if one.kind is Kind.PERSON)


@EASY
@given(MIXED)
def test_no_form_of_a_known_name_is_left(knowing: Finder, text: str) -> None:
    reduced = Reducer().reduce(text, knowing.find(text))
    gone = {fold(name) for name in NAMES}
    assert not gone & {word.folded for word in words_of(reduced)}


@EASY
@given(MIXED)
def test_the_same_text_gives_the_same_finds(knowing: Finder, text: str) -> None:
    assert knowing.find(text) == knowing.find(text)


@EASY
@given(MIXED)
def test_what_is_not_found_stays_and_what_is_kept_stays(knowing: Finder, text: str) -> None:
    found = knowing.find(text)
    cuts = Reducer().cuts(text, found)
    rest = "".join(
        text[a:b] for a, b in zip([0, *(c.end for c in cuts)], [*(c.start for c in cuts), len(text)], strict=True)
    )
    reduced = Reducer().reduce(text, found)
    assert len(reduced) == len(rest) + sum(len(cut.by) for cut in cuts)
    assert Reducer(keep_kinds=list(Kind)).reduce(text, found) == text


@EASY
@given(MIXED)
def test_marked_places_are_right_under_any_signs(knowing: Finder, text: str) -> None:
    """A known name that stands alone is covered letter by letter, whatever emoji or marks stand before it."""
    whole = f"{text} Oyelaran"
    found = [one for one in knowing.find(whole) if one.confidence >= CERTAIN]
    letters = range(len(whole) - len("Oyelaran"), len(whole))
    assert all(any(one.start <= at < one.end for one in found) for at in letters)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(max_size=60))
def test_nor_does_any_text_make_the_model_raise(finder: Finder, text: str) -> None:
    assert finder.find(text) == finder.find(text)


@pytest.mark.parametrize("run", [" ", "\t", "\n", "\u00a0", "_", "%20", "·", "A'", "- ", "12" + " " * 50, "7_a_"])
def test_a_run_without_end_costs_no_square_of_its_length(run: str) -> None:
    begun = process_time()
    list(addresses(f"7 Mill Lane{run * (40_000 // len(run))}7 Mill Lane"))
    assert process_time() - begun < 10  # by its square it would be minutes
