"""How far apart two places are."""

from kithwork.core.service.distance import kilometres

CARDIFF, BANGOR = (51.4816, -3.1791), (53.2274, -4.1293)


def test_nowhere_is_no_way() -> None:
    assert kilometres(*CARDIFF, *CARDIFF) == 0


def test_cardiff_to_bangor_is_about_two_hundred_kilometres_either_way() -> None:
    assert round(kilometres(*CARDIFF, *BANGOR)) == round(kilometres(*BANGOR, *CARDIFF)) == 205


def test_a_quarter_of_the_earth() -> None:
    assert round(kilometres(0, 0, 0, 90)) == 10008
