"""Levels reached by shares, and those who decide together."""

from collections.abc import Iterator

from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import DecisionStage, Edition, Role

Found = Iterator[tuple[Place, str]]


def shares(edition: Edition) -> Found:
    """Either every level has a share or none has, and each asks for more than the one before."""
    given = [level.share is not None for level in edition.levels]
    if not any(given):
        return
    before = 0
    for index, level in enumerate(edition.levels):
        if level.share is None:
            yield ("levels", index), "other levels have a 'share', so this one needs one too"
            continue
        if level.share.overall <= before:
            yield ("levels", index, "share", "overall"), f"it must be more than the {before} of the level before"
        before = level.share.overall
        for number, requirement in enumerate(edition.requirements):
            if requirement.level not in {level.id, *level.includes}:
                message = f"levels with a share all ask for the same, and '{level.id}' does not include this level"
                yield ("requirements", number, "level"), message


def deciders(edition: Edition) -> Found:
    """As many assessors as are to decide must be appointed."""
    for index, stage in enumerate(edition.stages):
        if isinstance(stage, DecisionStage) and stage.by is Role.ASSESSOR and stage.deciders > edition.scheme.assessors:
            message = f"{stage.deciders} are to decide, and [scheme] has 'assessors' = {edition.scheme.assessors}"
            yield ("stages", index, "deciders"), message
