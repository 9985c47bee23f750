"""What changed for people: scales that a service can take as they are, and how a change is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SMALLEST", "TEMPLATES", "Scale", "Summed", "Template", "Way", "summed", "way_of"]

SMALLEST = 5  # people: of fewer no change is told in sum, for it would tell of somebody


class Template(StrEnum):
    """Scales that are offered ready-made."""

    CONFIDENCE = "confidence"
    LONELINESS = "loneliness"
    WELLBEING = "wellbeing"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Scale:
    """A measure before a service has taken it up.

    One question answered by a number from `lowest` to `highest`; or several `questions`, each answered by one of
    `options`, which count 1, 2, 3 ... and are added up (then `lowest` and `highest` follow from them).
    """

    name: str
    question: str
    low_means: str
    high_means: str
    lowest: int = 0
    highest: int = 10
    questions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    better_low: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """The least and the most that can come of it."""
        if self.questions:
            return len(self.questions), len(self.questions) * len(self.options)
        return self.lowest, self.highest


TEMPLATES: dict[Template, Scale] = {
    Template.CONFIDENCE: Scale(
        "Confidence", "How confident do you feel in yourself?", "not at all", "completely", lowest=1
    ),
    # the three questions that the Office for National Statistics recommends for adults (2018)
    Template.LONELINESS: Scale(
        "Loneliness",
        "How lonely do you feel?",
        "hardly ever lonely",
        "often lonely",
        questions=(
            "How often do you feel that you lack companionship?",
            "How often do you feel left out?",
            "How often do you feel isolated from others?",
        ),
        options=("Hardly ever or never", "Some of the time", "Often"),
        better_low=True,
    ),
    # our own wording: published scales of this length need a licence of each service that uses them
    Template.WELLBEING: Scale(
        "Wellbeing",
        "How have you been in the last two weeks?",
        "never well",
        "always well",
        questions=(
            "I have looked forward to things.",
            "I have felt that I matter to somebody.",
            "I have been able to unwind.",
            "I have coped when something went wrong.",
            "I have been able to think straight.",
            "I have felt near to other people.",
            "I have decided things for myself.",
        ),
        options=("Never", "Rarely", "Sometimes", "Often", "Always"),
    ),
    Template.GOALS: Scale(
        "Goals", "Think of what matters most to you now. How near to it are you?", "not begun", "there"
    ),
}


class Way(StrEnum):
    """Which way somebody went from the first time they were asked to the last."""

    IMPROVED = "improved"
    STAYED = "stayed"
    FELL = "fell"


def way_of(first: int, last: int, *, better_low: bool) -> Way:
    """Whether it got better, where less is better for some scales."""
    if first == last:
        return Way.STAYED
    return Way.IMPROVED if (last < first) is better_low else Way.FELL


@dataclass(frozen=True, slots=True)
class Summed:
    """How many went which way, and by how much on average, in points of the scale; a minus is a fall of the figure,
    which is good news where less is better. All None when fewer than five were counted.
    """

    people: int
    improved: int | None
    stayed: int | None
    fell: int | None
    mean: float | None


def summed(pairs: Iterable[tuple[int, int]], *, better_low: bool) -> Summed:
    """Of people's first and last figures."""
    known = list(pairs)
    if len(known) < SMALLEST:
        return Summed(len(known), None, None, None, None)
    ways = [way_of(first, last, better_low=better_low) for first, last in known]
    mean = round(sum(last - first for first, last in known) / len(known), 1)
    return Summed(
        len(known), ways.count(Way.IMPROVED), ways.count(Way.STAYED), ways.count(Way.FELL), mean + 0.0
    )  # + 0.0: never a minus nought
