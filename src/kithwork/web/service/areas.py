"""A practice area of a journey: its requirements, how each stands, and sending all that are ready."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.core.freshness import freshness
from kithwork.core.journey import ItemPosition, ItemState, StageState
from kithwork.core.schemes import EvidenceStage, PortfolioStage, Requirement, Stage, VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence.aging import stale_since_offered
from kithwork.evidence.queries import Gathered, gathered, item_of, last_sent, may_leave, may_send
from kithwork.procedures.assessing import send_evidence
from kithwork.web.kit.cards import Kind, Link, StateTag, TaskRow
from kithwork.web.kit.forms import refusal
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.maps import asked
from kithwork.web.service.records import usable
from kithwork.web.service.words import count_of, item_tag, opens_when, slot_address
from kithwork.web.templatetags.kit import longdate, plural


@dataclass(frozen=True, slots=True)
class Part:
    """An area's requirements that are assessed in one stage, and which of them could be sent now."""

    stage: Stage
    rows: list[TaskRow]
    ready: list[Requirement]
    visit: bool
    opens: str

    @property
    def ready_names(self) -> str:
        return ", ".join(one.number for one in self.ready)


def items_in(seen: doors.Seen, stage: Stage) -> dict[str, ItemPosition]:
    """A stage's requirements and how each stands; those of a portfolio stand as the whole does."""
    if not isinstance(stage, EvidenceStage | VisitStage | PortfolioStage):
        return {}
    here = seen.edition.asked_at(seen.position.level, stage.assessed)
    return {one.id: item for one in here if (item := item_of(seen.edition, seen.position, one.id))}


def area_rows(seen: doors.Seen, stage: Stage, held: Gathered) -> list[TaskRow]:
    """One row an area for a stage's page: how many are confirmed, sent, asked for again."""
    items = items_in(seen, stage)
    found: list[TaskRow] = []
    for area in seen.edition.areas:
        here = [one for one in asked(seen.edition, seen.position) if one.area == area.id and one.id in items]
        if not here:
            continue
        states = [items[one.id].state for one in here]
        met, sent = states.count(ItemState.CONFIRMED), states.count(ItemState.SENT)
        more = states.count(ItemState.RETURNED) + states.count(ItemState.BREACHED)
        gathered_now = sum(bool(held.items.get(one.id)) for one in here if items[one.id].state is ItemState.BLANK)
        parts = [f"{met} of {count_of(seen.edition, len(here))} confirmed"]
        parts += [f"{number} {words}" for number, words in ((sent, "sent"), (gathered_now, "gathered")) if number]
        if met == len(here):
            tag = StateTag("Done", Kind.GREEN)
        elif more:
            tag = StateTag(f"More asked for: {more}", Kind.AMBER)
        elif sent == len(here) - met:
            tag = StateTag(f"With your {seen.edition.words.assessor}", Kind.PURPLE)
        elif sent or met or gathered_now:
            tag = StateTag("Begun", Kind.BLUE)
        else:
            tag = StateTag("Not started", Kind.GREY)
        found.append(TaskRow(area.title, reverse("area", args=[seen.ref, area.id]), ", ".join(parts), tag))
    return found


