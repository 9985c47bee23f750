"""Reviews: asked by staff or by link, concluded, shared where the mentee agrees."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.access import part_of_match
from kithwork.caseload.actions import reviews as act
from kithwork.caseload.queries.consents import Kind as ConsentKind
from kithwork.caseload.queries.consents import may
from kithwork.caseload.queries.matches import Degree, ReviewRow
from kithwork.caseload.queries.outcomes import Whose, current
from kithwork.web.coordinator.matches import forms
from kithwork.web.coordinator.matches.frame import about, here
from kithwork.web.kit.acting import OK, done, posted, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

YES_NO = {True: "Yes", False: "No", None: "Not answered"}


def answers(review: ReviewRow) -> list[SummaryRow]:
    """The four questions and what was said."""
    reached = dict(forms.DEGREES).get(review.achieved, "Not answered")
    return [
        SummaryRow("Are the aims being reached?", [words for words in (reached, review.aims) if words]),
        SummaryRow("Wants to go on with this match?", YES_NO[review.goes_on]),
        SummaryRow("Still needs the service?", YES_NO[review.needed]),
        SummaryRow("What they think of the service", review.of_service),
    ]


@page(Desk.SERVICE, "GET", "POST")
def match_review(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    measures = current(seen.run.service, Whose.MENTEE, seen.today)
    form = forms.Review(posted(request), measures=measures, initial={"on": seen.today})

    def save() -> None:
        given = form.rest()
        degree = Degree(given.pop("achieved"))
        act.record(
            match=seen.match, achieved=degree, by=request.user, today=seen.today, measured=form.values(), **given
        )

    return about(
        request,
        seen,
        form,
        save,
        heading=f"Review with {seen.called('mentee')}",
        text=f"At least every {seen.run.practice.review_months} months. Ask them without the mentor where you can.",
        button="Save the review",
        said="The review is recorded.",
    )


@page(Desk.SERVICE, "POST")
def match_review_ask(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    act.ask(match=seen.match, by=request.user, now=timezone.now(), today=seen.today)
    return done(request, seen.at("match"), f"A link with the four questions is on its way to {seen.called('mentee')}.")


@page(Desk.SERVICE, "GET", "POST")
def match_review_one(request: Signed, slug: str, match: str, review: str) -> HttpResponse:
    """What was said; what follows, where nobody has said so yet; with whom it is shared."""
    seen = here(request, slug, match)
    row = part_of_match(seen.match, ReviewRow, review)
    form, status = forms.Outcome(posted(request)), OK
    if request.method == "POST":
        status = tried(form, lambda: act.conclude(review=row, match=seen.match, by=request.user, **form.cleaned_data))
        if status not in (409, 422):
            return done(request, seen.at("match"), "What follows is noted.")
    context = {
        "seen": seen,
        "match_href": seen.at("match"),
        "heading": f"Review of {longdate(row.on)}",
        "form": form,
        "review": row,
        "rows": [
            *answers(row),
            SummaryRow("How", ", ".join(filter(None, [row.how, "with the mentor there" if row.mentor_there else ""]))),
            SummaryRow("What follows", row.outcome or "Nobody has said yet"),
        ],
        "may": may(seen.match.mentee, ConsentKind.REVIEWS, seen.today),
        "shares": [
            (words, longdate(getattr(row, f"{whom}_shared_on")), seen.at("match_review_share", row.ref, whom.value))
            for whom, words in ((act.With.MENTOR, seen.called("mentor")), (act.With.REFERRER, "the referrer"))
        ],
        "consents": Link("Consents", f"/run/{slug}/mentees/{seen.match.mentee.ref}/"),
    }
    return render(request, "coordinator/matches/review.html", context, status=status)


@page(Desk.SERVICE, "POST")
def match_review_share(request: Signed, slug: str, match: str, review: str, whom: str) -> HttpResponse:
    seen = here(request, slug, match)
    row = part_of_match(seen.match, ReviewRow, review)
    if whom not in set(act.With):
        raise Http404("No such page.")
    act.share(review=row, match=seen.match, whom=act.With(whom), by=request.user, today=seen.today)
    return done(request, seen.at("match_review_one", row.ref), "It is noted that this was shared.")
