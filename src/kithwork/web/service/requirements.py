"""One requirement: what is asked, what is offered, adding to it, sending it, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.journey import ItemPosition, ItemState
from kithwork.core.schemes import Area, PortfolioStage, Requirement, Stage, VisitStage
from kithwork.core.verdict import Refused, Verdict
from kithwork.evidence.access import item_for_applicant
from kithwork.evidence.actions import REDACTED, declare_redacted, offer, take_back
from kithwork.evidence.portfolios import portfolio_of
from kithwork.evidence.queries import Gathered, ItemRow, gathered, item_of, may_gather, may_send, thread
from kithwork.gate.queries import open_originals
from kithwork.journeys.queries import draft_of
from kithwork.procedures.assessing import send_evidence, write_remark
from kithwork.procedures.reusing import reuse_confirmed
from kithwork.web.kit.acting import seen_at
from kithwork.web.kit.forms import hinted, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import adding, doors
from kithwork.web.service.again import again_for
from kithwork.web.service.forms import (
    RECORDS,
    AddFile,
    AddLink,
    AddStatement,
    RemarkForm,
    SendNote,
    UseConfirmed,
    UseItem,
    from_draft,
)
from kithwork.web.service.gate.listing import rows_of
from kithwork.web.service.gating import looked_through
from kithwork.web.service.maps import asked
from kithwork.web.service.records import Records, newer_notes, records_for
from kithwork.web.service.said import state_words
from kithwork.web.service.showing import card, thread_cards, what_is
from kithwork.web.service.words import item_tag, opens_when, slot_name


@dataclass(frozen=True, slots=True)
class Here:
    """One requirement of a journey, as one person sees it today."""

    seen: doors.Seen
    requirement: Requirement
    stage: Stage
    area: Area
    item: ItemPosition
    held: Gathered

    @property
    def slot(self) -> str:
        return self.requirement.id

    @property
    def offered(self) -> list[object]:
        return list(self.held.items.get(self.slot, []))

    @property
    def may_change(self) -> bool:
        return self.seen.writes and bool(may_gather(self.seen.edition, self.seen.position, self.slot))

    @property
    def sends(self) -> bool:
        """Whether this requirement is sent: not what is only looked at during a visit."""
        return not (isinstance(self.stage, VisitStage) and self.item.state is ItemState.BLANK)

    @property
    def may_send(self) -> Verdict:
        seen = self.seen
        return may_send(seen.edition, seen.position, self.stage.id, self.slot, self.held.items.get(self.slot, []))

    @property
    def others(self) -> list[tuple[str, str]]:
        """What has been added elsewhere and could serve here too."""
        found: list[tuple[str, str]] = []
        for item in self.held.apart():
            here = self.held.slots(item)
            if self.slot in here or item.kind == "piece":
                continue
            used = f"{what_is(item)}. Used for {', '.join(slot_name(self.seen.edition, slot) for slot in here[:3])}"
            if not freshness(self.requirement, item.dated, self.seen.today).verdict:
                used += ". Too old, or without a date, for this one"
            elif not self._declared(item):
                used += ". Not declared redacted yet"
            found.append((item.ref, hinted(item.title, used)))
        return found

    @property
    def declare(self) -> bool:
        """Whether something that could serve here must be declared redacted first."""
        return any(self.slot not in self.held.slots(item) and not self._declared(item) for item in self.held.apart())

    def _declared(self, item: ItemRow) -> bool:
        return bool(redacted(self.requirement, casework=item.casework, declared=item.redacted_at is not None))


@page(Desk.SERVICE, "GET", "POST")
def requirement(request: Signed, ref: str, slot: str) -> HttpResponse:
    here = _here(request, ref, slot)
    if isinstance(here.stage, PortfolioStage):  # shown in the pieces of the whole, never by itself
        if request.method == "POST":
            raise Http404("No such page.")
        return doors.go("portfolio_map", ref, here.stage.id)
    do = request.POST.get("do", "")
    form = _form(request, here, do)
    if request.method != "POST":
        return _show(request, here)
    if form is None and do not in {"take_back", "declare"}:
        raise Http404("No such page.")
    if form is not None and not form.is_valid():
        return _show(request, here, form, do, status=422)
    if do == "use" and form is not None and form.cleaned_data["item"] == RECORDS:
        return doors.go("use_records", ref, slot)  # nothing is added before it was looked at
    try:
        said = _DOES[do](request, here, form or Form())
    except Refused as refused:
        if form is None:
            raise
        refuse(form, refused, here.seen.onward)
        return _show(request, _here(request, ref, slot), form, do, status=409)
    if do == "file":
        return seen_at(said)  # where it is looked through
    messages.success(request, said)
    return doors.go("requirement", ref, slot)


def _here(request: Signed, ref: str, slot: str) -> Here:
    seen = doors.journey(request, ref, write=request.method == "POST")
    found = next((one for one in asked(seen.edition, seen.position) if one.id == slot), None)
    item = item_of(seen.edition, seen.position, slot)
    if found is None or item is None:
        raise Http404("No such page.")
    area, stage = seen.edition.area(found.area), seen.edition.stage_for(found)
    return Here(seen, found, stage, area, item, gathered(seen.reading.journey))


def _form(request: Signed, here: Here, do: str) -> Form | None:
    """The form that was sent, bound."""
    asks = {"requirement": here.requirement, "today": here.seen.today}
    assessor = here.seen.edition.words.assessor
    match do:
        case "file":
            return AddFile(request.POST, request.FILES, **asks)  # type: ignore[arg-type]  # the two by name
        case "link":
            return AddLink(request.POST, **asks)  # type: ignore[arg-type]  # the two by name
        case "statement":
            return AddStatement(request.POST, **asks)  # type: ignore[arg-type]  # the two by name
        case "use":
            return UseItem(request.POST, _to_use(request, here), declare=here.declare)
        case "reuse":
            return UseConfirmed(request.POST, again_for(here.seen, here.requirement).choices)
        case "send":
            return SendNote(request.POST, assessor=assessor)
        case "remark":
            return RemarkForm(request.POST, assessor=assessor)
        case _:
            return None


def _to_use(request: Signed, here: Here) -> list[tuple[str, str]]:
    return _choices(here, records_for(request.user, here.seen, here.requirement, change=here.may_change))


def _choices(here: Here, records: Records | None) -> list[tuple[str, str]]:
    """What is there to be used: the service's records first, for whoever may sign them off."""
    if records is None or not records.use:
        return here.others
    shown = " ".join(figure for figure, _ in records.figures) or "They have not been counted yet"
    said = f"{shown.rstrip('.')}. You look at it before you sign it off"
    return [(RECORDS, hinted("What your records show", said)), *here.others]


