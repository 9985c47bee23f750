"""The visit's checklist, one area to a page: what was prepared, and what was found on the spot."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import arranged, findings
from kithwork.core.journey import ActKind, ItemState
from kithwork.core.schemes import VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import prepared_for
from kithwork.procedures import assessing
from kithwork.readiness.queries import snapshots_in
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.cards import Slot, href_of
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import FOUND, FindingsForm
from kithwork.web.kit.cards import Link, Place
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

if TYPE_CHECKING:
    from kithwork.assessment.models import Finding
    from kithwork.evidence.models import Item


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of the checklist."""

    slot: Slot
    href: str
    prepared: list[Link]
    said: "Finding | None"
    found: BoundField | None  # where it is still to be found
    note: BoundField | None
    late: str  # typed for one that has a finding by now; shown, for it cannot be recorded


@dataclass(frozen=True, slots=True)
class Tab:
    id: str
    title: str
    slots: list[Slot]

    @property
    def open(self) -> int:
        return sum(slot.item.state is ItemState.BLANK for slot in self.slots)


def _tabs(case: Case, stage: str) -> list[Tab]:
    """The areas that the visit looks at, in the scheme's order."""
    titles = {area.id: area.title for area in case.reading.edition.areas}
    found: dict[str, list[Slot]] = {}
    for slot in case.slots.values():
        if slot.stage.id == stage and slot.requirement is not None:
            found.setdefault(slot.requirement.area, []).append(slot)
    return [Tab(area, titles[area], slots) for area, slots in found.items()]


def _evidence(case: Case, slot: Slot, items: "list[Item]", records: Collection[int]) -> list[Link]:
    """Where each prepared item is read: the page of a snapshot of records, its file, its page on the web, or the
    requirement's page for a text.
    """
    page_of = href_of(case.ref, slot.id)
    found = []
    for item in items:
        if item.pk in records:
            href = reverse("assess_records", args=[case.ref, slot.id, item.ref])
        else:
            href = reverse("assess_file", args=[case.ref, item.ref]) if item.file else item.url or page_of
        found.append(Link(item.title, href))
    return found


@page(Desk.ASSESSOR, "GET", "POST")
def visit(request: Signed, ref: str, stage: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, VisitStage)
    tabs = _tabs(case, stage)
    if not tabs:
        raise Http404("No such page.")
    wanted = request.GET.get("area", "")
    tab = next((one for one in tabs if one.id == wanted), None) or next((one for one in tabs if one.open), tabs[0])
    acts = {act.what for act in case.reading.position.acts if act.stage == stage}
    ready = ActKind.REPORT_FINDINGS in acts
    blank = [slot.requirement for slot in tab.slots if slot.item.state is ItemState.BLANK and slot.requirement]
    key = f"findings:{ref}:{stage}:{tab.id}"
    initial = drafted(request, key) if ready and request.method != "POST" else {}
    form = FindingsForm(request.POST if request.method == "POST" else None, initial=initial, asked=blank)
    late = _late(request, tab, form)
    refused = bool(late)
    if late:
        refuse(form, _too_late(tab, late), case.onward)
    elif request.method == "POST" and form.is_valid():
        try:
            through(form, *(name for name in form.fields if name.startswith("note-")))
            assessing.record_findings(
                journey=case.reading.journey, stage=stage, found=form.found, by=request.user, today=today
            )
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
        else:
            forget(request, key)
            return _saved(request, case, stage, tab, len(form.found))
    context = {
        "case": case,
        "title": model.title,
        "heading": _heading(case, tabs, ready=ready),
        "ready": ready,
        "to_hold": ActKind.HOLD in acts,
        "to_arrange": ActKind.ARRANGE in acts,
        "now": arranged(case.reading.journey).get((stage, "")),
        "due": case.reading.position.stages[stage].due if ready else None,
        "places": [_place(ref, stage, one, tab) for one in tabs],
        "tab": tab,
        "lines": _lines(case, tab, form, late, ready=ready),
        "fill": bool(blank) and (ready or form.is_bound),
        "form": form,
        "draft_url": draft_url(key),
        "stage": stage,
    }
    return again(request, "assessor/visit.html", context, form, refused=refused)


def _heading(case: Case, tabs: list[Tab], *, ready: bool) -> str:
    left = sum(tab.open for tab in tabs)
    total = sum(len(tab.slots) for tab in tabs)
    words = case.reading.edition.words
    if ready or not left:
        return f"{total - left} of {total} {words.requirements} seen"
    return f"{plural(total, f'{words.requirement},{words.requirements}')} to see at the visit"


def _place(ref: str, stage: str, one: Tab, now: Tab) -> Place:
    left = f" ({one.open} to see)" if one.open else " (all seen)"
    return Place(one.title + left, f"{reverse('visit', args=[ref, stage])}?area={one.id}", one is now)


def _late(request: Signed, tab: Tab, form: FindingsForm) -> dict[str, str]:
    """Slot -> what a page left open says of a requirement that waits for no finding any more."""
    found: dict[str, str] = {}
    for slot in tab.slots:
        choice, note = (request.POST.get(f"{name}-{slot.id}", "") for name in ("found", "note"))
        if f"found-{slot.id}" not in form.fields and (choice or note):
            words = FOUND[choice][0] if choice in FOUND else ""
            found[slot.id] = ". ".join(filter(None, (words, note.strip())))
    return found


def _too_late(tab: Tab, late: dict[str, str]) -> Refused:
    names = ", ".join(slot.label for slot in tab.slots if slot.id in late)
    return Refused(
        f"Nothing was saved, for this has been recorded since you opened the page: {names}. What you typed for it is"
        " shown below and is left out when you save the rest."
    )


def _lines(case: Case, tab: Tab, form: FindingsForm, late: dict[str, str], *, ready: bool) -> list[Line]:
    shown = doors.prepared_slots(case)
    prepared = prepared_for(case.reading.journey, [slot.id for slot in tab.slots if slot.id in shown])
    drawn = snapshots_in(case.reading.journey) if any(prepared.values()) else {}
    said = findings(case.reading.journey)
    lines = []
    for slot in tab.slots:
        records = {pk for pk, snapshot in drawn.items() if snapshot.requirement == slot.id}
        asked = f"found-{slot.id}" in form.fields and (ready or form.is_bound)
        lines.append(
            Line(
                slot,
                href_of(case.ref, slot.id),
                _evidence(case, slot, prepared.get(slot.id, []), records),
                said.get(slot.id),
                form[f"found-{slot.id}"] if asked else None,
                form[f"note-{slot.id}"] if asked else None,
                late.get(slot.id, ""),
            )
        )
    return lines


def _saved(request: Signed, case: Case, stage: str, tab: Tab, count: int) -> HttpResponse:
    messages.success(request, f"{plural(count, 'finding')} recorded.")
    href = reverse("visit", args=[case.ref, stage])
    return see_other(f"{href}?area={tab.id}" if count < tab.open else href)
