"""Trainings: the list, setting one up, its sessions, inviting, the outline beforehand."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.access_mentors import session_of, training_of
from kithwork.caseload.actions import trainings as acts
from kithwork.caseload.queries.trainings import (
    AttendanceState,
    TrainingKind,
    TrainingRow,
    may_be_invited,
    not_refreshed,
    people_at,
    results_of,
    trainings_of,
)
from kithwork.core.service import asked as usual
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.acts import BackForm
from kithwork.web.coordinator.mentors.frame import acting, asking, room
from kithwork.web.coordinator.mentors.training_forms import PeopleForm, SessionForm, TrainingForm
from kithwork.web.kit.acting import posted
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


class TrainingsFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Title or trainer", max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *TrainingKind.choices])
    when = forms.ChoiceField(
        label="When", required=False, choices=[("", "All"), ("coming", "To come"), ("past", "Over")]
    )


def _state(row: Any, today: date) -> StateTag:
    if row.cancelled_on:
        return StateTag("Cancelled", Kind.GREY)
    if row.last_day is None:
        return StateTag("No day yet", Kind.AMBER)
    if row.last_day >= today:
        return StateTag("To come" if row.first_day > today else "Running", Kind.BLUE)
    return StateTag("Acted on", Kind.GREEN) if row.acted_on_day else StateTag("Over", Kind.GREY)


@page(Desk.SERVICE)
def trainings(request: Signed, slug: str) -> HttpResponse:
    """The list, the latest first; who was offered no refresher for a year."""
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = TrainingsFilter(request.GET)
    wanted = asked(form)
    rows = _narrowed(trainings_of(run.service), wanted, today)
    sorting = Sorting(
        request, {"first": (F("first_day").asc(nulls_last=True),), "title": ("title",), "came": ("came",)}, "-first"
    )
    rows = sorting.apply(rows)
    if csv_wanted(request):
        heads = (
            "Title",
            "Kind",
            "First day",
            "Last day",
            "Sessions",
            "Hours",
            "Invited",
            "Came",
            "Outline sent",
            "State",
        )
        return csv_answer(
            f"trainings-{today.isoformat()}",
            heads,
            (
                (one.title, one.get_kind_display(), one.first_day, one.last_day, one.held, one.hours, one.invited,
                 one.came, one.outline_sent_on, _state(one, today).word)
                for one in rows
            ),
        )  # fmt: skip
    shown = page_of(request, rows, PER_PAGE)
    waiting = not_refreshed(run.service, today).count()
    context = {
        "heading": f"{plural(waiting, 'mentor was,mentors were')} offered no refresher for a year"
        if waiting
        else "Every mentor of more than a year was offered a refresher",
        "places": room(run, "trainings"),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("title", "Title"), "Kind", sorting.column("first", "First day"),
            Column("Invited", numeric=True), sorting.column("came", "Came", numeric=True), "State",
        ],
        "rows": [
            (Link(one.title, reverse("training", args=[slug, one.ref])), one.get_kind_display(), one.first_day,
             one.invited or 0, one.came or 0, _state(one, today))
            for one in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "training"),
        "page_obj": shown,
        "csv": csv_address(request),
        "new": reverse("training_new", args=[slug]),
    }  # fmt: skip
    return render(request, "coordinator/mentors/trainings.html", context)


def _narrowed(rows: QuerySet[Any], wanted: dict[str, Any], today: date) -> QuerySet[Any]:
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    if wanted["when"] == "coming":
        rows = rows.filter(Q(last_day__gte=today) | Q(last_day__isnull=True), cancelled_on__isnull=True)
    elif wanted["when"] == "past":
        rows = rows.filter(last_day__lt=today)
    for word in wanted["q"].split():
        rows = rows.filter(Q(title__icontains=word) | Q(trainer__icontains=word))
    return rows


@page(Desk.SERVICE, "GET", "POST")
def training_new(request: Signed, slug: str) -> HttpResponse:
    """What it is; the usual topics stand there to be changed. Its sessions come next."""
    run = doors.people(request, slug)
    form = TrainingForm(posted(request), initial={"kind": TrainingKind.INITIAL, "topics": list(usual.TOPICS)})
    made: list[TrainingRow] = []
    return asking(
        request,
        form,
        lambda: made.append(acts.set_up(service=run.service, by=request.user, **form.cleaned_data)),
        heading="Set up a training",
        back=reverse("trainings", args=[slug]),
        to=lambda: reverse("session_new", args=[slug, made[0].ref]),
        said="The training is set up. Now add its first session.",
        action="Save and add its first session",
    )


@page(Desk.SERVICE, "GET", "POST")
def training_change(request: Signed, slug: str, training: str) -> HttpResponse:
    found = training_of(doors.people(request, slug), training)
    form = TrainingForm(posted(request), initial={name: getattr(found, name) for name in TrainingForm.base_fields})
    return asking(
        request,
        form,
        lambda: acts.change(training=found, by=request.user, **form.cleaned_data),
        heading=f"Change ‘{found.title}’",
        back=reverse("training", args=[slug, training]),
        said="The changes are saved.",
    )


@page(Desk.SERVICE)
def training(request: Signed, slug: str, training: str) -> HttpResponse:
    """One training: what is next, its sessions, who is invited and came, what people thought and what was changed."""
    run = doors.people(request, slug)
    found = training_of(run, training)
    today = timezone.localdate()
    sessions = list(found.sessions.all())
    people = people_at(found)
    results = results_of(found)
    began = any(one.on < today for one in sessions)
    here = reverse("training", args=[slug, training])
    context = {
        "run": run,
        "training": found,
        "heading": _heading(found, len(people), results.came, began),
        "next": "" if found.cancelled_on else _next(found, bool(sessions), bool(people), began),
        "here": here,
        "facts": _facts(found, results),
        "sessions": [
            (one, _when(one), reverse("session", args=[slug, training, one.ref]),
             reverse("session_register", args=[slug, training, one.ref]) if one.on <= today else "",
             reverse("session_remove", args=[slug, training, one.ref]))
            for one in sessions
        ],
        "columns": ["Name", *(f"Session {one.number}" for one in sessions), "Said what they think"],
        "rows": [
            (
                Link(one.mentor.name, reverse("mentor", args=[slug, one.mentor.ref])),
                *(one.rows[at.number].get_state_display() if at.number in one.rows else "–" for at in sessions),
                one.opinion.said_on or (
                    Link("Type it in", reverse("training_said", args=[slug, training, one.mentor.ref]),
                         f"for {one.mentor.name}")
                    if one.attended else "–"
                ),
            )
            for one in people
        ],
        "results": results,
        "waiting": max(results.came - results.answered, 0),
        "back_href": reverse("trainings", args=[slug]),
    }  # fmt: skip
    return render(request, "coordinator/mentors/training.html", context)


def _heading(found: TrainingRow, invited: int, came: int, began: bool) -> str:
    if found.cancelled_on:
        return f"‘{found.title}’ was cancelled"
    if came:
        return f"{came} of {plural(invited, 'person,people')} came to ‘{found.title}’"
    if invited:
        return f"{plural(invited, 'person is,people are')} invited to ‘{found.title}’"
    return f"Nobody {'was' if began else 'is'} invited to ‘{found.title}’" + ("" if began else " yet")


def _next(found: TrainingRow, dated: bool, invited: bool, began: bool) -> str:
    """Which act the page's one button stands for."""
    if not dated:
        return "session"
    if not invited:
        return "invite"
    if found.outline_sent_on is None and not began:
        return "outline"
    return ""


