"""How this desk says things: states as tags, open acts as next steps, in the scheme's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kithwork.core.freshness import Freshness
from kithwork.core.journey import Act, ActKind, ItemPosition, ItemState, Position, StagePosition, StageState, Status
from kithwork.core.schemes import (
    AssignmentStage,
    CaseStudyStage,
    Edition,
    EvidenceStage,
    Outcome,
    PortfolioStage,
    Requirement,
    Role,
    Stage,
    StageKind,
    VisitStage,
)
from kithwork.evidence.portfolios import portfolio_of
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate

DONE = StateTag("Done", Kind.GREEN)
TO_DO = StateTag("To do", Kind.BLUE)
OVERDUE = StateTag("Overdue", Kind.RED)
NOT_OPEN = StateTag("Not open yet", Kind.GREY)


@dataclass(frozen=True, slots=True)
class Step:
    """Something open: for the applicant a link leads to it; for others it says who is waited for."""

    text: str
    href: str
    stage: str
    due: date | None
    overdue: bool
    since: date
    urgent: bool = False  # a breach, or more asked for

    @property
    def by_when(self) -> str:
        if self.due is None:
            return ""
        return f"Was due by {longdate(self.due)}" if self.overdue else f"By {longdate(self.due)}"


def count_of(edition: Edition, number: int) -> str:
    """'1 indicator', '38 indicators': in the scheme's own words."""
    return f"{number} {edition.words.requirement if number == 1 else edition.words.requirements}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def number_of(edition: Edition, requirement: Requirement) -> str:
    """'Indicator 42'."""
    return f"{capital(edition.words.requirement)} {requirement.number}"


def slot_name(edition: Edition, slot: str) -> str:
    """What a slot is called: '42 Client contacts', or a piece's title."""
    for requirement in edition.requirements:
        if requirement.id == slot:
            return f"{requirement.number} {requirement.title}"
    for stage in edition.stages:
        if isinstance(stage, CaseStudyStage | AssignmentStage):
            for piece in stage.pieces:
                if piece.id == slot:
                    return piece.title
    return slot


def slot_address(edition: Edition, ref: str, slot: str) -> str:
    if folder := portfolio_of(edition, slot):
        return reverse("portfolio_map", args=[ref, folder])
    is_requirement = any(requirement.id == slot for requirement in edition.requirements)
    return reverse("requirement" if is_requirement else "piece", args=[ref, slot])


def address_of(stage: Stage, ref: str) -> str:
    return reverse("portfolio" if isinstance(stage, PortfolioStage) else "journey_stage", args=[ref, stage.id])


def steps(edition: Edition, position: Position, ref: str) -> list[Step]:
    """What is open for the applicant, overdue first, then by due date; feedback before what was never sent."""
    found: list[Step] = []
    for act in position.acts_for(Role.APPLICANT):
        found.extend(_steps_of(edition, position, ref, act))
    found.extend(_extra_work(edition, position, ref))
    return sorted(found, key=lambda s: (not s.overdue, not s.urgent, s.due or date.max))


def _extra_work(edition: Edition, position: Position, ref: str) -> list[Step]:
    """What was shown on a day and is not enough: more is asked for, though nothing is sent for it."""
    found: list[Step] = []
    for stage in edition.stages:
        now = position.stages[stage.id]
        if not isinstance(stage, AssignmentStage) or now.state is not StageState.OPEN:
            continue
        for piece in stage.pieces:
            item = now.items[piece.id]
            if piece.performed and item.state is ItemState.RETURNED:
                text, to = f"Do the extra work: {piece.title}", slot_address(edition, ref, piece.id)
                since = item.since or position.today
                found.append(Step(text, to, stage.id, now.due, now.overdue, since, urgent=True))
    return found


def _steps_of(edition: Edition, position: Position, ref: str, act: Act) -> list[Step]:
    if act.what is ActKind.KEEP:
        duty = edition.duty(act.item)
        href = f"{reverse('duties', args=[ref])}#{duty.id}"
        return [Step(f"Confirm: {duty.title}", href, "", act.due, act.overdue, act.since)]
    stage = edition.stage(act.stage)
    href = address_of(stage, ref)

    def step(text: str, urgent: bool = False, to: str = "") -> Step:
        return Step(text, to or href, act.stage, act.due, act.overdue, act.since, urgent)

    match act.what:
        case ActKind.SEND | ActKind.SUPPLEMENT if not isinstance(stage, PortfolioStage):
            return _sending(edition, position, ref, stage, step_of=step)
        case ActKind.SEND:
            return [step(f"Hand in: {stage.title}")]
        case ActKind.ASK:
            return [step(f"Ask for it: {stage.title}")]
        case ActKind.CHOOSE:
            return [step(f"Choose a date: {stage.title}")]
        case ActKind.ANSWER:
            return [step(f"Answer the questions: {stage.title}")]
        case ActKind.FILL_IN:
            return [step(f"Fill in and hand in: {stage.title}")]
        case ActKind.PAY:
            return [step(f"Pay the invoice: {stage.title}")]
        case ActKind.RENEW:
            return [step(f"Ask to renew: {stage.title}")]
        case ActKind.SIGN:
            return [step(f"Sign: {stage.title}")]
        case ActKind.ARRANGE:
            return [step(f"Agree a day: {stage.title}")]
        case _:
            return [step(stage.title)]


