"""A thousand broken files: none breaks who asks, none passes with text that was not read, none takes long or much.
`python -m tests.bench.files` asks ten thousand."""

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files.mutating import LARGEST, SLOWEST, outcomes


@pytest.mark.slow
@pytest.mark.parametrize("kind", Kind)
def test_broken_files(kind: Kind) -> None:
    told = outcomes(kind, 120)
    assert {one.told for one in told} - {"without"} == {"read", "refused"}, "broken enough, and not too much"
    assert all(one.copy <= LARGEST and one.seconds <= SLOWEST for one in told)


@pytest.mark.parametrize("kind", Kind)
def test_some_broken_files(kind: Kind) -> None:
    told = outcomes(kind, 20)
    assert {one.told for one in told} <= {"read", "refused", "without"}
    assert all(one.copy <= LARGEST and one.seconds <= SLOWEST for one in told)
