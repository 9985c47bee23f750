"""What the tests of evidence share."""

import pytest

from kithwork.procedures.sample import Walk
from tests.evidence.acts import Walking


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    """A service that may send evidence and has sent none."""
    return short_walk("registered")
