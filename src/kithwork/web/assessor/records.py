"""A snapshot of a service's records as its assessor sees it: never a record, nor a way to one. Sent, or ready for a
visit.

Whether newer figures exist is read from answers kept for the service; an assessor's page counts nothing, and says only
that they exist.
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.core.readiness.reducing import Facts
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import ItemRow, to_be_seen
from kithwork.procedures.assessing import ask_another_sample
from kithwork.readiness.queries import SnapshotRow, asked_another, snapshot_of
from kithwork.readiness.snapshots import newer
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, see_other
from kithwork.web.assessor.cards import Slot
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.judge import item_card
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.snapshots import told


class AnotherSample(forms.Form):
    why = LongText(
        label="Why do you ask for another sample?",
        required=False,
        rows=3,
        max_length=2000,
        help_text="The service reads it. Do not name anyone.",
    )


@page(Desk.ASSESSOR, "GET", "POST")
def assess_records(request: Signed, ref: str, slot: str, item: str) -> HttpResponse:
    """Figures, definitions, periods and samples; on POST another sample is asked for."""
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    asked, found = case.slot(slot), doors.item_for(case, item)
    snapshot = snapshot_of(found)
    if snapshot is None or snapshot.requirement != slot:
        raise Http404("No such page.")
    form = AnotherSample(request.POST if request.method == "POST" else None)
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            return _ask(request, case, asked, snapshot, form)
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
    return again(request, "assessor/records.html", _context(case, asked, found, snapshot, form), form, refused=refused)


def _ask(request: Signed, case: Case, slot: Slot, snapshot: SnapshotRow, form: AnotherSample) -> HttpResponse:
    through(form, "why")
    ask_another_sample(
        journey=case.reading.journey,
        stage=slot.stage.id,
        snapshot=snapshot,
        why=form.cleaned_data["why"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, f"Another sample is asked for on {slot.label}.")
    return see_other(reverse("assess", args=[case.ref, slot.id]))


def _context(case: Case, slot: Slot, item: ItemRow, snapshot: SnapshotRow, form: AnotherSample) -> dict[str, object]:
    facts, today = Facts.model_validate(snapshot.facts), case.reading.position.today
    ahead = to_be_seen(case.reading.edition, case.reading.position, slot.stage.id, slot.id)
    return {
        "case": case,
        "slot": slot,
        "up": reverse("assess", args=[case.ref, slot.id]),
        "heading": facts.checks[0].figure if len(facts.checks) == 1 else "What the records show",
        "shown": told(facts),
        "item": item_card(case, slot, item, today),
        "newer": bool(newer([snapshot], case.reading.edition, today)),
        "asked": asked_another(case.reading.journey, slot.id),
        "asks": ahead or (slot.waits and not case.reading.position.status.is_over),
        "ahead": ahead,
        "form": form,
    }
