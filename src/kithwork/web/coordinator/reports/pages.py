"""The report of a year: as a page, as CSV, as a document to hand on; and the rows behind each of its numbers."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterator
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.queries.lines import Line, all_of, lines_of, number_of
from kithwork.caseload.queries.reports import Figure, Record, Report, behind, late_of, report_of, span_of, years_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.reports import wording
from kithwork.web.coordinator.reports.document import document
from kithwork.web.kit.cards import Column, Kind, Link, Place, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

LATE = {f"late-{one.value}": one for one in (Figure.REVIEWS, Figure.SUPERVISIONS)}
_PAGES = {
    Record.REFERRAL: "referral",
    Record.MENTEE: "mentee",
    Record.MENTOR: "mentor",
    Record.MATCH: "match",
    Record.CONTACT: "contact",
}


def year_of(run: Run, year: int, today: date) -> int:
    """A year there is something to report of, or 404."""
    run.practice.service = run.service
    if year not in years_of(run.practice, today):
        raise Http404("No such page.")
    return year


@page(Desk.SERVICE)
def reports(request: Signed, slug: str) -> HttpResponse:
    """The years there are reports of, and what else there is in figures."""
    run, today = doors.ground(request, slug), timezone.localdate()
    run.practice.service = run.service
    years = years_of(run.practice, today)
    rows = [
        TaskRow(f"The year {year}", reverse("report", args=[slug, year]),
                "Goes on; until today" if year == today.year else "")
        for year in years
    ]  # fmt: skip
    context = {"run": run, "rows": rows, "others": _others(run), "heading": "Reports"}
    return render(request, "coordinator/reports/list.html", context)


def _others(run: Run) -> list[TaskRow]:
    """What else there is in figures, as far as this person may see it."""
    at = [run.service.slug]
    rows = [
        TaskRow("Targets", reverse("register_targets", args=at), "What was agreed for a year, and what was reached.")
    ]
    if run.coordinates:
        rows += [
            TaskRow("What records lack", reverse("missing", args=at), "Each gap one click from being mended."),
            TaskRow("The waiting list over time", reverse("waiting_time", args=at)),
            TaskRow("What changed for people", reverse("outcomes", args=at), "Measures, baselines, change over time."),
            TaskRow("Who takes part", reverse("equalities", args=at), "Equalities, as counts alone."),
            TaskRow("What people say", reverse("questionnaires", args=at), "Questionnaires, in sums and words."),
        ]
    return rows


@page(Desk.SERVICE)
def report(request: Signed, slug: str, year: int) -> HttpResponse:
    """A year in figures; each leads to its rows, for those who see people's records."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found = report_of(run.practice, year_of(run, year, today), today)
    if csv_wanted(request):
        return csv_answer(f"report-{slug}-{year}", ("Part", "What", "Number"), _csv(found))
    targets, outcomes = wording.target_rows(found.targets), wording.outcome_rows(found)
    years = years_of(run.practice, today)
    context = {
        "run": run,
        "report": found,
        "heading": wording.finding(found, today),
        "places": [Place(str(one), reverse("report", args=[slug, one]), one == year) for one in years[:6]],
        "parts": [(part.title, [_shown(row, run, year) for row in part.rows]) for part in wording.parts_of(found)],
        "charts": wording.charts_of(found),
        "target_columns": [Column(head, numeric=0 < at < 3) for at, head in enumerate(wording.TARGET_HEADS)],
        "targets": [(*row[:3], _tag(row[3])) for row in targets],
        "outcome_columns": [Column(head, numeric=at > 0) for at, head in enumerate(wording.OUTCOME_HEADS)],
        "outcomes": outcomes,
        "outcomes_say": wording.OUTCOMES_SAY,
        "pdf": reverse("report_pdf", args=[slug, year]),
        "csv": csv_address(request),
    }
    return render(request, "coordinator/reports/report.html", context)


def _shown(row: wording.Row, run: Run, year: int) -> SummaryRow:
    if not row.rows or not run.coordinates or row.number == "0":
        return SummaryRow(row.words, row.number)
    href = reverse("report_rows", args=[run.service.slug, year, row.rows])
    return SummaryRow(row.words, Link(row.number, href, f"{row.words}: the rows behind it"))


def _tag(word: str) -> StateTag | str:
    return StateTag(word, Kind.GREEN if word == "Reached" else Kind.AMBER) if word else ""


