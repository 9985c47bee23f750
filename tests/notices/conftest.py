"""The short scheme, for all tests here."""

from tests.journeys.short import short, short_walk

__all__ = ["short", "short_walk"]
