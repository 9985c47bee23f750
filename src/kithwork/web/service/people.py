"""Colleagues of a service's organisation: who belongs to it, inviting, changing what they may do, ending it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.organisations.access import Place, invitation_of, membership_of
from kithwork.organisations.actions import change_role, leave
from kithwork.organisations.queries import ROLES_OF_PROVIDERS, members_of, open_invitations
from kithwork.procedures.applying import invite, withdraw_invitation
from kithwork.web.kit.forms import refusal, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.forms import ChangeRole, Invite

ROLES = {role.value: role for role in ROLES_OF_PROVIDERS}


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    email: str
    role: str
    does: str
    since: datetime
    you: bool
    key: str  # 'user ref:role', what the buttons carry


@dataclass(frozen=True, slots=True)
class Open:
    ref: str
    email: str
    role: str
    expires: datetime
    expired: bool


@page(Desk.SERVICE, "GET", "POST")
def colleagues(request: Signed, slug: str) -> HttpResponse:
    place = doors.provider(request, slug, lead=request.method == "POST")
    form = Invite(request.POST if request.POST.get("do") == "invite" else None)
    if request.method != "POST":
        return _show(request, place, form, _changing(request, place, request.GET.get("change", "")))
    try:
        if request.POST.get("do") == "invite":
            if not form.is_valid():
                return _show(request, place, form, status=422)
            to = form.cleaned_data
            invite(
                organisation=place.organisation,
                email=to["email"],
                role=ROLES[to["role"]],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, f"An invitation is on its way to {to['email']}. The link works for 14 days.")
        else:
            _do(request, place)
    except Refused as refused:
        return _refused(request, place, form, refused)
    return doors.go("colleagues", slug)


def _refused(request: Signed, place: Place, form: Invite, because: Refused) -> HttpResponse:
    """The page again, with what was typed or chosen."""
    if form.is_bound:
        refuse(form, because)
        return _show(request, place, form, status=409)
    changing = _changing(request, place, request.POST.get("who", "")) if request.POST.get("do") == "change" else None
    if changing is not None:
        refuse(changing.form, because)
        return _show(request, place, form, changing, status=409)
    return _show(request, place, form, summary=refusal(because), status=409)


def _do(request: Signed, place: Place) -> None:
    """Withdraw an invitation, end a membership, or change what somebody may do."""
    organisation, now, do = place.organisation, timezone.now(), request.POST.get("do")
    if do == "withdraw":
        withdraw_invitation(
            invitation=invitation_of(organisation, request.POST.get("invitation", "")), by=request.user, now=now
        )
        messages.success(request, "The invitation is withdrawn; its link no longer works.")
        return
    ref, _, role = request.POST.get("who", "").partition(":")
    membership = membership_of(organisation, ref, role)
    if do == "end":
        leave(membership=membership, by=request.user, now=now)
        messages.success(request, f"{membership.user.name} no longer belongs to {organisation.name}.")
    elif do == "change" and request.POST.get("role") in ROLES:
        change_role(membership=membership, role=ROLES[request.POST["role"]], by=request.user, now=now)
        messages.success(request, f"{membership.user.name} has another role now.")
    else:
        raise Http404("No such page.")


@dataclass(frozen=True, slots=True)
class Changing:
    """The colleague whose role is being changed."""

    name: str
    key: str
    form: ChangeRole


def _changing(request: Signed, place: Place, who: str) -> Changing | None:
    """`who` is 'user ref:role'; for leads alone."""
    ref, _, role = who.partition(":")
    if not ref or not place.leads:
        return None
    form = ChangeRole(request.POST if request.method == "POST" else None, now=role)
    form.auto_id = "id_change_%s"  # the page's other form asks for a role too
    return Changing(membership_of(place.organisation, ref, role).user.name, who, form)


def _show(
    request: Signed,
    place: Place,
    form: Invite,
    changing: Changing | None = None,
    summary: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    people = [
        Colleague(
            m.user.name or m.user.email,
            m.user.email,
            *_role(m.role),
            m.since,
            m.user_id == request.user.pk,
            f"{m.user.ref}:{m.role}",
        )
        for m in members_of(place.organisation)
    ]
    waiting = [
        Open(i.ref, i.email, _role(i.role)[0], i.expires_at, i.expires_at <= now)
        for i in open_invitations(place.organisation)
    ]
    alone = len(people) == 1
    return render(
        request,
        "service/colleagues.html",
        {
            "place": place,
            "heading": "You work here alone so far" if alone else f"{len(people)} people work here",
            "people": people,
            "waiting": waiting,
            "form": form,
            "changing": changing,
            "summary": summary or (changing.form if changing else form),
            "faulty": status >= 400,
            "home": reverse("service_home", args=[place.organisation.slug]),
        },
        status=status,
    )


def _role(role: str) -> tuple[str, str]:
    name, _, does = str(ROLES[role].label).partition(" (") if role in ROLES else (role, "", "")
    return name, does.rstrip(")").capitalize()
