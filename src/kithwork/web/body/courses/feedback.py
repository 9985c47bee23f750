"""What people said of a course, in sums, and what the body changed because of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses.queries import FeedbackSummary, feedback_summary, responses_to
from kithwork.courses.questions import CHANGE, FEWEST, HELPED, SCALE
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.forms import ChangedForm
from kithwork.web.body.courses.offering import places_in
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, TimelineEvent
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural


def _heading(title: str, summary: FeedbackSummary) -> str:
    if not summary.answers:
        return f"No feedback on ‘{title}’ yet"
    if not summary.shown:
        few = plural(summary.answers, "person has,people have")
        return f"{few} given feedback on ‘{title}’; it is shown from {FEWEST}"
    return f"{summary.answers} of {plural(summary.asked, 'person has,people have')} given feedback on ‘{title}’"


@page(Desk.BODY, "GET", "POST")
def course_feedback(request: Signed, org: str, ref: str) -> HttpResponse:
    """Sums and texts without names, from three answers on; takes what was changed."""
    offering = doors.offering(request, org, ref)
    form = ChangedForm(request.POST if request.method == "POST" else None)
    status = OK
    if request.method == "POST":
        today = timezone.localdate()
        status = tried(
            form,
            lambda: attending.answer_feedback(
                offering=offering, what=form.cleaned_data["what"], by=request.user, today=today
            ),
        )
        if status == DONE:
            return done(request, reverse("course_feedback", args=[org, ref]), "What you changed is recorded.")
    summary = feedback_summary(offering)
    responses = list(responses_to(offering))
    context = {
        "heading": _heading(offering.title, summary),
        "places": places_in(org, offering, "course_feedback"),
        "back_href": reverse("courses", args=[org]),
        "summary": summary,
        "fewest": FEWEST,
        "columns": [
            "Statement",
            Column("Agree in all", numeric=True),
            *(Column(words, numeric=True) for words in SCALE.values()),
        ],
        "rows": [
            (one.question.says, f"{one.agree} of {summary.answers}", *(count for _, count in one.counts))
            for one in summary.tallies
        ],
        "texts": [(HELPED, summary.helped), (CHANGE, summary.change)],
        "owed": summary.shown and not responses,
        "responses": [TimelineEvent(row.what, row.on, row.by.name) for row in responses],
        "form": form,
    }
    return render(request, "body/courses/feedback.html", context, status=status)
