"""Equalities in words and tables."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from kithwork.caseload.queries.equalities import Asked, Person, Published, Whose
from kithwork.core.service.equalities import CHARACTERISTICS, OWN, STEP, Characteristic, Figures, Stage
from kithwork.web.kit.cards import Column, SummaryRow
from kithwork.web.templatetags.kit import plural

__all__ = ["Nothing", "Person", "asked_rows", "finding", "latest", "people", "ready_words", "sheet", "title"]

STAGES = {
    Whose.MENTEE: {Stage.APPLIED: "referred", Stage.WAITING: "on the waiting list", Stage.MATCHED: "matched"},
    Whose.MENTOR: {Stage.APPLIED: "applied", Stage.WAITING: "selected, not yet matched", Stage.MATCHED: "matched"},
}


class Nothing(forms.Form):
    """Nothing to fill in."""


def people(number: int, whose: Whose) -> str:
    return plural(number, whose.value)


def title(one: Published) -> str:
    return f"{Whose(one.whose).label.capitalize()}, {one.years}"


def latest(found: Sequence[Published]) -> list[Published]:
    """The newest of each side."""
    first: dict[Whose, Published] = {}
    for one in found:
        first.setdefault(one.whose, one)
    return [first[whose] for whose in Whose if whose in first]


def finding(found: Sequence[Published], ready: Mapping[Whose, tuple[int, int]]) -> str:
    """The heading: what can be done, or what is known."""
    if ready:
        return "Answers can be published now"
    if found:
        return f"Who took part in {found[0].years}"
    return "Nothing is published yet"


def ready_words(whose: Whose, first: int, last: int) -> str:
    years = f"{first} to {last}" if first < last else str(last)
    return f"{whose.label.capitalize()}: enough have answered in {years}."


def asked_rows(asked: Mapping[Whose, Asked], slug: str) -> list[SummaryRow]:
    """Of those who are here: how many were asked, with a link that asks the others."""
    rows = []
    for whose, one in asked.items():
        words = [f"{one.asked:,} of {one.asked + one.unasked:,} who are here were asked"]
        if one.unasked > one.reachable:
            words.append(
                f"{one.unasked - one.reachable:,} have no e-mail address: ask them on paper, from their record"
            )
        href = reverse("equalities_ask", args=[slug, whose.value]) if one.reachable else ""
        rows.append(SummaryRow(whose.label.capitalize(), words, href, f"Ask {one.reachable:,} by e-mail"))
    return rows


@dataclass(frozen=True, slots=True)
class Table:
    """One characteristic: a row for each answer, a column for each group."""

    name: str
    columns: list[Column]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    tables: list[Table]


def sheet(one: Published) -> Sheet:
    """One count as tables, one for each characteristic of which anything is known."""
    heads = [Column("Answer"), *(Column(_group(one, figures), numeric=True) for figures in one.figures)]
    tables = [
        Table(characteristic.name, heads, list(_rows(characteristic, one.figures)))
        for characteristic in CHARACTERISTICS
    ]
    return Sheet(title(one), tables)


def _group(one: Published, figures: Figures) -> str:
    named = STAGES[one.whose]
    words = " or ".join(named[stage] for stage in figures.stages)
    whole = len(figures.stages) == len(Stage)
    return f"{'All' if whole else words.capitalize()} ({_band(figures.people)})"


def _rows(one: Characteristic, figures: Sequence[Figures]) -> Iterable[tuple[str, ...]]:
    offered = dict(one.choices)
    said = sorted({key for each in figures for key in each.tables.get(one.id, {})} - {*offered, OWN})
    named = {**offered, **{words: f"‘{words}’, in their own words" for words in said}}
    if one.own:
        named[OWN] = "Another way"
    for key, words in named.items():
        yield words, *(_band(each.tables.get(one.id, {}).get(key, 0)) for each in figures)


def _band(size: int) -> str:
    return f"{size:,} to {size + STEP - 1:,}" if size else f"fewer than {STEP}"
