"""Who assesses an application: ask the body's assessors, as many as the scheme lets judge it, see their declarations,
end an appointment.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.schemes import Edition
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import end_appointment
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import AppointmentRow, JourneyRow, appointments_of, caseload_of_assessors
from kithwork.organisations.models import Role
from kithwork.organisations.queries import members_among, members_of
from kithwork.procedures.applying import ask_assessor
from kithwork.web.body import doors
from kithwork.web.body.onward import onward_to
from kithwork.web.body.wording import APPOINTMENTS, applicant_of, sentence
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import LongText, hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assessor of the body: how much they have, and why they cannot be asked (empty: they can)."""

    user: User
    open: int
    asked: int
    barred: str

    @property
    def load(self) -> str:
        asked = f", and asked to take {self.asked} more" if self.asked else ""
        return f"{plural(self.open, 'open case')}{asked}"


def candidates(journey: JourneyRow, asked: list[AppointmentRow]) -> list[Candidate]:
    """All assessors of the body, those with the least to do first."""
    body = journey.edition.body
    people = [row.user for row in members_of(body) if row.role == Role.ASSESSOR]
    loads = caseload_of_assessors(body)
    own: frozenset[int] = frozenset()
    if journey.service is not None:
        own = members_among(journey.service.organisation, [user.pk for user in people])
    conflicted = {row.assessor_id: row.declared_on for row in asked if row.state == "conflict"}
    live = {row.assessor_id for row in asked if row.state in row.LIVE}
    found = []
    for user in people:
        if user.pk in live:
            continue  # they stand above, with their appointment
        barred = ""
        if user.pk in own:
            barred = "Belongs, or belonged, to the organisation that applies"
        elif user.pk in conflicted:
            barred = f"Declared a conflict of interest on {longdate(conflicted[user.pk])}"
        elif user.pk == journey.person_id:
            barred = "Is the applicant"
        found.append(Candidate(user, *loads.get(user.pk, (0, 0)), barred))
    return sorted(found, key=lambda one: (one.open + one.asked, one.user.name))


class AskForm(forms.Form):
    assessor = forms.ChoiceField(label="Whom do you ask?", widget=forms.RadioSelect)

    def __init__(self, data: Any, free: list[Candidate]) -> None:
        super().__init__(data)
        assessor = self.fields["assessor"]
        assert isinstance(assessor, forms.ChoiceField)
        assessor.choices = [(one.user.ref, hinted(one.user.name, one.load)) for one in free]


class EndForm(forms.Form):
    """The end of an appointment needs its reason; a request that nobody has answered is simply taken back."""

    reason = LongText(label="Reason", rows=3, max_length=2000, help_text="Kept in the history.")

    def __init__(self, data: Any, live: AppointmentRow | None) -> None:
        super().__init__(data)
        typed = bool(data and data.get("reason"))  # for an appointment that another took the place of: never dropped
        if live is not None and live.state == "asked" and not typed:
            del self.fields["reason"]


def _do(
    request: Signed, journey: JourneyRow, ending: AppointmentRow | None, free: list[Candidate], onward: Link
) -> tuple[forms.Form, int, str]:
    """The form that was sent, what became of it, and what to say when it is done."""
    today = timezone.localdate()
    if request.POST.get("do") == "end":
        end = EndForm(request.POST, ending)
        who = ending.assessor.name if ending else ""

        def finish() -> None:
            # somebody else may have ended this one and asked another since the page was opened
            if ending is None:
                raise Refused("This appointment has ended already.")
            reason = end.cleaned_data.get("reason", "")
            end_appointment(journey=journey, by=request.user, today=today, reason=reason, ref=ending.ref)

        return end, tried(end, finish, onward), f"The appointment of {who} has ended."
    ask = AskForm(request.POST, free)
    chosen = next((one.user for one in free if one.user.ref == request.POST.get("assessor")), None)

    def send() -> None:
        assert chosen is not None  # the form's own choices
        ask_assessor(journey=journey, assessor=chosen, by=request.user, today=today)

    said = f"{chosen.name} has been asked. They first say whether any interest conflicts." if chosen else ""
    return ask, tried(ask, send, onward), said


def _ending(request: Signed, live: list[AppointmentRow], *, room: bool) -> AppointmentRow | None:
    """The appointment whose end is asked about: the one that is named, else the only one where no room is left."""
    wanted = request.POST.get("appointment") or request.GET.get("end", "")
    if wanted:
        return next((one for one in live if one.ref == wanted), None)
    alone = len(live) == 1 and (not room or request.POST.get("do") == "end")
    return live[0] if alone else None


@page(Desk.BODY, "GET", "POST")
def appoint(request: Signed, org: str, ref: str) -> HttpResponse:
    """Ask an assessor, or (`do=end`) take a request or an appointment back, the one that `end` in the address names."""
    journey = doors.journey(request, org, ref)
    edition = edition_of(journey.edition)
    asked = appointments_of(journey)
    live = [one for one in reversed(asked) if one.state in one.LIVE]
    most = edition.most_assessors
    room = len(live) < most
    ending = _ending(request, live, room=room)
    everybody = candidates(journey, asked)
    free = [one for one in everybody if not one.barred]
    form: forms.Form = EndForm(None, ending) if ending else AskForm(None, free)
    status = OK
    if request.method == "POST":
        form, status, said = _do(request, journey, ending, free, onward_to(org, ref))
        if status == DONE:
            return done(request, reverse("body_journey", args=[org, ref]), said)
    word = edition.words.assessor
    asks = isinstance(form, AskForm)
    context = {
        "heading": _heading(journey, edition, live, ending),
        "form": form,
        "ending": ending if not asks else None,
        "asks": asks and room,
        "kept": not asks and ending is None,
        "live": live,
        "live_rows": [
            (one.assessor.name, APPOINTMENTS[one.state], one.asked_on, one.declared_on, _end_link(one)) for one in live
        ],
        "live_columns": ["Name", "State", "Asked", "Answered", "What you can do"],
        "most": most,
        "wanted": edition.scheme.assessors,
        "free": free,
        "barred": [(one.user.name, one.barred) for one in everybody if one.barred],
        "history": [
            (one.assessor.name, APPOINTMENTS[one.state], one.asked_on, one.declared_on, one.declaration)
            for one in asked
        ],
        "history_columns": ["Name", "State", "Asked", "Answered", "In their words"],
        "barred_columns": ["Name", "Why"],
        "back_href": reverse("body_journey", args=[org, ref]),
        "service": applicant_of(journey),
        "word": word,
        "org": org,
    }
    return render(request, "body/appoint.html", context, status=status)


def _end_link(one: AppointmentRow) -> Link:
    return Link("Take back" if one.state == "asked" else "End", f"?end={one.ref}", one.assessor.name)


def _heading(journey: JourneyRow, edition: Edition, live: list[AppointmentRow], ending: AppointmentRow | None) -> str:
    service, word = applicant_of(journey), edition.words.assessor
    one = ending or (live[0] if len(live) == 1 else None)
    if one is not None and (ending or edition.most_assessors == 1):
        asked = one.state == "asked"
        return f"{one.assessor.name} {'has been asked to assess' if asked else 'assesses'} {service}"
    if not live:
        return f"{sentence(word)} for {service}: ask one"
    appointed = sum(one.state == "appointed" for one in live)
    return f"{appointed} of {max(edition.scheme.assessors, len(live))} {word}s appointed for {service}"
