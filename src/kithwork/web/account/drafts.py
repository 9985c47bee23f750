"""Drafts: what people type is kept while they type it (`front/drafts.js`), theirs to see and to throw away.

A page names its draft by a key whose second part is the journey's reference, 'advice:<journey ref>:<slot>', and gives
its form `draft_url(key)`.
"""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.journeys.access import journey_to_write_on
from kithwork.journeys.actions import drop_draft, save_draft
from kithwork.journeys.queries import draft_of, drafts_of, names_by_ref
from kithwork.web.account import doors
from kithwork.web.kit.pages import Desk, Signed, page

KEY = 120  # characters
WEIGHT = 100 * 1024  # bytes of names and values together
NUMBER = 200  # drafts a person
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "key", "delete", "next"})


def draft_url(key: str) -> str:
    """Where a form of this key sends what is typed."""
    return f"{reverse('drafts')}?{urlencode({'key': key})}"


@page(Desk.ACCOUNT, "GET", "POST", "DELETE")
def drafts(request: Signed) -> HttpResponse:
    """GET lists one's drafts. POST saves one, or drops it with `delete=1`; DELETE drops it: both answer in JSON."""
    if request.method in {"GET", "HEAD"}:
        return _list(request)
    key = request.GET.get("key") or request.POST.get("key", "")
    if not key or len(key) > KEY or "\0" in key:
        return _no("A draft needs a key of at most 120 characters.", 400)
    if request.method == "DELETE" or request.POST.get("delete"):
        drop_draft(user=request.user, key=key)
        return _dropped(request)
    return _save(request, key, timezone.now())


def _save(request: Signed, key: str, now: datetime) -> HttpResponse:
    journey_to_write_on(request.user, _ref(key))  # the door: drafts belong to pages that one can reach
    fields = {name: value for name, value in request.POST.items() if name not in _NOT_KEPT and isinstance(value, str)}
    if sum(len(name.encode()) + len(value.encode()) for name, value in fields.items()) > WEIGHT:
        return _no("This is too long to be kept as a draft. Shorten it, or send it in.", 413)
    if draft_of(request.user, key) is None and drafts_of(request.user).count() >= NUMBER:
        return _no("You have 200 drafts, which is the most we keep. Throw some away first.", 409)
    draft = save_draft(user=request.user, key=key, fields=fields, now=now)
    return JsonResponse({"saved": draft.saved_at.isoformat()})


def _no(because: str, status: int) -> JsonResponse:
    return JsonResponse({"because": because}, status=status)


def _dropped(request: Signed) -> HttpResponse:
    """JSON for a script; back to the list for a button on it."""
    if request.POST.get("next") == "list":
        messages.success(request, "The draft is thrown away.")
        return HttpResponseRedirect(reverse("drafts"), status=303)
    return JsonResponse({"dropped": True})


def _list(request: Signed) -> HttpResponse:
    doors.dress(request)
    kept = list(drafts_of(request.user))
    names = names_by_ref({_ref(draft.key) for draft in kept})
    rows = [(draft.key, _kind(draft.key), names.get(_ref(draft.key), ""), draft.saved_at) for draft in kept]
    return render(request, "account_desk/drafts.html", {"rows": rows})


def _kind(key: str) -> str:
    """'case-study:…' as a person reads it: 'Case study'."""
    return key.split(":", maxsplit=1)[0].replace("-", " ").capitalize()


def _ref(key: str) -> str:
    return key.split(":")[1] if ":" in key else ""
