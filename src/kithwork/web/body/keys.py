"""What a body signs with, as its officers see it: keys and who changed them, what waits to be signed, its lists."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.queries.credentials import (
    KeyRow,
    did_of,
    failed_of_body,
    keys_of_body,
    list_address,
    places_of_body,
    signing_progress,
)
from kithwork.ledger.queries import of_organisation
from kithwork.organisations.models import Organisation
from kithwork.organisations.queries import names_of_members
from kithwork.procedures import signing
from kithwork.web.body import doors
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.underway import told
from kithwork.web.templatetags.kit import clock, longdate, plural


def _day(at: datetime | None) -> str:
    return longdate(timezone.localdate(at)) if at else ""


def _acted(body: Organisation) -> dict[tuple[str, str], str]:
    """('key:<ref>', act) -> who did it, by name where it was a colleague."""
    names = names_of_members(body)
    found: dict[tuple[str, str], str] = {}
    acts = ("credential.key_made", "credential.key_retired")
    for record in of_organisation(body.ref).filter(act__in=acts):
        kind, _, ref = record.actor.partition(":")
        # whoever runs the installation does it from the shell
        found[record.subject, record.act] = names.get(ref, "a former colleague") if kind == "user" else "the site"
    return found


def _state(key: KeyRow) -> StateTag:
    if key.stolen_at:
        return StateTag("Stolen: void", Kind.RED)
    return StateTag("Retired: still good", Kind.GREY) if key.retired_at else StateTag("In use", Kind.GREEN)


def _heading(signed: int, waits: int, failed: int) -> str:
    if failed:
        return f"{plural(failed, 'credential')} could not be signed"
    if waits:
        return f"{signed} of {plural(signed + waits, 'credential is,credentials are')} signed"
    return f"{plural(signed, 'credential is,credentials are')} signed, and none waits"


def _far(signed: int, waits: int) -> str:
    return f"Signing: {signed} of {signed + waits} done."


@page(Desk.BODY)
def body_keys_progress(request: Signed, org: str) -> JsonResponse:
    """How far signing is, for the page that shows it: `over` once nothing waits, or nobody is at it any more."""
    signed, waits, _ = signing_progress(doors.body(request, org, "breaches"))
    over = not (waits and signing.at_work())
    return told(said=_far(signed, waits), done=signed, of=signed + waits, over=over)


@page(Desk.BODY, "GET", "POST")
def body_keys(request: Signed, org: str) -> HttpResponse:
    """Progress first; then keys, lists, and where others find both. With POST what waits is signed, and what could not
    be signed is tried again.
    """
    body = doors.body(request, org, "breaches")
    if request.method == "POST":
        signing.sign_waiting(body=body)
        return done(request, request.path, "They are being signed.")
    signed, waits, failed = signing_progress(body)
    acted = _acted(body)
    keys = [
        (
            f"{key.public[:12]}…{key.public[-6:]}",
            _state(key),
            f"{_day(key.made_at)}, {acted.get((f'key:{key.ref}', 'credential.key_made'), 'the site')}",
            f"{_day(key.retired_at)}, {acted.get((f'key:{key.ref}', 'credential.key_retired'), 'the site')}"
            if key.retired_at
            else "",
            key.signed,  # type: ignore[attr-defined]  # annotated
        )
        for key in keys_of_body(body)
    ]
    lists = [
        (held.ref, held.taken, held.gone, clock(held.signed_at), "Full" if held.full_at else "In use")  # type: ignore[attr-defined]
        for held in places_of_body(body)
    ]
    context = {
        "heading": _heading(signed, waits, failed),
        "org": org,
        "places": doors.records(body, "body_keys"),
        "waits": waits,
        "failed": [
            (Link(one.award.number, reverse("body_award", args=[org, one.award.ref])), one.fault)
            for one in failed_of_body(body)[:50]
        ],
        "at_work": bool(waits) and signing.at_work(),
        "follow": reverse("body_keys_progress", args=[org]),
        "said": _far(signed, waits),
        "signed": signed,
        "wanted": signed + waits,
        "progress": [SummaryRow("Signed", str(signed)), SummaryRow("Waiting", str(waits)),
                     SummaryRow("Could not be signed", str(failed))],
        "has_key": bool(keys),
        "keys": keys,
        "key_columns": ["Key", "State", "Made", "Retired", Column("Good credentials", numeric=True)],
        "lists": lists,
        "list_columns": ["List", Column("Places given", numeric=True), Column("Revoked", numeric=True), "Signed",
                         "State"],
        "addresses": [
            SummaryRow("Name", did_of(body)),
            SummaryRow("Keys", f"{settings.SITE_URL}{reverse('did_json', args=[body.slug])}"),
            *(SummaryRow("Status list", list_address(held)) for held in places_of_body(body)),
        ],
    }  # fmt: skip
    return render(request, "body/keys.html", context)


class RotateForm(forms.Form):
    why = forms.ChoiceField(
        label="Why?",
        choices=[
            ("routine", "As a matter of routine: what the old key signed stays good"),
            ("stolen", "Somebody else may have the key: what it signed is void, and signed anew"),
        ],
        widget=forms.RadioSelect,
    )


@page(Desk.BODY, "GET", "POST")
def body_rotate(request: Signed, org: str) -> HttpResponse:
    """A new key in the place of the one in use, after an interruption that says what follows."""
    body = doors.body(request, org, "breaches")
    back = reverse("body_keys", args=[org])
    form, status = RotateForm(posted(request)), OK
    void: list[int] = []
    if request.method == "POST":
        status = tried(
            form,
            lambda: void.append(
                signing.rotate(body=body, by=request.user, stolen=form.cleaned_data["why"] == "stolen")
            ),
        )
        if status == DONE:
            again = f" {plural(void[0], 'credential is,credentials are')} revoked and signed anew." if void[0] else ""
            return done(request, back, f"A new key is in use.{again}")
    signed = signing_progress(body)[0]
    context = {
        "heading": "Put a new key in the place of the one in use?",
        "text": "From now on everything is signed with a new key. The old one is never used again. As a matter of "
        "routine holders notice nothing. Where the key was stolen, "
        f"{plural(signed, 'credential')} that it may have signed are revoked at once: their holders have to fetch new "
        "files, and files they gave to others say that they were withdrawn.",
        "form": form,
        "action_text": "Put a new key in its place",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)
