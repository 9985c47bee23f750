"""The body's people: officers, assessors, panel; invitations that wait; the end of a membership."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.journeys.queries import JourneyRow, caseload_of_assessors
from kithwork.organisations.access import invitation_of, membership_of
from kithwork.organisations.models import BODY_ROLES, Organisation, Role
from kithwork.organisations.queries import members_of, open_invitations
from kithwork.procedures.applying import invite, withdraw_invitation
from kithwork.procedures.leaving import leave
from kithwork.web.body import doors
from kithwork.web.body.wording import article
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.forms import hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, longdate, plural

ROLES = {
    Role.OFFICER: ("Officer", "Sees every application, decides, sends invoices, appoints"),
    Role.ASSESSOR: ("Assessor", "Sees only the applications they are appointed to"),
    Role.PANEL: ("Panel member", "Recommends, where a scheme has a panel"),
    Role.CHAIR: ("Panel chair", "Decides for the panel"),
}
_GROUPS = {
    Role.OFFICER: "Officers",
    Role.ASSESSOR: "Assessors",
    Role.PANEL: "Panel members",
    Role.CHAIR: "Panel chairs",
}


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        label="As",
        widget=forms.RadioSelect,
        choices=[(role.value, hinted(*ROLES[role])) for role in BODY_ROLES],
    )


def _groups(body: Organisation, org: str) -> list[tuple[str, list[Any], list[tuple[object, ...]]]]:
    """Each role with its people; assessors with how many cases they have open."""
    members = list(members_of(body))
    loads = caseload_of_assessors(body)
    found = []
    for role in BODY_ROLES:
        rows: list[tuple[object, ...]] = []
        for row in (one for one in members if one.role == role):
            end = Link("End", reverse("end_membership", args=[org, row.user.ref, row.role]), f"{row.user.name}'s role")
            cells: tuple[object, ...] = (row.user.name, row.user.email, longdate(row.since))
            if role == Role.ASSESSOR:
                has, asked = loads.get(row.user_id, (0, 0))
                cells += (f"{has} open" + (f", {asked} asked" if asked else ""),)
            rows.append((*cells, end))
        load = ["Cases"] if role == Role.ASSESSOR else []
        found.append((_GROUPS[role], ["Name", "E-mail", "Since", *load, "End"], rows))
    return [group for group in found if group[2]]


@page(Desk.BODY, "GET", "POST")
def body_people(request: Signed, org: str) -> HttpResponse:
    """Everybody who belongs to the body, whom it has invited, and a form to invite one more (POST)."""
    body = doors.body(request, org, "body_people")
    form = InviteForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: invite(
                organisation=body,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                by=request.user,
                now=now,
            ),
        )
        if status == DONE:
            said = f"{form.cleaned_data['email']} is invited. The link works for 14 days."
            return done(request, reverse("body_people", args=[org]), said)
    groups = _groups(body, org)
    pending = [
        (
            row.email,
            ROLES[Role(row.role)][0],
            row.invited_by.name,
            StateTag(f"Expired {longdate(row.expires_at)}", Kind.GREY)
            if row.expires_at <= now
            else f"Until {clock(row.expires_at)}",
            row.ref,
        )
        for row in open_invitations(body)
    ]
    people = sum(len(rows) for _, _, rows in groups)
    invited = f", {len(pending)} invited" if pending else ""
    context = {
        "heading": f"{plural(people, 'role is,roles are')} filled at {body.name}{invited}",
        "groups": groups,
        "pending": pending,
        "form": form,
        "org": org,
    }
    return render(request, "body/people.html", context, status=status)


@page(Desk.BODY, "POST")
def withdraw_invite(request: Signed, org: str, ref: str) -> HttpResponse:
    """Take an open invitation back."""
    body = doors.body(request, org, "body_people")
    invitation = invitation_of(body, ref)
    withdraw_invitation(invitation=invitation, by=request.user, now=timezone.now())
    return done(request, reverse("body_people", args=[org]), f"The invitation of {invitation.email} is withdrawn.")


@page(Desk.BODY, "GET", "POST")
def end_membership(request: Signed, org: str, user: str, role: str) -> HttpResponse:
    """End somebody's role, after an interruption; the last officer cannot be ended."""
    body = doors.body(request, org, "body_people")
    membership = membership_of(body, user, role)
    form = forms.Form(request.POST if request.method == "POST" else None)
    back = reverse("body_people", args=[org])
    status = OK
    left: list[JourneyRow] = []
    if request.method == "POST":
        status = tried(form, lambda: left.extend(leave(membership=membership, by=request.user, now=timezone.now())))
        if status == DONE:
            said = f"{membership.user.name} is no longer {_role(role)} here."
            if left:
                said += f" {plural(len(left), 'application needs,applications need')} a new assessor."
            return done(request, back, said)
    has, asked = caseload_of_assessors(body).get(membership.user_id, (0, 0)) if role == Role.ASSESSOR else (0, 0)
    cases = ""
    if has or asked:
        cases = (
            f" They have {plural(has, 'open case')} and {plural(asked, 'request')}: their appointments end, and each of"
            " those applications needs a new assessor."
        )
    context = {
        "heading": f"End {membership.user.name}'s role as {_role(role)}?",
        "text": f"They lose sight of what the role showed them, at once. What they wrote stays in the history.{cases}",
        "form": form,
        "action_text": "End the role",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)


def _role(role: str) -> str:
    return article(ROLES[Role(role)][0].lower())
