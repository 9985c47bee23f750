"""States, acts, entries and dates in the words of an officer. The scheme's own words come from its edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kithwork.core.journey import Act, ActKind, Position, Progress, StagePosition, StageState
from kithwork.core.schemes import Edition, EvidenceStage, Role, VisitStage
from kithwork.journeys.queries import HistoryRow, JourneyRow
from kithwork.web.kit.cards import Kind, StateTag, TimelineEvent
from kithwork.web.templatetags.kit import longdate, plural, pounds, waited

STATUS = {
    "active": StateTag("In progress", Kind.BLUE),
    "awarded": StateTag("Awarded", Kind.GREEN),
    "suspended": StateTag("Suspended", Kind.AMBER),
    "expired": StateTag("Expired", Kind.GREY),
    "lapsed": StateTag("Lapsed", Kind.GREY),
    "refused": StateTag("Refused", Kind.GREY),
    "withdrawn": StateTag("Withdrawn", Kind.GREY),
    "closed": StateTag("Closed", Kind.GREY),
    "revoked": StateTag("Award withdrawn", Kind.RED),
}
ANSWERS = {"yes": "yes", "no": "no", "more": "more asked for"}
APPOINTMENTS = {
    "asked": StateTag("Asked", Kind.BLUE),
    "appointed": StateTag("Appointed", Kind.GREEN),
    "conflict": StateTag("Declared a conflict", Kind.AMBER),
    "declined": StateTag("Declined", Kind.GREY),
    "ended": StateTag("Ended", Kind.GREY),
}


def applicant_of(journey: JourneyRow) -> str:
    """The service, or the person, that applies."""
    if journey.service is not None:
        return journey.service.name
    return journey.person.name if journey.person is not None else ""


def organisation_of(journey: JourneyRow) -> str:
    return journey.service.organisation.name if journey.service is not None else ""


def role_word(role: str, edition: Edition) -> str:
    """'applicant' -> 'the service'; 'officer' -> 'you'; an assessor is what the scheme calls one."""
    match role:
        case Role.APPLICANT:
            return "the service" if edition.scheme.applicant == "service" else "the applicant"
        case Role.OFFICER:
            return "you"
        case Role.ASSESSOR:
            return f"the {edition.words.assessor}"
        case Role.PANEL:
            return "the panel"
        case Role.CHAIR:
            return "the panel's chair"
        case _:
            return "somebody asked to support it"


def article(word: str) -> str:
    """'an assessor', 'a marker'."""
    return f"an {word}" if word[:1].lower() in "aeiou" else f"a {word}"


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def due_words(due: date | None, today: date, *, stopped: bool = False) -> str:
    """'late by 5 days', 'due today', 'in 3 weeks', 'clock stopped'; nothing where nothing is due."""
    if stopped:
        return "clock stopped"
    if due is None:
        return ""
    days = (today - due).days
    if days > 0:
        return f"late by {waited(days)}"
    return "due today" if days == 0 else waited(days)


def due_tag(due: date | None, today: date, *, stopped: bool = False) -> StateTag | str:
    """The same for a table's cell: a tag where it is late or stands still, else words with the date."""
    words = due_words(due, today, stopped=stopped)
    if stopped:
        return StateTag(sentence(words), Kind.GREY)
    if due is None:
        return "No date"
    if due < today:
        return StateTag(sentence(words), Kind.RED)
    if due == today:
        return StateTag("Due today", Kind.AMBER)
    return f"{sentence(words)}, {longdate(due)}"


def progress_words(confirmed: int, total: int) -> str:
    return f"{confirmed} of {total}" if total else "–"


def act_words(act: Act, edition: Edition) -> str:
    """What is to be done: 'Pay the invoice', 'Send evidence for 12 indicators'."""
    words = edition.words
    some = plural(act.count, f"{words.requirement},{words.requirements}")
    match act.what:
        case ActKind.ANSWER:
            return "Answer the questions"
        case ActKind.FILL_IN:
            return "Fill in the form"
        case ActKind.RECOMMEND:
            return "Recommend a decision"
        case ActKind.DECIDE:
            return "Decide"
        case ActKind.INVOICE:
            return "Send the invoice"
        case ActKind.ASK:
            return "Ask for it"
        case ActKind.CHOOSE:
            return "Choose a date"
        case ActKind.KEEP:
            title = next((duty.title for duty in edition.duties if duty.id == act.item), "a duty")
            return f"Confirm: {title}"
        case ActKind.PAY:
            return "Pay the invoice"
        case ActKind.ARRANGE:
            return "Agree a date"
        case ActKind.HOLD:
            return "Hold it on the day agreed"
        case ActKind.ATTEND:
            return "Record who attended"
        case ActKind.SIGN:
            return "Sign"
        case ActKind.SEND:
            return f"Send {_counted(act, edition, some)}"
        case ActKind.ASSESS:
            return f"Look at {_counted(act, edition, some)}"
        case ActKind.REPORT_FINDINGS:
            return f"Record what was found for {some}"
        case ActKind.SUPPLEMENT:
            return f"Send what was missing for {some}"
        case ActKind.INTERVIEW:
            return f"Hold {plural(act.count, 'interview')} with {_people(act, edition)}"
        case ActKind.APPOINT:
            return f"Appoint {article(words.assessor)}"
        case ActKind.GRANT:
            return "Grant it"
        case ActKind.RENEW:
            return "Apply to renew"
        case ActKind.RESUME:
            return "Let the clock run again"


