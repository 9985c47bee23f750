"""What the body's schemes came to: figures by scheme and year, each of which leads to the rows behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import editions_of_body
from kithwork.organisations.models import Organisation
from kithwork.procedures.impact import Fact, Figure, facts_of, typical_days
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.cards import Column, Count, Link, Text
from kithwork.web.kit.charts import Chart, Series
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited

WORDS = {
    Figure.APPLIED: "Applied",
    Figure.TRAINED: "Trained",
    Figure.QUALIFIED: "Qualified",
    Figure.RENEWED: "Renewed",
    Figure.EXTRA: "Extra sessions attended",
    Figure.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One column: what is counted, of which level."""

    figure: Figure
    words: str
    level: str = ""

    def takes(self, fact: Fact) -> bool:
        return fact.figure is self.figure and self.level in {"", fact.level}


@dataclass(frozen=True, slots=True)
class SchemeCard:
    """One scheme's figures: a table, and above it a picture where there are years to compare."""

    slug: str
    name: str
    columns: list[Column | Text]
    rows: list[tuple[object, ...]]
    picture: Chart | None


class YearFilter(Filter):
    year = forms.ChoiceField(label="Year", required=False)
    scheme = forms.ChoiceField(label="Scheme", required=False)

    def __init__(self, data: Any, years: Iterable[int], schemes: dict[str, str]) -> None:
        super().__init__(data)
        for name, choices in (
            ("year", [("", "All years"), *((str(year), str(year)) for year in years)]),
            ("scheme", [("", "All schemes"), *schemes.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class RowsFilter(YearFilter):
    figure = forms.ChoiceField(
        label="What",
        required=False,
        choices=[("", "Everything"), *((one.value, words) for one, words in WORDS.items())],
    )
    level = forms.CharField(required=False, widget=forms.HiddenInput)


def _schemes(body: Organisation) -> dict[str, tuple[str, list[Measure]]]:
    """Slug -> the scheme's name and its columns, by its newest edition."""
    found: dict[str, tuple[str, list[Measure]]] = {}
    for row in editions_of_body(body):
        edition = edition_of(row)
        levels = [
            Measure(Figure.QUALIFIED, level.title if len(edition.levels) > 1 else WORDS[Figure.QUALIFIED], level.id)
            for level in edition.levels
        ]
        kinds = {stage.kind for stage in edition.stages}
        measures = [Measure(Figure.APPLIED, WORDS[Figure.APPLIED])]
        if "course" in kinds:
            measures.append(Measure(Figure.TRAINED, WORDS[Figure.TRAINED]))
        measures += levels
        if edition.renewal:
            measures.append(Measure(Figure.RENEWED, WORDS[Figure.RENEWED]))
        measures += [Measure(one, WORDS[one]) for one in (Figure.EXTRA, Figure.WITHDRAWN)]
        found.setdefault(row.slug, (row.name, measures))
    return found


@page(Desk.BODY)
def impact(request: Signed, org: str) -> HttpResponse:
    """A table for each scheme, a row for each year; `?format=csv` gives all of them as one."""
    body = doors.body(request, org, "breaches")
    today = timezone.localdate()
    schemes = _schemes(body)
    facts = facts_of(body, today)
    years = sorted({fact.year for fact in facts}, reverse=True)
    form = YearFilter(request.GET, years, {slug: name for slug, (name, _) in schemes.items()})
    wanted = asked(form)
    shown = [year for year in years if wanted["year"] in {"", str(year)}]
    chosen = {slug: found for slug, found in schemes.items() if wanted["scheme"] in {"", slug}}
    if csv_wanted(request):
        return _csv(chosen, facts, shown)
    cards = [_card(org, slug, name, measures, facts, shown) for slug, (name, measures) in chosen.items()]
    context = {
        "heading": _heading([one for one in facts if one.year in shown and one.scheme in chosen], wanted["year"]),
        "places": doors.records(body, "impact"),
        "form": form,
        "filtered": any(wanted.values()),
        "cards": [card for card in cards if card.rows],
        "csv": csv_address(request),
        "body": body.name,
        "today": today,
    }
    return render(request, "body/impact.html", context)


def _heading(facts: Sequence[Fact], year: str) -> str:
    when = f" in {year}" if year else ""
    qualified = sum(one.figure is Figure.QUALIFIED for one in facts)
    applied = sum(one.figure is Figure.APPLIED for one in facts)
    if not facts:
        return f"Nothing to report{when}" if year else "Nothing to report yet"
    return f"{applied:,} applied and {qualified:,} qualified{when}"


def _card(
    org: str, slug: str, name: str, measures: Sequence[Measure], facts: Sequence[Fact], years: Sequence[int]
) -> SchemeCard:
    own = [fact for fact in facts if fact.scheme == slug]
    rows: list[tuple[object, ...]] = []
    counted: dict[int, list[int]] = {}
    for year in years:
        here = [fact for fact in own if fact.year == year]
        if not here:
            continue
        counted[year] = [sum(measure.takes(fact) for fact in here) for measure in measures]
        cells = [
            Count(number, _address(org, slug, year, measure)) if number else 0
            for measure, number in zip(measures, counted[year], strict=True)
        ]
        days = typical_days(here)
        rows.append((str(year), *cells, waited(days).removeprefix("in ") if days else "–"))
    columns: list[Column | Text] = ["Year", *(Column(one.words, numeric=True) for one in measures)]
    return SchemeCard(slug, name, [*columns, "From application to award"], rows, _picture(name, measures, counted))


def _address(org: str, slug: str, year: int, measure: Measure) -> str:
    query = {"scheme": slug, "year": str(year), "figure": measure.figure.value, "level": measure.level}
    return f"{reverse('impact_rows', args=[org])}?{urlencode({key: one for key, one in query.items() if one})}"


def _picture(name: str, measures: Sequence[Measure], counted: dict[int, list[int]]) -> Chart | None:
    """Applied, trained and qualified, year beside year; nothing for a single year."""
    if len(counted) < 2:
        return None
    years = sorted(counted)[-6:]
    three = (Figure.APPLIED, Figure.TRAINED, Figure.QUALIFIED)
    kinds = [one for one in three if any(measure.figure is one for measure in measures)]
    sums = {
        kind: [sum(n for n, m in zip(counted[year], measures, strict=True) if m.figure is kind) for year in years]
        for kind in kinds
    }
    first, last = years[0], years[-1]
    said = ", ".join(f"{WORDS[kind].lower()} {found[0]} and {found[-1]}" for kind, found in sums.items())
    return Chart(
        title=f"{name}, year by year",
        says=f"In {first} and in {last}: {said}.",
        labels=tuple(str(year) for year in years),
        series=tuple(Series(WORDS[kind], tuple(found)) for kind, found in sums.items()),
        kind="bar",
        first="Year",
    )


def _csv(schemes: dict[str, tuple[str, list[Measure]]], facts: Sequence[Fact], years: Sequence[int]) -> HttpResponse:
    def lines() -> Iterable[tuple[object, ...]]:
        for slug, (name, measures) in schemes.items():
            for year in years:
                here = [fact for fact in facts if fact.scheme == slug and fact.year == year]
                for measure in measures if here else ():
                    yield name, year, measure.words, sum(measure.takes(fact) for fact in here)
                if here and (days := typical_days(here)) is not None:
                    yield name, year, "Days from application to award, the middle one", days

    return csv_answer("impact", ("Scheme", "Year", "What", "Number"), lines())


@page(Desk.BODY)
def impact_rows(request: Signed, org: str) -> HttpResponse:
    """The rows behind a figure."""
    body = doors.body(request, org, "breaches")
    schemes = _schemes(body)
    facts = facts_of(body, timezone.localdate())
    years = sorted({fact.year for fact in facts}, reverse=True)
    form = RowsFilter(request.GET, years, {slug: name for slug, (name, _) in schemes.items()})
    wanted = asked(form)
    rows = [
        fact
        for fact in facts
        if wanted["year"] in {"", str(fact.year)}
        and wanted["scheme"] in {"", fact.scheme}
        and wanted["figure"] in {"", fact.figure.value}
        and wanted["level"] in {"", fact.level}
    ]
    if csv_wanted(request):
        return csv_answer(
            "impact-rows",
            ("Day", "What", "Who", "Scheme", "More", "Days from application"),
            ((one.on, WORDS[one.figure], one.name, _name(schemes, one), one.what, one.days) for one in rows),
        )
    shown = page_of(request, rows)
    words = WORDS[Figure(wanted["figure"])].lower() if wanted["figure"] else "of all kinds"
    context = {
        "heading": f"{plural(len(rows), 'row')}: {words}" + (f", {wanted['year']}" if wanted["year"] else ""),
        "form": form,
        "filtered": any(wanted.values()),
        "columns": ["Day", "What", "Who", "Scheme", "More"],
        "rows": [
            (
                longdate(one.on),
                WORDS[one.figure],
                Link(one.name, reverse("body_journey", args=[org, one.journey])) if one.journey else one.name,
                _name(schemes, one),
                one.what or "–",
            )
            for one in shown.object_list
        ],
        "caption": plural(len(rows), "row"),
        "page_obj": shown,
        "csv": csv_address(request),
        "back_href": reverse("impact", args=[org]),
    }
    return render(request, "body/impact_rows.html", context)


def _name(schemes: dict[str, tuple[str, list[Measure]]], fact: Fact) -> str:
    return schemes[fact.scheme][0] if fact.scheme in schemes else fact.scheme or "None in particular"
