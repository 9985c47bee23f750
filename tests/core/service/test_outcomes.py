"""How a change is read: which way it went, in sum, and when too few are known to say."""

import pytest

from kithwork.core.service.outcomes import TEMPLATES, Way, summed, way_of


@pytest.mark.parametrize(
    ("first", "last", "better_low", "way"),
    [(3, 5, False, Way.IMPROVED), (5, 3, False, Way.FELL), (3, 5, True, Way.FELL), (5, 3, True, Way.IMPROVED),
     (4, 4, False, Way.STAYED), (4, 4, True, Way.STAYED)],
)  # fmt: skip
def test_less_is_better_for_some_scales(first: int, last: int, better_low: bool, way: Way) -> None:
    assert way_of(first, last, better_low=better_low) is way


def test_four_are_too_few_and_five_are_told() -> None:
    four = summed([(1, 2)] * 4, better_low=False)
    assert (four.people, four.improved, four.stayed, four.fell, four.mean) == (4, None, None, None, None)
    five = summed([(1, 3), (2, 2), (5, 4), (1, 9), (4, 6)], better_low=False)
    assert (five.people, five.improved, five.stayed, five.fell, five.mean) == (5, 3, 1, 1, 2.2)


def test_a_mean_of_nought_has_no_sign() -> None:
    assert str(summed([(2, 1), (1, 2), (1, 1), (1, 1), (10, 10)], better_low=False).mean) == "0.0"


def test_spans_of_the_scales_on_offer() -> None:
    assert {name.value: scale.span for name, scale in TEMPLATES.items()} == {
        "confidence": (1, 10), "loneliness": (3, 9), "wellbeing": (7, 35), "goals": (0, 10),
    }  # fmt: skip
    assert [name.value for name, scale in TEMPLATES.items() if scale.better_low] == ["loneliness"]
