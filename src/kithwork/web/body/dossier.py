"""A case handed to somebody without an account: the report of its decision, and the whole of it by a link.

Officers see counts of evidence and never evidence: so does this page. What it hands out is for whom it names.
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.access import dossier_of
from kithwork.awards.actions import stop_dossier
from kithwork.awards.queries.dossiers import DossierRow, dossiers_of
from kithwork.core.verdict import Refused
from kithwork.procedures.dossiers.handing import open_case
from kithwork.procedures.dossiers.judging import report_of
from kithwork.web.body import doors
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.acting import DONE, OK, posted, seen_at, sure, tried
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

_ONCE = "dossier"  # in the session: the address of a new link and the page on which it is shown, once
COLUMNS = ["For", "Why", "Made", "Fetched", "State"]


class DossierForm(forms.Form):
    recipient = forms.CharField(
        label="Whom is it for?",
        help_text="A person or an organisation. It is printed in the archive.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = LongText(
        label="Why are they to have it?",
        rows=3,
        max_length=1000,
        help_text="For example: moderation of one case in ten. It is printed in the archive.",
    )


@page(Desk.BODY, "GET", "POST")
def body_dossier(request: Signed, org: str, ref: str) -> HttpResponse:
    """To whom this case was opened, and a form to open it to somebody else. A new link is shown once."""
    journey = doors.journey(request, org, ref)
    form, status, now = DossierForm(posted(request)), OK, timezone.now()
    if request.method == "POST":
        made: list[str] = []
        status = tried(
            form,
            lambda: made.append(
                open_case(
                    journey=journey,
                    recipient=form.cleaned_data["recipient"],
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    now=now,
                )
            ),
        )
        if status == DONE:
            address = request.build_absolute_uri(reverse("dossier", args=[made[0]]))
            request.session[_ONCE] = [address, request.path]
            return seen_at(request.path)
    held = request.session.pop(_ONCE, None) if request.method == "GET" else None
    rows = list(dossiers_of(journey))
    context = {
        "form": form,
        "once": held[0] if held and held[1] == request.path else "",
        "name": applicant_of(journey),
        "columns": COLUMNS,
        "rows": [(one.recipient, one.reason, _made(one), _fetched(one), _state(one, org, ref, now)) for one in rows],
        "digests": [(one.recipient, one.digest) for one in rows if one.digest],
        "back_href": reverse("body_journey", args=[org, ref]),
    }
    answer = render(request, "body/dossier.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _made(one: DossierRow) -> str:
    on = longdate(timezone.localdate(one.made_at))
    return f"{on}, {one.made_by.name}" if one.made_by else f"{on}, from the shell"


def _fetched(one: DossierRow) -> str:
    if one.fetched_at is None:
        return "Not yet"
    return f"{plural(one.fetched, 'time')}, last on {longdate(timezone.localdate(one.fetched_at))}"


def _state(one: DossierRow, org: str, ref: str, now: datetime) -> StateTag | Link | str:
    if one.stopped_at:
        return StateTag("Stopped", Kind.GREY)
    if one.token_digest is None:
        return "No link"
    if one.expires_at <= now:
        return StateTag("Over", Kind.GREY)
    return Link("Stop it", reverse("body_dossier_stop", args=[org, ref, one.ref]), f"the link for {one.recipient}")


@page(Desk.BODY, "GET", "POST")
def body_dossier_stop(request: Signed, org: str, ref: str, dossier: str) -> HttpResponse:
    """End a link before its time."""
    found = dossier_of(doors.journey(request, org, ref), dossier)
    back = reverse("body_dossier", args=[org, ref])
    return sure(
        request,
        lambda: stop_dossier(dossier=found, by=request.user, now=timezone.now()),
        heading=f"Stop the link for {found.recipient}?",
        text="Nobody can fetch the case by it any more. What has been fetched stays with whoever has it.",
        button="Stop it",
        said="The link works no more.",
        to=back,
        back=back,
    )


@page(Desk.BODY)
def decision_pdf(request: Signed, org: str, ref: str) -> HttpResponse:
    """What was decided and why, as a document. None before something is decided."""
    journey = doors.journey(request, org, ref)
    try:
        report = report_of(journey, timezone.localdate())
    except Refused as refused:
        raise Http404(str(refused)) from refused
    answer = HttpResponse(report, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="decision-{journey.ref}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