def _counted(act: Act, edition: Edition, some: str) -> str:
    """Requirements where the stage has them; otherwise pieces, or the whole."""
    stage = edition.stage(act.stage)
    if getattr(stage, "pieces", ()):
        return plural(act.count, "piece")
    return f"evidence for {some}" if isinstance(stage, EvidenceStage | VisitStage) else "it"


def _people(act: Act, edition: Edition) -> str:
    kinds = getattr(edition.stage(act.stage), "interviews", ())
    return next((kind.people for kind in kinds if kind.id == act.item), "people")


def act_title(act: Act, edition: Edition) -> str:
    """With its stage: 'Registration fee: pay the invoice'."""
    words = act_words(act, edition)
    if not act.stage:
        return words
    return f"{edition.stage(act.stage).title}: {words[:1].lower()}{words[1:]}"


def stage_state(stage: StagePosition, today: date, *, stopped: bool) -> StateTag:
    if stage.state is StageState.DONE:
        said_no = stage.reached and any(outcome == "no" for outcome in stage.reached)
        return StateTag("Decided: no", Kind.RED) if said_no else StateTag("Done", Kind.GREEN)
    if stage.state is StageState.SHUT:
        return StateTag("Not open", Kind.GREY)
    if stopped:
        return StateTag("Clock stopped", Kind.GREY)
    return StateTag("Late", Kind.RED) if stage.overdue else StateTag("Open", Kind.BLUE)


