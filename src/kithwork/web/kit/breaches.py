"""A data breach on the desks of both sides: the 72 hours, what was done, noting more. Each side sees its own notes."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.evidence.actions import note_step
from kithwork.evidence.queries import BreachRow, BreachSide, Found, StepKind, settled, steps_of
from kithwork.web.kit.acting import DONE, done, posted, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TimelineEvent
from kithwork.web.kit.forms import GovDateField
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import clock, plural

HOURS = 72  # within which a breach that must be reported goes to the data protection regulator (UK GDPR, article 33)

_SOON = 24  # hours


def reported(row: BreachRow) -> str:
    """When and by whom; of one that nobody reported, how it came to light."""
    by = row.reporter if row.found == Found.PERSON else f"{row.reporter[:1].lower()}{row.reporter[1:]}"
    return f"{clock(row.reported_at)}, {by}"


def hours_left(row: BreachRow, now: datetime) -> tuple[str, StateTag]:
    """Until when 72 hours go, in words; and what is left of them, as short as a row of tasks wants it."""
    ends = row.reported_at + timedelta(hours=HOURS)
    hours = int((ends - now).total_seconds() // 3600)
    if ends <= now:
        return f"The 72 hours ended at {clock(ends)}", StateTag("Overdue", Kind.RED)
    said = f"{plural(hours, 'hour')} left" if hours else "Less than an hour"
    return f"Until {clock(ends)}", StateTag(said, Kind.RED if hours < _SOON else Kind.AMBER)


def deadline(row: BreachRow, now: datetime, *, settled: bool = False) -> StateTag:
    """72 hours from the report, and what is left of them; `settled`: reported to the regulator, or decided not to."""
    ends = row.reported_at + timedelta(hours=HOURS)
    left = ends - now
    if settled:
        return StateTag("Settled", Kind.GREEN)
    if left <= timedelta(0):
        return StateTag(f"Passed at {clock(ends)}", Kind.GREY)
    hours = int(left.total_seconds() // 3600)
    words = plural(hours, "hour") if hours else "less than an hour"
    return StateTag(f"Until {clock(ends)}, {words} left", Kind.RED if hours < _SOON else Kind.AMBER)


class StepForm(forms.Form):
    kind = forms.ChoiceField(label="What was done", choices=StepKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="In your words",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Why, or how, and a reference where there is one. Never the detail that was left in",
    )
    on = GovDateField(label="On which day")

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("The day must not be in the future", params={"boxes": "day month year"})
        return on


def breach_page(
    request: Signed, row: BreachRow, side: BreachSide, *, where: str, whose: str, up: Link, writes: bool = True
) -> HttpResponse:
    """One breach in one side's register, which has been got through that side's door. On POST another step is noted."""
    today, now = timezone.localdate(), timezone.now()
    form, status = StepForm(posted(request), today=today), 200
    if request.method == "POST":
        status = tried(form, lambda: note_step(breach=row, side=side, by=request.user, **form.cleaned_data))
        if status == DONE:
            return done(request, request.path, "It is noted in your register.")
    steps = steps_of(row, side)
    over = bool(settled([row], side))
    destroyed = clock(row.destroyed_at) if row.destroyed_at else StateTag("Not yet", Kind.RED)
    context = {
        "heading": "Settled: what was done is in your register" if over else "Say whether it must be reported",
        "caption": f"Data breach at {whose}",
        "up": up,
        "rows": [
            SummaryRow("In", where),
            SummaryRow("Kind of detail", row.what),
            SummaryRow("Reported", reported(row)),
            SummaryRow("Document destroyed", destroyed),
            SummaryRow("Its digest", row.digest or "It was no file"),
            SummaryRow("72 hours from the report", deadline(row, now, settled=over)),
        ],
        "events": [
            TimelineEvent(str(StepKind(step.kind).label), step.on, step.by.name, step.text) for step in reversed(steps)
        ],
        "form": form,
        "writes": writes,
    }
    return render(request, "kit/breach.html", context, status=status)
