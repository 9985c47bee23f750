"""What somebody who had a place says of a course, once, after its last part; and what was changed because of it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.courses import actions
from kithwork.courses.access import place_for
from kithwork.courses.queries import OfferingRow, may_give_feedback, responses_to
from kithwork.courses.questions import CHANGE, FEWEST, HELPED, QUESTIONS, SCALE
from kithwork.web.kit.cards import TimelineEvent
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors


class FeedbackForm(forms.Form):
    """Every statement rated, and two free answers that may stay empty."""

    helped = LongText(label=HELPED, required=False, max_length=2000, rows=4)
    change = LongText(label=CHANGE, required=False, max_length=2000, rows=4)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's data, or nothing
        for question in QUESTIONS:
            self.fields[question.id] = forms.ChoiceField(
                label=question.says,
                choices=[(str(rating), words) for rating, words in SCALE.items()],
                widget=forms.RadioSelect,
                error_messages={"required": f"Say how far you agree: {question.says}"},
            )
        self.order_fields([*(question.id for question in QUESTIONS), "helped", "change"])

    @property
    def ratings(self) -> dict[str, int]:
        return {question.id: int(self.cleaned_data[question.id]) for question in QUESTIONS}


def changed(offering: OfferingRow) -> list[TimelineEvent]:
    """What the body did because of what people said, newest first; in its name, not an officer's."""
    return [TimelineEvent(row.what, row.on, offering.body.name) for row in responses_to(offering)]


@page(Desk.SERVICE, "GET", "POST")
def my_feedback(request: Signed, place: str) -> HttpResponse:
    """The questions while they can be answered; afterwards what became of the answers."""
    doors.yourself(request)
    found = place_for(request.user, place)
    now = timezone.now()
    form, status = FeedbackForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                through(form, "helped", "change")
                actions.give_feedback(
                    place=found,
                    ratings=form.ratings,
                    helped=form.cleaned_data["helped"],
                    change=form.cleaned_data["change"],
                    by=request.user,
                    now=now,
                )
            except Refused as because:
                refuse(form, because)
                status = 409
            else:
                messages.success(request, "Thank you. What you said goes in with what the others say, without names.")
                return doors.go("my_course", found.offering.ref)
    verdict = may_give_feedback(found, now)
    title = found.offering.title
    context = {
        "heading": f"How was ‘{title}’?" if verdict else f"Feedback on ‘{title}’",
        "lede": f"Your name is never shown with your answers. {found.offering.body.name} sees them once {FEWEST} people"
        " have answered.",
        "open_now": bool(verdict),
        "because": verdict.because,
        "form": form,
        "shown": verdict or form.is_bound,
        "responses": changed(found.offering),
        "body": found.offering.body.name,
        "back_href": reverse("my_course", args=[found.offering.ref]),
        "back_words": title,
    }
    return render(request, "service/feedback.html", context, status=status)
