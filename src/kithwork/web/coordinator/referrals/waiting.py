"""The waiting list: who waits how long, with what priority, and who has heard nothing; and the door for referrals."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.actions import referrals as actions
from kithwork.caseload.queries.mentees import month_ends, running_count, waiting_of, waiting_over_time
from kithwork.caseload.queries.referrals import openness
from kithwork.core.days import Period, still_within
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentees.cards import PRIORITY
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.charts import Chart, Series, figure
from kithwork.web.kit.forms import GovDateField, hinted
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited

AT_ONCE = 30  # people on a page: each brings a form along


class WaitingFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name or number", max_length=100)
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "Everybody who waits"),
            ("urgent", "High or urgent"),
            ("unheard", "Not heard within the time"),
            ("free", "No match proposed yet"),
        ],
    )


@page(Desk.SERVICE)
def waiting(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = WaitingFilter(request.GET)
    wanted = asked(form)
    oldest = still_within(Period(run.practice.contact_months, "month"), today)
    rows: Any = waiting_of(run.service, today)
    by = {
        "urgent": Q(priority__gt=0),
        "unheard": Q(away=False, accepted_on__lt=oldest) & (Q(heard__isnull=True) | Q(heard__lt=oldest)),
        "free": Q(proposed=False),
    }
    rows = rows.filter(by.get(wanted["show"], Q()))
    for word in wanted["q"].split():
        rows = rows.filter(Q(name__icontains=word) | Q(known_as__icontains=word) | Q(number__iexact=word))
    sorting = Sorting(
        request,
        {
            "order": (F("priority").desc(), "waits_from"),
            "name": ("name",),
            "waiting": ("waits_from",),
            "heard": (F("heard").asc(nulls_first=True),),
        },
        "order",
    )
    rows = sorting.apply(rows)
    if csv_wanted(request):
        heads = ("Reference", "Number", "Name", "Waiting since", "Days", "Priority", "Because", "Last heard", "Lacks")
        return csv_answer("waiting-list", heads, (_csv(one, today, oldest) for one in rows.iterator(2000)))
    shown = page_of(request, rows, AT_ONCE)
    context = {
        "run": run,
        "heading": f"{plural(shown.paginator.count, 'person waits,people wait')} for a {run.practice.mentor_word}",
        "running": running_count(run.service, today),
        "door": openness(run.practice, today),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["show"]),
        "columns": [
            sorting.column("name", "Who"),
            sorting.column("waiting", "Waiting"),
            sorting.column("heard", "Last heard"),
        ],
        "rows": [line(one, slug, today, oldest) for one in shown],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/referrals/waiting.html", context)


def lacking(mentee: Any, oldest: date) -> list[str]:
    """What is missing while somebody waits. `mentee` is a row of `waiting_of`."""
    heard = mentee.heard or mentee.accepted_on
    return [
        text
        for text, missing in (
            ("to be contacted", not mentee.away and heard < oldest),
            ("consent to keep their details", mentee.agreed != "given"),
            ("interests", not mentee.interests),
            ("when they are free", not mentee.availability),
        )
        if missing
    ]


def line(mentee: Any, slug: str, today: date, oldest: date) -> dict[str, Any]:
    tags = [PRIORITY[mentee.priority]]
    if mentee.away:
        tags.append(StateTag("Paused", Kind.BLUE))
    if mentee.proposed:
        tags.append(StateTag("Match proposed", Kind.PURPLE))
    return {
        "ref": mentee.ref,
        "name": mentee.name,
        "href": reverse("mentee", args=[slug, mentee.ref]),
        "contact": reverse("mentee_contact", args=[slug, mentee.ref]),
        "tags": [tag for tag in tags if tag],
        "because": mentee.priority_because if mentee.priority else "",
        "waits": waited((today - mentee.waits_from).days),
        "since": mentee.waits_from,
        "heard": mentee.heard,
        "lacks": ", ".join(lacking(mentee, oldest)),
    }


def _csv(mentee: Any, today: date, oldest: date) -> tuple[object, ...]:
    return (
        mentee.ref,
        mentee.number,
        mentee.name,
        mentee.waits_from,
        (today - mentee.waits_from).days,
        mentee.priority,
        mentee.priority_because,
        mentee.heard,
        "; ".join(lacking(mentee, oldest)),
    )


@page(Desk.SERVICE)
def waiting_time(request: Signed, slug: str) -> HttpResponse:
    """The year behind: how long the list was, and how long people had waited, with the figures as tables."""
    run = doors.people(request, slug)
    then = waiting_over_time(run.service, month_ends(timezone.localdate()))
    labels = (*(f"{one.on:%b %Y}" for one in then[:-1]), "Today")
    weeks = tuple(None if one.days is None else round(one.days / 7, 1) for one in then)
    length = tuple(one.waiting for one in then)
    first, last = length[0], length[-1]
    way = "as long as" if first == last else "longer than" if last > first else "shorter than"
    held = [value for value in weeks if value is not None]
    now = f"{figure(weeks[-1])} weeks on average today" if weeks[-1] is not None else "Nobody waits today"
    charts = [
        Chart(
            "People on the waiting list",
            f"{last} today, {first} a year ago.",
            labels,
            (Series("People waiting", length),),
            unit="people",
            first="End of",
        ),
        Chart(
            "How long they had waited",
            f"{now}; at most {figure(max(held))} in the year." if held else "Nobody has waited in this year.",
            labels,
            (Series("Weeks waited, on average", weeks),),
            unit="weeks",
            first="End of",
        ),
    ]
    context = {"run": run, "charts": charts, "heading": f"The waiting list is {way} a year ago"}
    return render(request, "coordinator/referrals/waiting_time.html", context)


class Door(forms.Form):
    taking = forms.ChoiceField(
        label="Does the service take referrals?",
        choices=[("yes", "Yes"), ("no", hinted("No", "The public form says so, until when, and where else to turn"))],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="Why not?", help_text="Anybody can read this.", max_length=300, required=False)
    until = GovDateField(label="From which day again?", help_text="Leave empty if that is not known.", required=False)
    waiting_limit = forms.IntegerField(
        label="Close by itself when so many wait",
        help_text="0 never closes by itself. Referrals not decided yet count too.",
        min_value=0,
        max_value=10000,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("taking") == "no":
            if not data.get("because"):
                self.add_error("because", "Write why no referrals are taken")
            if data.get("until") and data["until"] <= timezone.localdate():
                self.add_error("until", "The date must be in the future")
        return data


@page(Desk.SERVICE, "GET", "POST")
def referral_door(request: Signed, slug: str) -> HttpResponse:
    """Close the service to referrals with a reason and a date, or open it again."""
    run = doors.people(request, slug)
    practice, today = run.practice, timezone.localdate()
    taking = openness(practice, today, count=False).open
    form = Door(
        posted(request),
        initial={
            "taking": "yes" if taking else "no",
            "because": practice.closed_because,
            "until": practice.closed_until,
            "waiting_limit": practice.waiting_limit,
        },
    )

    def act() -> None:
        data = form.cleaned_data
        if data["taking"] == "yes":
            actions.open_door(practice=practice, waiting_limit=data["waiting_limit"], by=request.user)
        else:
            actions.close_door(
                practice=practice, because=data["because"], until=data["until"], by=request.user, today=today
            )

    return ask(
        request, form, act, heading=_door_heading(run, taking), button="Save", said="Saved.",
        to=reverse("waiting", args=[slug]),
    )  # fmt: skip


def _door_heading(run: Run, taking: bool) -> str:
    return f"{run.service.name} takes referrals" if taking else f"{run.service.name} takes no referrals just now"
