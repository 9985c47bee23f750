"""Who may stand in 'by': a stage is open for whom the scheme names, so it must be somebody whom the rules let act."""

from collections.abc import Iterator

from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import Edition, FieldKind, FormStage, Role, StageKind

Found = Iterator[tuple[Place, str]]

# Evidence and texts come from the applicant, findings and interviews from the assessor, an award from the body.
_ONLY: dict[StageKind, Role] = {
    StageKind.EVIDENCE: Role.APPLICANT,
    StageKind.CASE_STUDY: Role.APPLICANT,
    StageKind.ASSIGNMENT: Role.APPLICANT,
    StageKind.VISIT: Role.ASSESSOR,
    StageKind.INTERVIEW: Role.ASSESSOR,
    StageKind.AWARD: Role.OFFICER,
}

# An assessor judges: dates are chosen, fees paid and portfolios handed in by others, and a panel has its own people.
_NEVER_ASSESSOR = frozenset({StageKind.FEE, StageKind.COURSE, StageKind.PORTFOLIO, StageKind.RENEWAL, StageKind.PANEL})


def actors(edition: Edition) -> Found:
    """A stage that nobody could ever carry through, because another than the one it names would have to."""
    for index, stage in enumerate(edition.stages):
        wanted = _ONLY.get(stage.kind)
        if wanted is not None and stage.by is not wanted:
            yield ("stages", index, "by"), f"a stage of the kind {stage.kind} is always by '{wanted}', not '{stage.by}'"
        if stage.kind in _NEVER_ASSESSOR and stage.by is Role.ASSESSOR:
            yield ("stages", index, "by"), f"a stage of the kind {stage.kind} is never by 'assessor'"
        if isinstance(stage, FormStage) and stage.by is not Role.APPLICANT:
            for number, field in enumerate(stage.fields):
                if field.kind is FieldKind.LEVEL:
                    message = "the level aimed at is the applicant's to choose, and this form is not by 'applicant'"
                    yield ("stages", index, "fields", number, "kind"), message
    for index, duty in enumerate(edition.duties):
        if duty.by is Role.ASSESSOR:
            yield ("duties", index, "by"), "a duty is kept by the holder or confirmed by the body, never by 'assessor'"
