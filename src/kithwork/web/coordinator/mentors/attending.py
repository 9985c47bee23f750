"""At a training and after it: who was there and how it went, what people think, what was changed."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access_mentors import session_of, training_of
from kithwork.caseload.actions import trainings as acts
from kithwork.caseload.queries.trainings import people_at
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.frame import acting, asking
from kithwork.web.coordinator.mentors.training_forms import ActedForm, OpinionForm, RegisterForm
from kithwork.web.kit.acting import posted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.SERVICE, "GET", "POST")
def session_register(request: Signed, slug: str, training: str, session: str) -> HttpResponse:
    """Who is here, whether they understood, how they did. It can be saved as often as people arrive."""
    found = session_of(training_of(doors.people(request, slug), training), session)
    people = people_at(found.training)
    form = RegisterForm(posted(request), people, found)
    noted: list[int] = []

    def act() -> None:
        noted.append(acts.note_attendance(session=found, marks=form.marks, seen=form.seen, by=request.user))

    return asking(
        request,
        form,
        act,
        heading=f"Who was at session {found.number} of ‘{found.training.title}’?",
        lede=f"{longdate(found.on)}{f': {found.title}' if found.title else ''}",
        back=reverse("training", args=[slug, training]),
        said=lambda: f"Noted for {plural(noted[0], 'person,people')}.",
        template="coordinator/mentors/register.html",
        anybody=bool(form.people),
        topics=found.training.topics,
        early=found.on > timezone.localdate(),
    )


@page(Desk.SERVICE, "POST")
def training_ask(request: Signed, slug: str, training: str) -> HttpResponse:
    """Ask everybody who was there what they think."""
    found = training_of(doors.people(request, slug), training)
    told: list[str] = []

    def act() -> None:
        sent, without = acts.ask_feedback(training=found, by=request.user, now=timezone.now())
        rest = f" {plural(without, 'person has,people have')} no address: type in what they say." if without else ""
        told.append(f"The question is on its way to {plural(sent, 'person,people')}.{rest}")

    return acting(request, act, back=reverse("training", args=[slug, training]), said=lambda: told[0])


@page(Desk.SERVICE, "GET", "POST")
def training_said(request: Signed, slug: str, training: str, mentor: str) -> HttpResponse:
    """What somebody said on paper."""
    found = training_of(doors.people(request, slug), training)
    person = next((one for one in people_at(found) if one.mentor.ref == mentor), None)
    if person is None:
        raise Http404("No such page.")
    form = OpinionForm(posted(request))
    today = timezone.localdate()

    def act() -> None:
        given = form.cleaned_data
        satisfied, learnt = int(given["satisfied"]), int(given["learnt"])
        acts.say(
            attendance=person.opinion, satisfied=satisfied, learnt=learnt, said=given["said"], on=today, by=request.user
        )

    return asking(
        request,
        form,
        act,
        heading=f"What {person.mentor.name} thinks of ‘{found.title}’",
        back=reverse("training", args=[slug, training]),
        said="The answer is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def training_acted(request: Signed, slug: str, training: str) -> HttpResponse:
    """What was changed because of the feedback."""
    found = training_of(doors.people(request, slug), training)
    first = {"words": found.acted_on, **({"on": found.acted_on_day} if found.acted_on_day else {})}
    form = ActedForm(posted(request), initial=first)
    return asking(
        request,
        form,
        lambda: acts.act_on(
            training=found, words=form.cleaned_data["words"], on=form.cleaned_data["on"], by=request.user
        ),
        heading=f"What changed after ‘{found.title}’",
        back=reverse("training", args=[slug, training]),
        said="It is recorded.",
    )
