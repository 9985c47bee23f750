"""A scheme's page out of its edition: finished cards, in the scheme's own words. Nothing here knows any one scheme."""

from dataclasses import dataclass

from kithwork.core.schemes import (
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    ChecklistStage,
    CourseStage,
    Edition,
    EvidenceStage,
    Fee,
    FeeStage,
    FormStage,
    InterviewStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    Requirement,
    Role,
    Stage,
    VisitStage,
)
from kithwork.web.kit.cards import Column, Link, SummaryRow
from kithwork.web.templatetags.kit import pounds


def some(number: int, one: str, many: str) -> str:
    """'1 indicator', '61 indicators'."""
    return f"{number:,} {one if number == 1 else many}"


def wants(edition: Edition, number: int) -> str:
    """A number of requirements, in the scheme's word."""
    return some(number, edition.words.requirement, edition.words.requirements)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def facts(edition: Edition, body: str, website: str) -> list[SummaryRow]:
    """Who it is for, who runs it, how long it holds, what it costs: in one glance."""
    valid, priced = edition.credential.valid, costs(edition)
    rows = [
        SummaryRow("Who it is for", edition.scheme.who_for or ""),
        SummaryRow("Run by", Link(body, website) if website else body),
        SummaryRow("Holds for", str(valid) if valid else "Without end"),
        SummaryRow("Costs", priced.short if priced else "Nothing"),
    ]
    return [row for row in rows if row.value]


# Levels


@dataclass(frozen=True, slots=True)
class LevelCard:
    title: str
    summary: str
    asks: str


def levels(edition: Edition) -> tuple[LevelCard, ...]:
    cards: list[LevelCard] = []
    for level in edition.levels:
        own = sum(r.level == level.id for r in edition.requirements)
        all_of_it = sum(r.level in {level.id, *level.includes} for r in edition.requirements)
        below = " and ".join(edition.level(one).title for one in level.includes)
        asks = wants(edition, all_of_it) if all_of_it else ""
        if below and own:
            asks += f": {own} of its own, and the {all_of_it - own} of {below}"
        cards.append(LevelCard(level.title, level.summary or "", asks))
    return tuple(cards)


# What it costs


@dataclass(frozen=True, slots=True)
class Costs:
    """One table of all fees with totals, and what is to be said beside it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    short: str  # '£500 to £950'


_BY_HAND = "Price agreed by hand"  # how, the fee's own words tell


def _refund(fee: Fee) -> str:
    return "" if fee.refundable else f"{fee.title}: not paid back, whatever the outcome."


def costs(edition: Edition) -> Costs | None:
    """Fixed fees beside a banded one, with a total a row. A second banded fee goes by other limits: no total then."""
    if not edition.fees:
        return None
    fixed = [fee for fee in edition.fees if fee.amount is not None]
    banded = [fee for fee in edition.fees if fee.bands]
    base = sum(fee.amount or 0 for fee in fixed)
    notes = tuple(note for fee in edition.fees for note in (_refund(fee), fee.by_hand or "") if note)
    if len(banded) == 1:
        fee = banded[0]
        asked = _label(edition, fee.by)
        columns = (
            Column(asked),
            *(Column(one.title, numeric=True) for one in edition.fees),
            *((Column("Together", numeric=True),) if fixed else ()),
        )
        rows = tuple(
            (
                band.title,
                *(pounds(band.amount if one is fee else one.amount) for one in edition.fees),
                *((pounds(base + band.amount),) if fixed else ()),
            )
            for band in fee.bands
        )
        totals = [base + band.amount for band in fee.bands]
        return Costs(columns, rows, notes, _span(totals))
    rows = tuple((f"{fee.title}: {band.title}", pounds(band.amount)) for fee in banded for band in fee.bands) + tuple(
        (fee.title, _BY_HAND if fee.set_by_hand else pounds(fee.amount)) for fee in edition.fees if not fee.bands
    )
    if not banded and not fixed:
        return Costs((Column("Fee"), Column("Amount", numeric=True)), rows, notes, _BY_HAND)
    if not banded and len(fixed) > 1:
        rows += (("Together", pounds(base)),)
    lowest = base + sum(min(band.amount for band in fee.bands) for fee in banded)
    highest = base + sum(max(band.amount for band in fee.bands) for fee in banded)
    return Costs((Column("Fee"), Column("Amount", numeric=True)), rows, notes, _span([lowest, highest]))


def _span(totals: list[int]) -> str:
    low, high = min(totals), max(totals)
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def _label(edition: Edition, field: str | None) -> str:
    """What the application calls the figure that a fee goes by."""
    labels = [f.label for s in edition.stages if isinstance(s, FormStage) for f in s.fields if f.id == field]
    return labels[0] if labels else "Band"


# The road


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as a visitor reads it: who acts, how long there is, and what it holds."""

    title: str
    about: str
    who: str
    time: str
    facts: tuple[str, ...]


def road(edition: Edition) -> tuple[Step, ...]:
    return tuple(
        Step(stage.title, stage.about or "", _who(edition, stage.by), _time(stage), tuple(_facts(edition, stage)))
        for stage in edition.stages
    )


