"""What can be changed of a mentee's record: each a form of its own."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of
from kithwork.caseload.actions import mentees as actions
from kithwork.caseload.actions.contacts import log_contact
from kithwork.caseload.queries.consents import Kind as ConsentKind
from kithwork.caseload.queries.consents import may
from kithwork.caseload.queries.mentees import MenteeRow
from kithwork.core.keeping import Kind as RecordKind
from kithwork.procedures.processing import length
from kithwork.rights.queries import periods_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.contacting import ContactForm, Kind, Way
from kithwork.web.coordinator.mentees.forms import Away, Back, Leave, Priority, Record, Return
from kithwork.web.coordinator.mentees.record import LINK_ONCE
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.pages import Desk, Signed, page


def opened(request: Signed, slug: str, ref: str) -> tuple[Run, MenteeRow, str]:
    """The door to one record: the service, the mentee, and the record's address."""
    run = doors.people(request, slug)
    return run, mentee_of(run, ref), reverse("mentee", args=[slug, ref])


@page(Desk.SERVICE, "GET", "POST")
def mentee_edit(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Everything the record says. Two at once: the second is told, and keeps what they typed."""
    _, found, to = opened(request, slug, mentee)
    names = [name for name in Record.base_fields if name != "since"]
    start = {name: getattr(found, name) for name in names} | {"since": found.changed_at.isoformat()}
    form = Record(posted(request), initial=start)

    def act() -> None:
        data = {name: form.cleaned_data[name] for name in names}
        since = _moment(form.cleaned_data["since"])
        actions.change(mentee=found, by=request.user, now=timezone.now(), since=since, **data)

    return ask(request, form, act, heading="Change the record", caption=found.name, button="Save", said="Saved.", to=to)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@page(Desk.SERVICE, "GET", "POST")
def mentee_contact(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Log a contact of staff with the mentee, or with whoever referred them (`?with=referrer`)."""
    run, found, to = opened(request, slug, mentee)
    about = request.POST.get("with") or request.GET.get("with", "")
    kind = Kind.REFERRER if about == "referrer" else Kind.MENTEE
    one_click = request.POST.get("quick") == "1"
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and one_click:
        today = timezone.localdate()
        day = {"on_day": str(today.day), "on_month": str(today.month), "on_year": str(today.year)}
        for name, value in {**day, "reached": "yes", "minutes": ""}.items():
            data.setdefault(name, value)
        data.setdefault("way", Way.PHONE.value)
    form = ContactForm(data, initial={"on": timezone.localdate()})
    if one_click:
        to = reverse("waiting", args=[slug])

    def act() -> None:
        log_contact(service=run.service, kind=kind, mentee=found, by=request.user, **form.cleaned_data)

    heading, text = "Log a contact", ""
    if kind == Kind.REFERRER:
        heading = "Log a contact with the referrer"
        if not may(found, ConsentKind.THIRD_PARTIES, timezone.localdate()):
            text = f"{found} has not agreed that others are asked or told about them. Keep to what keeps them safe."
    return ask(
        request,
        form,
        act,
        heading=heading,
        text=text,
        caption=found.name,
        button="Log it",
        said=f"Contact with {found} logged." if kind == Kind.MENTEE else "Contact with the referrer logged.",
        to=to,
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_priority(request: Signed, slug: str, mentee: str) -> HttpResponse:
    _, found, to = opened(request, slug, mentee)
    form = Priority(posted(request), initial={"priority": found.priority, "because": found.priority_because})

    def act() -> None:
        actions.prioritise(mentee=found, by=request.user, now=timezone.now(), **form.cleaned_data)

    return ask(
        request, form, act, heading="Set the priority", caption=found.name, button="Save", said="Priority set.", to=to,
        text="The waiting list puts the most urgent first, and among those the longest waiting.",
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentee_pause(request: Signed, slug: str, mentee: str) -> HttpResponse:
    _, found, to = opened(request, slug, mentee)
    form = Away(posted(request), initial={"begins": timezone.localdate()})

    def act() -> None:
        actions.pause(mentee=found, by=request.user, **form.cleaned_data)

    return ask(
        request, form, act, heading="Away for a while", caption=found.name, button="Save", said="Saved.", to=to,
        text="Nothing falls due meanwhile. Contacts and reviews run on from the day of return.",
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentee_back(request: Signed, slug: str, mentee: str) -> HttpResponse:
    _, found, to = opened(request, slug, mentee)
    form = Back(posted(request), initial={"last": timezone.localdate()})

    def act() -> None:
        actions.back(mentee=found, by=request.user, **form.cleaned_data)

    return ask(
        request, form, act, heading="Back from a pause", caption=found.name, button="Save", said="Welcome back.", to=to
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_leave(request: Signed, slug: str, mentee: str) -> HttpResponse:
    run, found, to = opened(request, slug, mentee)
    form = Leave(posted(request), initial={"on": timezone.localdate()})

    def act() -> None:
        actions.leave(mentee=found, by=request.user, now=timezone.now(), **form.cleaned_data)

    months = periods_of(run.service, run.practice.retain_years)[RecordKind.MENTEE]
    kept = f"{length(months)} after this day" if months else "as long as it is needed"
    return ask(
        request, form, act, heading="Leaves the service", caption=found.name, button="Record that they leave",
        said="They have left. Their record stays for the time you keep records.", to=to,
        text=f"The record is kept for {kept}. They can come back at any time before that.",
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentee_return(request: Signed, slug: str, mentee: str) -> HttpResponse:
    _, found, to = opened(request, slug, mentee)
    form = Return(posted(request), initial={"on": timezone.localdate()})

    def act() -> None:
        actions.come_back(mentee=found, by=request.user, now=timezone.now(), **form.cleaned_data)

    return ask(
        request, form, act, heading="Back with the service", caption=found.name, button="Record the return",
        said="They are on the waiting list again.", to=to,
    )  # fmt: skip


class HowGiven(forms.Form):
    how = forms.ChoiceField(
        label="How do they get the link?",
        choices=[("mail", "By e-mail, now"), ("show", "Show it to me once, to hand over on paper or by text")],
        widget=forms.RadioSelect,
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_link(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """A new link to the mentee's own page; it is mailed, or shown once on the record."""
    _, found, to = opened(request, slug, mentee)
    form = HowGiven(posted(request), initial={"how": "mail" if found.email else "show"})

    def act() -> None:
        mail = form.cleaned_data["how"] == "mail"
        path = actions.own_link(mentee=found, by=request.user, now=timezone.now(), mail=mail)
        if not mail:
            request.session[LINK_ONCE] = request.build_absolute_uri(path)

    return ask(
        request, form, act, heading="Give them a link to their own page", caption=found.name, button="Make the link",
        said="The new link works. One made before no longer does.", to=to,
        text="There they see who their mentor is and what may be shared, ask to be rung, and say if something is wrong."
        " They need no account.",
    )  # fmt: skip
