"""What lies before a panel: what was handed in and observed, its members' notes, and the record that it keeps."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.assessment.actions import keep_record
from kithwork.assessment.queries import PanelTable, RecordFound, panel_table, recommendations
from kithwork.core.journey import StageState
from kithwork.core.schemes import ObservationStage, PanelStage, PortfolioStage, Role
from kithwork.web.body import doors
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.frame import show
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.observing import Observed, observed
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

_FOUND = {
    RecordFound.YES.value: StateTag("Yes", Kind.GREEN),
    RecordFound.PARTLY.value: StateTag("Partly", Kind.AMBER),
    RecordFound.NO.value: StateTag("No", Kind.RED),
}


@dataclass(frozen=True, slots=True)
class Watched:
    title: str
    of: str
    record: Observed


def laid_before(seat: Seat) -> dict[str, object]:
    """What was observed, recommended in other stages, and handed in as a whole; for a panel's pages."""
    reading = seat.reading
    stages = [one for one in reading.edition.stages if reading.position.stages[one.id].in_play]
    records = [
        Watched(one.title, one.of, observed(reading.journey, reading.edition, one))
        for one in stages
        if isinstance(one, ObservationStage)
    ]
    folders = [
        Link(one.title, reverse("body_portfolio", args=[seat.org, reading.journey.ref, one.id]))
        for one in stages
        if isinstance(one, PortfolioStage)
        and any(item.rounds for item in reading.position.stages[one.id].items.values())
    ]
    before = [row for row in recommendations(reading.journey) if row.stage != seat.stage.id]
    return {"watched": [one for one in records if one.record.now], "folders": folders, "before": before}


def table_of(seat: Seat, reader: User) -> dict[str, object]:
    """The notes that this reader may see, and the record; nothing in a stage without a panel."""
    stage = seat.stage
    if not isinstance(stage, PanelStage):
        return {}
    table = panel_table(seat.reading.journey, stage.id, over=seat.now.state is StageState.DONE)
    member, chair = Role.PANEL.value in seat.roles, Role.CHAIR.value in seat.roles
    notes = table.notes_for(reader, member=member, chair=chair)
    sits = member or chair
    href = reverse("panel_record", args=[seat.org, seat.reading.journey.ref, stage.id]) if stage.record else ""
    return {
        "notes": [one for one in notes if one.by_id != reader.pk],
        "own_note": next((one for one in notes if one.by_id == reader.pk), None),
        "may_note": sits and seat.now.state is StageState.OPEN,
        "record_rows": record_rows(table),
        "record_kept": table.record,
        "record_href": href if sits or table.record else "",
        "record_words": _record_words(table, may=sits and seat.now.state is StageState.OPEN),
    }


def _record_words(table: PanelTable, *, may: bool) -> str:
    if not may:
        return "See the record"
    return "Change the record" if table.record else "Fill in the record"


def record_rows(table: PanelTable) -> list[SummaryRow]:
    """The record as it was kept last, point by point."""
    if table.record is None:
        return []
    rows = []
    for point in table.record.points:
        tag = _FOUND[point["found"]]
        rows.append(SummaryRow(point["point"], [tag, point["note"]] if point["note"] else tag))
    return rows


class NoteForm(forms.Form):
    """Stands on a page beside the recommendation, so its fields have ids of their own."""

    text = LongText(
        label="Your notes",
        rows=8,
        max_length=8000,
        help_text="The chair reads them, and other members once both of you have recommended.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, auto_id="id_note_%s", **more)


class RecordForm(forms.Form):
    """For each point of the record what was found, and a note."""

    def __init__(self, data: Mapping[str, Any] | None, stage: PanelStage, **more: Any) -> None:
        super().__init__(data, **more)
        self.names = [(f"found-{number}", f"note-{number}") for number, _ in enumerate(stage.record)]
        for (found, note), point in zip(self.names, stage.record, strict=True):
            self.fields[found] = forms.ChoiceField(
                label=point,
                choices=[(one.value, str(one.label).capitalize()) for one in RecordFound],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
            self.fields[note] = LongText(
                label="Note", rows=2, max_length=2000, required=False, help_text="Needed for anything but yes."
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for found, note in self.names:
            if given.get(found) in {RecordFound.PARTLY, RecordFound.NO} and not (given.get(note) or "").strip():
                self.add_error(note, f"Note what is missing: {self.fields[found].label}")
        return given

    @property
    def found(self) -> list[tuple[RecordFound, str]]:
        data = self.cleaned_data
        return [(RecordFound(data[found]), data[note]) for found, note in self.names]


@page(Desk.BODY, "GET", "POST")
def panel_record(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """The panel's record: filled in by its members and its chair, read by officers too."""
    seat = doors.seat(request, org, ref, stage)
    model = seat.stage
    if not isinstance(model, PanelStage) or not model.record or seat.now.opened is None:
        raise Http404("No such page.")
    sits = not seat.roles.isdisjoint({Role.PANEL.value, Role.CHAIR.value})
    if request.method == "POST" and not sits:
        raise Http404("No such page.")
    table = panel_table(seat.reading.journey, stage, over=seat.now.state is StageState.DONE)
    form = RecordForm(request.POST if request.method == "POST" else None, model, initial=_kept(table))
    may = sits and seat.now.state is StageState.OPEN
    status = OK
    if request.method == "POST":
        today = seat.reading.position.today
        status = tried(
            form,
            lambda: keep_record(
                journey=seat.reading.journey, stage=stage, found=form.found, by=request.user, today=today
            ),
        )
        if status == DONE:
            back = "decide" if Role.CHAIR.value in seat.roles else "body_stage"
            return done(request, reverse(back, args=[org, ref, stage]), f"{model.title}: the record is kept.")
    kept = table.record
    heading = f"The record, kept on {longdate(kept.on)}" if kept else "The record is still to be filled in"
    return show(
        request,
        seat,
        "record",
        heading,
        status,
        form=form if may or form.is_bound else None,
        mine=may,
        kept=kept,
        rows=record_rows(table),
    )


def _kept(table: PanelTable) -> dict[str, str]:
    """The record as it was kept last, to be changed."""
    if table.record is None:
        return {}
    found = {f"found-{number}": point["found"] for number, point in enumerate(table.record.points)}
    return found | {f"note-{number}": point["note"] for number, point in enumerate(table.record.points)}
