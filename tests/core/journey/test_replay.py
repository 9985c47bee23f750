"""What a worked journey can expect: each expectation holds where it should, and is a fault where it does not."""

import sys
from pathlib import Path

import pytest

from kithwork.core.journey.replay import Expected, read, replay
from kithwork.core.schemes import load, load_texts
from tests.core.journey.thrush import JOURNEYS, TEXTS

SCHEMES = Path(__file__).parents[3] / "schemes"
PQASSO = load(SCHEMES / "pqasso-mentor" / "first")
APPROVED = """
title = "t"
[[steps]]
on = 2026-04-27
do = "opened"
[[steps]]
on = 2026-04-27
do = "answered"
stage = "self-check"
outcome = "yes"
[[steps]]
on = 2026-04-28
do = "submitted"
stage = "application"
[[steps]]
on = 2026-05-11
by = "officer"
do = "decided"
stage = "approval"
outcome = "yes"
[[steps]]
on = 2026-05-12
by = "officer"
do = "arranged"
stage = "course"
until = 2026-07-06
[steps.then]
"""


def faults(then: str, tmp_path: Path) -> tuple[str, ...]:
    file = tmp_path / "worked.toml"
    file.write_text(APPROVED + then)
    return replay(PQASSO, read(file)).faults


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("lapses = 2027-05-11", "lapses = 2027-05-12", "lapses: expected 2027-05-12, is 2027-05-11"),
        ("lapses = 2027-05-11", 'lapses = "no"', "lapses: expected no, is 2027-05-11"),
        ('valid_until = "no"', "valid_until = 2029-01-01", "valid_until: expected 2029-01-01, is None"),
        ('granted = "no"', 'granted = "licence"', "granted: expected licence, is None"),
        ('earned = "licence"', 'earned = "no"', "earned: expected no, is licence"),
        ("renewal = false", "renewal = true", "renewal: expected True, is False"),
        ("assessors = 0", "assessors = 2", "assessors: expected 2, is 0"),
        ("disagreed = []", 'disagreed = ["approval"]', "disagreed: expected ['approval'], is []"),
        ("missed = []", 'missed = ["gathering"]', "missed: expected ['gathering'], is []"),
        ('duties = { gathering = "no" }', "duties = { gathering = 2027-01-01 }", "duties of gathering: expected 2027"),
        (
            "planned = { course = 2026-07-06 }",
            "planned = { course = 2026-07-07 }",
            "planned of course: expected 2026-07-07, is 2026-07-06",
        ),
        (
            'off = ["workshop"]',
            'off = ["course"]',
            "off: course missing; there are ['renewal",
        ),
    ],
)
def test_an_expectation_holds_or_is_a_fault(right: str, wrong: str, fault: str, tmp_path: Path) -> None:
    assert faults(right, tmp_path) == ()
    (told,) = faults(wrong, tmp_path)
    assert told.startswith("step 5 (2026-05-12): ")
    assert fault in told


def test_what_cannot_be_expected_is_told(tmp_path: Path) -> None:
    for wrong in ('lapses = "never"', "duties = { gathering = 1 }", "mood = 'good'"):
        with pytest.raises(ValueError, match=r"worked\.toml"):
            faults(wrong, tmp_path)


def test_every_expectation_is_in_the_description() -> None:
    said = sys.modules[Expected.__module__].__doc__ or ""
    assert [name for name in Expected.model_fields if f"\n    {name} = " not in said] == []


def test_what_is_granted_is_what_has_been_earned_when_the_step_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "above.toml"
    file.write_text(JOURNEYS["above"])
    told = replay(load_texts(TEXTS, "thrush/2026"), read(file))
    assert told.faults == ()
    assert [entry.level for entry in told.entries if entry.level] == ["bronze", "gold"]
