"""What the service wants to reach: outcomes and how they are seen, figures agreed for a year (indicators 33 and 34)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from kithwork.caseload.access import Run
from kithwork.caseload.queries.figures import counted
from kithwork.governance.queries.entries import FIGURES, Row, entries_of
from kithwork.governance.registers import Register
from kithwork.web.coordinator.governance.fields import Entry, day, later, line, one_of, whole
from kithwork.web.coordinator.governance.registers.book import Book, Head, Rows
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import plural


class OutcomeForm(Entry):
    in_order = (("begun_on", "reviewed_on"), ("begun_on", "ended_on"))
    past = ("reviewed_on",)

    what = line("What changes for mentees?", 300, help_text="For example: mentees feel less alone.")
    seen_by = line(
        "How do you see it?",
        500,
        required=False,
        help_text="What is asked or counted, when, of whom: for example four questions at the start and each review.",
    )
    begun_on = day("Worked for since")
    reviewed_on = later("Last looked at on")
    ended_on = later("No longer worked for since")


def _current(rows: Rows, today: date) -> Rows:
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today))


def outcomes_finding(run: Run, today: date) -> str:
    rows = _current(entries_of(run.service, Register.OUTCOMES), today)
    number = rows.count()
    if not number:
        return "No outcomes are agreed yet"
    unseen = rows.filter(seen_by="").count()
    if unseen:
        return f"{unseen} of {plural(number, 'outcome')} {'says' if unseen == 1 else 'say'} not yet how it is seen"
    return f"{plural(number, 'outcome')}, each with how it is seen"


OUTCOMES = Book(
    register=Register.OUTCOMES,
    title="Outcomes",
    adds="Add an outcome",
    lede="The changes the service works for, and how it finds out whether they come (indicator 33).",
    empty="The changes you work for stand here. Two or three are better than ten.",
    form=OutcomeForm,
    finding=outcomes_finding,
    names=lambda row: row.what,
    heads=(
        Head("what", "Outcome", ("what",)),
        Head("seen", "How it is seen"),
        Head("begun", "Since", ("begun_on",)),
        Head("reviewed", "Looked at", ("reviewed_on",)),
    ),
    cells=lambda row, today, beside: (row.seen_by, row.begun_on, row.reviewed_on),
    search=("what", "seen_by"),
    sort="what",
    states={
        "current": ("Worked for", _current),
        "past": ("No longer", lambda rows, today: rows.filter(ended_on__lte=today)),
    },
    start=lambda today: {"begun_on": today},
)


class TargetForm(Entry):
    past = ("published_on",)

    year = whole("Which year?", 1990, 2200)
    counts = one_of("What is counted?", [(figure, text.capitalize()) for figure, text in FIGURES])
    what = line("In your words", 200, required=False, help_text="Needed for something else; may be left out otherwise.")
    aim = whole("How many are aimed for?", 0, 10_000_000)
    reached = whole(
        "How many were reached?",
        0,
        10_000_000,
        required=False,
        help_text="Only where nothing here counts it. Every other figure comes from your records.",
    )
    published_on = later("Published on", help_text="In a report that anybody can read, such as the yearly one.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("counts") == "other" and not data.get("what"):
            self.add_error("what", "Say what is counted")
        return data


def _figures(run: Run, rows: Sequence[Row]) -> dict[tuple[str, int], int]:
    return counted(run.service, {(row.counts, row.year) for row in rows})


def reached_of(row: Row, figures: dict[tuple[str, int], int]) -> int | None:
    """What the records count, or what was typed in where they do not."""
    typed_in: int | None = row.reached
    return figures.get((row.counts, row.year), typed_in)


def _reached(row: Row, today: date, figures: dict[tuple[str, int], int]) -> Sequence[object]:
    reached = reached_of(row, figures)
    if reached is None:
        state = StateTag("Not counted yet")
    elif reached >= row.aim:
        state = StateTag("Reached", Kind.GREEN)
    elif row.year >= today.year:
        state = StateTag("Under way", Kind.BLUE)
    else:
        state = StateTag("Not reached", Kind.AMBER)
    return (row.year, row.aim, reached, state, row.published_on)


def targets_finding(run: Run, today: date) -> str:
    rows = list(entries_of(run.service, Register.TARGETS).filter(year=today.year))
    if not rows:
        return f"No figures are agreed for {today.year} yet"
    figures = _figures(run, rows)
    met = sum((reached_of(row, figures) or 0) >= row.aim for row in rows)
    return f"{met} of {plural(len(rows), 'figure')} agreed for {today.year} {'is' if met == 1 else 'are'} reached"


TARGETS = Book(
    register=Register.TARGETS,
    title="Targets",
    adds="Add a target",
    lede="Figures agreed for a year, what came of them, and when they were published (indicator 34).",
    empty="Figures agreed with your funders or your board stand here. What your records hold is counted for you.",
    form=TargetForm,
    finding=targets_finding,
    names=lambda row: row.what or str(row.get_counts_display()).capitalize(),
    heads=(
        Head("what", "Figure", ("counts", "what")),
        Head("year", "Year", ("year",)),
        Head("aim", "Aim", ("aim",), numeric=True),
        Head("reached", "Reached", numeric=True),
        Head("state", "State"),
        Head("published", "Published", ("published_on",)),
    ),
    cells=_reached,
    search=("what", "counts"),
    sort="-year",
    states={
        "now": ("This year", lambda rows, today: rows.filter(year=today.year)),
        "unpublished": ("Not published", lambda rows, today: rows.filter(published_on__isnull=True)),
    },
    beside=_figures,
    start=lambda today: {"year": today.year},
)
