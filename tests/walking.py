"""Walks, and editions published, that are put back when a test wants the same again: see `stencil.py`."""

from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from kithwork.core.schemes import digest, texts
from kithwork.journeys.models import PublishedEdition
from kithwork.procedures import sample
from kithwork.procedures.sample import POINTS, Cast, Walk
from tests.stencil import STENCILS


def publish(folder: Path, cast: Cast) -> PublishedEdition:
    """`sample.publish`, of an edition without mistakes."""
    key = ("publish", digest(texts(folder)), cast.body.pk, cast.olu.pk)
    return STENCILS.put(key, lambda: sample.publish(folder, cast), given=cast)


def walk(*, cast: Cast, edition: PublishedEdition, to: str, start: date, **more: Any) -> Walk:
    """`sample.walk`; a walk to a point farther on goes on from the farthest that has been walked."""
    told = {name: getattr(value, "pk", value) for name, value in more.items()}
    who = (cast.ada.pk, cast.dot.pk, cast.olu.pk, cast.service.pk)
    key = ("walk", who, edition.pk, start, repr(sorted(told.items())))
    points = POINTS[: POINTS.index(to) + 1]

    def begin() -> Walk:
        return sample.walk(cast=cast, edition=edition, to=points[0], start=start, **more)

    steps = [partial(Walk.to, point=point, since=since) for since, point in pairwise(points)]
    found: Walk = STENCILS.put(key, begin, steps, given=(cast, edition, *more.values()))
    return found
