"""Ids that clash, and names that lead nowhere."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    AssignmentStage,
    CaseStudyStage,
    ChecklistStage,
    Edition,
    FormStage,
    InterviewStage,
    Role,
)
from kithwork.core.schemes.wording import did_you_mean

Found = Iterator[tuple[Place, str]]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _clashes(place: Place, parts: Iterable[_Named], what: str) -> Found:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.id in seen:
            yield (*place, index, "id"), f"another {what} already has the id '{part.id}'"
        seen.add(part.id)


def ids(edition: Edition) -> Found:
    yield from _clashes(("levels",), edition.levels, "level")
    yield from _clashes(("areas",), edition.areas, "area")
    yield from _clashes(("fees",), edition.fees, "fee")
    yield from _clashes(("stages",), edition.stages, "stage")
    yield from _clashes(("requirements",), edition.requirements, "requirement")
    yield from _clashes(("duties",), edition.duties, "duty")
    yield from _clashes(("papers",), edition.papers, "paper")
    for index, stage in enumerate(edition.stages):
        place: Place = ("stages", index)
        match stage:
            case FormStage():
                yield from _clashes((*place, "fields"), stage.fields, "field of this form")
                for number, field in enumerate(stage.fields):
                    yield from _clashes((*place, "fields", number, "columns"), field.columns, "column of this field")
            case ChecklistStage():
                yield from _clashes((*place, "questions"), stage.questions, "question of this checklist")
            case InterviewStage():
                yield from _clashes((*place, "interviews"), stage.interviews, "interview of this stage")
            case CaseStudyStage() | AssignmentStage():
                yield from _clashes((*place, "pieces"), stage.pieces, "piece of this stage")
                for number, piece in enumerate(stage.pieces):
                    deeper = (*place, "pieces", number, "declarations")
                    yield from _clashes(deeper, piece.declarations, "declaration of this piece")


def levels(edition: Edition) -> Found:
    every = {level.id for level in edition.levels}
    earlier: dict[str, tuple[str, ...]] = {}
    for index, level in enumerate(edition.levels):
        for number, name in enumerate(level.includes):
            place = ("levels", index, "includes", number)
            if name not in every:
                yield place, f"there is no level '{name}'{did_you_mean(name, every)}"
            elif name == level.id:
                yield place, f"the level '{name}' includes itself"
            elif name not in earlier:
                yield place, f"'{name}' comes later: a level includes only levels that stand before it"
            elif missing := [deep for deep in earlier[name] if deep not in (level.id, *level.includes)]:
                yield place, f"'{name}' itself includes {' and '.join(missing)}: name that here as well"
        earlier.setdefault(level.id, level.includes)


def led_to(edition: Edition) -> Found:
    """Levels and papers named by stages and fields, and requirements of the edition before, must be there."""
    every = {level.id for level in edition.levels}
    papers = {paper.id for paper in edition.papers}
    for index, stage in enumerate(edition.stages):
        for number, name in enumerate(stage.levels):
            if name not in every:
                yield ("stages", index, "levels", number), f"there is no level '{name}'{did_you_mean(name, every)}"
        if not isinstance(stage, FormStage):
            continue
        for number, name in enumerate(stage.papers):
            if name not in papers:
                yield ("stages", index, "papers", number), f"there is no paper '{name}'{did_you_mean(name, papers)}"
        for number, field in enumerate(stage.fields):
            for nth, name in enumerate(field.levels):
                if name not in every:
                    place: Place = ("stages", index, "fields", number, "levels", nth)
                    yield place, f"there is no level '{name}'{did_you_mean(name, every)}"
        if (stage.by is Role.SUPPORTER) != (stage.supporter is not None):
            yield (
                ("stages", index),
                "a form by a supporter says in 'supporter' who that is, and only such a form does",
            )
    if edition.scheme.supersedes == edition.scheme.edition:
        yield ("scheme", "supersedes"), "an edition cannot supersede itself"
    if edition.scheme.supersedes is None:
        for index, requirement in enumerate(edition.requirements):
            if requirement.was:
                yield ("requirements", index, "was"), "say in [scheme] which edition this one 'supersedes'"
