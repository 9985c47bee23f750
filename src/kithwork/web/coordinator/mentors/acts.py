"""What is done with one mentor, a page each: contact, supervision, away and back, leaving, champion, account."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import mentee_of, mentor_of
from kithwork.caseload.actions import mentoring
from kithwork.caseload.actions.contacts import log_contact
from kithwork.caseload.actions.supervision import supervise as record_supervision
from kithwork.caseload.queries.mentors import MentorRow, SupervisionTopic
from kithwork.caseload.queries.outcomes import Whose, current
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.contacting import ContactForm, Kind
from kithwork.web.coordinator.mentors.forms import (
    ChampionForm,
    LeaveForm,
    PauseForm,
    SupervisionForm,
)
from kithwork.web.coordinator.mentors.frame import asking
from kithwork.web.kit.acting import posted
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE, "GET", "POST")
def mentor_contact(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Staff spoke with the mentor, or tried to."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    form = ContactForm(posted(request), initial={"on": timezone.localdate()})

    def act() -> None:
        log_contact(service=run.service, kind=Kind.MENTOR, mentor=found, by=request.user, **form.cleaned_data)

    return asking(
        request,
        form,
        act,
        heading=f"Log a contact with {found.name}",
        back=reverse("mentor", args=[slug, mentor]),
        said="The contact is logged.",
        action="Log it",
    )


@page(Desk.SERVICE, "GET", "POST")
def supervise(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """A supervision session with its four topics."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    form = SupervisionForm(posted(request), measures=current(run.service, Whose.MENTOR, timezone.localdate()))

    def act() -> None:
        given = form.rest()
        given["topics"] = [SupervisionTopic(name) for name in given["topics"]]
        given["face_to_face"] = given["face_to_face"] == "yes"
        given["goes_on"] = {"yes": True, "no": False}.get(given["goes_on"])
        record_supervision(mentor=found, by=request.user, measured=form.values(), **given)

    return asking(
        request,
        form,
        act,
        heading=f"Supervision session with {found.name}",
        back=reverse("mentor", args=[slug, mentor]),
        said="The session is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_pause(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Away from, until; nothing falls due meanwhile."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = PauseForm(posted(request), initial={"begins": timezone.localdate()})
    return asking(
        request,
        form,
        lambda: mentoring.pause(mentor=found, by=request.user, **form.cleaned_data),
        heading=f"{found.name} is away",
        lede="Nothing falls due meanwhile, and intervals run on from the day of return.",
        back=reverse("mentor", args=[slug, mentor]),
        said="The time away is recorded.",
    )


class BackForm(forms.Form):
    """Nothing to fill in: they are back from today."""


@page(Desk.SERVICE, "GET", "POST")
def mentor_is_back(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """They are back: yesterday was the last day away."""
    found = mentor_of(doors.people(request, slug), mentor)
    yesterday = timezone.localdate() - timedelta(days=1)
    form = BackForm(posted(request))
    return asking(
        request,
        form,
        lambda: mentoring.come_back(mentor=found, last_day_away=yesterday, by=request.user),
        heading=f"{found.name} is back",
        lede="Contact and supervision are due again, counted from today.",
        action="They are back from today",
        back=reverse("mentor", args=[slug, mentor]),
        said=f"{found.name} is back.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_leave(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """They leave; what is on record stays for as long as the service keeps it."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = LeaveForm(posted(request))
    return asking(
        request,
        form,
        lambda: mentoring.leave(mentor=found, by=request.user, **form.cleaned_data),
        heading=f"{found.name} leaves",
        back=reverse("mentor", args=[slug, mentor]),
        said=f"It is recorded that {found.name} leaves.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_return(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Somebody who had left is here again."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = BackForm(posted(request))
    return asking(
        request,
        form,
        lambda: mentoring.take_back(mentor=found, by=request.user),
        heading=f"Take {found.name} back?",
        lede="What is on record counts again, as far as it has not run out.",
        action="Take them back",
        back=reverse("mentor", args=[slug, mentor]),
        said=f"{found.name} is here again.",
    )


@page(Desk.SERVICE, "GET", "POST")
def champion(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Named a champion since when and for what; or no longer."""
    found = mentor_of(doors.people(request, slug), mentor)
    kept = {"named": "yes" if found.champion_since else "", "since": found.champion_since or timezone.localdate()}
    form = ChampionForm(posted(request), initial={**kept, "what_for": found.champion_for})

    def act() -> None:
        given = form.cleaned_data
        since = given["since"] if given["named"] == "yes" else None
        mentoring.name_champion(mentor=found, since=since, what_for=given["what_for"], by=request.user)

    return asking(
        request,
        form,
        act,
        heading=f"{found.name} as a champion",
        back=reverse("mentor", args=[slug, mentor]),
        said="It is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_invite(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Offer the mentor an account of their own."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = BackForm(posted(request))
    return asking(
        request,
        form,
        lambda: mentoring.invite_mentor(mentor=found, by=request.user, now=timezone.now()),
        heading=f"Offer {found.name} an account",
        lede="With it they see whom they meet and what is due, and log a meeting in seconds. A link goes to the "
        "address on their record; it works for 30 days, and for that address alone.",
        action="Send the link",
        back=reverse("mentor", args=[slug, mentor]),
        said="The link is on its way.",
    )


class BecomeForm(forms.Form):
    asked = forms.BooleanField(
        label="They asked for it, and agree that their details are carried over and kept",
        error_messages={"required": "Ask them first, and tick the box when they agree"},
    )


@page(Desk.SERVICE, "GET", "POST")
def becomes_mentor(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Somebody who had a mentor here applies to be one."""
    run = doors.people(request, slug)
    found = mentee_of(run, mentee)
    form = BecomeForm(posted(request))
    made: list[MentorRow] = []
    return asking(
        request,
        form,
        lambda: made.append(
            mentoring.become_mentor(
                mentee=found,
                practice=run.practice,
                asked=form.cleaned_data["asked"],
                by=request.user,
                today=timezone.localdate(),
            )
        ),
        heading=f"{found.name} would like to mentor",
        lede="They take the same steps as everybody else. Their record as a mentee stays as it is.",
        action="Make them an applicant",
        back=f"/run/{slug}/mentees/{mentee}/",
        to=lambda: reverse("mentor", args=[slug, made[0].ref]),
        said=f"{found.name} has applied to mentor.",
    )
