"""What is to be done in one case, and its map."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kithwork.core.journey import Act, ActKind, Position
from kithwork.core.schemes import Edition, InterviewStage, ObservationStage, PortfolioStage, Role
from kithwork.journeys.queries import Reading
from kithwork.web.assessor.cards.slots import STATES, Slot, href_of, waiting
from kithwork.web.kit.cards import EvidenceMap, Kind, MapState, StateTag, TaskRow
from kithwork.web.kit.maps import map_of
from kithwork.web.templatetags.kit import longdate, waited


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
    ActKind.ANSWER: "Answer the questions",
    ActKind.FILL_IN: "Fill in the form",
}


def act_href(ref: str, act: Act, edition: Edition) -> str:
    """Where an assessor does it; empty for what was sent item by item, of which each has its page."""
    observing = isinstance(edition.stage(act.stage), ObservationStage)
    match act.what:
        case ActKind.ARRANGE:
            return reverse("arrange", args=[ref, act.stage])
        case ActKind.HOLD | ActKind.SIGN if observing:
            return reverse("observe", args=[ref, act.stage])
        case ActKind.ANSWER | ActKind.FILL_IN:
            return reverse("assess_stage", args=[ref, act.stage])
        case ActKind.DECIDE:
            return reverse("assess_decide", args=[ref, act.stage])
        case ActKind.HOLD:
            return reverse("hold", args=[ref, act.stage])
        case ActKind.REPORT_FINDINGS:
            return reverse("visit", args=[ref, act.stage])
        case ActKind.INTERVIEW:
            return reverse("interview", args=[ref, act.stage, act.item])
        case ActKind.RECOMMEND:
            return reverse("recommend", args=[ref, act.stage])
        case ActKind.ASSESS:  # of what is judged as a whole; the rest has a page for each thing sent
            return reverse("assess_portfolio", args=[ref, act.stage])
        case _:
            return ""


def _title(edition: Edition, act: Act) -> str:
    """'Visit', or the interview's own title."""
    stage = edition.stage(act.stage)
    kinds = {kind.id: kind.title for kind in stage.interviews} if isinstance(stage, InterviewStage) else {}
    return kinds.get(act.item, stage.title)


def yours(position: Position) -> Iterator[Act]:
    return iter(position.acts_for(Role.ASSESSOR))


def _by_themselves(reading: Reading) -> Iterator[Act]:
    """What waits for the assessor, without what is listed thing by thing: evidence and pieces that were sent."""
    whole = {stage.id for stage in reading.edition.stages if isinstance(stage, PortfolioStage)}
    return (act for act in yours(reading.position) if act.what is not ActKind.ASSESS or act.stage in whole)


def next_thing(reading: Reading, name: str, slots: dict[str, Slot], after: str = "") -> Next | None:
    """The oldest thing sent in this case; when nothing is, the act with the nearest date."""
    ref = reading.journey.ref
    for slot in waiting(slots):
        if slot.id != after:
            return Next(href_of(ref, slot.id), slot.label, name, since=slot.item.since)
    for act in _by_themselves(reading):
        if href := act_href(ref, act, reading.edition):
            return Next(href, f"{_title(reading.edition, act)}: {ACTS[act.what].lower()}", name, act.since, act.due)
    return None


def act_rows(reading: Reading) -> list[TaskRow]:
    """What waits for the assessor besides items to look at."""
    rows = []
    for act in _by_themselves(reading):
        by = f" It was due on {longdate(act.due)}." if act.overdue else f" By {longdate(act.due)}." if act.due else ""
        left = f" {act.count} more wanted." if act.what is ActKind.INTERVIEW and act.count > 1 else ""
        rows.append(
            TaskRow(
                title=_title(reading.edition, act),
                href=act_href(reading.journey.ref, act, reading.edition),
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
        hint = f"Sent {longdate(since)}{again}" if slot.item.rounds else "Shown on the day, and judged there"
        state = StateTag("Today" if ago == "today" else ago, Kind.BLUE) if ago else None
        found.setdefault(slot.area, []).append(TaskRow(slot.label, href_of(ref, slot.id), hint, state))
    return [AreaTasks(title, rows) for title, rows in found.items()]


def case_map(reading: Reading, slots: dict[str, Slot]) -> EvidenceMap:
    """The map in this desk's words. What the desk has no page for, such as a portfolio's parts, has no link."""
    ref = reading.journey.ref
    return map_of(
        reading.edition,
        reading.position,
        title=f"Every {reading.edition.words.requirement} and how it stands",
        href=lambda slot: href_of(ref, slot) if slot in slots else "",
        said={MapState[state.name]: tag for state, tag in STATES.items()},
    )
