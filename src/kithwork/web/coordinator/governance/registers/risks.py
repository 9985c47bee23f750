"""The service's risk register: who does what about it by when (indicator 7)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from kithwork.caseload.access import Run
from kithwork.governance.queries.entries import SIZES, Row, entries_of
from kithwork.governance.registers import Register
from kithwork.web.coordinator.governance.fields import Entry, day, later, line, prose
from kithwork.web.coordinator.governance.registers.book import Book, Head, Rows
from kithwork.web.coordinator.governance.wording import standing
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import plural

SIZE = {1: "low", 2: "medium", 3: "high"}


def _size(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[(size, text.capitalize()) for size, text in SIZES],
        coerce=int,
        initial=2,
        widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
    )


class RiskForm(Entry):
    past = ("done_on", "reviewed_on", "closed_on")

    what = line("What could go wrong?", 300, help_text="With the service as a whole. Write nobody’s name.")
    likelihood = _size("How likely is it?")
    impact = _size("How bad would it be?")
    action = prose("What is done about it?", 2000, required=False)
    owner = line("Who sees to it?", 150, required=False)
    due_on = later("By when?")
    done_on = later("Done on")
    reviewed_on = day("Last looked at on")
    closed_on = later("Closed on", help_text="When it is no longer a risk.")


def waiting(rows: Rows, today: date) -> Rows:
    """Actions that are agreed and not done."""
    return rows.filter(closed_on__isnull=True, done_on__isnull=True, due_on__isnull=False)


def bare(rows: Rows, today: date) -> Rows:
    """Open risks without somebody who sees to it, or without a day."""
    return rows.filter(closed_on__isnull=True, done_on__isnull=True).filter(Q(owner="") | Q(due_on__isnull=True))


def risks_finding(run: Run, today: date) -> str:
    rows = entries_of(run.service, Register.RISKS)
    if not rows.exists():
        return "No risks are written down yet"
    late = waiting(rows, today).filter(due_on__lt=today).count()
    if late:
        return f"{plural(late, 'action')} against risks {'is' if late == 1 else 'are'} overdue"
    if lacking := bare(rows, today).count():
        return f"{plural(lacking, 'risk')} {'has' if lacking == 1 else 'have'} nobody or no date yet"
    return "Every open risk has somebody and a date"


def _state(row: Row, today: date) -> StateTag:
    if row.closed_on:
        return StateTag("Closed")
    if row.done_on:
        return StateTag("Done", Kind.GREEN)
    if not row.owner or not row.due_on:
        return StateTag("Needs somebody and a date", Kind.AMBER)
    return standing(row.due_on, today)


def _cells(row: Row, today: date, beside: Any) -> Sequence[object]:
    return (SIZE[row.likelihood], SIZE[row.impact], row.owner, row.due_on, row.reviewed_on, _state(row, today))


RISKS = Book(
    register=Register.RISKS,
    title="Risks of the service",
    adds="Add a risk",
    lede="What could go wrong with the service as a whole, and who does what about it by when (indicator 7).",
    empty="What could go wrong stands here, with somebody who sees to it and a day. A handful is enough to begin.",
    form=RiskForm,
    finding=risks_finding,
    names=lambda row: row.what,
    heads=(
        Head("what", "Risk", ("what",)),
        Head("likelihood", "Likely", ("likelihood", "impact")),
        Head("impact", "Bad", ("impact", "likelihood")),
        Head("owner", "Sees to it", ("owner",)),
        Head("due", "By", ("due_on",)),
        Head("reviewed", "Looked at", ("reviewed_on",)),
        Head("state", "State"),
    ),
    cells=_cells,
    search=("what", "action", "owner"),
    sort="-impact",
    states={
        "open": ("Open", lambda rows, today: rows.filter(closed_on__isnull=True)),
        "late": ("Overdue", lambda rows, today: waiting(rows, today).filter(due_on__lt=today)),
        "bare": ("Without somebody or a date", bare),
        "closed": ("Closed", lambda rows, today: rows.filter(closed_on__isnull=False)),
    },
    start=lambda today: {"reviewed_on": today},
)
