"""Checking a credential that somebody brings, from any issuer, offline: one verdict, and how it was come to."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.core.credentials.openbadge import read_moment
from kithwork.core.verdict import Refused
from kithwork.procedures.proving import Brought, Found, NoCredential, check
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.forms import GovBoundField, refuse
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed
from kithwork.web.templatetags.kit import longdate

_LARGEST = 10_000_000  # bytes: of a picture; what is inside one is shorter by far

# what was found -> the heading, the colour of the notice, the tag
SAID: dict[Found, tuple[str, str, StateTag]] = {
    Found.VALID: ("This credential is valid", "success", StateTag("Valid", Kind.GREEN)),
    Found.NOT_YET: ("This credential is not valid yet", "info", StateTag("Begins later", Kind.BLUE)),
    Found.EXPIRED: ("This credential has ended", "warning", StateTag("Expired", Kind.AMBER)),
    Found.REVOKED: ("This credential was withdrawn", "error", StateTag("Withdrawn", Kind.RED)),
    Found.SUSPENDED: ("This credential is suspended", "warning", StateTag("Suspended", Kind.AMBER)),
    Found.TAMPERED: ("This credential was tampered with", "error", StateTag("Not genuine", Kind.RED)),
    Found.WRONG_KEY: ("This credential was not signed by its issuer", "error", StateTag("Not genuine", Kind.RED)),
    Found.WRONG_LIST: ("The status list proves nothing", "error", StateTag("Not proven", Kind.RED)),
    Found.NO_KEYS: ("Whose signature this is cannot be told yet", "warning", StateTag("Not proven", Kind.AMBER)),
    Found.NO_LIST: ("Whether this still holds cannot be told yet", "warning", StateTag("Not proven", Kind.AMBER)),
    Found.UNREADABLE: ("This credential cannot be checked here", "warning", StateTag("Not read", Kind.GREY)),
}


class _Either(GovBoundField):
    """The fields say themselves what is needed when."""

    optional = False


class CheckForm(forms.Form):
    """A credential as a file or as text; and what is needed of an issuer who is not known here."""

    bound_field_class = _Either
    credential = forms.FileField(
        label="The file", required=False, help_text="JSON, or a PNG or SVG badge as it was handed out. Up to 10 MB."
    )
    pasted = forms.CharField(
        label="Or paste its text", required=False, strip=True, widget=forms.Textarea({"rows": 5, "spellcheck": "false"})
    )
    did = forms.FileField(
        label="The issuer’s document (did.json)",
        required=False,
        help_text="Only for issuers elsewhere. Those of this site are known.",
    )
    status = forms.FileField(label="The issuer’s status list", required=False, help_text="Only for issuers elsewhere.")

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not self.errors and bool(held.get("credential")) == bool(held.get("pasted")):
            both = held.get("credential")
            self.add_error("credential", "Give a file or its text, not both." if both else "Choose a file.")
        for name in ("credential", "did", "status"):
            if held.get(name) and held[name].size > _LARGEST:
                self.add_error(name, "This file is larger than 10 MB.")
        return held

    def content(self, name: str) -> list[bytes]:
        """A file that was given, or nothing."""
        given = self.cleaned_data.get(name)
        return [given.read()] if given else []

    @property
    def brought(self) -> bytes:
        return next(iter(self.content("credential")), self.cleaned_data["pasted"].encode())


@page(Desk.PUBLIC, "GET", "POST")
def verify_file(request: HttpRequest) -> HttpResponse:
    """A file or a text goes in, a verdict comes out. Nothing is kept, and nothing is fetched."""
    form = CheckForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and slowed(request):
            refuse(form, Refused(TOO_OFTEN))
            status = TOO_MANY
        elif form.is_valid():
            try:
                found = check(
                    form.brought, at=timezone.now(), issuers=form.content("did"), lists=form.content("status")
                )
            except NoCredential as fault:
                form.add_error("pasted" if form.cleaned_data["pasted"] else "credential", str(fault))
            else:
                return render(request, "public/verdict.html", _verdict(found))
    return render(request, "public/verify_file.html", {"form": form}, status=status)


def _verdict(brought: Brought) -> dict[str, Any]:
    found = brought.finding
    heading, kind, tag = SAID[found.found]
    return {
        "heading": heading,
        "kind": kind,
        "finding": found,
        "rows": _rows(brought, tag),
        "genuine": bool(found.checked),
        "brought": brought,
        "wants_did": found.found is Found.NO_KEYS and brought.did_at,
        "wants_list": found.found is Found.NO_LIST and brought.list_at,
        "checked_at": timezone.localtime(),
    }


def _rows(brought: Brought, tag: StateTag) -> list[SummaryRow]:
    said = brought.finding.about
    if said is None:
        return [SummaryRow("Standing", tag)]
    until = _day(said.valid_until) or "Without end"
    issuer = [said.issuer_name, said.issuer] if said.issuer_name else [said.issuer]
    rows = [
        SummaryRow("Holder", said.holder),
        SummaryRow("What", said.name),
        SummaryRow("Awarded by", issuer),
        SummaryRow("From", _day(said.valid_from)),
        SummaryRow("Until", until if said.valid_from else ""),
        SummaryRow("Standing", tag),
        SummaryRow("Number", said.number),
    ]
    if brought.award:
        rows.append(SummaryRow("In the register here", Link("The page of this award", f"/awards/{brought.award}/")))
    return [row for row in rows if row.value and row.value != [""]]


def _day(moment: str) -> str:
    """The day of a moment in words, as whoever issued it counts days; what is no moment stays as it was written."""
    read = read_moment(moment)
    return longdate(read.date()) if read else moment[:40]
