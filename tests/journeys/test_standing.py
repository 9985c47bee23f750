"""The columns that lists are sorted by say what the fold says."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.journeys.standing import COLUMNS, project
from kithwork.procedures import applying, sample
from kithwork.procedures.sample import Cast, Walk


@pytest.mark.parametrize("point", sample.POINTS)
def test_the_row_equals_the_fold(short_walk: Callable[..., Walk], today: date, point: str) -> None:
    journey = Journey.objects.get(pk=short_walk(point).journey.pk)
    due = project(read(journey, today).position)
    assert {name: getattr(journey, name) for name in COLUMNS} == due


def test_days_going_by_change_no_column(walk_to: Callable[..., Walk], today: date) -> None:
    """Lists need no nightly rebuilding: what is late is read from the dates."""
    journey = walk_to("sent").journey
    journey = Journey.objects.get(pk=journey.pk)
    later = project(read(journey, today + timedelta(days=700)).position)
    assert {name: getattr(journey, name) for name in COLUMNS} == later


def test_a_stopped_clock_has_no_dates(walk_to: Callable[..., Walk], people: Cast, today: date) -> None:
    way = walk_to("sent")
    applying.stop_clock(
        journey=way.journey,
        expected=way.today + timedelta(days=30),
        reason="The coordinator is ill.",
        by=people.olu,
        today=way.today,
    )
    journey = Journey.objects.get(pk=way.journey.pk)
    assert journey.stopped
    assert journey.next_due is None or " officer " in journey.waiting_on
