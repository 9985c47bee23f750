"""Fees: each asked for, each with a figure to go by."""

from collections.abc import Iterable, Iterator

from kithwork.core.schemes.checker.order import behind, waits
from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    Edition,
    Fee,
    FeeStage,
    FieldKind,
    FormField,
    FormStage,
    Stage,
)
from kithwork.core.schemes.wording import did_you_mean, nearest

Found = Iterator[tuple[Place, str]]

_NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY)


def _numbers(stages: Iterable[Stage]) -> dict[str, FormField]:
    return {
        field.id: field
        for stage in stages
        if isinstance(stage, FormStage)
        for field in stage.fields
        if field.kind in _NUMBERS
    }


def fees(edition: Edition) -> Found:
    known = {fee.id: fee for fee in edition.fees}
    used: set[str | None] = set()
    waiting = waits(edition)
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, FeeStage):
            continue
        used |= {stage.fee, nearest(stage.fee, known)}  # a misspelt name is not also a fee that nobody asks for
        if stage.fee not in known:
            yield ("stages", index, "fee"), f"there is no fee '{stage.fee}'{did_you_mean(stage.fee, known)}"
            continue
        figure = known[stage.fee].by
        before = _numbers(edition.stage(one) for one in behind(stage.id, waiting))
        if figure in _numbers(edition.stages) and figure not in before:
            yield (
                ("stages", index, "fee"),
                f"the fee '{stage.fee}' goes by '{figure}', but this stage does not wait for the form that asks it",
            )
    for index, fee in enumerate(edition.fees):
        if fee.id not in used:
            yield ("fees", index), f"no fee stage asks for the fee '{fee.id}'"
        yield from _price(edition, ("fees", index), fee)


def _price(edition: Edition, place: Place, fee: Fee) -> Found:
    fields = _numbers(edition.stages)
    for key, name in (("by", fee.by), ("by_hand_when", fee.by_hand_when)):
        if name is not None and name not in fields:
            hint = did_you_mean(name, fields)
            yield (*place, key), f"no form has a field '{name}' of the kind number or money{hint}"
    if fee.by in fields and not fields[fee.by].required:
        yield (*place, "by"), f"the field '{fee.by}' may be left empty, but a fee goes by it"
    if fee.by and not fee.bands:
        yield (*place, "by"), "'by' chooses a band, and this fee has no bands"
    if fee.by_hand_when and not fee.by_hand:
        yield (*place, "by_hand_when"), "say in 'by_hand' what happens when the price is agreed by hand"