def stage_hint(stage: StagePosition, today: date, edition: Edition) -> str:
    """Dates and counts of one stage, never what was sent in it."""
    parts: list[str] = []
    if stage.done:
        parts.append(f"Done on {longdate(stage.done)}")
    elif stage.state is StageState.OPEN:
        if stage.opened:
            parts.append(f"Open since {longdate(stage.opened)}")
        if stage.planned:
            parts.append(f"arranged for {longdate(stage.planned)}")
        elif stage.due:
            parts.append(f"due {longdate(stage.due)}")
        parts += [f"{m.what} by {longdate(m.due)}" for m in stage.milestones if m.met is None]
    counted = [item for item in stage.items.values() if item.id != stage.id]
    if counted and stage.state is StageState.OPEN:
        confirmed = sum(item.state == "confirmed" for item in counted)
        sent = sum(item.state == "sent" for item in counted)
        back = sum(item.state in {"returned", "breached"} for item in counted)
        parts.append(f"{confirmed} of {len(counted)} {'attended' if stage.kind == 'course' else 'confirmed'}")
        parts += [f"{sent} with the {edition.words.assessor}"] if sent else []
        parts += [f"{back} sent back"] if back else []
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Progress in one area of one level: counts only."""

    level: str
    area: str
    counts: Progress


def area_rows(position: Position, edition: Edition) -> list[AreaRow]:
    return [
        AreaRow(edition.level(level).title, edition.area(area).title, counts)
        for level, areas in position.progress.items()
        for area, counts in areas.items()
    ]


# The history of a journey


@dataclass(slots=True)
class _Run:
    """Entries of one kind, stage, day and person that follow one another: shown as one line."""

    rows: list[HistoryRow]

    def takes(self, row: HistoryRow) -> bool:
        first = self.rows[0]
        return (
            bool(row.item)
            and all(
                getattr(first, name) == getattr(row, name) for name in ("kind", "stage", "on", "signed_by_id", "reason")
            )
            and bool(first.item)
        )


def history(rows: Iterable[HistoryRow], edition: Edition) -> list[TimelineEvent]:
    """Entries oldest first become events newest first; what was sent together is one event with a count."""
    runs: list[_Run] = []
    for row in rows:
        if runs and runs[-1].takes(row):
            runs[-1].rows.append(row)
        else:
            runs.append(_Run([row]))
    return [_event(run.rows, edition) for run in reversed(runs)]


def _event(rows: Sequence[HistoryRow], edition: Edition) -> TimelineEvent:
    row = rows[0]
    stage = edition.stage(row.stage).title if row.stage else ""
    words = entry_words(rows, edition)
    title = f"{stage}: {words}" if stage else sentence(words)
    return TimelineEvent(title, row.on, row.signed_by.name if row.signed_by else "", row.reason)


def entry_words(rows: Sequence[HistoryRow], edition: Edition) -> str:
    """What an entry, or a run of like entries, says, without its stage."""
    row = rows[0]
    until = longdate(row.until)
    level = edition.level(row.level).title if row.level else ""
    many = _things(rows, edition)
    match row.kind:
        case "opened":
            return f"application begun, aiming at {level}" if level else "application begun"
        case "raised":
            return f"now aiming at {level}"
        case "asked":
            return f"asked for again, as recommended last time: {many}"
        case "invited":
            return "a third party asked to sign"
        case "declined":
            return "the third party declined"
        case "chosen":
            return "dates chosen"
        case "cancelled":
            return "the place was given up"
        case "kept":
            return f"{many} confirmed"
        case "reported":
            return f"{many}: a change was told"
        case "answered":
            return "answered, yes to every question" if row.outcome == "yes" else "answered, not yes to every question"
        case "submitted":
            return f"{many} sent" if row.item else "handed in"
        case "decided":
            return f"decided, {ANSWERS.get(row.outcome, '')}"
        case "recommended":
            return f"recommended, {ANSWERS.get(row.outcome, '')}"
        case "invoiced":
            return f"invoice of {pounds(row.amount)} sent"
        case "paid":
            return f"{pounds(row.amount)} paid"
        case "arranged":
            return f"arranged for {until}"
        case "held":
            return f"{many} held" if row.item else f"held{f', {row.detail}' if row.detail else ''}"
        case "attended":
            return f"part {row.item} attended" if len(rows) == 1 and row.item else "attended"
        case "corrected":
            return f"attendance corrected, part {row.item or 1} was not attended"
        case "signed":
            return "signed"
        case "agreed":
            return f"alternative agreed for {many}"
        case "confirmed":
            return f"{many} confirmed" if row.item else "confirmed"
        case "returned":
            return f"more asked for: {many}" if row.item else "more asked for"
        case "breached":
            return f"data breach reported, {many} to be sent again"
        case "appointed":
            return f"{edition.words.assessor} appointed"
        case "released":
            return f"{edition.words.assessor} released"
        case "extended":
            return f"extended until {until}"
        case "stopped":
            return f"clock stopped, expected to run again on {until}" if until else "clock stopped"
        case "resumed":
            return "clock running again"
        case "granted":
            return f"{level} granted{f' until {until}' if until else ''}"
        case "suspended":
            return "award suspended"
        case "reinstated":
            return "award reinstated"
        case "revoked":
            return "award withdrawn"
        case "withdrawn":
            return "withdrawn by the applicant"
        case _:
            return "closed"


def _things(rows: Sequence[HistoryRow], edition: Edition) -> str:
    """'12 indicators', 'indicator 42', 'A mentee's journey', '2 interviews'."""
    row = rows[0]
    if not row.item:
        return ""
    duties = {duty.id: duty.title for duty in edition.duties}
    if row.kind in {"kept", "reported"}:
        return ", ".join(dict.fromkeys(duties.get(one.item, one.item) for one in rows))
    stage = edition.stage(row.stage) if row.stage else None
    named = {part.id: part.title for part in (*getattr(stage, "pieces", ()), *getattr(stage, "interviews", ()))}
    if named:
        return ", ".join(dict.fromkeys(named.get(one.item, one.item) for one in rows))
    if len(rows) > 1:
        return f"{len(rows)} {edition.words.requirements}"
    try:
        return f"{edition.words.requirement} {edition.requirement(row.item).number}"
    except KeyError:
        return edition.words.requirement


def slot_words(edition: Edition, stage_id: str, slot: str) -> str:
    """A requirement with its number, or a piece with its title."""
    pieces = {piece.id: piece.title for piece in getattr(edition.stage(stage_id), "pieces", ())}
    if slot in pieces:
        return str(pieces[slot])
    try:
        found = edition.requirement(slot)
    except KeyError:
        return slot
    return f"{sentence(edition.words.requirement)} {found.number}: {found.title}"
