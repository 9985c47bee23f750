"""What mentees, mentors, families and referrers are asked about the service (indicator 37, excellence 9 and 10).

Answers are kept as question and answer in words, so that questions can be reworded; which of them can be counted, the
questions here and those of the end of a match say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["ASKED", "AT_THE_END", "Question", "Results", "asked_of", "results"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: with `options` (id -> words) one of them is chosen, without it is answered in words."""

    id: str
    words: str
    options: Mapping[str, str]
    asked_of: frozenset[str] = frozenset()  # empty: of everybody


_OFTEN = {"always": "Yes, always", "mostly": "Mostly", "rarely": "Not often", "no": "No"}
_MUCH = {"much": "Yes, a lot", "some": "Yes, a little", "none": "No", "unsure": "I cannot say"}
_YES = {"yes": "Yes", "no": "No", "unsure": "I cannot say"}

ASKED: tuple[Question, ...] = (
    Question("helps", "Does having a mentor help?", _MUCH, frozenset({"mentee"})),
    Question("supported", "Do you get the support you need from us?", _OFTEN, frozenset({"mentor"})),
    Question(
        "changed", "Has having a mentor changed anything for the person?", _MUCH, frozenset({"family", "referrer"})
    ),
    Question(
        "told", "Do we tell you what you need to know, in time?", _OFTEN, frozenset({"family", "referrer", "mentor"})
    ),
    Question("listened", "Do we listen to you?", _OFTEN),
    Question("safe", "Do you know whom to tell when something is wrong?", _YES),
    Question("again", "Would you tell others about us?", _YES),
    Question("well", "What do we do well?", {}),
    Question("better", "What should we do better?", {}),
)


def asked_of(whose: str) -> tuple[Question, ...]:
    """The questions for one kind of people: 'mentee', 'mentor', 'family' or 'referrer'."""
    return tuple(one for one in ASKED if not one.asked_of or whose in one.asked_of)


# at the end of a match; the page that asks them is web/mentee/exits.py
AT_THE_END: tuple[Question, ...] = (
    Question("changed", "Did having a mentor change anything for the person?", _MUCH),
    Question("well", "What went well?", {}),
    Question("better", "What should we do better?", {}),
    Question("again", "Would you tell others about us?", _YES),
)


@dataclass(frozen=True, slots=True)
class Results:
    """What was said. `counts`: each question that can be counted -> its answers in order, with how often each was
    given. `words`: each other question -> what was said, sorted, so that the order does not tell who it was.
    """

    people: int
    counts: Mapping[str, Mapping[str, int]]
    words: Mapping[str, tuple[str, ...]]


def results(answers: Iterable[Mapping[str, str]]) -> Results:
    """Of questionnaires as they were answered (question -> answer, both in words), in the order of the questions."""
    given = list(answers)
    counted = {one.words: tuple(one.options.values()) for one in (*ASKED, *AT_THE_END) if one.options}
    order = {one.words: at for at, one in enumerate((*ASKED, *AT_THE_END))}
    counts: dict[str, dict[str, int]] = {}
    words: dict[str, tuple[str, ...]] = {}
    questions = {question for one in given for question, answer in one.items() if answer}
    for question in sorted(questions, key=lambda one: (order.get(one, len(order)), one)):
        said = [one[question] for one in given if one.get(question)]
        if question in counted:
            how_often = Counter(said)
            counts[question] = {option: how_often[option] for option in counted[question]}
        else:
            words[question] = tuple(sorted(said, key=str.casefold))
    return Results(len(given), counts, words)
