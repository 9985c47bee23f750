"""A snapshot of records as pages show it: its figures, definitions, periods and samples. The same for both sides."""

from dataclasses import dataclass

from kithwork.core.credentials.snapshot import REDUCED, STATES, period, sample_of
from kithwork.core.readiness import State
from kithwork.core.readiness.reducing import Facts, Shown
from kithwork.web.kit.cards import Column, Kind, RecordState, StateTag
from kithwork.web.templatetags.kit import clock

__all__ = ["Part", "Told", "told"]

_TAGS: dict[State, StateTag] = {
    State.MET: RecordState.MET.tag,
    State.AT_RISK: RecordState.AT_RISK.tag,
    State.NOT_RECORDED: RecordState.NOT_RECORDED.tag,
    State.NOT_MET: RecordState.NOT_MET.tag,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One check of a snapshot."""

    figure: str
    tag: StateTag
    definition: str
    period: str
    says: str  # of its sample
    columns: list[Column]
    rows: list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A snapshot as a page shows it."""

    tag: StateTag
    state: str
    counted: str
    sample: str
    reduced: str
    parts: list[Part]


def told(facts: Facts) -> Told:
    return Told(
        tag=_TAGS[facts.state],
        state=STATES[facts.state],
        counted=f"Counted at {clock(facts.counted_at)}.",
        sample=f"Sample {facts.turn}",
        reduced=REDUCED,
        parts=[
            Part(
                one.figure,
                _TAGS[one.state] if one.state else StateTag("Nothing to ask about"),
                one.definition,
                period(one.first, one.last),
                sample_of(one),
                *_table(one.sample),
            )
            for one in facts.checks
        ],
    )


def _table(sample: tuple[Shown, ...]) -> tuple[list[Column], list[tuple[object, ...]]]:
    """A sample as a table, without its column of months where no row has one."""
    tags = {True: StateTag("Holds", Kind.GREEN), False: StateTag("Fails", Kind.RED)}
    if any(row.until for row in sample):
        return [Column("Who or what"), Column("Until"), Column("State")], [
            (row.who, row.until or "–", tags[row.holds]) for row in sample
        ]
    return [Column("Who or what"), Column("State")], [(row.who, tags[row.holds]) for row in sample]
