"""A service's public page for whoever would like to mentor: the role, and one form for all. Nobody needs an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import public_practice
from kithwork.caseload.actions.mentors import apply
from kithwork.caseload.queries.consents import Kind, words_for
from kithwork.core.service import asked as usual
from kithwork.core.verdict import Refused
from kithwork.web.coordinator.mentors.forms import ApplicationForm
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed


@page(Desk.PUBLIC, "GET", "POST")
def volunteer(request: HttpRequest, slug: str) -> HttpResponse:
    """What mentors do, then the form; a service that takes no mentors says so."""
    practice = public_practice(slug)
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        questions=practice.application_questions or usual.APPLICATION,
        referees=practice.references,
        consent=words_for(practice, Kind.DATA),
    )
    status = 200
    if request.method == "POST":
        status = _sent(request, form, practice)
        if status == 303:
            return HttpResponseRedirect(reverse("volunteer_thanks", args=[slug]), status=303)
    context = {
        "service": practice.service,
        "practice": practice,
        "form": form,
        "groups": [(title, [form[name] for name in names]) for title, names in _groups(form)],
    }
    answer = render(request, "public/volunteer.html", context, status=status)
    answer["Cache-Control"] = "no-store"  # what was typed is about a person
    return answer


def _sent(request: HttpRequest, form: ApplicationForm, practice: Any) -> int:
    if not form.is_valid():
        return 422
    if slowed(request):
        form.add_error(None, TOO_OFTEN)
        return TOO_MANY
    try:
        apply(
            practice=practice,
            details=form.details,
            answers=form.answers,
            referees=form.named,
            agreed=form.cleaned_data["agreed"],
            today=timezone.localdate(),
            by=None,
            how="on the application form",
        )
    except Refused as because:
        refuse(form, because)
        return 409
    return 303


def _groups(form: ApplicationForm) -> list[tuple[str, list[str]]]:
    """The form's fields under their headings, in the order of the page."""
    names = list(form.fields)
    about = [name for name in names if name in form.DETAILS]
    answers = [name for name in names if name.startswith("answer_")]
    referees = [name for name in names if name.startswith("referee_")]
    return [
        ("You", about[:6]),
        ("What you bring, and when", about[6:]),
        ("Mentoring", answers),
        *([("People we may ask about you", referees)] if referees else []),
        ("Your details", ["agreed"]),
    ]


@page(Desk.PUBLIC)
def volunteer_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next; the same for everybody, and nothing of what was sent."""
    practice = public_practice(slug)
    return render(request, "public/volunteer_thanks.html", {"service": practice.service, "practice": practice})
