"""Every package's declarations of what it keeps of people, together: the one list that the register is told from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kithwork.accounts import personal as accounts
from kithwork.assessment import personal as assessment
from kithwork.awards import personal as awards
from kithwork.caseload import personal as caseload
from kithwork.core.keeping import Kept, Kind
from kithwork.courses import personal as courses
from kithwork.evidence import personal as evidence
from kithwork.gate import personal as gate
from kithwork.governance import personal as governance
from kithwork.journeys import personal as journeys
from kithwork.ledger import personal as ledger
from kithwork.notices import personal as notices
from kithwork.organisations import personal as organisations
from kithwork.readiness import personal as readiness
from kithwork.rights import personal as rights

_PACKAGES: tuple[tuple[Mapping[str, Kept], Mapping[str, tuple[str, ...]]], ...] = (
    (caseload.KEPT, caseload.PERSONAL),
    (governance.KEPT, governance.PERSONAL),
    (journeys.KEPT, journeys.PERSONAL),
    (evidence.KEPT, evidence.PERSONAL),
    (gate.KEPT, gate.PERSONAL),
    (assessment.KEPT, assessment.PERSONAL),
    (awards.KEPT, awards.PERSONAL),
    (courses.KEPT, courses.PERSONAL),
    (readiness.KEPT, readiness.PERSONAL),
    (rights.KEPT, rights.PERSONAL),
    (notices.KEPT, notices.PERSONAL),
    (organisations.KEPT, organisations.PERSONAL),
    (accounts.KEPT, accounts.PERSONAL),
    (ledger.KEPT, ledger.PERSONAL),
)


@dataclass(frozen=True, slots=True)
class Declared:
    """One model's declaration, with its personal fields."""

    model: str
    kept: Kept
    fields: tuple[str, ...]


def declared() -> Iterator[Declared]:
    """Every declaration there is."""
    for kept, personal in _PACKAGES:
        for model, one in kept.items():
            yield Declared(model, one, personal[model])


def of_kind(kind: Kind) -> list[Declared]:
    """The models that hold a kind of record."""
    return [one for one in declared() if kind in (one.kept.kind, *one.kept.also)]
