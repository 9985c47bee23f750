"""How long each kind of record is kept, and the register of processing."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.caseload.access import Run
from kithwork.caseload.queries.mentors import PracticeRow
from kithwork.core.keeping import RECORDS, Half, Kind
from kithwork.procedures import processing
from kithwork.rights.actions import set_periods
from kithwork.rights.queries import periods_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import whole
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.lists import csv_address, csv_answer, csv_wanted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.processing import rows_of

SET = tuple(kind for kind, record in RECORDS.items() if record.settable and record.half is Half.SERVICE)


class PeriodsForm(forms.Form):
    """Months for each kind that a service may set, within its bounds."""

    def __init__(self, data: object, *, now: Mapping[Kind, int | None]) -> None:
        super().__init__(data, initial={kind.value: now[kind] for kind in SET})  # type: ignore[arg-type]  # a QueryDict
        for kind in SET:
            record = RECORDS[kind]
            self.fields[kind.value] = whole(
                record.title,
                record.least,
                record.most,
                help_text=f"Months after {record.since.value}: {record.least} to {record.most}, usually "
                f"{record.months}. {record.because}.",
            )


@page(Desk.SERVICE, "GET", "POST")
def right_periods(request: Signed, slug: str) -> HttpResponse:
    """Set how long each kind of record is kept."""
    run = doors.ground(request, slug, lead=True)
    now = periods_of(run.service, run.practice.retain_years)
    form = PeriodsForm(posted(request), now=now)

    def act() -> None:
        changed = {kind: form.cleaned_data[kind.value] for kind in SET if form.cleaned_data[kind.value] != now[kind]}
        set_periods(service=run.service, months=changed, by=request.user)

    return ask(
        request, form, act, heading="How long records are kept", button="Save", said="Saved. It counts from tonight.",
        to=reverse("right_going", args=[slug]),
        text="What is over its period goes in the night: emptied or deleted, without asking again. Look first at what"
        " would go.",
    )  # fmt: skip


@page(Desk.SERVICE)
def right_register(request: Signed, slug: str) -> HttpResponse:
    """What is kept of whom, why, how long (article 30), as a page and as CSV."""
    run = doors.ground(request, slug)
    if csv_wanted(request):
        return csv_answer(f"processing-{slug}", processing.COLUMNS, processing.lines(_practice(run)))
    activities = processing.register(_practice(run))
    context = {
        "heading": f"{len(activities)} kinds of record name people",
        "who": f"{run.service.name}, {run.service.organisation.name}",
        "activities": [(one.record.title, one.kind.value, rows_of(one)) for one in activities],
        "csv": csv_address(request),
        "back_href": reverse("the_service", args=[slug]),
        "back_text": "The service",
    }
    return render(request, "kit/processing.html", context)


def _practice(run: Run) -> PracticeRow:
    run.practice.service = run.service
    return run.practice
