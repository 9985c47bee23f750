"""What is asked: requirements and the stages that take them, the fields of forms, pieces of writing."""

from collections.abc import Iterator

from kithwork.core.readiness.catalogue import NAMES, read
from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    AssignmentStage,
    CaseStudyStage,
    Edition,
    EvidenceStage,
    FieldKind,
    FormStage,
    ObservationStage,
    PortfolioStage,
    VisitStage,
)
from kithwork.core.schemes.wording import did_you_mean, nearest

Found = Iterator[tuple[Place, str]]

_ASSESSING = EvidenceStage | VisitStage | PortfolioStage
_WORDY = (FieldKind.TEXT, FieldKind.LONG)


def requirements(edition: Edition) -> Found:
    levels = {level.id for level in edition.levels}
    areas = {area.id for area in edition.areas}
    takers: dict[str, str] = {}
    ways = [stage.assessed for stage in edition.stages if isinstance(stage, _ASSESSING)]
    asked = {one.assessed for one in edition.requirements}
    meant = {nearest(way, ways) for way in asked}  # a misspelt name is not also a stage with nothing to assess
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, _ASSESSING):
            continue
        place: Place = ("stages", index, "assessed")
        if stage.assessed in takers:
            yield place, f"the stage '{takers[stage.assessed]}' already takes what is assessed '{stage.assessed}'"
        elif stage.assessed not in asked | meant:
            yield place, f"no requirement is assessed '{stage.assessed}'{did_you_mean(stage.assessed, asked)}"
        takers.setdefault(stage.assessed, stage.id)
    for index, one in enumerate(edition.requirements):
        place = ("requirements", index)
        if one.level not in levels:
            yield (*place, "level"), f"there is no level '{one.level}'{did_you_mean(one.level, levels)}"
        if one.area not in areas:
            yield (*place, "area"), f"there is no area '{one.area}'{did_you_mean(one.area, areas)}"
        if one.assessed not in takers:
            hint = did_you_mean(one.assessed, takers)
            yield (*place, "assessed"), f"no evidence, visit or portfolio stage takes '{one.assessed}'{hint}"
    filled = {nearest(one.area, areas) for one in edition.requirements}
    for index, area in enumerate(edition.areas):
        if area.id not in filled:
            yield ("areas", index), f"the area '{area.id}' has no requirement"


def fields(edition: Edition) -> Found:
    chosen = False
    for index, stage in enumerate(edition.stages):
        for number, field in enumerate(stage.fields if isinstance(stage, FormStage) else ()):
            place = ("stages", index, "fields", number)
            if field.kind is FieldKind.LEVEL:
                if chosen:
                    yield (*place, "kind"), "another field already asks for the level: it is asked once"
                chosen = True
            if field.kind is FieldKind.CHOICE and not field.options:
                yield place, f"the choice '{field.id}' has no 'options'"
            if field.kind is not FieldKind.CHOICE and field.options:
                yield (*place, "options"), f"only a field of the kind choice has 'options', and this is {field.kind}"
            for nth, option in enumerate(field.options):
                if option in field.options[:nth]:
                    yield (*place, "options", nth), f"the option '{option}' is there twice"
            if field.must_be_yes and field.kind is not FieldKind.YESNO:
                yield (*place, "must_be_yes"), f"only a field of the kind yesno must be yes, and this is {field.kind}"
            if field.max_words and field.kind not in _WORDY:
                yield (*place, "max_words"), f"only a field of the kind text or long counts words, not {field.kind}"


def pieces(edition: Edition) -> Found:
    for index, stage in enumerate(edition.stages):
        if isinstance(stage, CaseStudyStage | AssignmentStage):
            for number, piece in enumerate(stage.pieces):
                if piece.min_words and piece.max_words and piece.min_words > piece.max_words:
                    message = f"'min_words' ({piece.min_words}) is more than 'max_words' ({piece.max_words})"
                    yield ("stages", index, "pieces", number, "min_words"), message
        if isinstance(stage, ObservationStage):
            if not stage.signatures:
                yield ("stages", index, "signatures"), "an observation needs at least one signature"
            for number, role in enumerate(stage.signatures):
                if role in stage.signatures[:number]:
                    yield ("stages", index, "signatures", number), f"'{role}' is to sign twice"


_DATED = FieldKind.DATE


def rows(edition: Edition) -> Found:
    """Fields of the kind rows have columns, and what counts back from today is a date."""
    for index, stage in enumerate(edition.stages):
        for number, field in enumerate(stage.fields if isinstance(stage, FormStage) else ()):
            place: Place = ("stages", index, "fields", number)
            if field.kind is FieldKind.ROWS and not field.columns:
                yield place, f"the field '{field.id}' asks for rows and has no 'columns'"
            if field.kind is not FieldKind.ROWS and field.columns:
                yield (*place, "columns"), f"only a field of the kind rows has 'columns', and this is {field.kind}"
            if field.recent and field.kind is not _DATED:
                yield (*place, "recent"), f"only a date can be recent, and this is {field.kind}"
            names = [column.id for column in field.columns]
            if field.varied and field.varied not in names:
                yield (
                    (*place, "varied"),
                    f"there is no column '{field.varied}'{did_you_mean(field.varied, names)}",
                )
            for nth, column in enumerate(field.columns):
                deeper: Place = (*place, "columns", nth)
                if column.recent and column.kind is not _DATED:
                    yield (*deeper, "recent"), f"only a date can be recent, and this is {column.kind}"
                if column.kind is FieldKind.CHOICE and not column.options:
                    yield deeper, f"the choice '{column.id}' has no 'options'"
                if column.kind is not FieldKind.CHOICE and column.options:
                    yield (*deeper, "options"), f"only a choice has 'options', and this is {column.kind}"


def checks(edition: Edition) -> Found:
    """Checks that do not exist, and parameters they do not know."""
    for index, one in enumerate(edition.requirements):
        for number, check in enumerate(one.checks):
            place: Place = ("requirements", index, "checks", number)
            if check.name not in NAMES:
                yield place, f"there is no check '{check.name}'{did_you_mean(check.name, NAMES)}"
                continue
            try:
                read(check.name, check.model_extra or {})
            except ValueError as wrong:
                yield place, str(wrong)
