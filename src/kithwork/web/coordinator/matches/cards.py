"""One match as cards: what is due and where it is done, how it stands, what happened."""

from collections.abc import Iterable
from datetime import date

from kithwork.caseload.queries.matches import AgreementRow, MatchRow, State, plan_of
from kithwork.caseload.queries.owing import Owed, Task
from kithwork.caseload.queries.story import Happened
from kithwork.web.coordinator.matches.frame import Here
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow, TimelineEvent
from kithwork.web.templatetags.kit import longdate, waited

# task -> its words, and the page on which it is done; {} is who
DUE: dict[Task, tuple[str, str]] = {
    Task.ANSWER: ("Explain the reasons to {}, and note the answer", "match_answer"),
    Task.AGREE: ("Have the agreement signed by all three", "match_agreement"),
    Task.INTRODUCE: ("Introduce them", "match_introduce"),
    Task.FIRST_MET: ("Note when they met for the first time", "match_met"),
    Task.FIRST_WEEK: ("Ask {} how the first meeting was", "match_contact"),
    Task.FIFTH: ("Ask {} how it goes after five meetings", "match_contact"),
    Task.CLOSER: ("Be in touch with {}", "match_contact"),
    Task.REVIEW: ("Review the match with the mentee", "match_review"),
    Task.CONCLUDE: ("Say what follows from a review", "match_review_one"),
    Task.PLAN: ("Make a development plan", "match_plan"),
    Task.BOUNDARY: ("Act on a change of boundaries", "match_boundary_done"),
    Task.DISPUTE: ("Settle a dispute", "match_dispute_one"),
    Task.DROPOUT: ("Look again whether they may give up", "match_dropout"),
    Task.NEAR_END: ("Talk about the end of this match", "match_end"),
    Task.MISSED: ("Ask why the last two meetings did not take place", "match_contact"),
    Task.TELL: ("Tell {} why the match ends", "match_told"),
    Task.FOLLOWS: ("Say what follows for them", "match_follows"),
    Task.LOOK_BACK: ("Look back together", "match_look_back"),
    Task.CONFIRM: ("Give {} the ending in writing", "match_confirm"),
    Task.SUPPORT: ("Give extra support after the sudden ending", "match_support"),
    Task.EXIT: ("Send the questionnaire at the end", "match_exit"),
    Task.WAIT: ("Decide whether the mentee waits for another mentor", "match_wait"),
}
FOR_A_SIDE = {Task.ANSWER, Task.FIRST_WEEK, Task.FIFTH, Task.CLOSER, Task.TELL, Task.CONFIRM}
NO_DATE = {Task.BOUNDARY, Task.DISPUTE, Task.CONCLUDE, Task.MISSED, Task.PLAN, Task.FIRST_MET, Task.SUPPORT}


def due_rows(owed: Iterable[Owed], seen: Here) -> list[TaskRow]:
    """What is due and what comes next, each with the page on which it is done."""
    rows = []
    for one in owed:
        words, page = DUE[one.task]
        more = [one.who] if one.task in FOR_A_SIDE else ["mentor"] if one.task is Task.MISSED else []
        href = seen.at(page, *more, *([one.ref] if one.ref else []))
        whom = {"carer": "the carer", "referrer": "the referrer"}.get(one.who) or seen.called(one.who)
        rows.append(TaskRow(words.format(whom), href, _hint(one, seen.today), _state(one, seen.today)))
    return rows


def _hint(one: Owed, today: date) -> str:
    if one.by is None or one.task in NO_DATE:
        return ""
    if one.by < today:
        return f"By {longdate(one.by)}, {waited((today - one.by).days)} ago"
    return f"By {longdate(one.by)}"


def _state(one: Owed, today: date) -> StateTag:
    if one.by is None or one.by == today or one.task in NO_DATE:
        return StateTag("To do now", Kind.AMBER)
    if one.by < today:
        return StateTag("Overdue", Kind.RED)
    return StateTag("Not yet due", Kind.GREY) if (one.by - today).days > 14 else StateTag("Due soon", Kind.BLUE)


def finding(seen: Here, owed: Iterable[Owed]) -> str:
    """The page's heading: 'Cai and Mab: 2 things are due'."""
    number = sum(1 for one in owed if one.by is None or one.by <= seen.today)
    if not number:
        return f"{seen.names}: nothing is due"
    return f"{seen.names}: {number} thing{' is' if number == 1 else 's are'} due"


ANSWERS = {"yes": "Yes", "no": "Declined", "": "Not answered yet"}


