"""Two who are not to be matched: who they are, saying so, and letting them together again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.access import mentee_of, mentor_of
from kithwork.matching import actions as act
from kithwork.matching.access import kept_apart_of
from kithwork.matching.queries import apart_of
from kithwork.web.coordinator.matching.forms import Apart
from kithwork.web.coordinator.matching.frame import enter
from kithwork.web.kit.acting import ask, posted, sure
from kithwork.web.kit.cards import Link
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.SERVICE)
def matching_apart(request: Signed, slug: str) -> HttpResponse:
    """Every pair that somebody keeps apart. Those who declined, or ended badly, stand with their match."""
    room = enter(request, slug)
    shown = page_of(request, apart_of(room.run.service))
    context = {
        "heading": f"{plural(shown.paginator.count, 'pair is,pairs are')} kept apart",
        "run": room.run,
        "back": room.at("proposals"),
        "columns": ["Mentee", "Mentor", "What", "Why", "Since", "What next"],
        "rows": [
            (
                one.mentee.name,
                one.mentor.name,
                one.get_kind_display(),
                one.because,
                longdate(timezone.localdate(one.at)),
                Link("Let together", room.at("matching_together", one.ref), f"{one.mentee} and {one.mentor}"),
            )
            for one in shown
        ],
        "page_obj": shown,
    }
    return render(request, "coordinator/matching/apart.html", context)


@page(Desk.SERVICE, "GET", "POST")
def matching_keep_apart(request: Signed, slug: str, mentee: str, mentor: str) -> HttpResponse:
    room = enter(request, slug)
    one, other = mentee_of(room.run, mentee), mentor_of(room.run, mentor)
    form = Apart(posted(request))
    return ask(
        request,
        form,
        lambda: act.keep_apart(
            practice=room.run.practice,
            mentee=one,
            mentor=other,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        ),
        heading=f"Keep {one} and {other} apart",
        text="They are not proposed, and nobody can propose them, until somebody lets them together again.",
        button="Keep them apart",
        said="They are kept apart.",
        to=room.at("matching_apart"),
    )


@page(Desk.SERVICE, "GET", "POST")
def matching_together(request: Signed, slug: str, apart: str) -> HttpResponse:
    room = enter(request, slug)
    row = kept_apart_of(room.run, apart)
    return sure(
        request,
        lambda: act.let_together(practice=room.run.practice, apart=row, by=request.user, now=timezone.now()),
        heading=f"Let {row.mentee} and {row.mentor} be proposed again",
        text=f"They were kept apart because: {row.because}",
        button="Let them be proposed",
        said="They may be proposed again.",
        to=room.at("matching_apart"),
        back=room.at("matching_apart"),
    )
