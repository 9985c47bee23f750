"""The first page: who am I meeting, what is due; and all that one has logged."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions.banks import asks_consent
from kithwork.caseload.queries.logs import ContactRow, own_log, questions_to, with_question
from kithwork.caseload.queries.mentoring import (
    NEWSLETTER,
    Standing,
    asked_about,
    first_name,
    gatherings_of_own,
    meetings_of,
    standing_of,
    to_be_signed,
    trainings_of_own,
)
from kithwork.core.service import Vetted
from kithwork.web.kit.cards import Kind, Link, StateTag, TaskRow
from kithwork.web.kit.lists import csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors
from kithwork.web.templatetags.kit import longdate, plural, waited

SOON = timedelta(days=30)
NOW, LATER = StateTag("To do now", Kind.AMBER), StateTag("Coming up", Kind.BLUE)


@page(Desk.MENTOR)
def mentor_home(request: Signed) -> HttpResponse:
    mentors = doors.mentors(request, need=False)
    today = timezone.localdate()
    meetings = meetings_of(mentors, today)
    tasks = [
        TaskRow("Would you like to meet somebody?", reverse("mentor_asked", args=[one.ref]), one.service.name, NOW)
        for one in asked_about(mentors)
    ]
    tasks += [
        TaskRow("May we keep your details?", reverse("mentor_consent_own", args=[one.ref]), one.service.name, NOW)
        for one in mentors
        if asks_consent(one)
    ]
    tasks += [
        TaskRow("Answer a question about what you logged", reverse("mentor_entry", args=[one.contact.ref]),
                f"About {first_name(one.contact.mentee)}" if one.contact.mentee else "", NOW)
        for one in questions_to(mentors)
    ]  # fmt: skip
    tasks += [
        TaskRow(
            f"Read and sign what was agreed with {first_name(one.mentee)}",
            reverse("mentor_agreement", args=[one.ref]),
            one.service.name,
            NOW,
        )
        for one in to_be_signed(mentors, today)
    ]
    for standing in (standing_of(one, today) for one in mentors):
        tasks += _own_tasks(standing)
    for row in trainings_of_own(mentors).filter(session__on__gte=today)[:5]:
        where = ", ".join(filter(None, [longdate(row.session.on), row.session.place]))
        tasks.append(TaskRow(f"Training: {row.session.training.title}", reverse("mentor_you"), where, LATER))
    coming = gatherings_of_own(mentors).filter(gathering__on__gte=today).exclude(gathering__kind=NEWSLETTER)
    for held in coming.order_by("gathering__on", "pk")[:5]:
        where = f"{reverse('mentor_you')}#gatherings"
        tasks.append(TaskRow(held.gathering.title, where, f"For mentors, {longdate(held.gathering.on)}", LATER))
    context = {
        "heading": _finding([one.name for one in meetings], bool(mentors)),
        "mentors": mentors,
        "meetings": [
            {
                "match": one.match,
                "name": one.name,
                "usual": one.usual,
                "last": f"You met {waited((today - one.last).days)} ago" if one.last and one.last < today
                else "You logged a meeting today" if one.last else "No meeting is logged yet",
            }
            for one in meetings
        ],
        "today": today,
        "tasks": tasks,
        "call_first": next((one.service.practice.call_first for one in mentors if one.service.practice.call_first), ""),
    }  # fmt: skip
    return render(request, "mentor/home.html", context)


def _finding(names: list[str], mentors: bool) -> str:
    if not mentors:
        return "You do not mentor anybody here"
    match names:
        case []:
            return "You have nobody to meet yet"
        case [one]:
            return f"You meet {one}"
        case _:
            return f"You meet {plural(len(names), 'person,people')}"


def _own_tasks(standing: Standing) -> list[TaskRow]:
    """Supervision near its day, and a check that runs out."""
    today, rows, you = timezone.localdate(), [], reverse("mentor_you")
    due = standing.supervision_due
    if due is not None and due <= today + SOON:
        when = f"By {longdate(due)}. Your service will arrange it with you."
        rows.append(TaskRow("Talk with your supervisor", you, when, NOW if due <= today else LATER))
    if standing.cleared.vetting in (Vetted.ENDING, Vetted.GRACE, Vetted.LAPSED):
        rows.append(TaskRow("Renew your check", you, "Speak to your service: it runs out, or has run out.", NOW))
    return rows


@page(Desk.MENTOR)
def mentor_log_list(request: Signed) -> HttpResponse:
    """All that one has logged, newest first, and whether somebody has read it."""
    mentors = doors.mentors(request)
    log = with_question(own_log(mentors))
    if csv_wanted(request):
        return csv_answer("my-meetings", ("When", "With", "What", "Minutes", "Words", "Read"), _csv(log))
    shown = page_of(request, log)
    rows = [
        (
            Link(
                longdate(one.on),
                reverse("mentor_entry", args=[one.ref]),
                f"with {first_name(one.mentee)}" if one.mentee else "",
            ),
            first_name(one.mentee) if one.mentee else "",
            _what(one),
            state_of_entry(one),
        )
        for one in shown
    ]
    count = plural(shown.paginator.count, "meeting")
    context = {
        "heading": f"You have logged {count}",
        "columns": ["When", "With", "What", "Read"],
        "rows": rows,
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "mentor/log.html", context)


def _csv(log: QuerySet[Any]) -> Iterable[tuple[object, ...]]:
    """What one wrote oneself of each meeting, with the name one knows the other by."""
    for one in log.iterator(2000):
        met = "Met" if one.reached else "Did not turn up"
        yield one.on, first_name(one.mentee), met, one.minutes, one.words, state_of_entry(one).word


def _what(one: ContactRow) -> str:
    """With the minutes beside it, so that four columns fit a phone."""
    if not one.reached:
        return "Did not turn up"
    return f"Met, {one.minutes} min" if one.minutes else "Met"


def state_of_entry(one: object) -> StateTag:
    """Whether somebody has read an entry, asked something, or answered."""
    if getattr(one, "asked", False):
        return StateTag("Asks you something", Kind.AMBER)
    if getattr(one, "answers", 0):
        return StateTag("Answered", Kind.GREEN)
    return StateTag("Read", Kind.GREEN) if getattr(one, "read_at", None) else StateTag("Not read yet", Kind.GREY)