def _who(edition: Edition, role: Role) -> str:
    return {
        Role.APPLICANT: "You" if edition.scheme.applicant == "person" else "Your service",
        Role.OFFICER: edition.scheme.body,
        Role.ASSESSOR: f"Your {edition.words.assessor}",
        Role.PANEL: "A panel",
        Role.CHAIR: "The chair of the panel",
        Role.SUPPORTER: "Somebody who supports you",
    }[role]


def _time(stage: Stage) -> str:
    return f"{stage.within}" if stage.within else ""


def _facts(edition: Edition, stage: Stage) -> list[str]:
    """What is particular to the kind of stage, in sentences."""
    match stage:
        case ChecklistStage():
            return [some(len(stage.questions), "question", "questions")]
        case FeeStage():
            return [_price(edition.fee(stage.fee))]
        case EvidenceStage():
            marks = [f"{capital(m.what)} within {m.within}" for m in stage.milestones]
            return [_asked(edition, stage.assessed), *marks]
        case VisitStage():
            return [
                _asked(edition, stage.assessed),
                capital(" or ".join(stage.modes)),
                f"What is missing on the day: within {stage.supplementary_within}",
            ]
        case PortfolioStage():
            return [_asked(edition, stage.assessed)]
        case InterviewStage():
            return [_interview(one.title, one.normally, one.or_groups, one.minutes) for one in stage.interviews]
        case CaseStudyStage() | AssignmentStage():
            return [piece.title + _length(piece.min_words, piece.max_words) for piece in stage.pieces]
        case CourseStage():
            taught = [f"{some(stage.hours, 'hour', 'hours')} taught"] if stage.hours else []
            alone = [f"{some(stage.self_study, 'hour', 'hours')} of study by yourself"] if stage.self_study else []
            return [", ".join([some(stage.parts, "dated part", "dated parts"), *taught, *alone])]
        case ObservationStage():
            return [stage.of]
        case PanelStage():
            return [some(stage.members, "member", "members")]
        case AwardStage():
            valid = edition.credential.valid
            return [f"Valid for {valid}" if valid else "Valid without end"]
        case RenewalStage():
            return [f"Opens {stage.before} before the end"]
        case _:
            return []


def _price(fee: Fee) -> str:
    if fee.amount is not None:
        return pounds(fee.amount)
    if fee.set_by_hand:
        return _BY_HAND
    return _span([band.amount for band in fee.bands])


def _asked(edition: Edition, way: str) -> str:
    """'38 indicators for QiM Award, 48 for QiM Excellence'; nothing about levels when there is one."""
    counts = [(level, len(edition.asked_at(level.id, way))) for level in edition.levels]
    first, *rest = counts
    text = wants(edition, first[1])
    if rest:
        text += f" for {first[0].title}"
        text += "".join(f", {number} for {level.title}" for level, number in rest)
    return text


def _interview(title: str, normally: int, groups: int | None, minutes: int) -> str:
    group = f", or {some(groups, 'group', 'groups')}" if groups else ""
    return f"{title}: normally {normally}{group}, {minutes} minutes at most"


def _length(least: int | None, most: int | None) -> str:
    if least and most:
        return f": {least:,} to {most:,} words"
    if most:
        return f": {most:,} words at most"
    return f": at least {least:,} words" if least else ""


# Requirements


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area, and how many requirements each level asks for in it."""

    id: str
    title: str
    summary: str
    counts: str


def areas(edition: Edition) -> tuple[AreaCard, ...]:
    cards: list[AreaCard] = []
    for area in edition.areas:
        counts: list[str] = []
        for level in edition.levels:
            number = sum(r.area == area.id and r.level == level.id for r in edition.requirements)
            if number:
                text = str(number) if counts else wants(edition, number)
                counts.append(f"{text} for {level.title}" if len(edition.levels) > 1 else text)
        cards.append(AreaCard(area.id, area.title, area.summary or "", ", ".join(counts)))
    return tuple(cards)


@dataclass(frozen=True, slots=True)
class RequirementCard:
    id: str
    number: str
    title: str
    level: str
    asks: str
    points: tuple[str, ...]
    evidence: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The requirements of one level in an area."""

    title: str
    rows: tuple[RequirementCard, ...]


def requirements(edition: Edition, area: str) -> tuple[LevelGroup, ...]:
    groups: list[LevelGroup] = []
    for level in edition.levels:
        rows = tuple(
            _card(edition, r, level.title) for r in edition.requirements if r.area == area and r.level == level.id
        )
        if rows:
            groups.append(LevelGroup(level.title, rows))
    return tuple(groups)


def _card(edition: Edition, requirement: Requirement, level: str) -> RequirementCard:
    facts = [f"Looked at in: {edition.stage_for(requirement).title}"]
    if requirement.fresh:
        facts.append(f"Documents at most {requirement.fresh} old")
    if requirement.live:
        facts.append("Casework: every name is taken out before it is sent")
    return RequirementCard(
        requirement.id,
        requirement.number,
        requirement.title,
        level,
        requirement.asks,
        requirement.points,
        requirement.evidence,
        tuple(facts),
    )
