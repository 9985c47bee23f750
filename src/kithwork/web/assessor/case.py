"""One case on one page: what waits, the visit, the interviews, the pieces, what was found and recommended."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import arranged, findings, interviews, latest_recommendation
from kithwork.core.journey import ActKind, StageState
from kithwork.core.schemes import (
    InterviewStage,
    MeetingStage,
    ObservationStage,
    Outcome,
    PortfolioStage,
    Role,
    VisitStage,
)
from kithwork.evidence.queries import breaches_of
from kithwork.web.assessor import doors
from kithwork.web.assessor.cards import (
    STAGES,
    act_rows,
    case_map,
    href_of,
    next_thing,
    relative,
    tasks_by_area,
    waiting,
)
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import ANSWERS
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.last_time import told
from kithwork.web.kit.observing import observed
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, longdate, plural

ANSWER_WORDS = {answer.value: words for answer, words in ANSWERS.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """A stage that is met in person: when it is or was, and what to do there."""

    id: str
    title: str
    rows: list[SummaryRow]
    state: StateTag
    links: tuple[Link, ...]


@page(Desk.ASSESSOR)
def case(request: Signed, ref: str) -> HttpResponse:
    today = timezone.localdate()
    seen = doors.case_for(request, ref, today)
    reading = seen.reading
    position = reading.position
    lies = waiting(seen.slots)
    times = arranged(reading.journey)
    return render(
        request,
        "assessor/case.html",
        {
            "case": seen,
            "heading": _heading(seen, len(lies)),
            "under": _under(seen),
            "facts": _facts(seen),
            "next": next_thing(reading, seen.name, seen.slots),
            "areas": tasks_by_area(seen.ref, lies, today),
            "acts": act_rows(reading),
            "map": case_map(reading, seen.slots),
            "as_table": request.GET.get("map") == "table",
            "meetings": _meetings(seen, times),
            "talks": _interviews(seen, times),
            "pieces": _pieces(seen),
            "breaches": list(breaches_of(reading.journey)),
            "recommendation": _recommendation(seen),
            "to_recommend": _to_recommend(seen),
            "findings": _findings(seen),
            "over": position.status.is_over,
            "words": reading.edition.words,
            "last_time": told(reading.journey, reading.edition),
        },
    )


def _heading(seen: Case, count: int) -> str:
    position, words = seen.reading.position, seen.reading.edition.words
    if count:
        return f"{seen.name}: {plural(count, 'thing')} to look at"
    if any(act.what is not ActKind.ASSESS for act in position.acts_for(Role.ASSESSOR)):
        return f"{seen.name}: {plural(len(position.acts_for(Role.ASSESSOR)), 'step')} for you to take"
    total = position.total()
    if not total.total:
        return f"{seen.name}: nothing waits for you"
    return f"{seen.name}: {total.confirmed} of {total.total} {words.requirements} confirmed, nothing waits for you"


def _under(seen: Case) -> str:
    """Organisation, scheme and the level aimed at."""
    reading = seen.reading
    service = reading.journey.service
    organisation = service.organisation.name if service is not None else ""
    level = reading.edition.level(reading.position.level).title
    return " · ".join(
        filter(None, (organisation, level if len(reading.edition.levels) > 1 else reading.edition.scheme.name))
    )


def _facts(seen: Case) -> list[SummaryRow]:
    reading = seen.reading
    position, today = reading.position, reading.position.today
    total = position.total()
    rows = [SummaryRow("Confirmed", f"{total.confirmed} of {total.total} {reading.edition.words.requirements}")]
    for stage in (one for one in position.stages.values() if one.in_play):
        if stage.state is StageState.OPEN and stage.due and not position.clock.stopped:
            late = "overdue" if stage.overdue else relative(stage.due, today)
            rows.append(SummaryRow(stage.title, f"by {longdate(stage.due)} ({late})"))
        rows += [
            SummaryRow(mile.what.capitalize(), f"by {longdate(mile.due)} ({relative(mile.due, today)})")
            for mile in stage.milestones
            if mile.met is None and stage.state is StageState.OPEN
        ]
    if position.clock.stopped:
        until = f", expected to go on {longdate(position.clock.expected)}" if position.clock.expected else ""
        rows.insert(0, SummaryRow("Clock", f"Stopped on {longdate(position.clock.stopped)}{until}"))
    return rows


def _when(row: Any) -> str:
    return ", ".join(filter(None, (clock(row.starts_at), row.mode, row.place))) if row is not None else ""


def _meetings(seen: Case, times: dict[tuple[str, str], Any]) -> list[Section]:
    """First meetings and visits."""
    sections = []
    edition, position = seen.reading.edition, seen.reading.position
    for stage in edition.stages:
        if not isinstance(stage, MeetingStage | VisitStage) or stage.by is not Role.ASSESSOR:
            continue
        here = position.stages[stage.id]
        acts = {act.what for act in position.acts_for(Role.ASSESSOR) if act.stage == stage.id}
        rows = [SummaryRow("When", _when(times.get((stage.id, ""))) or "No time arranged yet")]
        links = []
        if ActKind.ARRANGE in acts or ActKind.HOLD in acts:
            text = "Arrange it" if ActKind.ARRANGE in acts else "Move it"
            links.append(Link(text, reverse("arrange", args=[seen.ref, stage.id]), stage.title))
            links.append(Link("It has taken place", reverse("hold", args=[seen.ref, stage.id]), stage.title))
        if isinstance(stage, MeetingStage) and ActKind.ARRANGE not in acts and ActKind.HOLD not in acts:
            rows = rows if (stage.id, "") in times else []
        if isinstance(stage, VisitStage):
            asked = [slot for slot in seen.slots.values() if slot.stage.id == stage.id]
            met = sum(slot.item.state.value == "confirmed" for slot in asked)
            rows.append(SummaryRow("Found to be met", f"{met} of {len(asked)} {edition.words.requirements}"))
            if here.opened is not None:
                links.append(Link("Checklist and findings", reverse("visit", args=[seen.ref, stage.id]), stage.title))
        sections.append(Section(stage.id, stage.title, rows, STAGES[here.state], tuple(links)))
    return sections + _observations(seen, times)


def _observations(seen: Case, times: dict[tuple[str, str], Any]) -> list[Section]:
    """Joint observations in which the assessor has a part: when, what was written up, who has signed."""
    edition, position = seen.reading.edition, seen.reading.position
    sections = []
    for stage in edition.stages:
        here = position.stages[stage.id]
        if not isinstance(stage, ObservationStage) or not here.in_play:
            continue
        if Role.ASSESSOR not in {stage.by, *stage.signatures}:
            continue
        record = observed(seen.reading.journey, edition, stage) if here.opened else None
        rows = [SummaryRow("When", _when(times.get((stage.id, ""))) or "No time arranged yet")]
        if record and record.now:
            rows.append(SummaryRow("Written up", f"{longdate(record.now.on)}, {record.now.by}"))
            rows += record.signatures
        links = []
        if here.state is StageState.OPEN and stage.by is Role.ASSESSOR:
            text = "Move it" if here.holds(Outcome.ARRANGED) else "Arrange it"
            links.append(Link(text, reverse("arrange", args=[seen.ref, stage.id]), stage.title))
        if here.holds(Outcome.ARRANGED):
            links.append(Link("Write-up and signatures", reverse("observe", args=[seen.ref, stage.id]), stage.title))
        sections.append(Section(stage.id, stage.title, rows, STAGES[here.state], tuple(links)))
    return sections


def _interviews(seen: Case, times: dict[tuple[str, str], Any]) -> list[Section]:
    sections = []
    edition, position = seen.reading.edition, seen.reading.position
    stages = [stage for stage in edition.stages if isinstance(stage, InterviewStage)]
    done = list(interviews(seen.reading.journey)) if stages else []
    for stage in stages:
        left = {act.item: act.count for act in position.acts if act.stage == stage.id}
        for kind in stage.interviews:
            held = [row for row in done if row.stage == stage.id and row.kind == kind.id]
            values: list[str] = []
            for row in held:
                if row.form == "alternative":
                    values.append(f"{longdate(row.on)}: agreed instead: {row.alternative}")
                else:
                    who = "one person" if row.form == "individual" else f"a group of {row.people}"
                    over = f" (more than the {kind.minutes} allowed)" if row.minutes > kind.minutes else ""
                    why = f". Why it counts: {row.reason}" if row.reason else ""
                    values.append(f"{longdate(row.on)}: {who}, {row.mode}, {plural(row.minutes, 'minute')}{over}{why}")
            rows = [SummaryRow("Held", values or "None yet")]
            links: list[Link] = []
            if kind.id in left:
                wanted = f"{left[kind.id]} more" + (", or a group" if kind.or_groups is not None else "")
                rows.append(SummaryRow("Still wanted", wanted))
                if when := _when(times.get((stage.id, kind.id))):
                    rows.append(SummaryRow("Arranged for", when))
                arrange = reverse("arrange", args=[seen.ref, stage.id])
                links = [
                    Link("Guide and notes", reverse("interview", args=[seen.ref, stage.id, kind.id]), kind.title),
                    Link("Arrange a time", f"{arrange}?kind={kind.id}", kind.title),
                ]
            complete = kind.id not in left and bool(held)
            shut = not complete and kind.id not in left
            state = STAGES[StageState.DONE if complete else StageState.SHUT if shut else StageState.OPEN]
            sections.append(Section(f"{stage.id}-{kind.id}", kind.title, rows, state, tuple(links)))
    return sections


def _pieces(seen: Case) -> list[TaskRow]:
    """Case studies and assignments, and portfolios once they are handed in."""
    rows = [
        TaskRow(
            slot.title,
            href_of(seen.ref, slot.id) if slot.item.rounds or slot.on_the_day or slot.item.since else "",
            "",
            slot.state,
        )
        for slot in seen.slots.values()
        if slot.piece is not None
    ]
    for stage in seen.reading.edition.stages:
        item = seen.reading.position.stages[stage.id].items.get(stage.id)
        if isinstance(stage, PortfolioStage) and item is not None and item.rounds:
            href = reverse("assess_portfolio", args=[seen.ref, stage.id])
            rows.append(TaskRow(stage.title, href, f"Handed in {plural(item.rounds, 'time')}"))
    return rows


def _findings(seen: Case) -> list[TaskRow]:
    """What the visit left open or said with a note."""
    rows = []
    for slot_id, row in findings(seen.reading.journey).items():
        slot = seen.slots.get(slot_id)
        if slot is not None and row.note:
            state = StateTag(row.get_outcome_display().capitalize(), Kind.GREEN if row.outcome == "met" else Kind.AMBER)
            rows.append(TaskRow(slot.label, href_of(seen.ref, slot.id), f"{longdate(row.on)}: {row.note}", state))
    return rows


def _recommendation(seen: Case) -> list[SummaryRow]:
    row = latest_recommendation(seen.reading.journey)
    if row is None:
        return []
    found = [
        SummaryRow("Recommended", ANSWER_WORDS.get(row.outcome, row.outcome)),
        SummaryRow("By", f"{row.by.name}, {longdate(row.on)}"),
        SummaryRow("It rests on", row.summary),
    ]
    if row.strengths:
        found.append(SummaryRow("Strengths", row.strengths))
    if row.next_time:
        found.append(SummaryRow("For next time", row.next_time))
    return found


def _to_recommend(seen: Case) -> Link | None:
    """The page of the recommendation that is asked of the assessor, whether or not it can be given yet."""
    for stage in seen.reading.edition.stages:
        if getattr(stage, "recommended_by", None) is Role.ASSESSOR:
            state = seen.reading.position.stages[stage.id].state
            if state is not StageState.DONE:
                ready = any(act.what is ActKind.RECOMMEND for act in seen.reading.position.acts_for(Role.ASSESSOR))
                text = "Write your recommendation" if ready else "See what is still open before you can recommend"
                return Link(text, reverse("recommend", args=[seen.ref, stage.id]))
    return None
