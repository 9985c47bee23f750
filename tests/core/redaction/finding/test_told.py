"""Dates of birth and addresses as people write them, one a line in `told/`: what is asked for stands in [brackets], a
line's end is \\n. In `no_births.txt` and `no_addresses.txt` nothing is there to be found.
"""

from pathlib import Path

import pytest

from kithwork.core.redaction.finds import CERTAIN, Find, Kind
from kithwork.core.redaction.patterns import patterns

_TOLD = Path(__file__).parent / "told"


def lines(name: str) -> list[str]:
    return (_TOLD / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a line, and where its brackets stood."""
    text, spans, begin = "", [], 0
    for sign in line.replace("\\n", "\n"):
        if sign == "[":
            begin = len(text)
        elif sign == "]":
            spans.append((begin, len(text)))
        else:
            text += sign
    return text, spans


def sure(text: str, kind: Kind) -> list[Find]:
    return [one for one in patterns(text) if one.kind is kind and one.confidence >= CERTAIN]


@pytest.mark.parametrize(
    ("kind", "line"),
    [(kind, line) for kind, name in ((Kind.BIRTH, "births"), (Kind.ADDRESS, "addresses")) for line in lines(name)],
)
def test_what_is_in_brackets_is_found_whole_and_nothing_beside_it(kind: Kind, line: str) -> None:
    text, spans = marked(line)
    found = sure(text, kind)
    covered = {at for one in found for at in range(one.start, one.end)}
    left = [text[a:b] for a, b in spans if not {at for at in range(a, b) if text[at].isalnum()} <= covered]
    beside = [text[one.start : one.end] for one in found if not any(a < one.end and one.start < b for a, b in spans)]
    assert spans
    assert (left, beside) == ([], [])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, name in ((Kind.BIRTH, "no_births"), (Kind.ADDRESS, "no_addresses"))
        for text in lines(name)
    ],
)
def test_what_only_looks_like_it_is_left(kind: Kind, text: str) -> None:
    assert [text[one.start : one.end] for one in sure(text, kind)] == []


@pytest.mark.parametrize("text", ["DOB verified 12/03/2026", "DOB unknown; referred 12/03/2026"])
def test_a_day_after_what_was_done_about_a_birth_is_shown_to_a_person(text: str) -> None:
    found = [one for one in patterns(text) if one.kind is Kind.BIRTH]
    assert [text[one.start : one.end] for one in found] == ["12/03/2026"]
    assert all(one.confidence < CERTAIN for one in found)