def _when(one: Any) -> str:
    at = f", {one.starts:%H:%M}" if one.starts else ""
    return f"{longdate(one.on)}{at}, {one.hours.normalize():f} hours"


def _facts(found: TrainingRow, results: Any) -> list[SummaryRow]:
    marks = (
        f"{results.satisfied:.1f} of 5 satisfied, {results.learnt:.1f} of 5 learnt; {results.answered} answered"
        if results.answered
        else None
    )
    return [
        SummaryRow("What it is", found.get_kind_display().capitalize()),
        SummaryRow("Outline", found.outline.split("\n\n") if found.outline else None),
        SummaryRow("Topics", list(found.topics)),
        SummaryRow("Who trains", found.trainer),
        SummaryRow("Mentors or mentees tell of their experience", "Yes" if found.peers_come else "No"),
        SummaryRow("Outline sent", found.outline_sent_on),
        SummaryRow("What people think", marks),
        SummaryRow("What was changed", [found.acted_on, longdate(found.acted_on_day)] if found.acted_on else None),
    ]


@page(Desk.SERVICE, "GET", "POST")
def session_new(request: Signed, slug: str, training: str) -> HttpResponse:
    found = training_of(doors.people(request, slug), training)
    last = found.sessions.last()
    first = {"hours": last.hours, "starts": last.starts, "place": last.place} if last else {"hours": 2}
    form = SessionForm(posted(request), initial=first)
    return asking(
        request,
        form,
        lambda: acts.add_session(training=found, by=request.user, **form.cleaned_data),
        heading=f"Add a session to ‘{found.title}’",
        back=reverse("training", args=[slug, training]),
        said="The session is added.",
    )


