"""Invented people, services and journeys, made by the real procedures: for the demo, for tests and for benchmarks.

Everybody here is made up; addresses use example domains. `walk` takes a service down a scheme's road to a named point,
day by day, through the same functions that the pages call.
"""

from kithwork.procedures.sample.people import PASSWORD, Cast, cast, person, publish
from kithwork.procedures.sample.road import POINTS, Walk, walk
from kithwork.procedures.sample.words import DECLARED, STORY, answer

__all__ = ["DECLARED", "PASSWORD", "POINTS", "STORY", "Cast", "Walk", "answer", "cast", "person", "publish", "walk"]
