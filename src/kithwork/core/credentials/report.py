"""The report of a service's year as a document to hand on: figures, pictures with their tables, A4 portrait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kithwork.core.credentials.typesetting import Json, day, settle, typeset


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers under one heading, each with its words; a number comes as text ('1,204', '83%')."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars over time. `says` tells what they show, for those who do not see them; each series is as long as `labels`,
    nought or more, with a name; None where there is no figure.
    """

    title: str
    says: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    first: str = "Month"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under heads, the first of which names the row."""

    title: str
    says: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report says. `issued_on` is its date and the only time in the file."""

    service: str
    organisation: str
    title: str
    first: date
    last: date
    finding: str
    parts: tuple[Figures, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]
    issued_on: date


def report(facts: ReportFacts) -> bytes:
    """The report as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    Raises ValueError when a text is empty or too long (names 300, sentences 1,000, cells 300 characters), or a series
    is not as long as its labels.
    """
    parts: list[Json] = [
        {"title": _line(part.title), "rows": [{"words": _line(words), "number": _line(n)} for words, n in part.rows]}
        for part in facts.parts
        if part.rows
    ]
    return typeset(
        "report.typ",
        {
            "service": settle(facts.service, 300, what="the service's name"),
            "organisation": settle(facts.organisation, 300, what="the organisation's name"),
            "title": _line(facts.title),
            "period": f"{day(facts.first)} to {day(facts.last)}. Made on {day(facts.issued_on)}.",
            "finding": settle(facts.finding, 1_000, what="the finding"),
            "parts": parts,
            "pictures": [_picture(one) for one in facts.pictures],
            "tables": tables_of(facts.tables),
        },
        facts.issued_on,
    )


def tables_of(tables: Iterable[Table]) -> list[Json]:
    """Tables as a template takes them; those without rows are left out."""
    return [
        {
            "title": _line(one.title),
            "says": settle(one.says, 1_000, what="what a table says") if one.says.strip() else "",
            "heads": [_line(head) for head in one.heads],
            "rows": [[_line(cell) for cell in row] for row in one.rows],
        }
        for one in tables
        if one.rows
    ]


def _line(text: str) -> str:
    return settle(text or "–", 300, what="a text")


def _picture(picture: Picture) -> Json:
    if any(len(values) != len(picture.labels) for _, values in picture.series):
        raise ValueError("each series has a figure, or None, for each label")
    series: list[Json] = []
    for name, values in picture.series:
        # thousandths, for the facts are handed over as whole numbers
        heights: list[Json] = [round(1000 * (value or 0)) for value in values]
        shown: list[Json] = ["–" if value is None else f"{value:,.10g}" for value in values]
        series.append({"name": _line(name), "values": heights, "shown": shown})
    labels: list[Json] = [_line(label) for label in picture.labels]
    return {
        "title": _line(picture.title),
        "says": settle(picture.says, 1_000, what="what a picture says"),
        "first": _line(picture.first),
        "labels": labels,
        "series": series,
    }
