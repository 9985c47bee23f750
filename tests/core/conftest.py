"""The core keeps nothing."""

import pytest


@pytest.fixture(autouse=True)
def own_files() -> None:
    """No file store is needed here; to make one for each test would take longer than most of the tests."""