def _csv(found: Report) -> Iterator[tuple[str, str, str]]:
    """The report's figures as rows: its parts, its pictures month by month, its targets and outcomes."""
    for part in wording.parts_of(found):
        yield from ((part.title, row.words, row.number.replace(",", "")) for row in part.rows)
    for chart in wording.charts_of(found):
        for label, *values in chart.rows:
            for one, value in zip(chart.series, values, strict=True):
                yield chart.title, f"{label}: {one.name}", value.replace(",", "")
    for what, aim, reached, _ in wording.target_rows(found.targets):
        yield "Targets", f"{what}: aim", aim.replace(",", "")
        yield "Targets", f"{what}: reached", reached.replace(",", "")
    for name, *figures in wording.outcome_rows(found):
        for head, value in zip(wording.OUTCOME_HEADS[1:], figures, strict=True):
            yield "What changed for people", f"{name}: {head}", value.replace(",", "")


@page(Desk.SERVICE)
def report_pdf(request: Signed, slug: str, year: int) -> HttpResponse:
    """The report as a document to hand on."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found = report_of(run.practice, year_of(run, year, today), today)
    answer = HttpResponse(document(run.service, found, today), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="report-{slug}-{year}.pdf"'
    return answer


class RowsFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name", max_length=100)


@page(Desk.SERVICE)
def report_rows(request: Signed, slug: str, year: int, figure: str) -> HttpResponse:
    """The rows behind one number of a report."""
    run, today = doors.people(request, slug), timezone.localdate()
    year_of(run, year, today)
    if figure in LATE:
        return _late(request, run, year, LATE[figure])
    if figure not in set(Figure):
        raise Http404("No such page.")
    one, form = Figure(figure), RowsFilter(request.GET)
    record, ask = behind(run.practice, year, today)[one]
    wanted = asked(form)
    rows = all_of(ask, wanted["q"])
    words = wording.words_of(one, span_of(year, today)[1])
    if csv_wanted(request):
        lines = (_line(line) for line in lines_of(ask, rows.iterator(2000)))
        return csv_answer(f"{one}-{year}", ("Day", "Who", "With", "Reference"), lines)
    shown = page_of(request, rows, number=number_of(ask, wanted["q"]))
    context = {
        "run": run,
        "year": year,
        "heading": f"{words}, {year}: {shown.paginator.count:,}",
        "form": form,
        "filtered": bool(wanted["q"]),
        "columns": [Column("Who"), Column("Day")],
        "rows": [(_link(line, record, slug), line.day) for line in lines_of(ask, shown)],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/reports/rows.html", context)


def _line(line: Line) -> tuple[object, ...]:
    return line.day, line.name, line.other, line.ref


def _link(line: Line, record: Record, slug: str) -> Link:
    name = f"{line.name} and {line.other}" if line.other else line.name
    return Link(name, reverse(_PAGES[record], args=[slug, line.ref]), longdate(line.day))


def _late(request: Signed, run: Run, year: int, one: Figure) -> HttpResponse:
    """Of what comes round: what was not held in time, and whether it was held at last."""
    slug, today, form = run.service.slug, timezone.localdate(), RowsFilter(request.GET)
    wanted = asked(form)
    lines = late_of(run.practice, year, today, one)
    for word in wanted["q"].casefold().split():
        lines = [line for line in lines if word in f"{line.name} {line.other}".casefold()]
    record = Record.MATCH if one is Figure.REVIEWS else Record.MENTOR
    what = "Reviews" if one is Figure.REVIEWS else "Supervision sessions"
    if csv_wanted(request):
        heads = ("Due by", "Held on", "Who", "With", "Reference")
        rows = ((line.day, line.key, line.name, line.other, line.ref) for line in lines)
        return csv_answer(f"late-{one}-{year}", heads, rows)
    shown = page_of(request, lines)
    context = {
        "run": run,
        "year": year,
        "heading": f"{what} late or not held, {year}: {shown.paginator.count:,}",
        "form": form,
        "filtered": bool(wanted["q"]),
        "columns": [Column("Who"), Column("Due by"), Column("Held on")],
        "rows": [
            (_link(line, record, slug), line.day, date.fromisoformat(line.key) if line.key else "Not held")
            for line in shown
        ],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/reports/rows.html", context)
