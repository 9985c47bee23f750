"""The public register: who holds an award, and who works towards one. What no longer holds is never listed."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.queries import aiming, holders
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import every_edition
from kithwork.web.kit.cards import Column, Kind, Link, Place, StateTag
from kithwork.web.kit.lists import csv_answer
from kithwork.web.kit.pages import Desk, page
from kithwork.web.public.proofs import SHORT, open_to_all
from kithwork.web.templatetags.kit import longdate

ROWS = 50
HOLDS, AIMING = "holds", "aiming"


class Filter(forms.Form):
    """What to look for. Nothing typed here can be wrong: an unknown scheme finds nothing."""

    search = forms.CharField(label="Name", required=False, max_length=200)
    place = forms.CharField(label="Town or area", required=False, max_length=120)

    def __init__(
        self, schemes: list[tuple[str, str]], levels: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(schemes) > 1:
            self.fields["scheme"] = forms.ChoiceField(
                label="Scheme", required=False, choices=[("", "All schemes"), *schemes]
            )
        if len(levels) > 1:
            self.fields["level"] = forms.ChoiceField(
                label="Level", required=False, choices=[("", "All levels"), *levels]
            )
        self.fields["list"] = forms.ChoiceField(
            choices=[(HOLDS, HOLDS), (AIMING, AIMING)], required=False, widget=forms.HiddenInput
        )
        for field in ("search", "place"):
            self.fields[field].label_suffix = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, in the scheme's own words."""

    name: str
    of: str
    place: str
    scheme: str
    words: str
    level: str
    since: date | None
    until: date | None
    href: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked of the register."""

    listed: str
    scheme: str
    search: str
    place: str
    level: str = ""  # of which scheme, and which: 'qms/qlms'

    def holders(self, today: date) -> Any:
        scheme, _, level = self.level.partition("/")
        if self.scheme and scheme and scheme != self.scheme:
            return holders(today, self.scheme).none()
        return holders(today, scheme or self.scheme or None, self.search, self.place, level)

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.place or self.scheme or (self.level and self.listed == HOLDS))

    def aiming(self) -> Any:
        return aiming(self.scheme or None, self.search, self.place)

    def address(self, name: str, **changed: str) -> str:
        """The address of a page with the same filter."""
        asked = {"list": self.listed, "scheme": self.scheme, "level": self.level, "search": self.search}
        asked |= {"place": self.place, **changed}
        kept = urlencode({key: value for key, value in asked.items() if value})
        return f"{reverse(name)}?{kept}"


def _wanted(form: Filter) -> Wanted:
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    return Wanted(
        AIMING if said.get("list") == AIMING else HOLDS,
        said.get("scheme", ""),
        said.get("search", "").strip(),
        said.get("place", "").strip(),
        said.get("level", ""),
    )


def _form(request: HttpRequest) -> Filter:
    schemes: dict[str, str] = {}
    levels: dict[str, str] = {}
    for row in every_edition():
        edition = edition_of(row)
        schemes.setdefault(row.slug, row.name)
        for level in edition.levels if len(edition.levels) > 1 else ():
            levels.setdefault(f"{row.slug}/{level.id}", level.title)
    return Filter(list(schemes.items()), list(levels.items()), request.GET)


def _entries(wanted: Wanted, rows: Iterable[Any]) -> list[Entry]:
    return [_aiming(row) for row in rows] if wanted.listed == AIMING else [_holder(row) for row in rows]


def _holder(award: Any) -> Entry:
    edition = edition_of(award.journey.edition)
    of = award.of if award.of != award.holder else ""
    return Entry(
        award.holder,
        of,
        award.place,
        award.scheme_name,
        edition.credential.holds,
        award.level_title,
        award.starts_on,
        award.valid_until,
        reverse("award", args=[award.ref]),
    )


def _aiming(journey: Any) -> Entry:
    service, edition = journey.service, edition_of(journey.edition)
    of = service.organisation.name if service.organisation.name != service.name else ""
    return Entry(
        service.name,
        of,
        service.place,
        edition.scheme.name,
        edition.credential.aiming or f"Working towards {edition.scheme.name}",
        "",
        None,
        None,
        "",
    )


@page(Desk.PUBLIC)
def register(request: HttpRequest) -> HttpResponse:
    """Holders, or those on their way, as a table with a filter beside it."""
    today = timezone.localdate()
    form = _form(request)
    wanted = _wanted(form)
    held, on_the_way = wanted.holders(today), wanted.aiming()
    shown = Paginator(on_the_way if wanted.listed == AIMING else held, ROWS).get_page(request.GET.get("page"))
    entries = _entries(wanted, shown)
    counts = {HOLDS: held.count(), AIMING: on_the_way.count()}
    context = {
        "heading": _heading(wanted, counts[wanted.listed], edition_words(entries)),
        "form": form,
        "page": shown,
        "wanted": wanted,
        "filtered": wanted.narrowed,
        "clear_href": f"{reverse('register')}?list={wanted.listed}",
        "csv": wanted.address("register_csv"),
        "json": wanted.address("register_json"),
        "places": _tabs(wanted, counts),
        "columns": _columns(wanted),
        "rows": [_row(wanted, entry) for entry in entries],
    }
    return render(request, "public/register.html", context)


def edition_words(entries: list[Entry]) -> str:
    """The scheme's own words for this list, when all its lines share them."""
    words = {entry.words for entry in entries}
    return words.pop() if len(words) == 1 else ""


