"""Who assesses an application: ask one of the body's assessors, see their declaration, end the appointment."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import end_appointment
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import AppointmentRow, JourneyRow, appointments_of, caseload_of_assessors
from kithwork.organisations.models import Role
from kithwork.organisations.queries import members_among, members_of
from kithwork.procedures.applying import ask_assessor
from kithwork.web.body import doors
from kithwork.web.body.answers import DONE, OK, done, onward_to, tried
from kithwork.web.body.wording import APPOINTMENTS, applicant_of, sentence
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
    found = []
    for user in people:
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
    request: Signed, journey: JourneyRow, live: AppointmentRow | None, free: list[Candidate], onward: Link
) -> tuple[forms.Form, int, str]:
    """The form that was sent, what became of it, and what to say when it is done."""
    today = timezone.localdate()
    if request.POST.get("do") == "end":
        end = EndForm(request.POST, live)
        who = live.assessor.name if live else ""

        def finish() -> None:
            # somebody else may have ended this one and asked another since the page was opened
            if live is None or request.POST.get("appointment", live.ref) != live.ref:
                raise Refused("This appointment has ended already.")
            end_appointment(journey=journey, by=request.user, today=today, reason=end.cleaned_data.get("reason", ""))

        return end, tried(end, finish, onward), f"The appointment of {who} has ended."
    ask = AskForm(request.POST, free)
    chosen = next((one.user for one in free if one.user.ref == request.POST.get("assessor")), None)

    def send() -> None:
        assert chosen is not None  # the form's own choices
        ask_assessor(journey=journey, assessor=chosen, by=request.user, today=today)

    said = f"{chosen.name} has been asked. They first say whether any interest conflicts." if chosen else ""
    return ask, tried(ask, send, onward), said


@page(Desk.BODY, "GET", "POST")
def appoint(request: Signed, org: str, ref: str) -> HttpResponse:
    """Ask an assessor, or (`do=end`) take the request or the appointment back. Tells the person asked."""
    journey = doors.journey(request, org, ref)
    edition = edition_of(journey.edition)
    asked = appointments_of(journey)
    live = next((one for one in asked if one.state in one.LIVE), None)
    everybody = candidates(journey, asked)
    free = [one for one in everybody if not one.barred]
    form: forms.Form = EndForm(None, live) if live else AskForm(None, free)
    status = OK
    if request.method == "POST":
        form, status, said = _do(request, journey, live, free, onward_to(org, ref))
        if status == DONE:
            return done(request, reverse("body_journey", args=[org, ref]), said)
    word = edition.words.assessor
    service = applicant_of(journey)
    if live is None:
        heading = f"{sentence(word)} for {service}: ask one"
    elif live.state == "asked":
        heading = f"{live.assessor.name} has been asked to assess {service}"
    else:
        heading = f"{live.assessor.name} assesses {service}"
    context = {
        "heading": heading,
        "form": form,
        "ending": isinstance(form, EndForm),
        "live": live,
        "free": free,
        "barred": [(one.user.name, one.barred) for one in everybody if one.barred],
        "history": [
            (one.assessor.name, APPOINTMENTS[one.state], one.asked_on, one.declared_on, one.declaration)
            for one in asked
        ],
        "history_columns": ["Name", "State", "Asked", "Answered", "In their words"],
        "barred_columns": ["Name", "Why"],
        "back_href": reverse("body_journey", args=[org, ref]),
        "service": service,
        "word": word,
        "org": org,
    }
    return render(request, "body/appoint.html", context, status=status)