def how_rows(seen: Here, agreement: AgreementRow | None, meant: date | None) -> list[SummaryRow]:
    """How the match stands: the two, the reasons, the answers, how they meet, until when."""
    one, slug = seen.match, seen.run.service.slug
    rows = [
        SummaryRow("Mentee", Link(one.mentee.name, f"/run/{slug}/mentees/{one.mentee.ref}/")),
        SummaryRow("Mentor", Link(one.mentor.name, f"/run/{slug}/mentors/{one.mentor.ref}/")),
        SummaryRow("Why these two", one.rationale),
    ]
    if one.characteristic:
        rows.append(SummaryRow(f"Decided by {one.characteristic}", one.justification))
    if one.manages:
        rows.append(SummaryRow("Line manager", one.manages_because))
    rows += [_answer_row(seen, "mentee"), _answer_row(seen, "mentor")]
    if one.declined_because:
        rows.append(SummaryRow("Declined because", one.declined_because))
    if one.withdrawn_because:
        rows.append(SummaryRow("Withdrawn because", one.withdrawn_because))
    if one.introduced_on is not None:
        change = seen.at("match_arrange")
        rows += [
            SummaryRow("Introduced", f"{longdate(one.introduced_on)} by {one.introduced_by or 'somebody not named'}"),
            SummaryRow("First met", longdate(one.first_met_on) or "Not noted yet", seen.at("match_met")),
            SummaryRow("How they meet", one.meets, change),
            SummaryRow("Looked after by", str(one.looks_after or "Whoever is there"), change),
            SummaryRow("Closer contact", _closer(one), seen.at("match_watch")),
        ]
    if one.noted_on is not None:
        rows.append(
            SummaryRow("Noted later", f"{longdate(one.noted_on)}, by {one.noted_by}: from before the spreadsheet")
        )
    rows.append(SummaryRow("Agreement", _agreed(agreement), seen.at("match_agreement"), "Open"))
    if meant is not None:
        rows.append(SummaryRow("Meant to last until", meant))
    return rows


def _closer(one: MatchRow) -> str:
    return f"Since {longdate(one.difficult_since)}" if one.difficult_since else "No"


def _answer_row(seen: Here, side: str) -> SummaryRow:
    told, answer = getattr(seen.match, f"{side}_told_on"), getattr(seen.match, f"{side}_answer")
    said = [ANSWERS[answer], f"Explained on {longdate(told)}" if told else "Not explained yet"]
    href = seen.at("match_answer", side) if seen.state is State.PROPOSED and not answer else ""
    return SummaryRow(f"{seen.called(side)} says", said, href, "Note the answer")


def _agreed(agreement: AgreementRow | None) -> str:
    if agreement is None:
        return "Not drawn up"
    days = {"mentee": agreement.mentee_on, "mentor": agreement.mentor_on, "service": agreement.service_on}
    missing = [who for who, day in days.items() if day is None]
    return f"Waits for the signature of {' and '.join(missing)}" if missing else "Signed by all three"


def goal_rows(match: MatchRow, seen: Here) -> tuple[str, list[tuple[object, ...]]]:
    """The aims, and each goal with how it stands."""
    plan = plan_of(match)
    if plan is None:
        return "", []
    states = {
        "open": StateTag("Working on it", Kind.BLUE),
        "met": StateTag("Met", Kind.GREEN),
        "dropped": StateTag("Let go"),
    }
    rows: list[tuple[object, ...]] = [
        (
            Link(goal.what, seen.at("match_goal", goal.ref))
            if seen.state in (State.RUNNING, State.ENDING)
            else goal.what,
            longdate(goal.by_when) if goal.by_when else "No day set",
            states[goal.state],
        )
        for goal in plan.goals.all()
    ]
    return plan.aims, rows


ENDINGS = {"planned": "planned", "sudden": "sudden"}