def _heading(wanted: Wanted, number: int, words: str) -> str:
    """'Holds QiM: 12 services', or in our words when there are several schemes or none listed."""
    if not number:
        return "Nobody is on this list" if wanted.narrowed else "Nobody is listed yet"
    if words:
        return f"{words}: {number:,} listed"
    return f"{number:,} hold an award" if wanted.listed == HOLDS else f"{number:,} work towards an award"


def _tabs(wanted: Wanted, counts: dict[str, int]) -> list[Place]:
    texts = {HOLDS: "Hold an award", AIMING: "Working towards one"}
    return [
        Place(f"{text} ({counts[key]:,})", wanted.address("register", list=key), key == wanted.listed)
        for key, text in texts.items()
    ]


def _columns(wanted: Wanted) -> list[Column]:
    names = ["Name", "Place", "Status"]
    return [Column(name) for name in (names if wanted.listed == AIMING else [*names, "Level", "Until"])]


def _row(wanted: Wanted, entry: Entry) -> list[object]:
    name = f"{entry.name}, {entry.of}" if entry.of else entry.name
    if wanted.listed == AIMING:
        return [name, entry.place, StateTag(entry.words, Kind.BLUE)]
    until = longdate(entry.until) if entry.until else "Without end"
    return [Link(name, entry.href), entry.place, StateTag(entry.words, Kind.GREEN), entry.level, until]


@page(Desk.PUBLIC)
def register_csv(request: HttpRequest) -> HttpResponse:
    """The same lines, all pages of them, for a spreadsheet."""
    wanted = _wanted(_form(request))
    return csv_answer(f"register-{wanted.listed}-{timezone.localdate().isoformat()}", _HEADS, _lines(request, wanted))


@page(Desk.PUBLIC)
def register_json(request: HttpRequest) -> HttpResponse:
    """The same lines for programs, with the day of which they are true."""
    wanted = _wanted(_form(request))
    names = [head.lower() for head in _HEADS]
    lines = [dict(zip(names, line, strict=True)) for line in _lines(request, wanted)]
    said = {"list": wanted.listed, "on": timezone.localdate().isoformat(), "entries": lines}
    return open_to_all(json.dumps(said, ensure_ascii=False), "application/json", SHORT)


_HEADS = ("Name", "Organisation", "Place", "Scheme", "Status", "Level", "From", "Until", "Address")


def _lines(request: HttpRequest, wanted: Wanted) -> Iterator[tuple[str, ...]]:
    rows = wanted.aiming() if wanted.listed == AIMING else wanted.holders(timezone.localdate())
    for entry in _entries(wanted, rows):
        yield (
            *(entry.name, entry.of, entry.place, entry.scheme, entry.words, entry.level),
            *(_iso(entry.since), _iso(entry.until)),
            request.build_absolute_uri(entry.href) if entry.href else "",
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
