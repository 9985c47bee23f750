"""One requirement by a service's records: what is counted, the figure, and the rows behind it, each on its form."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.queries.matches import mentees_of
from kithwork.checks import Behind, Rule, Told, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Answered, Asked, Standing, State
from kithwork.core.schemes import Requirement
from kithwork.readiness.access import rows_shown
from kithwork.readiness.counting import Answering, standing_now
from kithwork.web.coordinator.readiness.frame import Seen, seen
from kithwork.web.coordinator.readiness.mending import mend_of, page_of_one
from kithwork.web.coordinator.readiness.wording import STATE, stamp, tag_of, until_words
from kithwork.web.kit.cards import Column, Kind, Link, RecordState, StateTag
from kithwork.web.kit.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service.words import slot_address
from kithwork.web.templatetags.kit import plural

FEW = 10  # rows of a check shown on its requirement's page; its own page has them all
_ROWS = [Column("Who or what"), Column("Until"), Column("State")]
_FAILING = [Column("Who or what"), Column("Held until")]


@dataclass(frozen=True, slots=True)
class Card:
    """A check as its requirement's page shows it. `all` leads to every row; `first` to where there is none yet."""

    figure: str
    tag: StateTag
    definition: str
    until: str
    next: str
    columns: list[Column]
    rows: list[tuple[object, ...]]
    all: Link | None
    first: Link | None
    hidden: bool


@page(Desk.SERVICE)
def readiness_one(request: Signed, slug: str, scheme: str, edition: str, level: str, requirement: str) -> HttpResponse:
    """One requirement: each of its checks with what fails first; and the scheme's own wording."""
    it = seen(request, slug, scheme, edition, level)
    one, standing = _asked(it, requirement)
    counted_at = timezone.now() if it.kept.changed else it.kept.counted_at
    service = Answering(it.run.practice, it.today)
    checks = standing.checks if standing else ()
    journey = it.offer.journey
    context = it.addresses | {
        "it": it,
        "one": one,
        "heading": f"{it.word} {one.number}: {one.title}",
        "tag": (STATE[standing.state] if standing else RecordState.BY_DOCUMENT).tag,
        "stamp": stamp(counted_at, changed=False, today=it.today),
        "fresh": True,
        "cards": [_card(it, service, one, number, check) for number, check in enumerate(checks, start=1)],
        "shown_at": it.edition.stage_for(one).title,
        "slot": slot_address(it.edition, journey, one.id) if journey else "",
    }
    return render(request, "coordinator/readiness/one.html", context)


def _asked(it: Seen, id: str) -> tuple[Requirement, Standing | None]:
    """A requirement of the level, and how it stands by the records; None where they cannot show it.

    The rows of it are read as they are now, and whoever comes back from mending one looks for what that did: where
    records have changed since all was counted, this requirement is asked again.
    """
    for one in it.requirements:
        if one.id == id:
            held = next((held for held in it.standings if held.requirement == id), None)
            return one, standing_now(it.run.practice, one, it.today) if held and it.kept.changed else held
    raise Http404("No such page.")


def _card(it: Seen, service: Answering, one: Requirement, number: int, check: Answered) -> Card:
    question, answer = check.asked, check.answer
    shown = rows_shown(it.run, question)
    rule = service.rule(question)
    first = mend_of(question).begin(it.slug) if check.state is State.NOT_RECORDED and shown else None
    rows: list[tuple[object, ...]] = []
    if shown and answer.failing:
        rows = [row[:2] for row in _table(it, question, told(rule, behind(rule, it.today, failing=True)[:FEW]))]
    every = None
    if shown and answer.total:
        every = Link(f"All {answer.total:,} behind this", it.at("readiness_rows", one.id, number), check.figure)
        if answer.total == 1:
            every = Link("The one behind this", every.href, check.figure)
    return Card(
        check.figure,
        tag_of(check.state),
        question.definition(),
        until_words(check),
        question.next() if answer.failing and not question.lasting else "",
        *_dated(_FAILING, rows),
        every,
        first,
        hidden=not shown,
    )


def _table(it: Seen, question: Asked, rows: Iterable[Behind]) -> list[tuple[object, ...]]:
    """Rows that fail on the form on which they are mended, those that hold on their own page; until when; whether."""
    held, mend, page = list(rows), mend_of(question), page_of_one(question)
    mentees = mentees_of(it.run.service, [row.ref for row in held if not row.holds]) if mend.mentee else {}
    found: list[tuple[object, ...]] = []
    for row in held:
        name = f"{row.label} and {row.other}" if row.other else row.label
        tag = StateTag("Holds", Kind.GREEN) if row.holds else StateTag("Fails", Kind.RED)
        href = page.address(it.slug, row.ref) if row.holds else mend.address(it.slug, mentees.get(row.ref, row.ref))
        found.append((Link(name, href), row.day, tag))
    return found


def _dated(columns: list[Column], rows: list[tuple[object, ...]]) -> tuple[list[Column], list[tuple[object, ...]]]:
    """A table without its column of days where its rule knows none."""
    if any(row[1] for row in rows):
        return columns, rows
    return [columns[0], *columns[2:]], [(row[0], *row[2:]) for row in rows]


class RowsFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name", max_length=100)
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "All"), ("failing", "What fails"), ("holding", "What holds")],
    )


@page(Desk.SERVICE)
def readiness_rows(
    request: Signed, slug: str, scheme: str, edition: str, level: str, requirement: str, check: int
) -> HttpResponse:
    """Every row behind a check, those that fail first; to be searched, and as CSV."""
    it = seen(request, slug, scheme, edition, level)
    one, standing = _asked(it, requirement)
    checks = standing.checks if standing else ()
    if not 0 < check <= len(checks) or not rows_shown(it.run, checks[check - 1].asked):
        raise Http404("No such page.")
    found, form = checks[check - 1], RowsFilter(request.GET)
    wanted = asked(form)
    rule = Answering(it.run.practice, it.today).rule(found.asked)
    failing = {"failing": True, "holding": False}.get(wanted["show"])
    rows = _searched(behind(rule, it.today, failing=failing), wanted["q"])
    if csv_wanted(request):
        return csv_answer(
            f"{scheme}-{one.id}-{check}", ("Who or what", "With", "Day", "Holds", "Reference"), _csv(rule, rows)
        )
    shown = page_of(request, rows)
    columns, table = _dated(_ROWS, _table(it, found.asked, told(rule, shown)))
    context = it.addresses | {
        "it": it,
        "heading": found.figure,
        "caption": f"{it.word} {one.number}: {one.title}",
        "definition": found.asked.definition(),
        "back": f"{it.at('readiness_one', one.id)}#check-{check}",
        "number": plural(shown.paginator.count, "row"),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["show"]),
        "columns": columns,
        "rows": table,
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/readiness/rows.html", context)


def _searched(rows: Any, words: str) -> Any:
    """Rows whose names hold every word."""
    for word in words.split():
        if isinstance(rows, list):
            rows = [row for row in rows if word.casefold() in f"{row.label} {row.other}".casefold()]
        else:
            rows = rows.filter(Q(row_label__icontains=word) | Q(row_other__icontains=word))
    return rows


def _csv(rule: Rule | Told, rows: Any) -> Iterable[tuple[object, ...]]:
    lines = rows if isinstance(rows, list) else rows.iterator(2000)
    return ((row.label, row.other, row.day, "yes" if row.holds else "no", row.ref) for row in told(rule, lines))
