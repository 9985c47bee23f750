"""What the desk's pages answer with after a form: where to go next, or the form again with its text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from kithwork.journeys.access import journeys_for_assessor
from kithwork.journeys.actions import drop_draft
from kithwork.journeys.queries import draft_of, longest_waiting, read
from kithwork.web.assessor.cards import Next, applicant_name, next_thing, slots_of
from kithwork.web.assessor.doors import Case
from kithwork.web.kit.pages import Signed


def see_other(href: str) -> HttpResponse:
    """After a POST: look at this page next."""
    return HttpResponseRedirect(href, status=303)


def again(
    request: Signed, template: str, context: Mapping[str, Any], *forms: Form, refused: bool = False
) -> HttpResponse:
    """The page with its form: 409 when the action refused, 422 for errors of shape, 200 for a first look."""
    wrong = any(form.is_bound and form.errors for form in forms)
    seen = {**context, "faulty": wrong or refused}  # for the title, of whichever form it is
    return render(request, template, seen, status=409 if refused else 422 if wrong else 200)


def drafted(request: Signed, key: str) -> dict[str, Any]:
    """What this person was typing here."""
    draft = draft_of(request.user, key)
    return dict(draft.fields) if draft is not None else {}


def forget(request: Signed, key: str) -> None:
    drop_draft(user=request.user, key=key)


def next_after(request: Signed, case: Case, today: date, after: str = "") -> Next | None:
    """The oldest thing sent in this case; then what has waited longest in any other."""
    reading = read(case.reading.journey, today)
    slots = slots_of(reading)
    if any(slot.waits and slot.id != after for slot in slots.values()):
        return next_thing(reading, case.name, slots, after)
    other = longest_waiting(journeys_for_assessor(request.user).exclude(ref=case.ref))
    if other is None or not other.to_assess:
        return None
    reading = read(other, today)
    return next_thing(reading, applicant_name(other), slots_of(reading))
