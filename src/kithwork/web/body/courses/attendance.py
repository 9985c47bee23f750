"""Attendance: the register of all parts, and one part at a time, to be filled in on a tablet."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses import actions
from kithwork.courses.access import part_of
from kithwork.courses.actions import Mark
from kithwork.courses.completion import HoursKind
from kithwork.courses.queries import (
    AttendanceState,
    PartRow,
    PersonStanding,
    PlaceRow,
    attendance_at,
    homework_of,
    parts_of,
    standings,
)
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.offering import places_in
from kithwork.web.body.courses.wording import named, number, progress, sitting, where
from kithwork.web.body.lists import csv_address, csv_answer, csv_wanted
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, Link
from kithwork.web.kit.forms import GovBoundField
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

_STATES = {
    AttendanceState.PRESENT: "Present",
    AttendanceState.ABSENT: "Absent",
    AttendanceState.PARTLY: "Some of it",
}


def _noted(standing: PersonStanding, part: PartRow) -> str:
    row = standing.attendance.get(part.number)
    if row is None:
        return "–"
    word = _STATES[AttendanceState(row.state)]
    if row.minutes:
        word = f"{word}, {row.minutes} min"
    return f"{word}, caught up" if row.caught_up_on else word


@page(Desk.BODY)
def course_register(request: Signed, org: str, ref: str) -> HttpResponse:
    """Everybody by every part, with hours; `?format=csv` gives the same."""
    offering = doors.offering(request, org, ref)
    parts, people = parts_of(offering), standings(offering)
    today = timezone.localdate()
    if csv_wanted(request):
        return _csv(offering.ref, parts, people)
    complete = sum(one.completion.complete for one in people)
    rows = [
        (
            Link(one.place.person.name, reverse("course_place", args=[org, ref, one.place.ref])),
            *(_noted(one, part) for part in parts),
            number(one.hours[HoursKind.TAUGHT]),
            number(one.hours[HoursKind.SELF_STUDY]),
            progress(one),
        )
        for one in people
    ]
    held = [part for part in parts if part.day <= today]
    context = {
        "heading": f"{complete} of {plural(len(people), 'person has,people have')} completed ‘{offering.title}’"
        if held
        else f"‘{offering.title}’ has not begun",
        "places": places_in(org, offering, "course_register"),
        "columns": [
            "Name",
            *(f"Part {part.number}" for part in parts),
            Column("Hours taught", numeric=True),
            Column("Self-study", numeric=True),
            "Completion",
        ],
        "rows": rows,
        "to_note": [(named(part), sitting(part), reverse("attendance", args=[org, ref, part.number])) for part in held],
        "csv": csv_address(request),
        "back_href": reverse("courses", args=[org]),
    }
    return render(request, "body/courses/register.html", context)


def _csv(ref: str, parts: list[PartRow], people: list[PersonStanding]) -> HttpResponse:
    heads = ("Name", "E-mail", *(named(part) for part in parts), "Hours taught", "Self-study", "Complete")
    return csv_answer(
        f"attendance-{ref}",
        heads,
        (
            (
                one.place.person.name,
                one.place.person.email,
                *(_noted(one, part) for part in parts),
                one.hours[HoursKind.TAUGHT],
                one.hours[HoursKind.SELF_STUDY],
                "yes" if one.completion.complete else "no",
            )
            for one in people
        ),
    )


class _Plain(GovBoundField):
    """What is left out is not noted, so nothing says that it may be."""

    optional = False


class AttendanceForm(forms.Form):
    """A row of choices for each person. What stood on the screen goes along, hidden, so that nobody's newer note is
    overwritten by somebody who did not see it.
    """

    bound_field_class = _Plain

    def __init__(
        self, data: Any, places: list[PlaceRow], kept: dict[str, Mark], handed: dict[str, date], *, homework: bool
    ) -> None:
        initial: dict[str, Any] = {}
        for ref, mark in kept.items():
            initial |= {f"state_{ref}": mark.state.value, f"minutes_{ref}": mark.minutes}
        initial |= {f"work_{ref}": True for ref in handed}
        super().__init__(data, initial=initial)
        self.refs = [place.ref for place in places]
        self.homework = homework
        for place in places:
            self.fields[f"state_{place.ref}"] = forms.ChoiceField(
                label=place.person.name,
                choices=[(state.value, words) for state, words in _STATES.items()],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                required=False,
                show_hidden_initial=True,
            )
            self.fields[f"minutes_{place.ref}"] = forms.IntegerField(
                label="Minutes, if some of it",
                min_value=1,
                widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
                required=False,
                show_hidden_initial=True,
            )
            if homework and place.ref not in handed:
                self.fields[f"work_{place.ref}"] = forms.BooleanField(label="Homework is in", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for ref in self.refs:
            state, minutes = given.get(f"state_{ref}"), given.get(f"minutes_{ref}")
            if state == AttendanceState.PARTLY and not minutes and f"minutes_{ref}" not in self.errors:
                self.add_error(f"minutes_{ref}", f"{self.fields[f'state_{ref}'].label}: enter how many minutes")
            if minutes and state != AttendanceState.PARTLY:
                given[f"minutes_{ref}"] = None  # left over from a choice that was changed
        return given

    def _mark(self, state: Any, minutes: Any) -> Mark | None:
        if not state:
            return None
        partly = state == AttendanceState.PARTLY
        return Mark(AttendanceState(state), int(minutes) if partly and str(minutes or "").isdigit() else None)

    @property
    def marks(self) -> dict[str, Mark]:
        """Those whose mark is other than what the screen showed."""
        found: dict[str, Mark] = {}
        for ref in self.refs:
            mark = self._mark(self.cleaned_data[f"state_{ref}"], self.cleaned_data[f"minutes_{ref}"])
            if mark is not None and mark != self.seen[ref]:
                found[ref] = mark
        return found

    @property
    def seen(self) -> dict[str, Mark | None]:
        return {ref: self._mark(self._was(f"state_{ref}"), self._was(f"minutes_{ref}")) for ref in self.refs}

    def _was(self, name: str) -> str:
        return str(self.data.get(self.add_initial_prefix(name), ""))

    @property
    def handed_in(self) -> list[str]:
        return [ref for ref in self.refs if self.cleaned_data.get(f"work_{ref}")]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                self[f"state_{ref}"],
                self[f"minutes_{ref}"],
                self[f"work_{ref}"] if f"work_{ref}" in self.fields else None,
            )
            for ref in self.refs
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One person's fields."""

    state: Any
    minutes: Any
    work: Any


