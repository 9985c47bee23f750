"""One person's figures: what they were measured at, entering what they answer, and giving them a link to answer by."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of
from kithwork.caseload.actions import outcomes as act
from kithwork.caseload.queries.outcomes import Person, Whose, current, figures_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.handing import hand_over, how
from kithwork.web.coordinator.outcomes import cards
from kithwork.web.coordinator.outcomes.forms import Answers
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE, "GET", "POST")
def mentee_measures(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """A mentee's figures, and a form for the next."""
    run = doors.people(request, slug)
    return _enter(request, run, mentee_of(run, mentee), Whose.MENTEE)


@page(Desk.SERVICE, "GET", "POST")
def mentor_measures(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """A mentor's figures, and a form for the next."""
    run = doors.people(request, slug)
    return _enter(request, run, mentor_of(run, mentor), Whose.MENTOR)


def _enter(request: Signed, run: Run, person: Person, whose: Whose) -> HttpResponse:
    today, at = timezone.localdate(), [run.service.slug, person.ref]
    back = reverse(whose.value, args=at)
    measures = [] if person.erased_at or person.left_on else current(run.service, whose, today)
    form, status = Answers(posted(request), measures=measures, dated=True), OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: act.record(
                person=person, values=form.values(), on=form.cleaned_data["on"], by=request.user, today=today
            ),
            Link("See the record", back),
        )
        if status == DONE:
            return done(request, request.path, "Kept.")
    found = list(figures_of(person))
    context = {
        "run": run,
        "person": person,
        "heading": f"How are things with {person}?",
        "form": form,
        "measures": measures,
        "link": reverse(f"{whose.value}_measures_link", args=at),
        "found": [(measure.name, cards.course(measure, figures), cards.history(figures)) for measure, figures in found],
        "columns": ["On", "Figure", "Beside the first", "Entered by"],
        "back_href": back,
        "none_yet": f"Nothing is measured of {whose.label} yet.",
    }
    return render(request, "coordinator/outcomes/person.html", context, status=status)


@page(Desk.SERVICE, "GET", "POST")
def mentee_measures_link(request: Signed, slug: str, mentee: str) -> HttpResponse:
    found = mentee_of(doors.people(request, slug), mentee)
    return _hand(request, found, reverse("mentee_measures", args=[slug, mentee]))


@page(Desk.SERVICE, "GET", "POST")
def mentor_measures_link(request: Signed, slug: str, mentor: str) -> HttpResponse:
    found = mentor_of(doors.people(request, slug), mentor)
    return _hand(request, found, reverse("mentor_measures", args=[slug, mentor]))


def _hand(request: Signed, person: Person, back: str) -> HttpResponse:
    return hand_over(
        request,
        how(request, person.email),
        lambda mail: act.ask(person=person, by=request.user, now=timezone.now(), mail=mail),
        heading="Let them say how things are",
        caption=person.name,
        text="They answer by a link, without an account. It works once, within 30 days.",
        back=back,
    )
