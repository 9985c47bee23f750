"""Each reason is true of the two, computed again from what they told, and stands beside its score."""

import re
from collections.abc import Callable

from hypothesis import given, settings

from kithwork.core.matching import Mentee, Mentor, Part, Rules, fit
from kithwork.core.matching.fit import metres
from tests.core.matching.cohort import TODAY
from tests.core.matching.people import crowds

BY = Rules(tags={"faith": 5})


def listed(words: frozenset[str]) -> str:
    *first, last = sorted(words)
    return f"{', '.join(first)} and {last}" if first else last


def in_the_week(said: str, times: frozenset[str]) -> bool:
    """Whether just these are said, from Monday on."""
    told = re.split(", | and ", said)
    days = [("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(one[:3]) for one in told]
    return set(told) == times and days == sorted(days)


def as_hoped(mentee: Mentee, mentor: Mentor) -> list[str]:
    """What is to be said of the wishes of the two: what each hopes for and the other knows, needs or likes."""
    both = (
        ("mentee", mentee.hopes & (mentor.skills | mentor.interests)),
        ("mentor", mentor.hopes & (mentee.needs | mentee.interests)),
    )
    return [f"As the {who} hopes: {listed(found)}." for who, found in both if found]


def true_of(reason: str, mentee: Mentee, mentor: Mentor) -> bool:
    """Whether what is said is so."""
    apart = metres(mentee, mentor)
    times = mentee.availability & mentor.availability
    told: dict[str, Callable[[str], bool]] = {
        "Can help with (.*)\\.": lambda said: said == listed(mentee.needs & mentor.skills),
        "Both like (.*)\\.": lambda said: said == listed(mentee.interests & mentor.interests),
        "Both speak (.*)\\.": lambda said: said == listed(mentee.languages & mentor.languages),
        "Both are free at .* in the week: (.*)\\.": lambda said: in_the_week(said, times),
        "Alike in faith: (.*)\\.": lambda said: said == listed(mentee.tags["faith"] & mentor.tags["faith"]),
        "(As the .*)": lambda said: said == " ".join(as_hoped(mentee, mentor)),
        "Live (\\d+) km apart\\.": lambda said: apart is not None and abs(int(said) * 1000 - apart) <= 500,
        "Live within a (kilometre) of each other\\.": lambda _: apart is not None and apart < 1000,
        "Has waited (\\d+) weeks\\.": lambda said: (
            mentee.waiting_since is not None and int(said) == (TODAY - mentee.waiting_since).days // 7
        ),
        "The mentor has had room for (\\d+) weeks\\.": lambda said: (
            mentor.unused_since is not None and int(said) == (TODAY - mentor.unused_since).days // 7
        ),
        "The mentor has had (\\d+) earlier match(?:es)?\\.": lambda said: int(said) == mentor.matches,
    }
    found = [(check, match[1]) for pattern, check in told.items() if (match := re.fullmatch(pattern, reason))]
    return len(found) == 1 and found[0][0](found[0][1])


@given(crowds(3))
@settings(max_examples=30)
def test_each_reason_is_true_of_the_two(crowd: tuple[list[Mentee], list[Mentor]]) -> None:
    mentees, mentors = crowd
    for mentee in mentees:
        for mentor in mentors:
            found = fit(mentee, mentor, BY, TODAY)
            for part in found.parts:
                assert not part.reason or true_of(part.reason, mentee, mentor), part
                assert 0 <= part.score <= 100
            assert found.total == 10 * sum(one.score * one.weight for one in found.parts) // BY.total
            weights = [one.score * one.weight for one in found.parts if one.reason in found.reasons]
            assert len(weights) == len(found.reasons)


def test_reasons_come_weightiest_first_and_leave_out_what_speaks_against() -> None:
    both = frozenset({"English"})
    mentee = Mentee("e", languages=both, needs=frozenset({"maths"}), interests=frozenset({"a", "b", "c"}))
    mentor = Mentor("o", languages=both, skills=frozenset({"maths"}), interests=frozenset({"a"}))
    assert fit(mentee, mentor, Rules(), TODAY).reasons == ("Can help with maths.", "Both speak English.")
    assert {one.part: one.reason for one in fit(mentee, mentor, Rules(), TODAY).parts}[Part.INTERESTS] == "Both like a."