@page(Desk.BODY, "GET", "POST")
def attendance(request: Signed, org: str, ref: str, part: int) -> HttpResponse:
    """Who is here. What is left out is not noted; it can be saved as often as people arrive."""
    offering = doors.offering(request, org, ref)
    found = part_of(offering, part)
    now = timezone.now()
    people = [one.place for one in standings(offering)]
    kept = {place: Mark(AttendanceState(row.state), row.minutes) for place, row in attendance_at(found).items()}
    handed = homework_of(found)
    form = AttendanceForm(
        request.POST if request.method == "POST" else None, people, kept, handed, homework=bool(found.homework)
    )
    status = OK
    noted: list[actions.Noted] = []

    def note() -> None:
        noted.append(
            attending.record_attendance(
                part=found, marks=form.marks, seen=form.seen, homework=form.handed_in, by=request.user, now=now
            )
        )

    if request.method == "POST":
        status = tried(form, note)
        if status == DONE:
            said = f"Attendance of {plural(len(noted[0].places), 'person,people')} is noted."
            return done(request, reverse("course_register", args=[org, ref]), said)
    open_now = found.day <= timezone.localdate(now) and offering.cancelled_on is None
    missing = len([place for place in people if place.ref not in kept])
    context = {
        "heading": f"Part {part} of ‘{offering.title}’: {plural(missing, 'person is,people are')} still to be noted"
        if open_now and missing
        else f"Attendance at part {part} of ‘{offering.title}’",
        "lede": f"{sitting(found)}, {where(found)}",
        "form": form,
        "open_now": open_now,
        "anybody": bool(people),
        "handed": [(place.person.name, longdate(handed[place.ref])) for place in people if place.ref in handed],
        "homework": found.homework,
        "back_href": reverse("course_register", args=[org, ref]),
    }
    return render(request, "body/courses/attendance.html", context, status=status)
