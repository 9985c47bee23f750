"""What a body keeps whatever is asked, and what goes by itself: legal holds on applicants, and periods that end."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.procedures import past
from kithwork.rights import actions
from kithwork.rights.access import hold_of_body
from kithwork.rights.queries import holds_of_body, names_of_accounts
from kithwork.web.body import doors
from kithwork.web.kit.acting import ask, posted, sure
from kithwork.web.kit.cards import Link
from kithwork.web.kit.going import going_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

_GONE = "Somebody who is erased"


@page(Desk.BODY)
def body_right_holds(request: Signed, org: str) -> HttpResponse:
    """Applicants whose records are kept whatever they ask."""
    body = doors.body(request, org, "breaches")
    rows = list(holds_of_body(body))
    names = names_of_accounts([one.subject for one in rows])
    context = {
        "heading": f"{plural(len(rows), 'record is,records are')} held" if rows else "No record is held",
        "columns": ("Whose", "Why", "Since", "By", "End"),
        "rows": [
            (names.get(one.subject, _GONE), one.reason, longdate(one.since), one.by.name,
             Link("End the hold", reverse("body_right_hold_end", args=[org, one.ref]),
                  f"on {names.get(one.subject, _GONE)}"))
            for one in rows
        ],
        "back_href": reverse("body_rights", args=[org]),
    }  # fmt: skip
    return render(request, "body/holds.html", context)


class HoldForm(forms.Form):
    reason = forms.CharField(label="Why must it be kept?", max_length=500, help_text="A claim, a court, an inquiry.")


@page(Desk.BODY, "GET", "POST")
def body_right_hold(request: Signed, org: str, ref: str) -> HttpResponse:
    """Keep the record of somebody who applies for themselves, whatever they ask and whatever its period."""
    found, today = doors.journey(request, org, ref), timezone.localdate()
    person, body, form = found.person, found.edition.body, HoldForm(posted(request))
    if person is None:
        raise Http404("No such page.")

    def act() -> None:
        actions.hold(
            organisation=body, service=None, subject=f"user:{person.ref}", by=request.user, today=today,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    return ask(
        request, form, act, heading="Keep this record whatever is asked", caption=person.name, button="Hold it",
        said="The record is held. Nothing erases it until the hold ends.", to=reverse("body_journey", args=[org, ref]),
        text="While it is held, they cannot erase their account, and nothing of theirs goes at the end of its period.",
    )  # fmt: skip


@page(Desk.BODY, "GET", "POST")
def body_right_hold_end(request: Signed, org: str, hold: str) -> HttpResponse:
    """Let a record go its way again."""
    body, today = doors.body(request, org, "breaches"), timezone.localdate()
    row, to = hold_of_body(body, hold), reverse("body_right_holds", args=[org])
    who = names_of_accounts([row.subject]).get(row.subject, _GONE)
    return sure(
        request, lambda: actions.end_hold(hold=row, by=request.user, today=today), heading=f"End the hold on {who}?",
        text="They can erase their account again, and what is over its period goes tonight.",
        button="End the hold", said="The hold has ended.", to=to, back=to,
    )  # fmt: skip


@page(Desk.BODY)
def body_right_going(request: Signed, org: str) -> HttpResponse:
    """What of the body's records goes in the next round, and what within 30 days."""
    body = doors.body(request, org, "breaches")
    table = going_of(lambda day: past.plan(day=day, body=body), timezone.localdate())
    context = {**table, "back_href": reverse("body_rights", args=[org])}
    return render(request, "body/going.html", context)
