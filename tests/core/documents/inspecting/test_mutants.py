"""Whatever comes is answered."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.documents import inspect
from tests.core.documents.inspecting.ground import LIMIT
from tests.core.documents.samples import GOOD


def _mutant(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(changed) or 1)
        match dice.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del changed[at : at + dice.randint(1, 40)]
            case 2:
                changed[at:at] = dice.randbytes(dice.randint(1, 40))
            case 3:
                changed[at:at] = changed[at : at + dice.randint(1, 200)]
            case 4:
                changed[at : at + 4] = dice.choice([b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"])
    return bytes(changed[: dice.randint(1, len(changed))] if changed and dice.random() < 0.1 else changed)


def test_two_thousand_mutants_are_answered() -> None:
    dice = random.Random(20261122)
    answers = {True: 0, False: 0}
    for turn in range(2_000):
        name, data = list(GOOD.items())[turn % len(GOOD)]
        found = inspect(_mutant(data, dice), name, limit=LIMIT)
        assert found.ok == (found.reason is None)
        assert found.ok <= (found.kind is not None)
        answers[found.ok] += 1
    assert min(answers.values()) > 50  # the mutants are neither all dead nor all well


@given(data=st.binary(max_size=400), name=st.text(max_size=40))
def test_any_bytes_under_any_name_are_answered(data: bytes, name: str) -> None:
    found = inspect(data, name, limit=LIMIT)
    assert found.ok == (found.reason is None)
    assert found.reason is None or found.reason.encode()
