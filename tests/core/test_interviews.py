"""When an interview counts without another word: the scheme's minutes, and its rules where it has any."""

import pytest

from kithwork.core.interviews import keeps_to
from kithwork.core.schemes import InterviewKind


def kind(*rules: str) -> InterviewKind:
    return InterviewKind(
        id="mentors",
        title="Mentors",
        people="mentors",
        normally=2,
        minutes=20,
        alternative="Agree another way.",
        rules=rules,
        questions=("How was it?",),
    )


@pytest.mark.parametrize(
    ("rules", "minutes", "eligible", "because"),
    [
        (("Each has been in a match.",), 20, True, ""),
        (("Each has been in a match.",), 21, True, "21 minutes and the scheme allows 20"),
        (("Each has been in a match.",), 20, False, "rules of this interview"),
        ((), 20, False, ""),
        ((), 45, False, "45 minutes"),
    ],
)
def test_minutes_and_rules(rules: tuple[str, ...], minutes: int, eligible: bool, because: str) -> None:
    verdict = keeps_to(kind(*rules), minutes=minutes, eligible=eligible)
    assert bool(verdict) is not bool(because)
    assert because in verdict.because
