"""Disputes: raised, given to somebody who arbitrates, settled."""

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.caseload.access import part_of_match
from kithwork.caseload.actions import disputes as act
from kithwork.caseload.queries.matches import DisputeRow
from kithwork.web.coordinator.matches import forms
from kithwork.web.coordinator.matches.frame import about, here
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate


@page(Desk.SERVICE, "GET", "POST")
def match_dispute(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Dispute(posted(request), initial={"on": seen.today, "raised_by": "staff"})
    return about(
        request,
        seen,
        form,
        lambda: act.raise_dispute(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Raise a dispute",
        text="Somebody other than the two arbitrates. For a worry about anybody's safety, raise a concern instead.",
        button="Save",
        said="The dispute is raised. Name who arbitrates.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_dispute_one(request: Signed, slug: str, match: str, dispute: str) -> HttpResponse:
    """What it is about; first who arbitrates, then how it was settled."""
    seen = here(request, slug, match)
    row = part_of_match(seen.match, DisputeRow, dispute)
    naming = request.POST.get("do") != "settle" if request.method == "POST" else not row.arbiter
    form = (forms.Arbiter if naming else forms.Settle)(posted(request), initial={"on": seen.today})
    act_now = act.arbitrate if naming else act.settle
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: act_now(dispute=row, match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        )
        if status == DONE:
            return done(request, seen.at("match_dispute_one", row.ref), "Saved.")
    since = f"{row.arbiter}, since {longdate(row.arbiter_since)}" if row.arbiter else "Nobody yet"
    rows = [
        SummaryRow("Raised", f"{longdate(row.raised_on)} by {act.RAISED_BY[row.raised_by].lower()}"),
        SummaryRow("About", row.what),
        SummaryRow("Arbitrated by", since),
    ]
    if row.settled_on:
        rows.append(SummaryRow("Settled", [longdate(row.settled_on), row.outcome]))
    heading = (
        "This dispute is settled" if row.settled_on else "Settle this dispute" if row.arbiter else "Who arbitrates?"
    )
    context = {
        "match_href": seen.at("match"),
        "seen": seen,
        "row": row,
        "rows": rows,
        "form": form,
        "naming": naming,
        "heading": heading,
    }
    return render(request, "coordinator/matches/dispute.html", context, status=status)
