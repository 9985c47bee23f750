"""'Use my records': what the service's records show of a requirement, looked at first, then signed off as evidence.

Only for members who may change the journey's evidence and run the service's work besides; for others it is absent.
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.access import COORDINATES, Run, run_for
from kithwork.core.readiness.reducing import Facts
from kithwork.core.schemes import PortfolioStage, Requirement
from kithwork.evidence.actions import REDACTED
from kithwork.evidence.queries import ItemRow, may_gather
from kithwork.readiness.access import may_sign_off
from kithwork.readiness.actions import SIGNED, take
from kithwork.readiness.counting import questions
from kithwork.readiness.keeping import latest
from kithwork.readiness.queries import asked_another, snapshots_in, turn_of
from kithwork.readiness.snapshots import draw, newer
from kithwork.web.coordinator.readiness.frame import HOLDS
from kithwork.web.coordinator.readiness.wording import tag_of
from kithwork.web.kit.acting import DONE, OK, posted, tried
from kithwork.web.kit.cards import StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.snapshots import told
from kithwork.web.service import doors
from kithwork.web.service.maps import asked
from kithwork.web.templatetags.kit import longdate

__all__ = ["NEWER", "Records", "newer_notes", "records_for", "usable", "use_records"]

NEWER = "Newer figures exist: your records answer otherwise by now."


@dataclass(frozen=True, slots=True)
class Records:
    """What a requirement's page says of the records. `use` leads to where they are looked at and sent."""

    heading: str
    figures: list[tuple[str, StateTag]]
    use: str
    mend: str
    another: bool  # the assessor asks for another sample


class SignOff(forms.Form):
    signed = forms.BooleanField(label=SIGNED, error_messages={"required": "Say that you have looked through it."})
    declared = forms.BooleanField(
        label=REDACTED,
        help_text="What you declare is kept with your name and the time.",
        error_messages={"required": "Say that nobody can be found in it."},
    )


def _run(user: User, seen: doors.Seen) -> Run | None:
    """The service's work, for members who run it; None for everybody else, and where it is not run here."""
    service = seen.reading.journey.service
    if service is None or not seen.applicant.roles & COORDINATES:
        return None
    try:
        run = run_for(user, service.slug)
    except Http404:
        return None
    run.practice.service = run.service
    return run


def records_for(user: User, seen: doors.Seen, requirement: Requirement, *, change: bool) -> Records | None:
    """What was counted last of a requirement, and the way to use it; nothing is counted for it."""
    if seen.position.status.is_over or not (checks := questions(requirement)):
        return None
    run = _run(user, seen)
    if run is None:
        return None
    scheme, service = seen.edition.scheme, run.service
    kept = latest(practice=run.practice, edition=seen.edition, today=seen.today)
    found = next((one for one in kept.standings if one.requirement == requirement.id), None) if kept else None
    when = "today" if kept is None or kept.day == seen.today else f"on {longdate(kept.day)}"
    use = change and may_sign_off(run, checks)
    return Records(
        f"Your records {when}",
        [(check.figure, tag_of(check.state)) for check in found.checks] if found else [],
        reverse("use_records", args=[seen.ref, requirement.id]) if use else "",
        reverse(
            "readiness_one",
            args=[service.slug, scheme.slug, scheme.edition, requirement.level, requirement.id],
        ),
        use and asked_another(seen.reading.journey, requirement.id),
    )


def usable(user: User, seen: doors.Seen, requirements: Sequence[Requirement]) -> set[str]:
    """Of these requirements, those for which this person may use the service's records now; nothing is counted."""
    asked_of = {one.id: checks for one in requirements if (checks := questions(one))}
    run = _run(user, seen) if asked_of and seen.writes else None
    if run is None:
        return set()
    return {
        slot
        for slot, checks in asked_of.items()
        if may_gather(seen.edition, seen.position, slot) and may_sign_off(run, checks)
    }


def newer_notes(seen: doors.Seen, items: Sequence[ItemRow]) -> dict[str, str]:
    """Item's reference -> what to know of the snapshot in it: that records answer otherwise by now."""
    here = snapshots_in(seen.reading.journey) if any(one.kind == "file" for one in items) else {}
    mine = [here[one.pk] for one in items if one.pk in here]
    changed = newer(mine, seen.edition, seen.today) if mine else set()
    return {one.ref: NEWER for one in items if one.pk in changed}


@page(Desk.SERVICE, "GET", "POST")
def use_records(request: Signed, ref: str, slot: str) -> HttpResponse:
    """Exactly what would be sent; on POST signed off, and offered as evidence."""
    seen = doors.journey(request, ref, write=True)
    requirement, run = _door(request, seen, slot)
    facts = draw(
        practice=run.practice,
        edition=seen.edition,
        requirement=requirement,
        journey=ref,
        turn=turn_of(seen.reading.journey, slot),
        at=seen.today,
        now=timezone.now(),
    )
    form, status = SignOff(posted(request)), OK
    if request.method == "POST":
        status = tried(form, lambda: _take(request, seen, requirement, run), seen.onward)
        if status == DONE:
            messages.success(request, "What your records show is added, signed off by you. Send it when you are ready.")
            return doors.go("requirement", ref, slot)
    return render(request, "service/records.html", _context(seen, requirement, facts, form), status=status)


def _door(request: Signed, seen: doors.Seen, slot: str) -> tuple[Requirement, Run]:
    requirement = next((one for one in asked(seen.edition, seen.position) if one.id == slot), None)
    run = _run(request.user, seen)
    if requirement is None or run is None or isinstance(seen.edition.stage_for(requirement), PortfolioStage):
        raise Http404("No such page.")
    checks = questions(requirement)
    if not checks or not may_sign_off(run, checks):
        raise Http404("No such page.")
    return requirement, run


def _take(request: Signed, seen: doors.Seen, requirement: Requirement, run: Run) -> None:
    take(
        journey=seen.reading.journey,
        practice=run.practice,
        requirement=requirement,
        seen=request.POST.get("looked", ""),
        by=request.user,
        now=timezone.now(),
    )


def _context(seen: doors.Seen, requirement: Requirement, facts: Facts, form: SignOff) -> dict[str, Any]:
    words = seen.edition.words
    verdict = may_gather(seen.edition, seen.position, requirement.id)
    holds = facts.state in HOLDS
    return {
        "seen": seen,
        "requirement": requirement,
        "caption": f"{words.requirement[:1].upper()}{words.requirement[1:]} {requirement.number}: {requirement.title}",
        "heading": facts.checks[0].figure if len(facts.checks) == 1 else "What your records show",
        "shown": told(facts),
        "looked": facts.seal,  # of what is on this page, so that what was refused can be signed as it is now
        "holds": holds,
        "assessor": words.assessor,
        "form": form,
        "verdict": verdict,
        "open": bool(verdict) or form.is_bound,
        "button": "Sign off and add it" if holds else "Sign off and add it all the same",
        "up": reverse("requirement", args=[seen.ref, requirement.id]),
    }