@page(Desk.SERVICE, "GET", "POST")
def area(request: Signed, ref: str, area: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    found = next((one for one in seen.edition.areas if one.id == area), None)
    if found is None:
        raise Http404("No such page.")
    refused = None
    if request.method == "POST":
        slots = [
            one.id for one in seen.edition.requirements if one.area == area and one.id in request.POST.getlist("slots")
        ]
        try:
            if not slots:
                raise Refused("Nothing in this part is ready to be sent.")
            send_evidence(
                journey=seen.reading.journey,
                stage=request.POST.get("stage", ""),
                slots=slots,
                by=request.user,
                today=seen.today,
            )
        except Refused as because:
            refused = refusal(Refused(f"Nothing was sent. {because}"), seen.onward)
        else:
            messages.success(
                request, f"{count_of(seen.edition, len(slots))} sent to your {seen.edition.words.assessor}."
            )
            return doors.go("area", ref, area)
    here = [one for one in asked(seen.edition, seen.position) if one.area == area]
    held = gathered(seen.reading.journey)
    parts = _parts(seen, here, held, usable(request.user, seen, here))
    met = sum(_state(seen, one) is ItemState.CONFIRMED for one in here)
    return render(
        request,
        "service/area.html",
        {
            "seen": seen,
            "edition": seen.edition,
            "area": found,
            "heading": f"{found.title}: {met} of {count_of(seen.edition, len(here))} confirmed",
            "parts": parts,
            "stale": _stale(seen, area, held),
            "form": refused,
            "others": [(one.title, reverse("area", args=[ref, one.id]), one.id == area) for one in seen.edition.areas],
        },
        status=409 if refused else 200,
    )


def _state(seen: doors.Seen, one: Requirement) -> ItemState:
    item = item_of(seen.edition, seen.position, one.id)
    return item.state if item else ItemState.BLANK


def _stale(seen: doors.Seen, area: str, held: Gathered) -> list[tuple[Link, str]]:
    """What went stale since it was offered: the requirement, and what to know of the document."""
    return [
        (
            Link(
                f"{one.requirement.number} {one.requirement.title}",
                slot_address(seen.edition, seen.ref, one.requirement.id),
            ),
            f"\u2018{one.item.title}\u2019 counted until {longdate(one.until)}",
        )
        for one in stale_since_offered(seen.edition, seen.position, held)
        if one.requirement.area == area
    ]


def _parts(seen: doors.Seen, here: list[Requirement], held: Gathered, records: Collection[str]) -> list[Part]:
    sent = last_sent(seen.reading.journey)
    found: list[Part] = []
    for stage in seen.edition.stages:
        now = seen.position.stages[stage.id]
        states = items_in(seen, stage)
        mine = [one for one in here if one.id in states]
        if not mine:
            continue
        rows: list[TaskRow] = []
        ready: list[Requirement] = []
        visit = isinstance(stage, VisitStage)
        for one in mine:
            items = held.items.get(one.id, [])
            new = one.id not in sent or (one.id in held.newest and held.newest[one.id] > sent[one.id])
            may = new and bool(may_send(seen.edition, seen.position, stage.id, one.id, items))
            if may and seen.writes and not isinstance(stage, PortfolioStage):
                ready.append(one)
            state = states[one.id]
            tag = item_tag(seen.edition, state, offered=len(items), ready=may, visit=visit)
            if may and state.state in {ItemState.RETURNED, ItemState.BREACHED}:
                tag = StateTag("Ready to send again", Kind.BLUE)
            rows.append(
                TaskRow(
                    f"{one.number} {one.title}",
                    slot_address(seen.edition, seen.ref, one.id),
                    _hint(seen, one, held, records),
                    tag,
                )
            )
        shut = now.state is StageState.SHUT and now.opened is None
        found.append(Part(stage, rows, ready, visit, opens_when(seen.edition, seen.position, stage) if shut else ""))
    return found


def _hint(seen: doors.Seen, one: Requirement, held: Gathered, records: Collection[str]) -> str:
    items = held.items.get(one.id, [])
    if not items and one.id in records:
        return "You can use your records"
    parts = [plural(len(items), "item")] if items else []
    ages = [freshness(one, item.dated, seen.today) for item in items]
    if any(not age.verdict for age in ages):
        parts.append("a document is too old or has no date")
    elif not all(may_leave(one, item, seen.today) for item in items):
        parts.append("something is not declared redacted")
    elif any(age.soon for age in ages):
        parts.append("a document runs out soon")
    elif ages and all(age.until is None for age in ages):
        parts.append("no age limit")
    elif days := [age.until for age in ages if age.until is not None]:
        parts.append(f"counts until {longdate(min(days))}")
    return ", ".join(parts)
