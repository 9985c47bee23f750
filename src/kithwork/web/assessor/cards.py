"""Finished cards for the assessor's pages, made from a journey's position; templates only place them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from kithwork.core.journey import Act, ActKind, ItemPosition, ItemState, Position, StageState
from kithwork.core.schemes import (
    AssignmentStage,
    CaseStudyStage,
    Edition,
    EvidenceStage,
    InterviewStage,
    Piece,
    Requirement,
    Role,
    Stage,
    VisitStage,
)
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import Reading
from kithwork.web.kit.cards import Kind, StateTag, TaskRow
from kithwork.web.templatetags.kit import longdate, state_tag, waited

if TYPE_CHECKING:
    from kithwork.journeys.models import Journey

STATES = {
    ItemState.BLANK: StateTag("Not sent", Kind.GREY),
    ItemState.SENT: StateTag("Waiting for you", Kind.BLUE),
    ItemState.RETURNED: StateTag("More asked for", Kind.AMBER),
    ItemState.BREACHED: StateTag("Data breach", Kind.RED),
    ItemState.CONFIRMED: StateTag("Confirmed", Kind.GREEN),
}


class Shown(Enum):
    """A state on the map: (css of the kit's map, letter, word, tag). The letters are those of the service's map."""

    CONFIRMED = ("met", "C", "Confirmed", Kind.GREEN)
    SENT = ("sent", "S", "Waiting for you", Kind.BLUE)
    RETURNED = ("risk", "F", "More asked for", Kind.AMBER)
    BREACHED = ("not-met", "B", "Data breach", Kind.RED)
    BLANK = ("not-recorded", "–", "Not sent", Kind.GREY)

    @property
    def css(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @property
    def word(self) -> str:
        return self.value[2]

    @property
    def kind(self) -> Kind:
        return self.value[3]


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that is asked and judged by itself: a requirement, or a piece such as a case study."""

    id: str
    stage: Stage
    area: str  # its title; of a piece, its stage's
    number: str  # as printed; empty for a piece
    title: str
    asks: str
    points: tuple[str, ...]
    item: ItemPosition
    requirement: Requirement | None
    piece: Piece | None

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def state(self) -> StateTag:
        if self.item.state is ItemState.BLANK and isinstance(self.stage, VisitStage):
            return StateTag("To see at the visit", Kind.GREY)
        return STATES[self.item.state]

    @property
    def waits(self) -> bool:
        return self.item.state is ItemState.SENT


def applicant_name(journey: "Journey") -> str:
    """The service that applies, or the person."""
    if journey.service is not None:
        return journey.service.name
    return journey.person.name if journey.person is not None else ""


def slots_of(reading: Reading) -> dict[str, Slot]:
    """Everything asked at the level aimed at that is judged by itself, in the scheme's order."""
    edition, position = reading.edition, reading.position
    areas = {area.id: area.title for area in edition.areas}
    found: dict[str, Slot] = {}
    for stage in edition.stages:
        items = position.stages[stage.id].items
        if isinstance(stage, EvidenceStage | VisitStage):
            for asked in edition.asked_at(position.level, stage.assessed):
                item = items.get(asked.id) or ItemPosition(asked.id, ItemState.BLANK)
                found[asked.id] = Slot(
                    asked.id,
                    stage,
                    areas[asked.area],
                    asked.number,
                    asked.title,
                    asked.asks,
                    asked.points,
                    item,
                    asked,
                    None,
                )
        elif isinstance(stage, CaseStudyStage | AssignmentStage):
            for piece in stage.pieces:
                item = items.get(piece.id) or ItemPosition(piece.id, ItemState.BLANK)
                found[piece.id] = Slot(
                    piece.id, stage, stage.title, "", piece.title, piece.asks, piece.points, item, None, piece
                )
    return found


def waiting(slots: dict[str, Slot]) -> list[Slot]:
    """What lies with the assessor, the oldest first; of one day, in the scheme's order."""
    return sorted((slot for slot in slots.values() if slot.waits), key=lambda slot: slot.item.since or date.max)


def href_of(ref: str, slot: str) -> str:
    return reverse("assess", args=[ref, slot])


def relative(day: date | None, today: date) -> str:
    """'in 3 days', 'today', '2 weeks late'."""
    if day is None:
        return ""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {waited(days)}" if days > 0 else f"{waited(-days)} late"


# The queue


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the queue, from the journey's row alone. Its words are finished, so that fifty rows stay quick."""

    href: str
    name: str
    under: str  # organisation, and the level aimed at
    clocks: tuple[StateTag, ...]
    stage: str
    count: int
    since: date | None
    due: date | None
    turn: SafeString  # the clocks as tags
    with_you: str
    since_words: str
    waited: str
    due_date: str
    due_words: str
    late: bool
    progress: str


@cache
def _tag(tag: StateTag) -> SafeString:
    return state_tag(tag)


YOU = StateTag("You", Kind.PURPLE)
APPLIES = {"service": "Service", "person": "Applicant"}
OTHERS = (
    (" officer ", StateTag("Awarding body", Kind.GREY)),
    (" panel ", StateTag("Panel", Kind.GREY)),
    (" chair ", StateTag("Panel", Kind.GREY)),
)
OVER = {
    "awarded": StateTag("Holds the award", Kind.GREEN),
    "suspended": StateTag("Suspended", Kind.RED),
    "expired": StateTag("Ended", Kind.GREY),
    "refused": StateTag("Decided: no", Kind.GREY),
    "withdrawn": StateTag("Withdrawn", Kind.GREY),
    "closed": StateTag("Closed", Kind.GREY),
    "revoked": StateTag("Award withdrawn", Kind.GREY),
}


def _clocks(journey: "Journey", edition: Edition) -> tuple[StateTag, ...]:
    """Whose clock is running."""
    if journey.stopped:
        return (StateTag("Clock stopped", Kind.AMBER),)
    found = [YOU] if " assessor " in journey.waiting_on else []
    if " applicant " in journey.waiting_on:
        found.append(StateTag(APPLIES[edition.scheme.applicant], Kind.GREY))
    if not found:
        found = [tag for word, tag in OTHERS if word in journey.waiting_on]
    return tuple(found) or ((OVER[journey.status],) if journey.status in OVER else ())


def case_row(journey: "Journey", today: date) -> CaseRow:
    edition = edition_of(journey.edition)
    clocks = _clocks(journey, edition)
    since = journey.oldest_sent
    due = journey.assessor_due or (None if journey.stopped else journey.next_due)
    yours_ = journey.assessor_due is not None
    whose = ""
    if due is not None and not yours_:
        whose = " (awarding body)" if due == journey.officer_due else f" ({APPLIES[edition.scheme.applicant].lower()})"
    organisation = journey.service.organisation.name if journey.service is not None else ""
    level = edition.level(journey.level).title if journey.level and len(edition.levels) > 1 else ""
    return CaseRow(
        href=reverse("case", args=[journey.ref]),
        name=applicant_name(journey),
        under=" · ".join(filter(None, (organisation, level))),
        clocks=clocks,
        stage=edition.stage(journey.stage).title if journey.stage else "",
        count=journey.to_assess,
        since=since,
        due=due,
        turn=SafeString(" ".join(_tag(tag) for tag in clocks)),
        with_you=str(journey.to_assess or "–"),
        since_words=longdate(since),
        waited=waited((today - since).days) if since else "",
        due_date=longdate(due),
        due_words=relative(due, today) + whose,
        late=yours_ and due is not None and due < today,
        progress=f"{journey.confirmed} of {journey.total}",
    )


# A case


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do: where, what and since when."""

    href: str
    what: str
    case: str
    since: date | None = None
    due: date | None = None


ACTS = {
    ActKind.ARRANGE: "Arrange a time",
    ActKind.HOLD: "Say that it has taken place",
    ActKind.ASSESS: "Look at what was sent",
    ActKind.REPORT_FINDINGS: "Record what you found",
    ActKind.INTERVIEW: "Hold the interview",
    ActKind.RECOMMEND: "Recommend",
    ActKind.SIGN: "Sign",
    ActKind.DECIDE: "Decide",
}


def act_href(ref: str, act: Act) -> str:
    """Where an assessor does it; empty when the desk has no page for it."""
    match act.what:
        case ActKind.ARRANGE:
            return reverse("arrange", args=[ref, act.stage])
        case ActKind.HOLD:
            return reverse("hold", args=[ref, act.stage])
        case ActKind.REPORT_FINDINGS:
            return reverse("visit", args=[ref, act.stage])
        case ActKind.INTERVIEW:
            return reverse("interview", args=[ref, act.stage, act.item])
        case ActKind.RECOMMEND:
            return reverse("recommend", args=[ref, act.stage])
        case _:
            return ""


def _title(edition: Edition, act: Act) -> str:
    """'Visit', or the interview's own title."""
    stage = edition.stage(act.stage)
    kinds = {kind.id: kind.title for kind in stage.interviews} if isinstance(stage, InterviewStage) else {}
    return kinds.get(act.item, stage.title)


def yours(position: Position, *, but: ActKind | None = None) -> Iterator[Act]:
    return (act for act in position.acts_for(Role.ASSESSOR) if act.what is not but)


def next_thing(reading: Reading, name: str, slots: dict[str, Slot], after: str = "") -> Next | None:
    """The oldest thing sent in this case; when nothing is, the act with the nearest date."""
    ref = reading.journey.ref
    for slot in waiting(slots):
        if slot.id != after:
            return Next(href_of(ref, slot.id), slot.label, name, since=slot.item.since)
    for act in yours(reading.position, but=ActKind.ASSESS):
        if href := act_href(ref, act):
            return Next(href, f"{_title(reading.edition, act)}: {ACTS[act.what].lower()}", name, act.since, act.due)
    return None


def act_rows(reading: Reading) -> list[TaskRow]:
    """What waits for the assessor besides items to look at."""
    rows = []
    for act in yours(reading.position, but=ActKind.ASSESS):
        by = f" It was due on {longdate(act.due)}." if act.overdue else f" By {longdate(act.due)}." if act.due else ""
        left = f" {act.count} more wanted." if act.what is ActKind.INTERVIEW and act.count > 1 else ""
        rows.append(
            TaskRow(
                title=_title(reading.edition, act),
                href=act_href(reading.journey.ref, act),
                hint=f"{ACTS[act.what]}.{left}{by}",
                state=StateTag("Overdue", Kind.RED) if act.overdue else StateTag("To do", Kind.BLUE),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class AreaTasks:
    title: str
    rows: list[TaskRow]


def tasks_by_area(ref: str, slots: list[Slot], today: date) -> list[AreaTasks]:
    """What waits, grouped by area in the order in which the areas' oldest came."""
    found: dict[str, list[TaskRow]] = {}
    for slot in slots:
        since = slot.item.since
        again = f", round {slot.item.rounds}" if slot.item.rounds > 1 else ""
        ago = waited((today - since).days) if since else ""
        hint = f"Sent {longdate(since)}{again}"
        state = StateTag("Today" if ago == "today" else ago, Kind.BLUE) if ago else None
        found.setdefault(slot.area, []).append(TaskRow(slot.label, href_of(ref, slot.id), hint, state))
    return [AreaTasks(title, rows) for title, rows in found.items()]


@dataclass(frozen=True, slots=True)
class Cell:
    number: str
    title: str
    state: Shown
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    cells: tuple[Cell, ...]

    @property
    def met(self) -> int:
        return sum(cell.state is Shown.CONFIRMED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class CaseMap:
    """The kit's evidence map with the states of a running case. Stands in for the kit's own card."""

    title: str
    areas: tuple[Area, ...]
    unit: str
    id: str = "map"

    def counts(self) -> list[tuple[Shown, int]]:
        states = [cell.state for area in self.areas for cell in area.cells]
        return [(state, states.count(state)) for state in Shown if state in states]


def case_map(reading: Reading, slots: dict[str, Slot]) -> CaseMap:
    areas: dict[str, list[Cell]] = {}
    ref = reading.journey.ref
    for slot in slots.values():
        if slot.requirement is not None:
            cell = Cell(slot.number, slot.title, Shown[slot.item.state.name], href_of(ref, slot.id))
            areas.setdefault(slot.area, []).append(cell)
    words = reading.edition.words
    return CaseMap(
        f"Every {words.requirement} and how it stands",
        tuple(Area(title, tuple(cells)) for title, cells in areas.items()),
        words.requirement.capitalize(),
    )


STAGES = {
    StageState.SHUT: StateTag("Not open yet", Kind.GREY),
    StageState.OPEN: StateTag("Open", Kind.BLUE),
    StageState.DONE: StateTag("Done", Kind.GREEN),
}

__all__ = [
    "ACTS",
    "STAGES",
    "STATES",
    "AreaTasks",
    "CaseMap",
    "CaseRow",
    "Next",
    "Shown",
    "Slot",
    "act_rows",
    "applicant_name",
    "case_map",
    "case_row",
    "href_of",
    "next_thing",
    "relative",
    "slots_of",
    "tasks_by_area",
    "waiting",
    "yours",
]
