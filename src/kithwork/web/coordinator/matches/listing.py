"""Matches as a list: proposed, running, new, difficult, to be reviewed, ending, ended."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date

from django import forms
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.queries.matches import (
    MatchRow,
    Show,
    State,
    last_of,
    matches_shown,
    places_taken,
    searched,
    state_of,
    with_last,
)
from kithwork.web.coordinator import doors
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited

STATES = {
    State.PROPOSED: StateTag("Proposed", Kind.PURPLE),
    State.DECLINED: StateTag("Declined", Kind.GREY),
    State.WITHDRAWN: StateTag("Withdrawn", Kind.GREY),
    State.RUNNING: StateTag("Running", Kind.GREEN),
    State.ENDING: StateTag("Ending", Kind.AMBER),
    State.ENDED: StateTag("Ended", Kind.GREY),
}
FILTERS = {
    Show.LIVE: ("Running or proposed", "{} running or proposed"),
    Show.PROPOSED: ("Proposed", "{} waiting for an answer or an introduction"),
    Show.RUNNING: ("Running", "{} running"),
    Show.NEW: ("New", "{} new"),
    Show.DIFFICULT: ("Difficult", "{} with closer contact"),
    Show.REVIEW: ("Review due", "{} to review within two weeks"),
    Show.ENDING: ("Ending", "{} ending"),
    Show.ENDED: ("Ended", "{} ended"),
    Show.NOT_MADE: ("Declined or withdrawn", "{} declined or withdrawn"),
    Show.ALL: ("All", "{} on record"),
}


LOOKED_UP = ("met", "reviewed")  # columns that stand in other tables


class MatchFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name or number of either", max_length=100)
    show = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[("", FILTERS[Show.LIVE][0])]
        + [(one.value, words[0]) for one, words in FILTERS.items() if one is not Show.LIVE],
    )


@page(Desk.SERVICE)
def matches(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = MatchFilter(request.GET)
    wanted = asked(form)
    show = Show(wanted["show"] or Show.LIVE)
    sorting = Sorting(
        request,
        {
            "mentee": ("mentee__name",),
            "mentor": ("mentor__name",),
            "since": (F("introduced_on").asc(nulls_first=True), "proposed_on"),
            "met": (F("met").asc(nulls_first=True), "introduced_on"),
            "reviewed": (F("reviewed").asc(nulls_first=True), "introduced_on"),
        },
        "mentee",
    )
    run.practice.service = run.service
    rows = matches_shown(run.practice, show, today)
    rows = searched(rows, wanted["q"]) if wanted["q"] else rows
    if sorting.name in LOOKED_UP:
        rows = with_last(rows, today, sorting.name)
    rows = sorting.apply(rows)
    if csv_wanted(request):
        heads = (
            "Reference",
            "Mentee",
            "Mentor",
            "State",
            "Proposed",
            "Introduced",
            "Last met",
            "Last review",
            "Last day",
        )
        rows = sorting.apply(with_last(rows, today))
        lines = (_line(one, today) for one in rows.iterator(2000))
        return csv_answer("matches", heads, lines)
    shown = page_of(request, rows)
    last = last_of(shown, today)
    count = plural(shown.paginator.count, "match,matches")
    context = {
        "heading": FILTERS[show][1].format(count),
        "run": run,
        "form": form,
        "filtered": bool(wanted["q"] or wanted["show"]),
        "taken": places_taken(run.service, today),
        "columns": [
            sorting.column("mentee", "Mentee"),
            sorting.column("mentor", "Mentor"),
            "State",
            sorting.column("since", "Since"),
            sorting.column("met", "Last met"),
            sorting.column("reviewed", "Last review"),
        ],
        "rows": [row(one, slug, today, *last[one.pk]) for one in shown],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/matches/list.html", context)


def row(match: MatchRow, slug: str, today: date, met: date | None, reviewed: date | None) -> tuple[object, ...]:
    """One match: the two, how it stands, since when, when they last met and were last reviewed."""
    state = state_of(match, today)
    since = match.introduced_on or match.proposed_on
    live = state in (State.RUNNING, State.ENDING)
    difficult = live and match.difficult_since is not None
    return (
        Link(match.mentee.name, reverse("match", args=[slug, match.ref])),
        match.mentor.name,
        StateTag("Closer contact", Kind.RED) if difficult else STATES[state],
        waited((today - since).days) if state is not State.ENDED else f"until {longdate(match.ended_on)}",
        met or ("not yet" if live else ""),
        reviewed or ("not yet" if live else ""),
    )


def _line(match: MatchRow, today: date) -> tuple[object, ...]:
    return (
        match.ref,
        match.mentee.name,
        match.mentor.name,
        state_of(match, today).value,
        match.proposed_on,
        match.introduced_on,
        getattr(match, "met", None),
        getattr(match, "reviewed", None),
        match.ended_on,
    )