@page(Desk.SERVICE, "GET", "POST")
def session_change(request: Signed, slug: str, training: str, session: str) -> HttpResponse:
    found = session_of(training_of(doors.people(request, slug), training), session)
    form = SessionForm(posted(request), initial={name: getattr(found, name) for name in SessionForm.base_fields})
    return asking(
        request,
        form,
        lambda: acts.change_session(session=found, by=request.user, **form.cleaned_data),
        heading=f"Change session {found.number} of ‘{found.training.title}’",
        lede="Tell those invited yourself when the day changes, or send the outline again.",
        back=reverse("training", args=[slug, training]),
        said="The changes are saved.",
    )


@page(Desk.SERVICE, "POST")
def session_remove(request: Signed, slug: str, training: str, session: str) -> HttpResponse:
    found = session_of(training_of(doors.people(request, slug), training), session)
    back = reverse("training", args=[slug, training])
    return acting(
        request,
        lambda: acts.remove_session(session=found, by=request.user),
        back=back,
        said="The session is taken out.",
    )


@page(Desk.SERVICE, "GET", "POST")
def training_invite(request: Signed, slug: str, training: str) -> HttpResponse:
    """Who is not invited yet; for initial training those first who have had none."""
    run = doors.people(request, slug)
    found = training_of(run, training)
    offered = {one.ref: one for one in may_be_invited(found, timezone.localdate())}
    form = PeopleForm(posted(request), [(one.ref, one.name) for one in offered.values()])
    number: list[int] = []

    def act() -> None:
        chosen = [offered[ref] for ref in form.cleaned_data["people"]]
        number.append(acts.invite(training=found, mentors=chosen, by=request.user))

    return asking(
        request,
        form,
        act,
        heading=f"Invite people to ‘{found.title}’" if offered else f"Everybody is invited to ‘{found.title}’",
        lede="Nothing is sent yet: the outline goes out from the training’s page.",
        back=reverse("training", args=[slug, training]),
        said=lambda: f"{plural(number[0], 'person is,people are')} invited.",
        action="Invite",
        template="coordinator/mentors/invite.html",
        anybody=bool(offered),
        all_of_them=found.kind == TrainingKind.REFRESHER,
    )


@page(Desk.SERVICE, "POST")
def training_outline(request: Signed, slug: str, training: str) -> HttpResponse:
    """Send the outline to all who have an address; `by=hand` notes that it was given out otherwise."""
    found = training_of(doors.people(request, slug), training)
    told: list[str] = []

    def act() -> None:
        if request.POST.get("by") == "hand":
            acts.note_outline_given(training=found, on=timezone.localdate(), by=request.user)
            told.append("It is recorded that the outline was given out.")
            return
        sent, without = acts.send_outline(training=found, by=request.user, now=timezone.now())
        rest = f" {plural(without, 'person has,people have')} no address: give it to them yourself." if without else ""
        told.append(f"The outline is on its way to {plural(sent, 'person,people')}.{rest}")

    return acting(request, act, back=reverse("training", args=[slug, training]), said=lambda: told[0])


@page(Desk.SERVICE, "GET", "POST")
def training_cancel(request: Signed, slug: str, training: str) -> HttpResponse:
    """Call it off, after an interruption."""
    run: Run = doors.people(request, slug)
    found = training_of(run, training)
    form = BackForm(posted(request))
    invited = sum(one.opinion.state != AttendanceState.DECLINED for one in people_at(found))
    return asking(
        request,
        form,
        lambda: acts.cancel(training=found, on=timezone.localdate(), by=request.user),
        heading=f"Cancel ‘{found.title}’?",
        lede=f"{plural(invited, 'person is,people are')} invited. Tell them yourself; this cannot be undone.",
        back=reverse("training", args=[slug, training]),
        said="The training is cancelled.",
        action="Cancel it",
    )
