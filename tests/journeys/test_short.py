"""The short scheme really is one: its road leads to the award."""

from collections.abc import Callable

from kithwork.journeys.queries import read
from kithwork.procedures.sample import Walk
from tests.journeys.short import KEPT


def test_its_road_leads_to_the_award(short_walk: Callable[..., Walk]) -> None:
    way = short_walk("awarded")
    assert {one.id for one in way.edition.requirements} == set(KEPT)
    assert read(way.journey, way.today).position.status == "awarded"