def ending_rows(seen: Here) -> list[SummaryRow]:
    """How it ends, who was told, what follows; each line leads to where it is noted."""
    one = seen.ending
    rows = [
        SummaryRow("Ending", f"{ENDINGS[one.kind].capitalize()}, known on {longdate(one.known_on)}"),
        SummaryRow("Last day", one.last_day),
        SummaryRow("Why", one.reason),
    ]
    if one.short_because:
        rows.append(SummaryRow("Shorter notice because", one.short_because))
    if one.bad:
        rows.append(SummaryRow("Again?", "These two are not to be matched again"))
    told = {"mentee": seen.called("mentee"), "mentor": seen.called("mentor"), "carer": "Carer", "referrer": "Referrer"}
    for who, words in told.items():
        day = getattr(one, f"{who}_told_on")
        rows.append(SummaryRow(f"{words} told", day or "Not yet", seen.at("match_told", who), "Note"))
    rows += [
        SummaryRow("Looked back", [longdate(one.looked_back_on), one.looked_back] if one.looked_back_on else "Not yet",
                   seen.at("match_look_back"), "Note"),
        SummaryRow("What follows", one.follows, seen.at("match_follows")),
        SummaryRow("Offered", one.offered, seen.at("match_follows")),
    ]  # fmt: skip
    for side in ("mentee", "mentor"):
        day = getattr(one, f"{side}_confirmed_on")
        said: list[object] = [day or "Not yet"]
        if one.follows:
            said.append(Link("Letter (PDF)", seen.at("match_letter", side), f"to {seen.called(side)}"))
        rows.append(SummaryRow(f"{seen.called(side)} has it in writing", said, seen.at("match_confirm", side), "Note"))  # type: ignore[arg-type]  # a day and a link
    rows.append(SummaryRow("Questionnaire sent", one.asked_exit_on or "Not yet", seen.at("match_exit"), "Send"))
    return rows


def events(found: Iterable[Happened], seen: Here) -> list[TimelineEvent]:
    """What happened, in the order given."""
    return [_event(one, seen) for one in found]


_MATCH = {
    "proposed": "Proposed",
    "mentee-answered": "The mentee answered",
    "mentor-answered": "The mentor answered",
    "withdrawn": "Proposal withdrawn",
    "introduced": "Introduced",
    "met": "Met for the first time",
    "difficult": "Closer contact from here on",
}
_CONTACT = {
    "meeting": ("They met", "They did not meet"),
    "mentee": ("In touch with the mentee", "Tried to reach the mentee"),
    "mentor": ("In touch with the mentor", "Tried to reach the mentor"),
    "referrer": ("In touch with the referrer", "Tried to reach the referrer"),
}
_FIXED = {
    ("ending", "known"): "Ending known",
    ("ending", "looked-back"): "Looked back together",
    ("ending", "last-day"): "Last day",
    ("agreement", "drawn-up"): "Agreement drawn up",
    ("agreement", "signed"): "Agreement signed by all three",
    ("plan", "made"): "Development plan made",
    ("goal", "met"): "Goal met",
    ("goal", "dropped"): "Goal let go",
    ("review", "held"): "Review",
    ("boundary", "noticed"): "Change of boundaries noticed",
    ("boundary", "done"): "Change of boundaries acted on",
    ("support", "mentee"): "Extra support for the mentee",
    ("support", "mentor"): "Extra support for the mentor",
    ("support", "both"): "Extra support for both",
    ("dispute", "raised"): "Dispute raised",
    ("dispute", "settled"): "Dispute settled",
    ("dropout", "none"): "No sign of giving up",
    ("dropout", "some"): "Some risk of giving up",
    ("dropout", "high"): "High risk of giving up",
}
_TEXT = {"goal": "what", "support": "what", "dropout": "signs", "plan": "aims"}


def _event(one: Happened, seen: Here) -> TimelineEvent:
    row = one.row
    if one.subject == "match":
        text = {"proposed": row.rationale, "withdrawn": row.withdrawn_because}.get(one.moment, "")
        if one.moment.endswith("-answered"):
            text = ANSWERS[getattr(row, one.moment.replace("-answered", "_answer"))]
        return TimelineEvent(_MATCH[one.moment], one.on, one.by, text)
    if one.subject == "contact":
        title = _CONTACT[one.moment][0 if row.reached else 1]
        length = f", {row.minutes} minutes" if row.minutes else ""
        return TimelineEvent(title + length, one.on, one.by, row.words, seen_entry(row.ref, seen), "Open")
    title, href, text = _FIXED[one.subject, one.moment], "", ""
    if one.subject == "review":
        href, text = seen.at("match_review_one", row.ref), row.outcome or "Nobody has said yet what follows"
    elif one.subject == "dispute":
        href, text = seen.at("match_dispute_one", row.ref), row.what if one.moment == "raised" else row.outcome
    elif one.subject == "boundary":
        text = row.what if one.moment == "noticed" else row.done
    elif one.subject == "ending":
        text = {"known": row.reason, "looked-back": row.looked_back}.get(one.moment, "")
    elif one.subject in _TEXT:
        text = getattr(row, _TEXT[one.subject])
    return TimelineEvent(title, one.on, one.by, text, href)


def seen_entry(ref: str, seen: Here) -> str:
    return f"/run/{seen.run.service.slug}/contacts/{ref}/"
