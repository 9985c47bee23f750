"""Outcomes in words, tables and pictures."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from kithwork.caseload.queries.outcomes import Change, Figure, MeasureRow, Whose
from kithwork.core.service.outcomes import Way
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.charts import Chart, Series
from kithwork.web.templatetags.kit import longdate, plural

WAYS = {
    Way.IMPROVED: StateTag("Better", Kind.GREEN),
    Way.STAYED: StateTag("The same", Kind.GREY),
    Way.FELL: StateTag("Worse", Kind.AMBER),
}


def finding(changes: Sequence[Change], year: int) -> str:
    """The heading: the measure of which most is known."""
    told = max((one for one in changes if not one.suppressed), key=lambda one: one.people, default=None)
    if told is not None:
        return f"{told.name} improved for {told.improved} of {plural(told.people, told.whose.value)} in {year}"
    if any(one.people or one.early for one in changes):
        return f"Too early to say what changed in {year}"
    return f"Nothing was measured in {year}" if changes else "Nothing is measured yet"


HEADS = ("Measure", "Of", "Compared", "Better", "The same", "Worse", "Change on average", "Asked once so far")


def row(one: Change, slug: str, *, linked: bool) -> tuple[object, ...]:
    """One measure as a table's row; `linked` leads to the people behind it."""
    name: object = Link(one.name, reverse("measure", args=[slug, one.ref])) if linked else one.name
    sums: tuple[object, ...] = (one.improved, one.stayed, one.fell, moved(one.mean))
    if one.suppressed:
        sums = ("–", "–", "–", "too few to say" if one.people else "–")
    return (name, Whose(one.whose).label, one.people, *sums, one.early)


def moved(mean: float | None) -> str:
    """'+1.4', '−0.3', '0.0'."""
    return "" if mean is None else f"{mean:+.1f}".replace("-", "−").replace("+0.0", "0.0")


def picture(changes: Iterable[Change], year: int) -> Chart | None:
    """How many went which way, by measure; None where nothing may be told."""
    told = [one for one in changes if not one.suppressed]
    if not told:
        return None
    return Chart(
        title=f"What changed, {year}",
        says="Better for " + ", ".join(f"{one.improved} of {one.people} in {one.name.lower()}" for one in told) + ".",
        labels=tuple(one.name for one in told),
        series=tuple(
            Series(words, tuple(getattr(one, name) for one in told))
            for words, name in (("Better", "improved"), ("The same", "stayed"), ("Worse", "fell"))
        ),
        kind="bar",
        unit="people",
        first="Measure",
    )


def course(measure: MeasureRow, figures: Sequence[Figure]) -> Chart:
    """One person's figures over time."""
    first, last = figures[0], figures[-1]
    said = f"{first.value} on {longdate(first.on)}"
    if len(figures) > 1:
        said = f"From {said} to {last.value} on {longdate(last.on)}"
    best = measure.low_means if measure.better_low else measure.high_means
    good = f" {measure.lowest if measure.better_low else measure.highest} is best{f': {best}' if best else ''}."
    return Chart(
        title=measure.name,
        says=f"{said}.{good}",
        labels=tuple(longdate(one.on) for one in figures),
        series=(Series(measure.name, tuple(float(one.value) for one in figures)),),
        unit="points",
        first="Day",
    )


def history(figures: Iterable[Figure]) -> list[tuple[object, ...]]:
    """Figures as a table's rows, the latest first."""
    return [
        (one.on, one.value, WAYS[one.way] if one.way else "First", one.by or "Themselves")
        for one in reversed(list(figures))
    ]
