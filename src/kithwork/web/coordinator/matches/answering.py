"""A proposal until the introduction: explained, answered, withdrawn, introduced."""

from django.http import HttpResponse
from django.utils import timezone

from kithwork.caseload.actions import matches as act
from kithwork.caseload.queries.matches import State
from kithwork.core.verdict import Refused
from kithwork.web.coordinator.matches.forms import Answer, Because, Introduce
from kithwork.web.coordinator.matches.frame import Here, about, here, side_of
from kithwork.web.kit.acting import done, posted
from kithwork.web.kit.pages import Desk, Signed, page


def _proposed(seen: Here) -> Here:
    if seen.state is not State.PROPOSED:
        raise Refused("This is no longer a proposal: one of them declined, it was withdrawn, or they were introduced.")
    return seen


@page(Desk.SERVICE, "GET", "POST")
def match_answer(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    """When the reasons were explained to one of the two, and what they say."""
    seen, who = here(request, slug, match), side_of(side)
    if request.method == "GET":
        _proposed(seen)
    told = getattr(seen.match, f"{who}_told_on") or seen.today
    form = Answer(posted(request), initial={"told_on": told})
    return about(
        request,
        seen,
        form,
        lambda: act.record_answer(match=seen.match, side=who, by=request.user, today=seen.today, **form.cleaned_data),
        heading=f"Does {seen.called(who)} want to meet?",
        text="Both are free to say no, without giving a reason. Pairs that decline are not proposed again.",
        button="Save",
        said="Noted.",
    )


@page(Desk.SERVICE, "POST")
def match_ask(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    """Send one of the two the link with the reasons and with yes or no."""
    seen, who = here(request, slug, match), side_of(side)
    act.ask_by_link(match=seen.match, side=who, by=request.user, now=timezone.now(), today=seen.today)
    return done(request, seen.at("match"), f"A link is on its way to {seen.called(who)}. It works for 30 days.")


@page(Desk.SERVICE, "GET", "POST")
def match_withdraw(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    if request.method == "GET":
        _proposed(seen)
    form = Because(posted(request))
    return about(
        request,
        seen,
        form,
        lambda: act.withdraw(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Withdraw this proposal",
        text="Tell whoever has been asked already. The two can be proposed again later.",
        button="Withdraw the proposal",
        said="The proposal is withdrawn.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_introduce(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    if request.method == "GET":
        _proposed(seen)
    form = Introduce(posted(request), initial={"on": seen.today, "introduced_by": request.user.name})
    practice = seen.run.practice
    return about(
        request,
        seen,
        form,
        lambda: act.introduce(
            match=seen.match, practice=practice, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading=f"Introduce {seen.names}",
        caption="",
        text="From now on this match runs: the mentor sees it on their desk and logs when they meet.",
        button="They are introduced",
        said="They are introduced. Be in touch with both within a week of their first meeting.",
    )
