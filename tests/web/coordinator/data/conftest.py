"""What comes in and goes out: the same people and doors as in the room of the service itself."""

from tests.web.coordinator.governance.conftest import ada, at, cora, queries, service, turned_away

__all__ = ["ada", "at", "cora", "queries", "service", "turned_away"]
