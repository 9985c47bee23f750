"""Time: extend one stage, stop the clock, let it run again; and the end of an application by the body."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import Position
from kithwork.journeys.queries import JourneyRow, read
from kithwork.procedures.applying import close as close_journey
from kithwork.procedures.applying import extend, resume_clock, stop_clock
from kithwork.web.body import doors
from kithwork.web.body.onward import onward_to
from kithwork.web.body.wording import applicant_of, due_words
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import GovDateField, LongText, hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

READ = "The applicant reads it."


class ExtendForm(forms.Form):
    stage = forms.ChoiceField(label="Which stage?", widget=forms.RadioSelect)
    until = GovDateField(label="New last day", help_text="For example, 27 3 2027.")
    reason = LongText(label="Reason", rows=3, max_length=2000, help_text=READ)

    def __init__(self, data: Any, position: Position) -> None:
        super().__init__(data, prefix="extend")
        stage = self.fields["stage"]
        assert isinstance(stage, forms.ChoiceField)
        shown = list(position.open_stages)
        posted = self.data.get(self.add_prefix("stage"), "")
        if posted in position.stages and posted not in shown:
            shown.append(posted)  # it was open when the page was: the action refuses it, and the choice stays
        stage.choices = [(one, self._choice(position, one)) for one in shown]
        if len(position.open_stages) == 1:
            stage.initial = position.open_stages[0]

    @staticmethod
    def _choice(position: Position, stage: str) -> str:
        found = position.stages[stage]
        if found.due is None:
            return hinted(found.title, "No last day so far")
        return hinted(found.title, f"Until {longdate(found.due)}, {due_words(found.due, position.today)}")


class StopForm(forms.Form):
    expected = GovDateField(label="Expected to run again on", help_text="For example, 27 3 2027.")
    reason = LongText(label="Reason", rows=3, max_length=2000, help_text=READ)

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="stop")


class ResumeForm(forms.Form):
    reason = LongText(label="Reason", rows=3, required=False, max_length=2000, help_text=READ)

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="resume")


def _extend(request: Signed, journey: JourneyRow, form: ExtendForm, onward: Link) -> tuple[int, str]:
    status = tried(
        form,
        lambda: extend(
            journey=journey,
            stage=form.cleaned_data["stage"],
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            today=timezone.localdate(),
        ),
        onward,
    )
    return status, f"Extended until {longdate(form.cleaned_data.get('until'))}. The applicant has been told."


def _stop(request: Signed, journey: JourneyRow, form: StopForm, onward: Link) -> tuple[int, str]:
    status = tried(
        form,
        lambda: stop_clock(
            journey=journey,
            expected=form.cleaned_data["expected"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            today=timezone.localdate(),
        ),
        onward,
    )
    return status, "The clock is stopped. The applicant has been told."


def _resume(request: Signed, journey: JourneyRow, form: ResumeForm, onward: Link) -> tuple[int, str]:
    status = tried(
        form,
        lambda: resume_clock(
            journey=journey, by=request.user, today=timezone.localdate(), reason=form.cleaned_data["reason"]
        ),
        onward,
    )
    return status, "The clock runs again, and the dates have moved. The applicant has been told."


def _heading(name: str, position: Position) -> str:
    if position.clock.stopped:
        return f"The clock of {name} is stopped"
    return f"The clock of {name} is running" if position.acts else f"No clock is running for {name}"


@page(Desk.BODY, "GET", "POST")
def clock(request: Signed, org: str, ref: str) -> HttpResponse:
    """`do` is extend, stop or resume. Each tells the applicant."""
    journey = doors.journey(request, org, ref)
    position = read(journey, timezone.localdate()).position
    do = request.POST.get("do", "") if request.method == "POST" else ""
    extending = ExtendForm(request.POST if do == "extend" else None, position)
    stopping = StopForm(request.POST if do == "stop" else None)
    resuming = ResumeForm(request.POST if do == "resume" else None)
    status, said, onward = OK, "", onward_to(org, ref)
    match do:
        case "extend":
            status, said = _extend(request, journey, extending, onward)
        case "stop":
            status, said = _stop(request, journey, stopping, onward)
        case "resume":
            status, said = _resume(request, journey, resuming, onward)
        case _:
            pass
    if status == DONE:
        return done(request, reverse("body_journey", args=[org, ref]), said)
    name = applicant_of(journey)
    stopped = position.clock.stopped
    context = {
        "heading": _heading(name, position),
        "stopped": stopped,
        "expected": position.clock.expected,
        "late": due_words(position.clock.expected, position.today) if stopped else "",
        "form": next((one for one in (extending, stopping, resuming) if one.is_bound), None),
        "lost": (resuming.is_bound and not stopped)
        or (extending.is_bound and not position.open_stages)
        or (stopping.is_bound and (stopped or not position.acts)),
        "extending": extending,
        "stopping": stopping,
        "resuming": resuming,
        "can_extend": bool(position.open_stages),
        "runs": bool(position.acts),
        "service": name,
        "back_href": reverse("body_journey", args=[org, ref]),
    }
    return render(request, "body/clock.html", context, status=status)


class CloseForm(forms.Form):
    reason = LongText(label="Reason", rows=4, max_length=2000, help_text=READ)


@page(Desk.BODY, "GET", "POST")
def close(request: Signed, org: str, ref: str) -> HttpResponse:
    """End an application, after an interruption that says what follows. Tells the applicant."""
    journey = doors.journey(request, org, ref)
    form = CloseForm(request.POST if request.method == "POST" else None)
    back = reverse("body_journey", args=[org, ref])
    name = applicant_of(journey)
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: close_journey(
                journey=journey, by=request.user, today=timezone.localdate(), reason=form.cleaned_data["reason"]
            ),
            onward_to(org, ref),
        )
        if status == DONE:
            return done(request, back, f"The application of {name} is closed. The applicant has been told.")
    held = " What is held already stays valid." if journey.granted_level else ""
    context = {
        "heading": f"Close the application of {name}?",
        "text": "It ends for good and cannot be opened again. Fees paid stay paid."
        f"{held} The applicant reads your reason.",
        "form": form,
        "action_text": "Close it",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)
