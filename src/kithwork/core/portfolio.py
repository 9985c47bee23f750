"""What a portfolio's pieces cover of the requirements and their points, and what is still a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kithwork.core.schemes.model import Requirement
from kithwork.core.verdict import YES, Verdict, no

SENTENCE = 500  # characters of the sentence that says how a piece shows something


@dataclass(frozen=True, slots=True)
class Link:
    """What one piece shows: a requirement as a whole (no points), or some of its points, counted from 1.

    `says` is its owner's sentence on how.
    """

    slot: str
    points: tuple[int, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """How many pieces are linked to a requirement in any way, and to each of its points in turn."""

    requirement: Requirement
    pieces: int
    points: tuple[int, ...]

    @property
    def open_points(self) -> tuple[int, ...]:
        """The numbers of the points that nothing is linked to."""
        return tuple(number for number, pieces in enumerate(self.points, 1) if not pieces)


def coverage(requirements: Sequence[Requirement], pieces: Iterable[Iterable[Link]]) -> tuple[Covered, ...]:
    """One for each requirement, in their order; `pieces` are the links of each piece. Links elsewhere do not count."""
    whole = {one.id: 0 for one in requirements}
    points = {one.id: [0] * len(one.points) for one in requirements}
    for links in pieces:
        for link in links:
            if link.slot not in whole:
                continue
            whole[link.slot] += 1
            for number in link.points:
                points[link.slot][number - 1] += 1
    return tuple(Covered(one, whole[one.id], tuple(points[one.id])) for one in requirements)


def may_link(requirement: Requirement | None, link: Link) -> Verdict:
    """Whether a link can be kept as it is: something that is asked, points that there are, a sentence that fits."""
    if requirement is None:
        return no("Say what this piece shows.")
    if any(not 1 <= number <= len(requirement.points) for number in link.points):
        return no(f"{requirement.number} {requirement.title} has no such point.")
    if len(set(link.points)) < len(link.points):
        return no("Name each point once.")
    if len(link.says) > SENTENCE:
        return no(f"Say in at most {SENTENCE} characters how it shows this.")
    return YES
