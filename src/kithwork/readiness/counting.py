"""An edition asked of a service's records: every check of every requirement, in a few queries."""

from datetime import date

from kithwork.caseload import checks as caseload
from kithwork.caseload.models import Practice
from kithwork.checks import Rule, Told, ask
from kithwork.core.readiness import Asked, Standing, standing
from kithwork.core.readiness.catalogue import read
from kithwork.core.schemes import Check, Edition, Requirement
from kithwork.governance import checks as governance


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


class Answering:
    """A service on a day, ready to be asked. `practice` comes with its service."""

    def __init__(self, practice: Practice, at: date) -> None:
        self.at = at
        self._caseload = caseload.Ground(practice, at)
        self._governance = governance.Ground(practice.service, at)

    def rule(self, asked: Asked) -> Rule | Told:
        """The rule by which a question is answered."""
        kind = type(asked)
        if kind in governance.CHECKS:
            return governance.CHECKS[kind](self._governance, asked)
        return caseload.CHECKS[kind](self._caseload, asked)


def standings(practice: Practice, edition: Edition, at: date) -> list[Standing]:
    """How each requirement that asks anything of records stands on the day, in the edition's order."""
    asked = {one.id: found for one in edition.requirements if (found := questions(one))}
    service = Answering(practice, at)
    rules = {
        (name, number): service.rule(question) for name, found in asked.items() for number, question in enumerate(found)
    }
    answers = ask(rules, at)
    return [
        standing(
            one.id,
            one.level,
            [(question, answers[one.id, number]) for number, question in enumerate(asked[one.id])],
            at,
        )
        for one in edition.requirements
        if one.id in asked
    ]
