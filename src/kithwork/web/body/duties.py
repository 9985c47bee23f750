"""What holders keep up: whose membership is not confirmed, who has told nothing, by when; a row a holder and duty."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import DutyPosition
from kithwork.core.schemes import Duty, DutyKind, Role
from kithwork.journeys.queries import Reading, held_of_body, read_all
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.wording import applicant_of, organisation_of
from kithwork.web.kit.cards import Kind, Link, Place, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

OVERDUE, SOON, KEPT = "overdue", "soon", "kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """One duty of one holder, and how it stands."""

    reading: Reading
    duty: Duty
    stands: DutyPosition

    @property
    def state(self) -> str:
        if self.stands.overdue:
            return OVERDUE
        asked_now = any(act.item == self.duty.id for act in self.reading.position.acts if not act.stage)
        return SOON if asked_now else KEPT

    @property
    def tag(self) -> StateTag:
        match self.state:
            case "overdue":
                return StateTag("Not confirmed", Kind.RED)
            case "soon":
                return StateTag("To be confirmed", Kind.AMBER)
            case _:
                return StateTag("Kept", Kind.GREEN)

    @property
    def by_us(self) -> bool:
        return self.duty.by is Role.OFFICER


class DutiesFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Holder or organisation", max_length=100)
    duty = forms.ChoiceField(label="Duty", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All"), (OVERDUE, "Not confirmed in time"), (SOON, "To be confirmed now"), (KEPT, "Kept")],
    )

    def __init__(self, data: Any, duties: dict[str, str]) -> None:
        super().__init__(data)
        field = self.fields["duty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All"), *duties.items()]


def _all(readings: Iterable[Reading]) -> list[Kept]:
    """Every duty that recurs, of every holder; what has no day of its own cannot be missed."""
    found = [
        Kept(reading, reading.edition.duty(stands.id), stands)
        for reading in readings
        for stands in reading.position.duties
        if reading.edition.duty(stands.id).every and reading.edition.duty(stands.id).kind is not DutyKind.REPORT
    ]
    return sorted(found, key=lambda one: (one.stands.due or date.max, applicant_of(one.reading.journey)))


@page(Desk.BODY)
def body_duties(request: Signed, org: str) -> HttpResponse:
    """Who has not confirmed comes first; `?format=csv` gives what is shown."""
    body = doors.body(request, org, "body_register")
    everything = _all(read_all(held_of_body(body), timezone.localdate()))
    titles = {f"{one.reading.edition.scheme.slug}/{one.duty.id}": one.duty.title for one in everything}
    form = DutiesFilter(request.GET, titles)
    wanted = asked(form)
    rows = [one for one in everything if _wanted(one, wanted)]
    if csv_wanted(request):
        return _csv(rows)
    shown = page_of(request, rows)
    late = sum(one.state == OVERDUE for one in everything)
    context = {
        "heading": _heading(late, everything),
        "places": [
            Place("Holders", reverse("body_register", args=[org])),
            Place("Aiming", f"{reverse('body_register', args=[org])}?list=aiming"),
            Place("What holders keep up", reverse("body_duties", args=[org]), current=True),
        ],
        "form": form,
        "filtered": any(wanted.values()),
        "columns": ["Holder", "Duty", "Confirmed by", "Last confirmed", "By", "State"],
        "rows": [_row(one, org) for one in shown.object_list],
        "caption": plural(len(rows), "duty,duties"),
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "body/duties.html", context)


def _wanted(one: Kept, wanted: dict[str, Any]) -> bool:
    text = f"{applicant_of(one.reading.journey)} {organisation_of(one.reading.journey)}".casefold()
    key = f"{one.reading.edition.scheme.slug}/{one.duty.id}"
    said = all(word in text for word in wanted["q"].casefold().split())
    return said and wanted["duty"] in {"", key} and wanted["state"] in {"", one.state}


def _heading(late: int, everything: Sequence[Kept]) -> str:
    if late:
        return f"{plural(late, 'duty is,duties are')} not confirmed in time"
    return "Everything that holders keep up is confirmed" if everything else "Holders have nothing to keep up yet"


def _row(one: Kept, org: str) -> tuple[object, ...]:
    ref = one.reading.journey.ref
    name = applicant_of(one.reading.journey)
    to = reverse("keep_duty", args=[org, ref, one.duty.id])
    return (
        Link(name, reverse("body_journey", args=[org, ref])),
        Link(one.duty.title, to, f"of {name}"),
        "You" if one.by_us else "The holder",
        longdate(one.stands.kept) or "Never",
        longdate(one.stands.due) or "No date now",
        one.tag,
    )


def _csv(rows: Iterable[Kept]) -> HttpResponse:
    heads = ("Holder", "Organisation", "Scheme", "Duty", "Confirmed by", "Last confirmed", "By", "State")
    return csv_answer(
        "duties",
        heads,
        (
            (
                applicant_of(one.reading.journey),
                organisation_of(one.reading.journey),
                one.reading.edition.scheme.name,
                one.duty.title,
                "body" if one.by_us else "holder",
                one.stands.kept,
                one.stands.due,
                one.tag.word,
            )
            for one in rows
        ),
    )