def _use(request: Signed, here: Here, form: Form) -> str:
    item = item_for_applicant(here.seen.reading.journey, form.cleaned_data["item"])
    fresh = freshness(here.requirement, item.dated, here.seen.today).verdict
    if not fresh:
        raise Refused(f"\u2018{item.title}\u2019 cannot be used here. {fresh.because}")
    declared = form.cleaned_data.get("declared", False)
    offer(item=item, slot=here.slot, by=request.user, today=here.seen.today, declared=declared)
    return f"\u2018{item.title}\u2019 is used here as well."


def _reuse(request: Signed, here: Here, form: Form) -> str:
    item = reuse_confirmed(
        journey=here.seen.reading.journey,
        requirement=here.requirement,
        item=form.cleaned_data["item"],
        by=request.user,
        today=here.seen.today,
    )
    return f"\u2018{item.title}\u2019 is used here as well. {adding.and_then(here)}"


def _take_back(request: Signed, here: Here, form: Form) -> str:
    item = item_for_applicant(here.seen.reading.journey, request.POST.get("item", ""))
    take_back(item=item, slot=here.slot, by=request.user, now=timezone.now())
    return f"\u2018{item.title}\u2019 is taken out."


def _declare(request: Signed, here: Here, form: Form) -> str:
    item = item_for_applicant(here.seen.reading.journey, request.POST.get("item", ""))
    declare_redacted(item=item, by=request.user, now=timezone.now())
    return f"Your declaration for \u2018{item.title}\u2019 is kept."


def _send(request: Signed, here: Here, form: Form) -> str:
    looked_through(here.seen, form, request.user, "note")
    send_evidence(
        journey=here.seen.reading.journey,
        stage=here.stage.id,
        slots=[here.slot],
        by=request.user,
        today=here.seen.today,
        note=form.cleaned_data["note"],
    )
    return f"{here.requirement.number} {here.requirement.title}: sent to your {here.seen.edition.words.assessor}."