def _sending(edition: Edition, position: Position, ref: str, stage: Stage, *, step_of: object) -> list[Step]:
    assert callable(step_of)
    pieces = isinstance(stage, CaseStudyStage | AssignmentStage)
    items = position.stages[stage.id].items.values()
    found: list[Step] = []
    for state, one, many in (
        (ItemState.BREACHED, "Send a redacted document again for {}", "Send redacted documents again for {}"),
        (ItemState.RETURNED, "Answer the feedback on {}", "Answer the feedback on {}"),
        (ItemState.BLANK, "Write and send {}" if pieces else "Send evidence for {}", ""),
    ):
        here = [item for item in items if item.state is state]
        if not here or (state is ItemState.BLANK and isinstance(stage, VisitStage)):
            continue
        if pieces and len(here) > 1:
            verb = "write and send" if state is ItemState.BLANK else "answer the feedback on"
            found.append(step_of(f"{stage.title}: {verb} {len(here)}", state is not ItemState.BLANK))
        elif len(here) == 1:
            text = one.format(slot_name(edition, here[0].id))
            found.append(step_of(text, state is not ItemState.BLANK, slot_address(edition, ref, here[0].id)))
        else:
            found.append(step_of((many or one).format(count_of(edition, len(here))), state is not ItemState.BLANK))
    return found


def waiting(edition: Edition, position: Position, ref: str) -> list[Step]:
    """What is open for others, in words that say who."""
    found: list[Step] = []
    for act in position.acts:
        if act.role is Role.APPLICANT:
            continue
        stage = edition.stage(act.stage) if act.stage else None
        href = address_of(stage, ref) if stage else ""
        found.append(Step(_others(edition, stage, act), href, act.stage, act.due, act.overdue, act.since))
    return found


def who(edition: Edition, role: Role) -> str:
    """Who somebody of a role is, to the applicant: 'your assessor', 'Befriending Networks'."""
    match role:
        case Role.ASSESSOR:
            return f"your {edition.words.assessor}"
        case Role.OFFICER:
            return edition.scheme.body
        case Role.PANEL | Role.CHAIR:
            return "the panel"
        case Role.SUPPORTER:
            return "your supporter"
        case Role.APPLICANT:
            return "you"


def _others(edition: Edition, stage: Stage | None, act: Act) -> str:
    title = stage.title if stage else ""
    body = edition.scheme.body
    them = capital(who(edition, act.role))
    match act.what:
        case ActKind.APPOINT:
            return f"{body} appoints your {edition.words.assessor}"
        case ActKind.RESUME:
            return f"{body} lets the clock run again"
        case ActKind.DECIDE:
            return f"{them} decides: {title}"
        case ActKind.INVOICE:
            return f"{body} sends an invoice: {title}"
        case ActKind.RECOMMEND:
            return f"{them} makes a recommendation: {title}"
        case ActKind.GRANT:
            return f"{body} grants: {title}"
        case ActKind.FILL_IN if act.role is Role.SUPPORTER:
            return f"{getattr(stage, 'supporter', None) or them} has been asked: {title}"
        case ActKind.ATTEND:
            return f"{title} takes place, and {body} notes that you were there"
        case ActKind.KEEP:
            return f"{body} confirms: {edition.duty(act.item).title}"
        case ActKind.ARRANGE:
            return f"{them} agrees a day with you: {title}"
        case ActKind.HOLD:
            return f"{title} takes place"
        case ActKind.INTERVIEW:
            kinds = {kind.id: kind.title for kind in getattr(stage, "interviews", ())}
            return f"{them} holds: {kinds.get(act.item, title)}"
        case ActKind.ASSESS if isinstance(stage, CaseStudyStage | AssignmentStage | PortfolioStage):
            return f"{them} reads: {title}"
        case ActKind.ASSESS:
            return f"{them} looks at {count_of(edition, act.count)}"
        case ActKind.REPORT_FINDINGS:
            return f"{them} notes what was found for {count_of(edition, act.count)}"
        case _:
            return f"{them}: {title}"


def stage_tag(edition: Edition, position: Position, stage: StagePosition) -> StateTag:
    """How a stage stands, with whose turn it is."""
    if stage.state is StageState.DONE:
        said_no = stage.kind is StageKind.DECISION and stage.holds(Outcome.NO)
        return StateTag("Decided: no", Kind.RED) if said_no else DONE
    if stage.state is StageState.SHUT:
        return StateTag("Not finished", Kind.GREY) if stage.opened and position.status.is_over else NOT_OPEN
    acts = [act for act in position.acts if act.stage == stage.id]
    if any(act.role is Role.APPLICANT and act.overdue for act in acts):
        return OVERDUE
    if any(act.role is Role.APPLICANT for act in acts):
        return TO_DO
    if stage.planned and any(act.what is ActKind.HOLD for act in acts):
        return StateTag("Arranged", Kind.BLUE)
    if any(act.role is Role.ASSESSOR for act in acts):
        return StateTag(f"With {who(edition, Role.ASSESSOR)}", Kind.PURPLE)
    return StateTag("With the body", Kind.PURPLE)


