"""What a cell means, and what is said of one that means nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.tables import Broken, Field, Kind, NoDay, Slip, day_first, day_of, plain, value_of
from kithwork.core.tables.shape import Value

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "said",
    [
        "05/03/2026",
        "5/3/26",
        "5.3.2026",
        "5-3-26",
        "2026-03-05",
        "5 March 2026",
        "5th Mar 26",
        "March 5, 2026",
        "5-Mar-26",
        "Thursday 5 March 2026",
        "5 Mawrth 2026",
        "2026-03-05T00:00:00",
        "05/03/2026 14:30",
        "20260305",
        "46086",
        46086,
        46086.5,
        date(2026, 3, 5),
        "5 3 2026",
        "5th of March 2026",
    ],
)
def test_one_day_in_many_styles(said: Value) -> None:
    assert day_of(said, TODAY) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("31/02/2026", "no day of the calendar"),
        ("13/13/2026", "no day of the calendar"),
        ("soon", "not understood"),
        ("March 2026", "no day of the month"),
        ("2026", "no day of the month"),
        ("5/3/2027", "still to come"),
        ("1/1/1066", "cannot be right"),
        (3.0e9, "is a number, not a date"),
        ("5/3/202", "not understood"),
    ],
)
def test_what_is_no_day_says_why_and_what_to_do(said: Value, why: str) -> None:
    with pytest.raises(NoDay, match=why):
        day_of(said, TODAY)


def test_years_of_two_digits() -> None:
    assert day_of("5/3/45", TODAY) == date(1945, 3, 5)
    assert day_of("22/11/26", TODAY) == TODAY
    assert day_of("23/11/26", TODAY) == date(1926, 11, 23)
    assert day_of("5/3/29", TODAY, past=False) == date(2029, 3, 5)


def test_a_column_shows_whether_the_day_comes_first() -> None:
    assert day_first(["5/3/2026", "4/4/2026"])
    assert not day_first(["5/3/2026", "3/25/2026"])
    assert day_first(["3/25/2026", "25/3/2026"])
    assert day_of("3/25/2026", TODAY, first=False) == date(2026, 3, 25)
    with pytest.raises(NoDay, match="write the day first"):
        day_of("3/25/2026", TODAY)


@given(st.dates(date(1930, 1, 1), TODAY))
def test_every_day_reads_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for said in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day} {day:%B} {day.year}", serial, str(serial)):
        if isinstance(said, str) and said.isdigit() and len(said) != 5:
            continue
        assert day_of(said, TODAY) == day
    assert day_of(day + timedelta(days=0), TODAY) == day


def field(kind: Kind, **more: object) -> Field:
    return Field("x", "X", kind, **more)  # type: ignore[arg-type]  # a test's short hand


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.PHONE, 7700900123, "07700900123"),
        (Kind.PHONE, 7700900123.0, "07700900123"),
        (Kind.PHONE, "447700900123", "+447700900123"),
        (Kind.PHONE, "+44 (0)1632 960123", "+44 (0)1632 960123"),
        (Kind.POSTCODE, "ll572dg", "LL57 2DG"),
        (Kind.POSTCODE, "EC1A-1BB", "EC1A 1BB"),
        (Kind.EMAIL, "Sian <sian@example.org>", "sian@example.org"),
        (Kind.YES, "Oes", True),
        (Kind.YES, "x", True),
        (Kind.YES, 0, False),
        (Kind.YES, "N", False),
        (Kind.YES, "✓", True),
        (Kind.LIST, "chess, walking; baking and music", ["chess", "walking", "baking", "music"]),
        (Kind.SLOTS, "Mon am, Weds evenings", ["mon-am", "wed-eve"]),
        (Kind.SLOTS, "nos Iau", ["thu-eve"]),
        (Kind.LINE, 12.0, "12"),
        (Kind.LINE, "  two   words ", "two words"),
        (Kind.EMAIL, "n/a", None),
        (Kind.DAY, "unknown", None),
        (Kind.LINE, "-", None),
        (Kind.NUMBER, "1,200", 1200),
    ],
)
def test_cells_as_people_write_them(kind: Kind, cell: Value, value: object) -> None:
    assert value_of(field(kind, most=2000), cell, TODAY) == value


@pytest.mark.parametrize(
    ("kind", "cell", "why"),
    [
        (Kind.PHONE, "7.7E+09", "shortened"),
        (Kind.PHONE, "12", "2 digits"),
        (Kind.POSTCODE, "Bangor", "looks like LL57 2DG"),
        (Kind.EMAIL, "a@example.org / b@example.org", "Keep one"),
        (Kind.EMAIL, "a@example", "looks like name@"),
        (Kind.YES, "perhaps", "neither yes nor no"),
        (Kind.NUMBER, "many", "not a whole number"),
        (Kind.NUMBER, -1, "between 0 and 10"),
        (Kind.LINE, "x" * 11, "10 at most"),
        (Kind.SLOTS, "whenever", "no time of the week"),
        (Kind.DAY, Broken("#REF!", "shows the error #REF!"), "shows the error #REF!. Write the value"),
    ],
)
def test_a_fault_says_what_to_do(kind: Kind, cell: Value, why: str) -> None:
    with pytest.raises(Slip, match=why):
        value_of(field(kind, most=10), cell, TODAY)


def test_closed_words_in_peoples_own() -> None:
    one = field(Kind.ONE_OF, choices={"met": ("in person", "F2F"), "phone": ("by telephone",)})
    assert value_of(one, "f2f", TODAY) == "met"
    with pytest.raises(Slip, match="‘pigeon’ is none of: in person, by telephone"):
        value_of(one, "pigeon", TODAY)


def test_headings_are_compared_without_accents_and_signs() -> None:
    assert plain("  Ffôn / E-mail_Address ") == "ffon e mail address"
