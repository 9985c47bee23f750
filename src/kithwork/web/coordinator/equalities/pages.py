"""Who takes part: what is published, asking everybody, and asking one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import mentee_of, mentor_of
from kithwork.caseload.actions import equalities as act
from kithwork.caseload.queries.equalities import Whose, asked_of, published_of, ready
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.equalities import cards
from kithwork.web.coordinator.equalities.forms import Equalities
from kithwork.web.coordinator.handing import hand_over, how
from kithwork.web.kit.acting import ask, done, posted
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Desk, Signed, page

WHY = "They may leave out what they like. Nobody here sees what they answer, and none of it stands on their record."


@page(Desk.SERVICE)
def equalities(request: Signed, slug: str) -> HttpResponse:
    """What was last published of mentees and of mentors, or one earlier count (`?count=`)."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found, now = published_of(run.service), ready(run.service, today)
    wanted = request.GET.get("count", "")
    shown = [one for one in found if one.ref == wanted] if wanted else cards.latest(found)
    if wanted and not shown:
        raise Http404("No such page.")
    context = {
        "run": run,
        "heading": cards.finding(found, now if run.coordinates else {}),
        "counts": [cards.sheet(one) for one in shown],
        "others": [
            Link(cards.title(one), f"{reverse('equalities', args=[slug])}?count={one.ref}")
            for one in found
            if one not in shown
        ],
        "ready": [cards.ready_words(whose, *years) for whose, years in now.items()] if run.coordinates else [],
        "asked": cards.asked_rows(asked_of(run.service), slug) if run.coordinates else [],
        "year": today.year,
    }
    return render(request, "coordinator/equalities/page.html", context)


@page(Desk.SERVICE, "POST")
def equalities_publish(request: Signed, slug: str) -> HttpResponse:
    """Publish what can be; the answers themselves are deleted."""
    run = doors.people(request, slug)
    act.publish(service=run.service, by=request.user, today=timezone.localdate())
    return done(request, reverse("equalities", args=[slug]), "Published. The answers themselves are deleted.")


@page(Desk.SERVICE, "GET", "POST")
def equalities_ask(request: Signed, slug: str, whose: str) -> HttpResponse:
    """Mail the link to all who were not asked yet."""
    run = doors.people(request, slug)
    if whose not in Whose.values:
        raise Http404("No such page.")
    side = Whose(whose)
    waiting = asked_of(run.service)[side].reachable
    to = reverse("equalities", args=[slug])
    return ask(
        request,
        cards.Nothing(posted(request)),
        lambda: act.ask_all(service=run.service, whose=side, by=request.user, now=timezone.now()),
        heading=f"Ask {cards.people(min(waiting, act.AT_ONCE), side)} by e-mail?",
        button="Send the links",
        said="The links are on their way.",
        to=to,
        text=f"Each gets a link of their own, which works for 60 days. {WHY}",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_equalities(request: Signed, slug: str, mentee: str) -> HttpResponse:
    found = mentee_of(doors.people(request, slug), mentee)
    return _hand(request, found, reverse("mentee", args=[slug, mentee]), reverse("mentee_paper", args=[slug, mentee]))


@page(Desk.SERVICE, "GET", "POST")
def mentor_equalities(request: Signed, slug: str, mentor: str) -> HttpResponse:
    found = mentor_of(doors.people(request, slug), mentor)
    return _hand(request, found, reverse("mentor", args=[slug, mentor]), reverse("mentor_paper", args=[slug, mentor]))


def _hand(request: Signed, person: cards.Person, back: str, paper: str) -> HttpResponse:
    return hand_over(
        request,
        how(request, person.email),
        lambda mail: act.ask(person=person, by=request.user, now=timezone.now(), mail=mail),
        heading="Ask the equalities questions",
        caption=person.name,
        text=WHY,
        back=back,
        more=Link("They answered on paper: type it in", paper),
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_paper(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """What a mentee answered on paper."""
    found = mentee_of(doors.people(request, slug), mentee)
    return _paper(request, found, reverse("mentee", args=[slug, mentee]))


@page(Desk.SERVICE, "GET", "POST")
def mentor_paper(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """What a mentor answered on paper."""
    found = mentor_of(doors.people(request, slug), mentor)
    return _paper(request, found, reverse("mentor", args=[slug, mentor]))


def _paper(request: Signed, person: cards.Person, back: str) -> HttpResponse:
    form = Equalities(posted(request))
    return ask(
        request,
        form,
        lambda: act.take_down(person=person, given=form.given, by=request.user, today=timezone.localdate()),
        heading="Type in what they answered on paper",
        caption=person.name,
        button="Keep the answers",
        said="Kept, apart from the record. Destroy the paper now.",
        to=back,
        text="Leave out what they left out. You will not see this again, and nobody else will.",
    )
