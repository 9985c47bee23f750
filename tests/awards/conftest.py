"""One Node process for all tests that ask libraries which nobody here wrote."""

from collections.abc import Iterator

import pytest

from tests.verifier import Verifier


@pytest.fixture(scope="session")
def theirs() -> Iterator[Verifier]:
    verifier = Verifier()
    yield verifier
    verifier.close()
