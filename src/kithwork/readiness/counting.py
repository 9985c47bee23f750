"""An edition asked of a service's records: every check of every requirement, in a few queries."""

from collections.abc import Mapping
from datetime import date

from kithwork.caseload import checks as caseload
from kithwork.caseload.models import Practice
from kithwork.checks import ask
from kithwork.core.readiness import Asked, Standing, standing
from kithwork.core.readiness.catalogue import read
from kithwork.core.schemes import Check, Edition, Requirement
from kithwork.governance import checks as governance
from kithwork.readiness.answering import Answering, answers, made_ready

__all__ = ["Answering", "prepare", "questions", "standing_now", "standings"]


def questions(requirement: Requirement) -> tuple[Asked, ...]:
    """What a requirement asks of records; none where nothing there can show it.

    A published edition outlives the catalogue it was written for: a check that is not known here, or not with these
    parameters, is not asked, and the requirement is shown by document. `kithwork scheme check` refuses such an edition.
    """
    return tuple(asked for check in requirement.checks for asked in _read(check) if _answered(type(asked)))


def _read(check: Check) -> tuple[Asked, ...]:
    try:
        return read(check.name, check.model_extra or {})
    except ValueError:
        return ()


def _answered(kind: type[Asked]) -> bool:
    return kind in governance.CHECKS or kind in caseload.CHECKS


def standings(practice: Practice, edition: Edition, at: date) -> list[Standing]:
    """How each requirement that asks anything of records stands on the day, in the edition's order."""
    asked = {one.id: found for one in edition.requirements if (found := questions(one))}
    found_of = answers(practice, _numbered(asked), at)
    return [
        standing(
            one.id,
            one.level,
            [(question, found_of[one.id, number]) for number, question in enumerate(asked[one.id])],
            at,
        )
        for one in edition.requirements
        if one.id in asked
    ]


def prepare(practice: Practice, edition: Edition) -> None:
    """Make the SQL by which an edition is asked of a service, so that nobody's first look waits for it."""
    made_ready(practice, _numbered({one.id: questions(one) for one in edition.requirements}))


def _numbered(asked: Mapping[str, tuple[Asked, ...]]) -> dict[tuple[str, int], Asked]:
    """The questions of requirements, each by its requirement's id and its place there."""
    return {(name, number): question for name, found in asked.items() for number, question in enumerate(found)}


def standing_now(practice: Practice, requirement: Requirement, at: date) -> Standing:
    """How one requirement that asks something of records stands on the day, asked by itself.

    Its SQL is made anew: kept for each of an edition's requirements, it would push out that of whole editions.
    """
    asked, service = questions(requirement), Answering(practice, at)
    found = ask({number: service.rule(question) for number, question in enumerate(asked)}, at)
    answered = [(question, found[number]) for number, question in enumerate(asked)]
    return standing(requirement.id, requirement.level, answered, at)
