"""Peer groups, social events, newsletters, standardisation meetings: who was asked, who came."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access_mentors import gathering_of
from kithwork.caseload.actions import gatherings as acts
from kithwork.caseload.queries.due import current_mentors
from kithwork.caseload.queries.trainings import GatheringKind, GatheringRow, asked_to, gatherings_of
from kithwork.core.days import add_months
from kithwork.organisations.models import Service
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.frame import asking, room
from kithwork.web.coordinator.mentors.training_forms import CameForm, GatheringChangeForm, GatheringForm, PeopleForm
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


class GatheringsFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Title", max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *GatheringKind.choices])


@page(Desk.SERVICE)
def gatherings(request: Signed, slug: str) -> HttpResponse:
    """The list, the latest first, and how this year stands."""
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = GatheringsFilter(request.GET)
    wanted = asked(form)
    rows = gatherings_of(run.service)
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    for word in wanted["q"].split():
        rows = rows.filter(Q(title__icontains=word))
    sorting = Sorting(request, {"on": ("on",), "title": ("title",), "asked": ("asked",), "came": ("came",)}, "-on")
    rows = sorting.apply(rows)
    if csv_wanted(request):
        return csv_answer(
            f"gatherings-{today.isoformat()}",
            ("Title", "Kind", "Day", "With mentees", "Asked or sent to", "Came"),
            ((r.title, r.get_kind_display(), r.on, r.with_mentees, r.asked or 0, r.came) for r in rows),
        )
    shown = page_of(request, rows, PER_PAGE)
    context = {
        "heading": _heading(run.service, today),
        "places": room(run, "gatherings"),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["kind"]),
        "columns": [
            sorting.column("title", "Title"),
            "Kind",
            sorting.column("on", "Day"),
            sorting.column("asked", "Asked or sent to", numeric=True),
            sorting.column("came", "Came", numeric=True),
        ],
        "rows": [
            (
                Link(r.title, reverse("gathering", args=[slug, r.ref])),
                r.get_kind_display(),
                r.on,
                r.asked or 0,
                _came(r),
            )
            for r in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "gathering"),
        "page_obj": shown,
        "csv": csv_address(request),
        "new": reverse("gathering_new", args=[slug]),
    }
    return render(request, "coordinator/mentors/gatherings.html", context)


def _heading(service: Service, today: date) -> str:
    since = add_months(today, -12)
    kinds = list(gatherings_of(service).filter(on__gt=since, on__lte=today).values_list("kind", flat=True))
    letters, social = kinds.count("newsletter"), kinds.count("social")
    peers = plural(kinds.count("peers"), "peer group")
    return f"{plural(letters, 'newsletter')}, {plural(social, 'social event')} and {peers} within a year"


def _came(row: Any) -> object:
    return "–" if row.kind == GatheringKind.NEWSLETTER else row.came or 0


@page(Desk.SERVICE, "GET", "POST")
def gathering_new(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    form = GatheringForm(posted(request), initial={"everybody": "yes"})
    made: list[GatheringRow] = []

    def act() -> None:
        given = dict(form.cleaned_data)
        given |= {"kind": GatheringKind(given["kind"]), "everybody": given["everybody"] == "yes"}
        made.append(acts.hold(service=run.service, by=request.user, **given))

    return asking(
        request,
        form,
        act,
        heading="Record a gathering or a newsletter",
        back=reverse("gatherings", args=[slug]),
        to=lambda: reverse("gathering", args=[slug, made[0].ref]),
        said="It is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def gathering_change(request: Signed, slug: str, gathering: str) -> HttpResponse:
    found = gathering_of(doors.people(request, slug), gathering)
    kept = {name: getattr(found, name) for name in ("on", "title", "about", "with_mentees")}
    form = GatheringChangeForm(posted(request), initial=kept)
    return asking(
        request,
        form,
        lambda: acts.change(gathering=found, by=request.user, **form.cleaned_data),
        heading=f"Change ‘{found.title}’",
        back=reverse("gathering", args=[slug, gathering]),
        said="The changes are saved.",
    )


@page(Desk.SERVICE, "GET", "POST")
def gathering_invite(request: Signed, slug: str, gathering: str) -> HttpResponse:
    """Ask mentors who were not asked yet."""
    run = doors.people(request, slug)
    found = gathering_of(run, gathering)
    there = {one.mentor_id for one in asked_to(found)}
    offered = {one.ref: one for one in current_mentors(run.service, timezone.localdate()) if one.pk not in there}
    form = PeopleForm(posted(request), [(one.ref, one.name) for one in offered.values()])

    def act() -> None:
        chosen = [offered[ref] for ref in form.cleaned_data["people"]]
        acts.invite(gathering=found, mentors=chosen, by=request.user)

    return asking(
        request,
        form,
        act,
        heading=f"Ask mentors to ‘{found.title}’" if offered else f"Everybody is asked to ‘{found.title}’",
        back=reverse("gathering", args=[slug, gathering]),
        said="They are asked.",
        template="coordinator/mentors/invite.html",
        anybody=bool(offered),
    )


@page(Desk.SERVICE, "GET", "POST")
def gathering(request: Signed, slug: str, gathering: str) -> HttpResponse:
    """Who was asked; from the day itself, who came."""
    found = gathering_of(doors.people(request, slug), gathering)
    people = asked_to(found)
    names = [(one.mentor.ref, one.mentor.name) for one in people]
    form = CameForm(posted(request), names, [one.mentor.ref for one in people if one.came])
    here = reverse("gathering", args=[slug, gathering])
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: acts.note_came(gathering=found, came=form.cleaned_data["came"], by=request.user))
        if status == DONE:
            return done(request, here, "It is recorded who came.")
    letter = found.kind == GatheringKind.NEWSLETTER
    came = sum(one.came is True for one in people)
    noted = any(one.came is not None for one in people)
    told_here = bool(found.about.strip()) if letter else found.on >= timezone.localdate()
    context = {
        "heading": f"{came} of {plural(len(people), 'mentor')} came to ‘{found.title}’"
        if noted
        else (
            f"‘{found.title}’ was sent to {plural(len(people), 'mentor')}"
            if letter
            else f"{plural(len(people), 'mentor is,mentors are')} asked to ‘{found.title}’"
        ),
        "gathering": found,
        "kind": found.get_kind_display().capitalize(),
        "day": longdate(found.on),
        "form": form,
        "opens": bool(people) and not letter and found.on <= timezone.localdate(),
        "letter": letter,
        "names": [name for _, name in names],
        "by_hand": [one.mentor.name for one in people if told_here and one.mentor.user_id is None],
        "change": reverse("gathering_change", args=[slug, gathering]),
        "invite": reverse("gathering_invite", args=[slug, gathering]),
        "back_href": reverse("gatherings", args=[slug]),
    }
    return render(request, "coordinator/mentors/gathering.html", context, status=status)
