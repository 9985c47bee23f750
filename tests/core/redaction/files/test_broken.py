"""Ten thousand broken files: none breaks who asks, none passes with text that was not read, none takes long."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kithwork.core.documents.kinds import Kind

MANY = 10_000
SLOWEST = 20.0  # seconds of processor time for one


def _told(kind: Kind, count: int) -> list[tuple[int, str, float]]:
    """What became of each, in a process with limits; one that ends with it is told as `died`, and the next goes on."""
    told: list[tuple[int, str, float]] = []
    while len(told) < count:
        command = [
            sys.executable,
            "-m",
            "tests.core.redaction.files.mutating",
            kind,
            str(len(told)),
            str(count - len(told)),
        ]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=900)
            said = done.stdout
        except subprocess.TimeoutExpired as late:
            said = late.stdout or b""
        rows = [json.loads(line) for line in said.decode().splitlines()]
        told += [(number, outcome, taken) for number, outcome, taken in rows]
        if len(told) < count:
            told.append((len(told), "died", 0.0))
    return told


@pytest.mark.slow
def test_ten_thousand_broken_files() -> None:
    share = -(-MANY // len(Kind))
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(Kind, pool.map(lambda kind: _told(kind, share), Kind), strict=True))
    every = [(kind, *one) for kind, some in told.items() for one in some]
    assert len(every) >= MANY
    assert [one for one in every if one[2] == "passed"] == []
    assert [one for one in every if one[3] > SLOWEST] == []
    assert [one for one in every if one[2] == "died"] == []
    outcomes = {kind: {outcome for _, outcome, _ in some} for kind, some in told.items()}
    assert all({"read", "refused"} <= some for some in outcomes.values()), "broken enough, and not too much"


@pytest.mark.parametrize("kind", Kind)
def test_some_broken_files(kind: Kind) -> None:
    told = _told(kind, 15)
    assert {outcome for _, outcome, _ in told} <= {"read", "refused", "without"}
