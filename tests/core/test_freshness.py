"""Whether a document still counts: on its last day yes, the day after no."""

from datetime import date, timedelta

import pytest

from kithwork.core.days import Period
from kithwork.core.freshness import SOON_DAYS, freshness
from kithwork.core.schemes import Requirement

DATED = date(2024, 6, 15)
LAST = date(2027, 6, 15)
DAY = timedelta(days=1)


def wants(fresh: Period | None) -> Requirement:
    return Requirement(
        id="8",
        number="8",
        level="award",
        area="papers",
        title="Policy",
        asks="It is reviewed.",
        assessed="online",
        fresh=fresh,
        source="made up",
    )


THREE_YEARS = wants(Period(3, "year"))


@pytest.mark.parametrize(("today", "counts"), [(LAST - DAY, True), (LAST, True), (LAST + DAY, False)])
def test_a_document_counts_to_its_last_day_and_no_longer(today: date, counts: bool) -> None:
    found = freshness(THREE_YEARS, DATED, today)
    assert bool(found.verdict) is counts
    assert found.until == LAST


def test_the_refusal_says_until_when_it_counted_and_how_old_it_may_be() -> None:
    because = freshness(THREE_YEARS, DATED, LAST + DAY).verdict.because
    assert "15 June 2027" in because
    assert "3 years" in because


def test_without_a_date_only_a_requirement_without_a_limit_is_served() -> None:
    assert "Give the date" in freshness(THREE_YEARS, None, LAST).verdict.because
    assert freshness(wants(None), None, LAST).verdict
    assert freshness(None, None, LAST).verdict


@pytest.mark.parametrize("requirement", [THREE_YEARS, wants(None), None], ids=["limit", "no limit", "a piece"])
def test_no_document_is_dated_in_the_future(requirement: Requirement | None) -> None:
    today = date(2026, 3, 3)
    assert freshness(requirement, today, today).verdict
    found = freshness(requirement, today + DAY, today)
    assert not found.verdict
    assert "future" in found.verdict.because


@pytest.mark.parametrize(
    ("today", "soon"),
    [
        (LAST - (SOON_DAYS + 1) * DAY, False),
        (LAST - SOON_DAYS * DAY, True),
        (LAST, True),
        (LAST + DAY, False),  # it has run out, which is more than soon
    ],
)
def test_a_document_is_marked_while_it_runs_out(today: date, soon: bool) -> None:
    assert freshness(THREE_YEARS, DATED, today).soon is soon


def test_a_document_of_a_leap_day_counts_to_the_last_of_february() -> None:
    yearly = wants(Period(1, "year"))
    leap = date(2024, 2, 29)
    assert freshness(yearly, leap, date(2025, 2, 28)).verdict
    assert not freshness(yearly, leap, date(2025, 3, 1)).verdict