def stage_hint(edition: Edition, position: Position, stage: StagePosition) -> str:
    """One line under a stage's name: done when, planned for when, due when, how far."""
    if stage.state is StageState.DONE and stage.done:
        return f"Done on {longdate(stage.done)}"
    parts: list[str] = []
    if stage.items and isinstance(edition.stage(stage.id), EvidenceStage | VisitStage):
        met = sum(item.state is ItemState.CONFIRMED for item in stage.items.values())
        if met:
            parts.append(f"{met} of {count_of(edition, len(stage.items))} confirmed")
        else:
            parts.append(count_of(edition, len(stage.items)))
    if stage.state is StageState.SHUT:
        if stage.opened is None and not position.status.is_over:
            parts.append(opens_when(edition, position, edition.stage(stage.id)))
        return ". ".join(filter(None, parts))
    if stage.planned:
        parts.append(f"Planned for {longdate(stage.planned)}")
    elif stage.due and position.clock.stopped is None:
        # a stage may be late with a first part long before its own last day
        parts += [f"{capital(one.what)}: was due by {longdate(one.due)}" for one in stage.milestones if one.overdue]
        parts.append(f"{'Was due by' if stage.due < position.today else 'By'} {longdate(stage.due)}")
    return ". ".join(parts)


_REACHED = {
    "answered": "is answered",
    "submitted": "is handed in",
    "yes": "is decided with a yes",
    "no": "is decided with a no",
    "invoiced": "is invoiced",
    "paid": "is paid",
    "arranged": "is arranged",
    "held": "has been held",
    "attended": "has been attended",
    "signed": "is signed",
    "confirmed": "is confirmed",
    "granted": "is granted",
}


def opens_when(edition: Edition, position: Position, stage: Stage) -> str:
    """'Opens when the registration fee is paid', naming only what is still missing."""
    missing = []
    for condition in stage.opens:
        before = position.stages.get(condition.stage)
        if before is not None and not before.in_play:
            continue  # a stage of the other round, or of a level that is not aimed at
        if before is None or not before.holds(condition.outcome):
            title = before.title if before else condition.stage
            missing.append(f"\u2018{title}\u2019 {_REACHED[condition.outcome.value]}")
    if not missing:
        return ""
    if len(missing) > 2:
        return f"Opens when {missing[0]}, and {len(missing) - 1} more stages are done"
    return f"Opens when {' and '.join(missing)}"


def item_tag(edition: Edition, item: ItemPosition, *, offered: int, ready: bool, visit: bool = False) -> StateTag:
    """How one requirement or piece stands, with what has been gathered for it."""
    match item.state:
        case ItemState.CONFIRMED:
            return StateTag("Confirmed", Kind.GREEN)
        case ItemState.SENT:
            return StateTag(f"With your {edition.words.assessor}", Kind.PURPLE)
        case ItemState.RETURNED:
            return StateTag("More asked for", Kind.AMBER)
        case ItemState.BREACHED:
            return StateTag("Data breach: send again", Kind.RED)
        case ItemState.BLANK if visit:
            return StateTag("Prepared", Kind.BLUE) if offered else StateTag("To prepare", Kind.GREY)
        case ItemState.BLANK:
            if ready:
                return StateTag("Ready to send", Kind.BLUE)
            return StateTag("Something is missing", Kind.AMBER) if offered else StateTag("Not started", Kind.GREY)


NO_LIMIT = "No age limit: it counts however old it is"


def freshness_words(
    requirement: Requirement | None, dated: date | None, fresh: Freshness
) -> tuple[str, StateTag | None]:
    """What to say of a document's age, also where there is no limit; and a tag when somebody should act."""
    if not fresh.verdict:
        return fresh.verdict.because, StateTag("Too old" if fresh.until else "Date missing", Kind.RED)
    if fresh.until is None:
        return NO_LIMIT, None
    if fresh.soon:
        return f"Counts until {longdate(fresh.until)}", StateTag("Runs out soon", Kind.AMBER)
    return f"Counts until {longdate(fresh.until)}", None


def status_words(status: Status) -> StateTag:
    return {
        Status.ACTIVE: StateTag("Running", Kind.BLUE),
        Status.AWARDED: StateTag("Held", Kind.GREEN),
        Status.SUSPENDED: StateTag("Suspended", Kind.AMBER),
        Status.EXPIRED: StateTag("Expired", Kind.GREY),
        Status.LAPSED: StateTag("Lapsed", Kind.GREY),
        Status.REFUSED: StateTag("Not granted", Kind.RED),
        Status.WITHDRAWN: StateTag("Withdrawn", Kind.GREY),
        Status.CLOSED: StateTag("Closed", Kind.GREY),
        Status.REVOKED: StateTag("Award withdrawn", Kind.RED),
    }[status]


def in_words(names: Sequence[str]) -> str:
    """'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
