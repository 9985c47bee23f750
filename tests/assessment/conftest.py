"""What these tests ask for."""

import pytest

from kithwork.assessment import actions
from kithwork.procedures.sample import Walk
from tests.assessment.ground import Walking, arrange


@pytest.fixture
def on_site(short_walk: Walking) -> Walk:
    """At the visit, before anything was found."""
    way = short_walk("sent")
    way.send(way.edition.stage("online"), ["8", "29", "38"])
    arrange(way, 0, "visit", mode="on site")
    actions.hold(journey=way.journey, stage="visit", by=way.cast.dot, today=way.today, mode="on site")
    return way
