"""Bars and lines over time or over groups, drawn as SVG with a title, a description and the figures as a table.

    chart = Chart(
        title="People waiting", says="From 12 in December to 7 in November.",
        labels=("Dec", "Jan", ...), series=(Series("Waiting", (12, 11, ...)),), unit="people",
    )
    {% chart chart %}        # in a template: the picture, its key, and its table under 'Figures as a table'

Pure: figures in, geometry out. Lengths are the units of the SVG's view box (400 wide), which the page scales.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Literal

__all__ = ["Chart", "Drawn", "Series", "drawn"]

WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 26, 32
_LABELS = 6  # more of them along the axis would run into one another on a telephone


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures under a name; None where there is none (a gap in a line, no bar)."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw. `says` tells in a sentence what the picture shows, for those who do not see it and those who do.

    `unit` stands above the axis ('people', 'weeks'); `first` heads the table's first column. Up to four series, each
    as long as `labels`. Figures are nought or more.
    """

    title: str
    says: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Literal["line", "bar"] = "line"
    unit: str = ""
    first: str = "Month"

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("each series has a figure, or None, for each label")

    @property
    def empty(self) -> bool:
        return all(value is None for one in self.series for value in one.values)

    @property
    def heads(self) -> list[str]:
        """The table's column heads."""
        return [self.first, *(one.name for one in self.series)]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table: a row for each label, figures as text."""
        return [(label, *(figure(one.values[at]) for one in self.series)) for at, label in enumerate(self.labels)]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of one series; `said` is read out and shown on hovering."""

    x: float
    y: float
    width: float
    height: float
    series: int
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A run of points without a gap, as an SVG `points` attribute."""

    points: str
    series: int


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    series: int
    said: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A figure at the left, or a label underneath."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart's geometry."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def figure(value: float | None) -> str:
    """'1,204', '3.5'; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def steps(most: float) -> list[float]:
    """Round figures from nought to at least `most`, four or five of them, whole ones where `most` is above 2."""
    if most <= 0:
        return [0, 1]
    raw = most / 4
    power = 10.0 ** floor(log10(raw))
    rounds = (1, 2, 2.5, 5, 10) if power >= 10 else (1, 2, 5, 10)
    step = next(power * one for one in rounds if power * one >= raw - 1e-9)
    if most > 2:
        step = max(1, ceil(step - 1e-9))
    return [step * at for at in range(ceil(most / step - 1e-9) + 1)]


def drawn(chart: Chart) -> Drawn:
    """The geometry of a chart: nothing where there are no figures."""
    values = [value for one in chart.series for value in one.values if value is not None]
    ticks = steps(max(values, default=0))
    wide, high, top = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM, ticks[-1]
    slot = wide / max(1, len(chart.labels))

    def up(value: float) -> float:
        return round(TOP + high * (1 - value / top), 1)

    def middle(at: int) -> float:
        return round(LEFT + slot * (at + 0.5), 1)

    every = ceil(len(chart.labels) / _LABELS)
    across = tuple(Tick(middle(at), label) for at, label in enumerate(chart.labels) if at % every == 0)
    left = tuple(Tick(up(value), figure(value)) for value in ticks)
    bars: list[Bar] = []
    lines: list[Line] = []
    dots: list[Dot] = []
    for number, one in enumerate(chart.series):
        said = [
            f"{label}: {one.name} {figure(value)} {chart.unit}".rstrip()
            for label, value in zip(chart.labels, one.values, strict=True)
        ]
        if chart.kind == "bar":
            width = slot * 0.8 / len(chart.series)
            for at, value in enumerate(one.values):
                if value is not None:
                    x = LEFT + slot * (at + 0.1) + width * number
                    y = up(value)
                    bars.append(Bar(round(x, 1), y, round(width, 1), round(TOP + high - y, 1), number, said[at]))
            continue
        for run in _runs(one.values):
            if len(run) > 1:
                lines.append(Line(" ".join(f"{middle(at)},{up(value)}" for at, value in run), number))
            dots.extend(Dot(middle(at), up(value), number, said[at]) for at, value in run)
    return Drawn(tuple(bars), tuple(lines), tuple(dots), across, left)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The figures between the gaps, each with its place."""
    held = [(at, value) for at, value in enumerate(values) if value is not None]
    if not held:
        return []
    runs = [[held[0]]]
    for before, after in pairwise(held):
        if after[0] == before[0] + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs
