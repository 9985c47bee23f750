"""How a match ends, and what belongs to it: told, looked back on, confirmed, asked, and what comes next."""

from datetime import timedelta

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.caseload.actions import endings as act
from kithwork.caseload.queries.matches import EndingKind, State
from kithwork.core.credentials import FarewellFacts, Party, farewell
from kithwork.core.verdict import Refused
from kithwork.web.coordinator.matches import forms
from kithwork.web.coordinator.matches.frame import about, here, side_of
from kithwork.web.kit.acting import posted
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE, "GET", "POST")
def match_end(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    days = seen.run.practice.notice_days
    if request.method == "GET" and seen.state is not State.RUNNING:
        raise Refused("This match does not run, or its ending is known already.")
    last = seen.today + timedelta(days=days)
    form = forms.End(posted(request), initial={"known_on": seen.today, "last_day": last, "kind": "planned"})

    def save() -> None:
        given = dict(form.cleaned_data)
        kind = EndingKind(given.pop("kind"))
        practice = seen.run.practice
        act.end(match=seen.match, practice=practice, kind=kind, by=request.user, today=seen.today, **given)

    return about(
        request,
        seen,
        form,
        save,
        heading="End this match",
        text=f"A planned ending has {days} days' notice. The match runs until its last day, and can be taken up again "
        "until then.",
        button="Save the ending",
        said="The ending is noted. Its page says who is still to be told.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_goes_on(request: Signed, slug: str, match: str) -> HttpResponse:
    """The ending is taken back before its last day."""
    seen = here(request, slug, match)
    ending = seen.ending
    form = Form(posted(request))
    return about(
        request,
        seen,
        form,
        lambda: act.take_back(ending=ending, match=seen.match, by=request.user, today=seen.today),
        heading="Does this match go on after all?",
        text="What was noted about the ending is removed. Tell everybody who was told that it ends.",
        button="It goes on",
        said="The match goes on.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_told(request: Signed, slug: str, match: str, whom: str) -> HttpResponse:
    seen = here(request, slug, match)
    if whom not in set(act.Told):
        raise Http404("No such page.")
    ending, who = seen.ending, act.Told(whom)
    name = seen.called(whom) if whom in ("mentee", "mentor") else f"the {whom}"
    form = forms.Day(posted(request), initial={"on": seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.told(
            ending=ending, match=seen.match, whom=who, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading=f"When was {name} told why it ends?",
        button="Save",
        said="Noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_look_back(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    ending = seen.ending
    start = {"on": ending.looked_back_on or seen.today, "words": ending.looked_back}
    form = forms.LookBack(posted(request), initial=start)
    return about(
        request,
        seen,
        form,
        lambda: act.look_back(ending=ending, match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Look back together",
        button="Save",
        said="Noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_follows(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    ending = seen.ending
    form = forms.Follows(posted(request), initial={"follows": ending.follows, "offered": ending.offered})
    return about(
        request,
        seen,
        form,
        lambda: act.say_what_follows(ending=ending, match=seen.match, by=request.user, **form.cleaned_data),
        heading="What follows for them",
        button="Save",
        said="Saved. The letters are ready on the match's page.",
    )


@page(Desk.SERVICE)
def match_letter(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    """The letter that confirms the ending to one of the two, as PDF."""
    seen, who = here(request, slug, match), side_of(side)
    ending = seen.ending
    if not ending.follows or seen.match.introduced_on is None:
        raise Http404("No such page.")
    reader = getattr(seen.match, who.value)
    service = seen.run.service
    pdf = farewell(
        FarewellFacts(
            sender=Party(service.name, (service.organisation.name,)),
            to=Party(reader.name, (*reader.address.splitlines(), reader.postcode)),
            other=seen.called("mentor" if who == "mentee" else "mentee"),
            begun=seen.match.introduced_on,
            last_day=ending.last_day,
            follows=ending.follows,
            offered=ending.offered,
            call=seen.run.practice.call_first,
            issued_on=seen.today,
        )
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ending-{seen.match.ref}-{who}.pdf"'
    return answer


@page(Desk.SERVICE, "GET", "POST")
def match_confirm(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    seen, who = here(request, slug, match), side_of(side)
    ending = seen.ending
    form = forms.Day(posted(request), initial={"on": seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.confirm(
            ending=ending, match=seen.match, side=who, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading=f"When did {seen.called(who)} get the ending in writing?",
        text="Print the letter, or send it. It says what follows, and no reasons.",
        button="Save",
        said="Noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_exit(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    ending = seen.ending
    form = forms.Exit(posted(request), initial={"whom": "family", "email": seen.match.mentee.carer_email})

    def save() -> None:
        given = form.cleaned_data
        whom = act.ExitFrom(given["whom"])
        act.ask_exit(ending=ending, match=seen.match, whom=whom, email=given["email"], by=request.user,
                     now=timezone.now(), today=seen.today)  # fmt: skip

    return about(
        request,
        seen,
        form,
        save,
        heading="Send the questionnaire at the end",
        text="Family or referrer answer by a link, without an account. It works for 60 days.",
        button="Send the link",
        said="The link is on its way.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_wait(request: Signed, slug: str, match: str) -> HttpResponse:
    """The mentee waits for another mentor."""
    seen = here(request, slug, match)
    if request.method == "GET" and seen.state is not State.ENDED:
        raise Refused("The match has not ended yet.")
    form = forms.Day(posted(request), initial={"on": seen.match.ended_on or seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.wait_again(match=seen.match, since=form.cleaned_data["on"], by=request.user, today=seen.today),
        heading=f"{seen.called('mentee')} waits for another mentor from this day",
        text="If they do not want another mentor, open their record and note that they leave.",
        button="Back to the waiting list",
        said="They are back on the waiting list.",
    )
