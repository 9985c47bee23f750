"""A service that runs its work here, signed in as its lead; who is turned away; a link taken out of the mail."""

from tests.web.coordinator.mentors.conftest import ada, at, practice, turned_away

__all__ = ["ada", "at", "practice", "turned_away"]