def _remark(request: Signed, here: Here, form: Form) -> str:
    looked_through(here.seen, form, request.user, "text")
    write_remark(
        journey=here.seen.reading.journey,
        slot=here.slot,
        text=form.cleaned_data["text"],
        side="applicant",
        by=request.user,
        today=here.seen.today,
    )
    return f"Your {here.seen.edition.words.assessor} will see your remark."


_DOES = {
    "file": adding.file,
    "link": adding.link,
    "statement": adding.statement,
    "use": _use,
    "reuse": _reuse,
    "take_back": _take_back,
    "declare": _declare,
    "send": _send,
    "remark": _remark,
}


def _show(request: Signed, here: Here, form: Form | None = None, do: str = "", status: int = 200) -> HttpResponse:
    seen, edition, asks = here.seen, here.seen.edition, {"requirement": here.requirement, "today": here.seen.today}
    events = thread(seen.reading.journey, here.slot)
    change = here.may_change
    records = records_for(request.user, seen, here.requirement, change=change)
    forms: dict[str, Form] = {}
    not_here: tuple[str, ...] = ()
    if change:
        statement = AddStatement(**asks)  # type: ignore[arg-type]  # the two by name
        draft = draft_of(request.user, adding.draft_key(here))
        if draft is not None:
            statement.initial = from_draft(statement, draft.fields)
        forms = {
            "file": AddFile(**asks),  # type: ignore[arg-type]  # the two by name
            "link": AddLink(**asks),  # type: ignore[arg-type]  # the two by name
            "statement": statement,
        }
        if to_use := _choices(here, records):
            forms["use"] = UseItem(None, to_use, declare=here.declare)
        again = again_for(seen, here.requirement)
        not_here = again.not_here
        if again.choices:
            forms["reuse"] = UseConfirmed(None, again.choices)
        forms["send"] = SendNote(assessor=edition.words.assessor)
    if seen.writes and not seen.position.status.is_over:
        forms["remark"] = RemarkForm(assessor=edition.words.assessor)
    opened = do
    if form is not None:
        forms[do] = form
    elif change and statement.initial:
        opened = "statement"
    order = [one.id for one in asked(edition, seen.position) if not portfolio_of(edition, one.id)]
    at = order.index(here.slot)
    verdict = here.may_send if change and here.sends else None
    notes = newer_notes(seen, here.held.items.get(here.slot, []))
    shut = opens_when(edition, seen.position, here.stage) if not seen.position.stages[here.stage.id].opened else ""
    return render(
        request,
        "service/requirement.html",
        {
            "here": here,
            "seen": seen,
            "edition": edition,
            "requirement": here.requirement,
            "form": form,
            "forms": forms,
            "opened": opened,
            "tag": item_tag(
                edition,
                here.item,
                offered=len(here.offered),
                ready=bool(verdict),
                visit=isinstance(here.stage, VisitStage),
            ),
            "state": state_words(seen, here.stage, here.item, events),
            "cards": [
                card(
                    item,
                    seen.ref,
                    seen.today,
                    requirement=here.requirement,
                    edition=edition,
                    held=here.held,
                    besides=here.slot,
                    note=notes.get(item.ref, ""),
                )
                for item in here.held.items.get(here.slot, [])
            ],
            "at_gate": rows_of(seen, open_originals(seen.ref, here.slot)),
            "change": change,
            "not_here": not_here,
            "records": records,
            "verdict": verdict,
            "opens": shut,
            "thread": thread_cards(events, seen.ref, seen.today, edition.words.assessor, _register(seen)),
            "redacted": REDACTED,
            "draft_key": adding.draft_key(here),
            "has_draft": bool(change and forms["statement"].initial and form is None),
            "area_href": reverse("area", args=[seen.ref, here.area.id]),
            "previous": _neighbour(edition.requirements, order, at - 1),
            "following": _neighbour(edition.requirements, order, at + 1),
        },
        status=status,
    )


def _register(seen: doors.Seen) -> str:
    """Where the service's data breaches stand; a person who applies for themselves keeps none."""
    service = seen.reading.journey.service
    return reverse("service_breaches", args=[service.organisation.slug]) if service else ""


def _neighbour(requirements: Sequence[Requirement], order: list[str], at: int) -> Requirement | None:
    if not 0 <= at < len(order):
        return None
    return next(one for one in requirements if one.id == order[at])
