"""Referrals as a list, the open ones first and the longest of them on top; and one recorded by hand."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import referrals as actions
from kithwork.caseload.actions.referrals import Source
from kithwork.caseload.queries.referrals import ReferralRow, openness, referrals_of, untold
from kithwork.core.verdict import Refused
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.contacting import PastDateField
from kithwork.web.coordinator.mentees.forms import Person
from kithwork.web.kit.acting import CLASH, FAULTY, OK, done, posted
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited

SOURCES = {
    Source.SELF.value: "Themselves",
    Source.FAMILY.value: "Family, friend or carer",
    Source.AGENCY.value: "School, health, social work or another agency",
}
OUTCOMES = {
    "": StateTag("Open", Kind.AMBER),
    "accepted": StateTag("Accepted", Kind.GREEN),
    "signposted": StateTag("Signposted", Kind.BLUE),
    "withdrawn": StateTag("Withdrawn", Kind.GREY),
}


class ReferralFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Person or referrer", max_length=100)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Open"),
            ("new", "Not acknowledged"),
            ("accepted", "Accepted"),
            ("signposted", "Signposted"),
            ("withdrawn", "Withdrawn"),
            ("untold", "Decided, referrer not told"),
            ("all", "All"),
        ],
    )
    source = forms.ChoiceField(label="Referred by", required=False, choices=[("", "Anybody"), *SOURCES.items()])


def narrowed(rows: QuerySet[ReferralRow], wanted: dict[str, Any]) -> QuerySet[ReferralRow]:
    """Those a filter asks for."""
    by = {
        "": Q(outcome=""),
        "new": Q(outcome="", acknowledged_on__isnull=True),
        "untold": untold(),
        "all": Q(),
    }
    rows = rows.filter(by.get(wanted["state"], Q(outcome=wanted["state"])))
    if wanted["source"]:
        rows = rows.filter(source=wanted["source"])
    for word in wanted["q"].split():
        rows = rows.filter(Q(mentee__name__icontains=word) | Q(name__icontains=word) | Q(organisation__icontains=word))
    return rows.filter(mentee__erased_at__isnull=True)


@page(Desk.SERVICE)
def referrals(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = ReferralFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(
        request,
        {"came": ("came_on",), "person": ("mentee__name",), "decided": (F("decided_on").asc(nulls_first=True),)},
        "came",
    )
    rows = sorting.apply(narrowed(referrals_of(run.service), wanted))
    if csv_wanted(request):
        heads = (
            "Reference",
            "Person",
            "Referred by",
            "Came",
            "Acknowledged",
            "First talk",
            "Outcome",
            "Decided",
            "Days",
        )
        return csv_answer("referrals", heads, (_csv(one, today) for one in rows.iterator(2000)))
    shown = page_of(request, rows)
    count = shown.paginator.count
    door = openness(run.practice, today)
    context = {
        "heading": f"{plural(count, 'referral')} to decide" if not wanted["state"] else plural(count, "referral"),
        "form": form,
        "filtered": any(wanted[name] for name in ("q", "state", "source")),
        "columns": [
            sorting.column("person", "Person"),
            "Referred by",
            sorting.column("came", "Came"),
            sorting.column("decided", "State"),
            "Next",
        ],
        "rows": [line(one, slug, today) for one in shown],
        "page_obj": shown,
        "csv": csv_address(request),
        "run": run,
        "door": door,
        "public": request.build_absolute_uri(reverse("refer", args=[slug])),
    }
    return render(request, "coordinator/referrals/list.html", context)


def open_for(referral: ReferralRow, today: date) -> int:
    """Days from its coming to its answer, or until today."""
    return ((referral.decided_on or today) - referral.came_on).days


def line(referral: ReferralRow, slug: str, today: date) -> tuple[object, ...]:
    who = referral.organisation or referral.name or SOURCES[referral.source]
    days = open_for(referral, today)
    came = waited(days) if days else "today"
    return (
        Link(referral.mentee.name, reverse("referral", args=[slug, referral.ref])),
        who,
        came if referral.outcome or not days else f"{came} ago",
        OUTCOMES[referral.outcome],
        next_words(referral),
    )


def next_words(referral: ReferralRow) -> str:
    """What is to be done next with it, in a few words."""
    if referral.outcome:
        own = referral.source == Source.SELF
        if referral.told_on or (own and referral.outcome == "withdrawn"):
            return ""
        return "Tell the person" if own else "Tell the referrer"
    if referral.acknowledged_on is None:
        return "Acknowledge it"
    if referral.seen_on is None:
        return "Talk with the person"
    return "Look at eligibility" if referral.eligible_on is None else "Decide"


def _csv(referral: ReferralRow, today: date) -> tuple[object, ...]:
    return (
        referral.ref,
        referral.mentee.name,
        SOURCES[referral.source],
        referral.came_on,
        referral.acknowledged_on,
        referral.seen_on,
        OUTCOMES[referral.outcome].word,
        referral.decided_on,
        open_for(referral, today),
    )


class Referrer(forms.Form):
    """Who refers, and why."""

    source = forms.ChoiceField(
        label="Who refers?", choices=[*SOURCES.items()], widget=forms.RadioSelect({"class": "govuk-radios--small"})
    )
    referrer_name = forms.CharField(label="Their name", max_length=150, required=False)
    organisation = forms.CharField(label="Their organisation", max_length=150, required=False)
    referrer_email = forms.EmailField(
        label="Their e-mail", help_text="They get a link by which to follow the referral.", required=False
    )
    referrer_phone = forms.CharField(label="Their telephone", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("source") not in (None, Source.SELF.value) and not data.get("referrer_name"):
            self.add_error("referrer_name", "Write who refers this person")
        return data

    def referrer(self) -> dict[str, Any]:
        """As `receive` takes it."""
        data = self.cleaned_data
        return {
            "source": Source(data["source"]),
            "name": data["referrer_name"],
            "organisation": data["organisation"],
            "email": data["referrer_email"],
            "phone": data["referrer_phone"],
        }


class ByHand(Person, Referrer):
    """A referral that came by telephone, by letter or on paper."""

    on = PastDateField(label="When did it come?")
    why = LongText(label="Why are they referred?", max_length=4000, rows=4, required=False)
    agreed = forms.BooleanField(label="The person knows of the referral and agrees to it", required=False)
    field_order = (
        "on",
        "source",
        "referrer_name",
        "organisation",
        "referrer_email",
        "referrer_phone",
        *Person.base_fields,
        "why",
        "agreed",
    )


@page(Desk.SERVICE, "GET", "POST")
def referral_new(request: Signed, slug: str) -> HttpResponse:
    """Record a referral by hand. Staff can, even while the public form is closed."""
    run = doors.people(request, slug)
    form = ByHand(posted(request), initial={"on": timezone.localdate()})
    status = OK
    if request.method == "POST":
        status = FAULTY
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = actions.receive(
                    practice=run.practice,
                    on=data["on"],
                    person={name: data[name] for name in Person.base_fields},
                    why=data["why"],
                    agreed=data["agreed"],
                    by=request.user,
                    now=timezone.now(),
                    **form.referrer(),
                )
            except Refused as because:
                refuse(form, because)
                status = CLASH
            else:
                return done(request, reverse("referral", args=[slug, made.ref]), "The referral is recorded.")
    context = {
        "form": form,
        "heading": "Record a referral",
        "button": "Record it",
        "back_href": reverse("referrals", args=[slug]),
    }
    return render(request, "kit/ask.html", context, status=status)
