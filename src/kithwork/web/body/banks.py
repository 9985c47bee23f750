"""Services that are, or ask to be, the mentor bank of one of the body's schemes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access_mentors import bank_asked_of
from kithwork.caseload.queries.banks import BankRow, banks_asked
from kithwork.procedures import joining
from kithwork.web.body import doors
from kithwork.web.kit.acting import done
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.BODY, "GET", "POST")
def banks(request: Signed, org: str) -> HttpResponse:
    """What was asked, with yes and no; what was agreed can be ended. Mentors who came stay where they are."""
    body = doors.body(request, org, "banks")
    here = reverse("banks", args=[org])
    if request.method == "POST":
        found = bank_asked_of(body, request.POST.get("bank", ""))
        agreed = request.POST.get("do") == "agree"
        joining.answer_bank(bank=found, agreed=agreed, by=request.user, today=timezone.localdate())
        return done(request, here, "It is agreed." if agreed else "It has ended.")
    rows = list(banks_asked(body))
    names = joining.names_of(rows)
    waiting = sum(row.agreed_on is None and row.ended_on is None for row in rows)
    live = sum(row.agreed_on is not None and row.ended_on is None for row in rows)
    heading = f"{plural(live, 'mentor bank')} in use" if live else "No mentor bank yet"
    context = {
        "heading": f"{plural(waiting, 'service asks,services ask')} to be your mentor bank" if waiting else heading,
        "places": doors.records(body, "banks"),
        "banks": [(names.get(row.scheme, row.scheme), row, _state(row)) for row in rows],
    }
    return render(request, "body/banks.html", context)


def _state(row: BankRow) -> StateTag:
    if row.ended_on:
        return StateTag(f"Ended {longdate(row.ended_on)}", Kind.GREY)
    if row.agreed_on:
        return StateTag(f"Agreed {longdate(row.agreed_on)}", Kind.GREEN)
    return StateTag("Waits for you", Kind.AMBER)
