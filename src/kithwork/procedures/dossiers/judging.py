"""What was decided on a journey and why, as facts for the report of the decision."""

from collections.abc import Iterable
from datetime import date

from kithwork.assessment.queries import RecommendationRow, decisions, interviews, recommendations, rounds
from kithwork.awards.queries import awards_of
from kithwork.core.credentials import DecisionFacts, Table, Voice, Voices, decision_report
from kithwork.core.credentials.typesetting import day
from kithwork.core.journey import EntryKind, ItemPosition, ItemState
from kithwork.core.schemes import AssignmentStage, CaseStudyStage, Edition, InterviewStage
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import breaches_of, item_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading, read

ANSWERS = {"yes": "Yes", "no": "No", "more": "More first"}
STATES = {
    ItemState.BLANK: "Not sent",
    ItemState.SENT: "Being judged",
    ItemState.RETURNED: "More asked for",
    ItemState.BREACHED: "Failed: a name was left in",
    ItemState.CONFIRMED: "Confirmed",
}


def applicant_of(journey: Journey) -> str:
    """The service, or the person, that applies."""
    return journey.service.name if journey.service else str(journey.person)


def report_of(journey: Journey, today: date) -> bytes:
    """The report of a journey's decisions as a PDF. Raises Refused while nothing has been decided."""
    return decision_report(facts_of(read(journey, today)))


def facts_of(reading: Reading) -> DecisionFacts:
    """The same as facts. Raises Refused while nothing has been decided."""
    journey, edition = reading.journey, reading.edition
    said = list(decisions(journey))
    if not said:
        raise Refused("Nothing has been decided on this application yet.")
    last = said[-1]
    award = next((one for one in awards_of(journey) if one.superseded_on is None), None)
    if award is not None:
        until = f" until {day(award.valid_until)}" if award.valid_until else ", without an end"
        since = f" It was withdrawn on {day(award.revoked_on)}." if award.revoked_on else ""
        since = f" It is suspended since {day(award.suspended_on)}." if award.suspended_on and not since else since
        finding = f"{award.level_title} was granted, from {day(award.starts_on)}{until}.{since}"
    else:
        # several who decide together have said nothing until they agree
        stage = edition.stage(last.stage)
        closed = rounds([one for one in said if one.stage == last.stage], stage)[-1]
        outcome = ANSWERS[closed.outcome].lower() if closed.outcome else "those who decide together have not agreed"
        finding = f"{stage.title}: {outcome}, {day(last.on)}."
    total = reading.position.total()
    words = edition.words
    rows = [
        (words.level[:1].upper() + words.level[1:], edition.level(reading.position.level).title),
        ("Begun", day(reading.entries[0].on)),
        ("Confirmed", f"{total.confirmed} of {total.total} {words.requirements}") if total.total else ("", ""),
        ("Award number", award.number if award else ""),
        ("Data breaches on the way", str(breaches_of(journey).count() or "None")),
    ]
    return DecisionFacts(
        body=edition.scheme.body,
        applicant=applicant_of(journey),
        organisation=journey.service.organisation.name if journey.service else "",
        scheme=f"{edition.scheme.name}, edition {edition.scheme.edition}",
        finding=finding,
        rows=tuple((what, which) for what, which in rows if which),
        parts=tuple(_voices(reading)),
        tables=tuple(_tables(reading)),
        issued_on=last.on,
    )


def _voices(reading: Reading) -> Iterable[Voices]:
    """Stage by stage in the scheme's order: what was recommended, then what was decided."""
    journey, edition = reading.journey, reading.edition
    recommended, decided = list(recommendations(journey)), list(decisions(journey))
    for stage in edition.stages:
        yield Voices(
            f"{stage.title}: recommended",
            tuple(
                Voice(ANSWERS[one.outcome], f"{one.by.name}, {day(one.on)}", _words_of(one))
                for one in recommended
                if one.stage == stage.id
            ),
        )
        yield Voices(
            f"{stage.title}: decided",
            tuple(
                Voice(ANSWERS[one.outcome], f"{one.by.name}, {day(one.on)}", one.reason)
                for one in decided
                if one.stage == stage.id
            ),
        )


def _words_of(one: RecommendationRow) -> str:
    parts = [one.summary]
    parts += [f"Strengths: {one.strengths}"] if one.strengths.strip() else []
    parts += [f"For next time: {one.next_time}"] if one.next_time.strip() else []
    return "\n".join(parts)


def state_of(item: ItemPosition) -> str:
    """'Confirmed on 3 March 2027'."""
    since = f" on {day(item.since)}" if item.since and item.state is not ItemState.BLANK else ""
    return f"{STATES[item.state]}{since}"


def _tables(reading: Reading) -> Iterable[Table]:
    edition, position = reading.edition, reading.position
    for area in edition.areas:
        rows = []
        for one in edition.requirements:
            item = item_of(edition, position, one.id) if one.area == area.id else None
            if item is not None:
                rows.append((one.number, one.title, edition.stage_for(one).title, state_of(item)))
        yield Table(area.title, "", ("Number", "What was asked", "Table in", "How it stands"), tuple(rows))
    for stage in edition.stages:
        if isinstance(stage, AssignmentStage | CaseStudyStage) and position.stages[stage.id].in_play:
            items = position.stages[stage.id].items
            found = tuple((str(n), p.title, state_of(items[p.id])) for n, p in enumerate(stage.pieces, 1))
            yield Table(stage.title, "", ("Piece", "What was asked", "How it stands"), found)
    held = tuple(
        (day(one.on), edition.stage(one.stage).title, one.detail or "–")
        for one in reading.entries
        if one.kind is EntryKind.HELD and not isinstance(edition.stage(one.stage), InterviewStage)
    )
    yield Table("Meetings and visits", "", ("Day", "What", "How"), held)
    yield Table(
        "Interviews",
        "What was said in them is with the assessor alone.",
        ("Day", "With whom", "How", "People", "Minutes"),
        tuple(
            (
                day(one.on),
                kind_of(edition, one.stage, one.kind),
                _how(one.form, one.mode),
                str(one.people),
                str(one.minutes),
            )
            for one in interviews(reading.journey)
        ),
    )


def kind_of(edition: Edition, stage: str, kind: str) -> str:
    """What the scheme calls those who are interviewed."""
    model = edition.stage(stage)
    kinds = model.interviews if isinstance(model, InterviewStage) else ()
    return next((one.title for one in kinds if one.id == kind), kind)


def _how(form: str, mode: str) -> str:
    return f"{form}, {mode}" if mode else form
