"""A mentor's own things: training, supervision, when they are free, when they are away."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import mentoring
from kithwork.caseload.actions.logging import be_available
from kithwork.caseload.queries.mentoring import NEWSLETTER, Standing, gatherings_of_own, standing_of, trainings_of_own
from kithwork.core.service import Vetted
from kithwork.web.kit.acting import DONE, OK, ask, done, posted, tried
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors, forms
from kithwork.web.templatetags.kit import longdate

CHECKS = {
    Vetted.UNNEEDED: StateTag("Not needed", Kind.GREY),
    Vetted.NEVER: StateTag("Not done yet", Kind.AMBER),
    Vetted.CLEAR: StateTag("In order", Kind.GREEN),
    Vetted.ENDING: StateTag("To be renewed", Kind.AMBER),
    Vetted.GRACE: StateTag("Has run out", Kind.RED),
    Vetted.LAPSED: StateTag("Has run out", Kind.RED),
    Vetted.UNSUITABLE: StateTag("Speak to your service", Kind.GREY),
}
THERE = {
    "invited": StateTag("Invited", Kind.BLUE),
    "present": StateTag("There", Kind.GREEN),
    "absent": StateTag("Not there", Kind.GREY),
    "declined": StateTag("Declined", Kind.GREY),
}
CAME = {True: "You were there.", False: "You were not there.", None: ""}
MOST = 12  # gatherings and newsletters shown; ours


@page(Desk.MENTOR, "GET", "POST")
def mentor_you(request: Signed) -> HttpResponse:
    """What is on record of oneself, one part a service; free times and places are changed here."""
    mentors, today, status = doors.mentors(request), timezone.localdate(), OK
    standings = [standing_of(one, today) for one in mentors]
    bound = {}
    if request.method == "POST":
        one = next((each for each in mentors if each.ref == request.POST.get("mentor")), mentors[0])
        form = forms.Availability(request.POST, prefix=one.ref)
        status = tried(form, lambda: be_available(mentor=one, by=request.user, **form.cleaned_data))
        if status == DONE:
            return done(request, reverse("mentor_you"), "Saved. Your service sees it.")
        bound[one.ref] = form
    shown = page_of(request, trainings_of_own(mentors))
    context = {
        "parts": [_part(one, bound.get(one.mentor.ref)) for one in standings],
        "faulty_form": next(iter(bound.values()), None),
        "trainings": [
            (row.session.training.title, row.session.on, row.session.place, THERE[row.state]) for row in shown
        ],
        "columns": ["Training", "When", "Where", "You"],
        "page_obj": shown,
        "gatherings": [
            {
                "title": one.gathering.title,
                "hint": f"{one.gathering.get_kind_display().capitalize()}, {longdate(one.gathering.on)}"
                + (", mentees as well" if one.gathering.with_mentees else ""),
                "about": one.gathering.about,
                "came": CAME[None if one.gathering.kind == NEWSLETTER else one.came],
            }
            for one in gatherings_of_own(mentors)[:MOST]
        ],
    }
    return render(request, "mentor/you.html", context, status=status)


def _part(standing: Standing, form: forms.Availability | None) -> dict[str, object]:
    one = standing.mentor
    start = {"availability": one.availability, "places": one.places, "contact_wishes": one.contact_wishes}
    away = [
        f"From {longdate(pause.begins)}"
        + (f" until {longdate(pause.ends)}" if pause.ends else ", until you say you are back")
        for pause in standing.pauses
    ]
    return {
        "mentor": one,
        "form": form or forms.Availability(initial=start, prefix=one.ref),
        "away": away,
        "rows": [
            SummaryRow("Your check", CHECKS[standing.cleared.vetting]),
            SummaryRow("Last supervision", standing.supervised or "None yet"),
            SummaryRow(
                "Next supervision",
                f"By {longdate(standing.supervision_due)}" if standing.supervision_due else "Not due",
            ),
        ],
    }


@page(Desk.MENTOR, "GET", "POST")
def mentor_away(request: Signed, mentor: str) -> HttpResponse:
    """From when until when one is away: nothing falls due meanwhile."""
    one = next((each for each in doors.mentors(request) if each.ref == mentor), None)
    if one is None:
        raise Http404("No such page.")
    form = forms.Away(posted(request), initial={"begins": timezone.localdate()})
    return ask(
        request,
        form,
        lambda: mentoring.pause(mentor=one, by=request.user, **form.cleaned_data),
        heading="When are you away?",
        text="Nothing falls due meanwhile. Your service tells whoever you meet.",
        button="Save",
        said="Noted. Have a good time.",
        to=reverse("mentor_you"),
    )


@page(Desk.MENTOR, "POST")
def mentor_back(request: Signed, mentor: str) -> HttpResponse:
    """One is back from today."""
    one = next((each for each in doors.mentors(request) if each.ref == mentor), None)
    if one is None:
        raise Http404("No such page.")
    yesterday = timezone.localdate() - timedelta(days=1)
    mentoring.come_back(mentor=one, last_day_away=yesterday, by=request.user)
    return done(request, reverse("mentor_you"), "Welcome back.")
