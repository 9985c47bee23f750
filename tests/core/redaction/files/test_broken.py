"""Ten thousand broken files: none breaks who asks, none passes with text that was not read, none takes long or much."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files.mutating import LARGEST, MANY, SLOWEST, outcomes


@pytest.mark.slow
def test_ten_thousand_broken_files() -> None:
    share = -(-MANY // len(Kind))
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(Kind, pool.map(lambda kind: outcomes(kind, share), Kind), strict=True))
    every = [(kind, one) for kind, some in told.items() for one in some]
    assert len(every) >= MANY
    assert [one for one in every if one[1].told == "passed"] == []
    assert [one for one in every if one[1].told == "died"] == []
    assert [one for one in every if one[1].seconds > SLOWEST] == []
    assert [one for one in every if one[1].copy > LARGEST] == []
    became = {kind: {one.told for one in some} for kind, some in told.items()}
    assert all({"read", "refused"} <= some for some in became.values()), "broken enough, and not too much"


@pytest.mark.parametrize("kind", Kind)
def test_some_broken_files(kind: Kind) -> None:
    """The first of them: the same in a few seconds."""
    told = outcomes(kind, 30)
    assert {one.told for one in told} <= {"read", "refused", "without"}
    assert all(one.copy <= LARGEST and one.seconds <= SLOWEST for one in told)
