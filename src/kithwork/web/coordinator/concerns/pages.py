"""Concerns: raised by anybody of the service, seen by whoever answers for safeguarding and by whoever raised them."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, concern_raised_by, mentee_of, mentor_of
from kithwork.caseload.actions import concerns as actions
from kithwork.caseload.actions.concerns import RaisedAs, Urgency
from kithwork.caseload.queries.concerns import ConcernRow, concerns_of, steps_of
from kithwork.core.verdict import Refused
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import OK, ask, done, posted, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TimelineEvent
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural, waited

URGENCY = {
    Urgency.DANGER.value: StateTag("In danger now", Kind.RED),
    Urgency.SOON.value: StateTag("Needs somebody today", Kind.AMBER),
    Urgency.WORRY.value: StateTag("A worry", Kind.BLUE),
}
RAISED_AS = {
    RaisedAs.MENTOR.value: "a mentor",
    RaisedAs.MENTEE.value: "the mentee",
    RaisedAs.STAFF.value: "staff",
    RaisedAs.PUBLIC.value: "somebody outside",
}


def state_of(concern: ConcernRow) -> StateTag:
    if concern.closed_at:
        return StateTag("Closed", Kind.GREY)
    return StateTag("Taken on", Kind.GREEN) if concern.taken_at else StateTag("Nobody yet", Kind.RED)


class ConcernFilter(Filter):
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Open"), ("untaken", "Nobody has taken it on"), ("closed", "Closed"), ("all", "All")],
    )
    urgency = forms.ChoiceField(
        label="Urgency", required=False, choices=[("", "Any"), *((k, t.word) for k, t in URGENCY.items())]
    )


def _about(concern: ConcernRow) -> str:
    return " and ".join(str(one) for one in (concern.mentee, concern.mentor) if one) or "Nobody in particular"


@page(Desk.SERVICE)
def concerns(request: Signed, slug: str) -> HttpResponse:
    """All concerns for whoever answers for safeguarding; for anybody else, those they raised."""
    run = doors.ground(request, slug)
    form = ConcernFilter(request.GET)
    wanted = asked(form)
    rows = concerns_of(run.service, raised_by=None if run.safeguards else request.user)
    by = {
        "": Q(closed_at__isnull=True),
        "untaken": Q(closed_at__isnull=True, taken_at__isnull=True),
        "closed": Q(closed_at__isnull=False),
    }
    rows = rows.filter(by.get(wanted["state"], Q()))
    if wanted["urgency"]:
        rows = rows.filter(urgency=wanted["urgency"])
    sorting = Sorting(
        request,
        {"urgency": ("rank", "raised_at"), "raised": ("raised_at",), "taken": (F("taken_at").asc(nulls_first=True),)},
        "urgency",
    )
    rows = sorting.apply(rows)
    if csv_wanted(request):
        heads = ("Reference", "Urgency", "Raised", "Raised as", "Taken on", "Closed")
        lines = ((c.ref, c.get_urgency_display(), c.raised_at, c.raised_as, c.taken_at, c.closed_at) for c in rows)
        return csv_answer("concerns", heads, lines)
    shown = page_of(request, rows)
    count = shown.paginator.count
    heading = f"{plural(count, 'concern is,concerns are')} open" if not wanted["state"] else plural(count, "concern")
    columns: list[Any] = [sorting.column("raised", "Raised"), "About", sorting.column("urgency", "Urgency"), "State"]
    context = {
        "heading": heading if run.safeguards else f"{plural(count, 'concern')} you raised",
        "form": form,
        "filtered": bool(wanted["state"] or wanted["urgency"]),
        "columns": columns,
        "rows": [line(one, slug) for one in shown],
        "page_obj": shown,
        "csv": csv_address(request),
        "run": run,
    }
    return render(request, "coordinator/concerns/list.html", context)


def line(concern: ConcernRow, slug: str) -> tuple[object, ...]:
    days = (timezone.now() - concern.raised_at).days
    ago = "today" if days == 0 else f"{waited(days)} ago"
    link = Link(f"{clock(concern.raised_at)}, {ago}", reverse("concern", args=[slug, concern.ref]))
    return link, _about(concern), URGENCY[concern.urgency], state_of(concern)


class Raise(forms.Form):
    """What is wrong and how urgent it is, in words anybody would use."""

    words = LongText(
        label="What is wrong?", help_text="What you saw or heard, when, and who was there.", max_length=8000
    )
    urgency = forms.ChoiceField(
        label="How urgent is it?",
        choices=[
            (Urgency.DANGER.value, "Somebody is in danger now"),
            (Urgency.SOON.value, "Somebody should act today"),
            (Urgency.WORRY.value, "It worries me, and can wait until tomorrow"),
        ],
        widget=forms.RadioSelect,
    )


@page(Desk.SERVICE, "GET", "POST")
def concern_new(request: Signed, slug: str) -> HttpResponse:
    """Anybody of the service can raise a concern; about whom (`?mentee=`, `?mentor=`), only who may see the record."""
    run = doors.ground(request, slug)
    about = _named(request, run)
    form = Raise(posted(request))

    def act() -> None:
        actions.raise_concern(
            service=run.service,
            words=form.cleaned_data["words"],
            urgency=Urgency(form.cleaned_data["urgency"]),
            raised_as=RaisedAs.STAFF,
            by=request.user,
            now=timezone.now(),
            **about,
        )

    names = " and ".join(str(one) for one in about.values())
    return ask(
        request, form, act, heading="Raise a concern", caption=names and f"About {names}", button="Raise it now",
        said="Your concern has been raised. Those who answer for safeguarding have been sent a message.",
        to=reverse("concerns", args=[slug]),
        text="If somebody is in danger now, ring 999 first. This reaches the safeguarding leads at once.",
    )  # fmt: skip


def _named(request: Signed, run: Run) -> dict[str, Any]:
    if not (run.coordinates or run.safeguards):
        return {}
    about: dict[str, Any] = {}
    if ref := request.GET.get("mentee"):
        about["mentee"] = mentee_of(run, ref)
    if ref := request.GET.get("mentor"):
        about["mentor"] = mentor_of(run, ref)
    return about


class Step(forms.Form):
    prefix = "step"
    what = LongText(label="What was done?", max_length=4000, rows=3)
    told = forms.CharField(
        label="Who outside the service was told?",
        help_text="For example the council's safeguarding team. Leave empty if nobody was.",
        max_length=200,
        required=False,
    )


class Close(forms.Form):
    prefix = "close"
    outcome = LongText(label="What came of it?", max_length=4000, rows=3)


@page(Desk.SERVICE, "GET", "POST")
def concern(request: Signed, slug: str, concern: str) -> HttpResponse:
    """One concern: take it on, write down what is done, close it. Whoever only raised it reads what they wrote."""
    run = doors.ground(request, slug)
    found = concern_raised_by(request.user, run, concern)
    do = request.POST.get("do", "")
    if request.method == "POST" and not run.safeguards:
        raise Http404("No such page.")
    step = Step(posted(request) if do == "step" else None)
    close = Close(posted(request) if do == "close" else None)
    bare = forms.Form(posted(request) if do == "take" else None)
    now, status, to = timezone.now(), OK, reverse("concern", args=[slug, concern])

    def hand_over() -> None:
        seen = request.POST.get("held", "")
        if seen != (found.taken_by.ref if found.taken_by else ""):
            raise Refused("Somebody else has taken this concern on meanwhile. Look again before you take it over.")
        actions.take(concern=found, by=request.user, now=now)

    ways: dict[str, tuple[forms.Form, Any, str]] = {
        "take": (bare, hand_over, "You have taken this concern on."),
        "step": (
            step,
            lambda: actions.add_step(concern=found, by=request.user, now=now, **step.cleaned_data),
            "Written down.",
        ),
        "close": (
            close,
            lambda: actions.close(concern=found, by=request.user, now=now, **close.cleaned_data),
            "The concern is closed.",
        ),
    }
    posted_form: forms.Form | None = None
    if request.method == "POST":
        if do not in ways:
            raise Http404("No such page.")
        posted_form, act, said = ways[do]
        status = tried(posted_form, act, Link("See how it stands now", to))
        if status == 303:
            return done(request, to, said)
    context = {
        "run": run,
        "concern": found,
        "heading": _heading(found),
        "rows": _rows(found, run),
        "state": state_of(found),
        "events": _events(found) if run.safeguards else [],
        "step": step,
        "close": close,
        "posted": posted_form,
        "faulty": bool(posted_form and posted_form.errors),
        "mine": found.taken_by_id == request.user.pk or do in ("step", "close"),
        "held": found.taken_by.ref if found.taken_by else "",
    }
    return render(request, "coordinator/concerns/concern.html", context, status=status)


def _heading(concern: ConcernRow) -> str:
    if concern.closed_at:
        return "This concern is closed"
    if concern.taken_by is not None:
        return f"{concern.taken_by} has taken this concern on"
    return "Nobody has taken this concern on yet"


def _rows(concern: ConcernRow, run: Run) -> list[SummaryRow]:
    raised = str(concern.raised_by) if concern.raised_by else ""
    rows = [
        SummaryRow("Urgency", URGENCY[concern.urgency]),
        SummaryRow("Raised", [clock(concern.raised_at), f"by {raised or RAISED_AS.get(concern.raised_as, '')}"]),
        SummaryRow("In their words", concern.words),
    ]
    if run.safeguards:
        for word, one in ((run.practice.mentee_word, concern.mentee), (run.practice.mentor_word, concern.mentor)):
            if one is not None:
                reach = [one.name, one.phone, one.email, *one.address.splitlines(), one.postcode, one.emergency]
                rows.append(SummaryRow(word.capitalize(), [text for text in reach if text]))
    elif concern.mentee or concern.mentor:
        rows.append(SummaryRow("About", _about(concern)))
    if concern.closed_at and run.safeguards:
        rows.append(SummaryRow("What came of it", concern.outcome))
    return rows


def _events(concern: ConcernRow) -> list[TimelineEvent]:
    found = [
        TimelineEvent("What was done", step.at, str(step.by), step.what + (f" Told: {step.told}." if step.told else ""))
        for step in steps_of(concern)
    ]
    if concern.taken_at:
        found.append(TimelineEvent("Taken on", concern.taken_at, str(concern.taken_by)))
    if concern.closed_at:
        found.append(TimelineEvent("Closed", concern.closed_at))
    return sorted([*found, TimelineEvent("Raised", concern.raised_at)], key=lambda one: str(one.when), reverse=True)
