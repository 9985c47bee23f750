"""The body's register: holders with until when, those aiming, and one award with what can be done to it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.queries import AwardRow, Standing, aiming_of_body, awards_of_body, standing
from kithwork.core.journey import EntryKind
from kithwork.journeys.queries import JourneyRow, history_of
from kithwork.organisations.models import Organisation
from kithwork.procedures.assessing import change_standing
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, Sorting, asked, by_applicant, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.wording import applicant_of, due_words, organisation_of, progress_words, sentence
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Kind, Link, Place, StateTag, SummaryRow, TimelineEvent
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

STANDING = {
    Standing.VALID: StateTag("Valid", Kind.GREEN),
    Standing.EXPIRED: StateTag("Expired", Kind.GREY),
    Standing.SUSPENDED: StateTag("Suspended", Kind.AMBER),
    Standing.WITHDRAWN: StateTag("Withdrawn", Kind.RED),
    Standing.SUPERSEDED: StateTag("Replaced by a higher level", Kind.GREY),
    Standing.UPCOMING: StateTag("Begins later", Kind.BLUE),
}


class RegisterFilter(Filter):
    q = forms.CharField(
        label="Search", required=False, help_text="Holder, organisation, place or number", max_length=100
    )
    standing = forms.ChoiceField(
        label="Standing",
        required=False,
        choices=[
            ("", "Valid or suspended"),
            ("valid", "Valid"),
            ("ending", "Ends within 6 months"),
            ("suspended", "Suspended"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
            ("all", "All ever granted"),
        ],
    )
    list = forms.CharField(required=False, widget=forms.HiddenInput)


def _held(today: date) -> Q:
    live = Q(revoked_on__isnull=True, superseded_on__isnull=True)
    return live & (Q(valid_until__isnull=True) | Q(valid_until__gte=today))


def _narrowed(rows: QuerySet[AwardRow], wanted: dict[str, Any], today: date) -> QuerySet[AwardRow]:
    held = _held(today)
    soon = date.fromordinal(today.toordinal() + 183)
    by = {
        "": held,
        "valid": held & Q(suspended_on__isnull=True),
        "ending": held & Q(valid_until__lte=soon),
        "suspended": held & Q(suspended_on__isnull=False),
        "expired": Q(revoked_on__isnull=True, superseded_on__isnull=True, valid_until__lt=today),
        "withdrawn": Q(revoked_on__isnull=False),
        "all": Q(),
    }
    rows = rows.filter(by[wanted["standing"]])
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(holder__icontains=word) | Q(of__icontains=word) | Q(place__icontains=word) | Q(number__icontains=word)
        )
    return rows


@page(Desk.BODY)
def body_register(request: Signed, org: str) -> HttpResponse:
    """Holders; `?list=aiming` shows those on the way."""
    body = doors.body(request, org, "body_register")
    today = timezone.localdate()
    held = awards_of_body(body).filter(_held(today)).count()
    aiming = aiming_of_body(body).count()
    places = [
        Place(f"Holders {held}", "?", request.GET.get("list") != "aiming"),
        Place(f"Aiming {aiming}", "?list=aiming", request.GET.get("list") == "aiming"),
        Place("What holders keep up", reverse("body_duties", args=[org])),
    ]
    context: dict[str, Any] = {
        "heading": f"{plural(held, 'award is,awards are')} held, {aiming} aimed at",
        "places": places,
        "csv": csv_address(request),
        "org": org,
    }
    show = _aiming if request.GET.get("list") == "aiming" else _holders
    return show(request, body, today, context)


def _holders(request: Signed, body: Organisation, today: date, context: dict[str, Any]) -> HttpResponse:
    form = RegisterFilter(request.GET)
    wanted = asked(form)
    numbered = (Length("number"), "number")  # '...-10000' comes after '...-9999'
    endless = Case(When(valid_until__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    sorting = Sorting(
        request,
        {
            "holder": ("holder", *numbered),
            "level": ("scheme_name", "level_title", "holder"),
            "granted": ("granted_on", *numbered),
            "until": (endless, "valid_until", "holder"),
            "number": ("journey__edition__slug", "granted_on__year", *numbered),
        },
        "until",
    )
    rows = sorting.apply(_narrowed(awards_of_body(body), wanted, today))
    if csv_wanted(request):
        heads = ("Number", "Holder", "Organisation", "Place", "Scheme", "Level", "Granted", "Until", "Standing")
        return csv_answer(
            f"register-{today.isoformat()}",
            heads,
            (
                (a.number, a.holder, a.of, a.place, a.scheme_name, a.level_title, a.granted_on, a.valid_until,
                 STANDING[standing(a, today)].word)
                for a in rows
            ),
        )  # fmt: skip
    shown = page_of(request, rows)
    context |= {
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("holder", "Holder"),
            sorting.column("level", "Level"),
            sorting.column("granted", "Granted"),
            sorting.column("until", "Until"),
            "Standing",
            sorting.column("number", "Number"),
        ],
        "rows": [
            (
                Link(award.holder, reverse("body_award", args=[body.slug, award.ref]), award.level_title),
                award.level_title,
                award.granted_on,
                f"{longdate(award.valid_until)}" if award.valid_until else "No end",
                STANDING[standing(award, today)],
                award.number,
            )
            for award in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "award"),
        "page_obj": shown,
    }
    return render(request, "body/register.html", context)


def _aiming(request: Signed, body: Organisation, today: date, context: dict[str, Any]) -> HttpResponse:
    sorting = Sorting(
        request,
        {"applicant": (by_applicant(),), "organisation": ("service__organisation__name",), "next": ("next_due",)},
        "applicant",
    )
    rows = sorting.apply(aiming_of_body(body))
    if csv_wanted(request):
        return csv_answer(
            f"aiming-{today.isoformat()}",
            ("Applicant", "Organisation", "Place", "Scheme", "Confirmed", "Asked"),
            (
                (applicant_of(j), organisation_of(j), j.service.place if j.service else "", j.edition.name, j.confirmed,
                 j.total)
                for j in rows
            ),
        )  # fmt: skip
    shown = page_of(request, rows)

    def cells(journey: JourneyRow) -> tuple[object, ...]:
        href = reverse("body_journey", args=[body.slug, journey.ref])
        due = sentence(due_words(journey.next_due, today, stopped=journey.stopped)) or "No date"
        progress = progress_words(journey.confirmed, journey.total)
        return (Link(applicant_of(journey), href), organisation_of(journey), journey.edition.name, progress, due)

    context |= {
        "columns": [
            sorting.column("applicant", "Applicant"),
            sorting.column("organisation", "Organisation"),
            "Scheme",
            "Confirmed",
            sorting.column("next", "Next date"),
        ],
        "rows": [cells(journey) for journey in shown.object_list],
        "caption": f"{plural(shown.paginator.count, 'applicant')} listed as aiming",
        "page_obj": shown,
    }
    return render(request, "body/register.html", context)


# One award

_CHANGES: dict[str, tuple[EntryKind, str, str, str]] = {
    "suspend": (
        EntryKind.SUSPENDED,
        "Suspend the award of {holder}?",
        "The register and the certificate's page say at once that it is suspended. You can reinstate it.",
        "Suspend it",
    ),
    "reinstate": (
        EntryKind.REINSTATED,
        "Reinstate the award of {holder}?",
        "The register lists it again. It ends on the day it would have ended anyway.",
        "Reinstate it",
    ),
    "withdraw": (
        EntryKind.REVOKED,
        "Withdraw the award of {holder}?",
        "This cannot be undone. The register drops it at once, and the certificate's page says that it was withdrawn.",
        "Withdraw it",
    ),
}
_OPEN: dict[Standing, tuple[str, ...]] = {
    Standing.VALID: ("suspend", "withdraw"),
    Standing.SUSPENDED: ("reinstate", "withdraw"),
}
_SAID = {"suspended": "Suspended", "reinstated": "Reinstated", "revoked": "Withdrawn", "granted": "Granted"}


@page(Desk.BODY)
def body_award(request: Signed, org: str, ref: str) -> HttpResponse:
    """One award: what it says, how it stands, what happened to it, and what can be done."""
    award = doors.award(request, org, ref)
    today = timezone.localdate()
    now = standing(award, today)
    until = f"until {longdate(award.valid_until)}" if award.valid_until else "without an end"
    events = [
        TimelineEvent(_SAID[row.kind], row.on, row.signed_by.name if row.signed_by else "", row.reason)
        for row in history_of(award.journey)
        if row.kind in _SAID
    ]
    context = {
        "heading": f"{award.level_title} of {award.holder} is {now}" + (f" {until}" if now is Standing.VALID else ""),
        "award": award,
        "facts": [
            SummaryRow("Holder", [line for line in (award.holder, award.of, award.place) if line]),
            SummaryRow("Scheme", award.scheme_name),
            SummaryRow("Level", award.level_title),
            SummaryRow("Number", award.number),
            SummaryRow("Granted", award.granted_on),
            SummaryRow("Valid until", award.valid_until or "No end"),
            SummaryRow("Standing", STANDING[now]),
        ],
        "changes": [
            (_CHANGES[name][3], reverse("change_award", args=[org, ref, name]), name == "withdraw")
            for name in _OPEN.get(now, ())
        ],
        "events": events,
        "org": org,
    }
    return render(request, "body/award.html", context)


class ReasonForm(forms.Form):
    reason = LongText(label="Reason", rows=4, max_length=2000, help_text="The holder reads it. The public does not.")


@page(Desk.BODY, "GET", "POST")
def change_award(request: Signed, org: str, ref: str, change: str) -> HttpResponse:
    """Suspend, reinstate or withdraw, after an interruption, with the reason. Tells the holder."""
    award = doors.award(request, org, ref)
    if change not in _CHANGES:
        raise Http404("No such page.")
    kind, heading, text, button = _CHANGES[change]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("body_award", args=[org, ref])
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: change_standing(
                award=award,
                kind=kind,
                reason=form.cleaned_data["reason"],
                by=request.user,
                today=timezone.localdate(),
            ),
            Link("See how the award stands now", back),
        )
        if status == DONE:
            return done(request, back, f"{_SAID[kind.value]}. The holder has been told.")
    context = {
        "heading": heading.format(holder=award.holder),
        "text": text,
        "form": form,
        "action_text": button,
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)
