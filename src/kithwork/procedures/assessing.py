"""Evidence to and fro, visits, interviews, the award decided, and what becomes of it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Arrangement, Decision, Finding, Interview
from kithwork.assessment.queries import script_of
from kithwork.awards import actions as awards
from kithwork.awards.models import Award
from kithwork.core.journey import Answer, EntryKind, ItemState, Position
from kithwork.core.schemes import DecisionStage, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Breach, Feedback, Item, Remark
from kithwork.evidence.queries import copies_elsewhere, to_be_seen
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.notices.words import Kind
from kithwork.procedures import deciding, signing
from kithwork.procedures.people import panel_hears, tell_applicants, tell_assessors, tell_officers
from kithwork.readiness import actions as readiness
from kithwork.readiness.models import Snapshot


@transaction.atomic
def send_evidence(
    *, journey: Journey, stage: str, slots: Collection[str], by: User, today: date, note: str = ""
) -> Position:
    """Send what is offered for some requirements or pieces. Tells the assessor."""
    position = evidence.send(journey=journey, stage=stage, slots=slots, by=by, today=today, note=note)
    tell_assessors(journey, Kind.EVIDENCE_SENT)
    return position


@transaction.atomic
def give_feedback(
    *, journey: Journey, stage: str, slot: str, outcome: Feedback.Outcome, advice: str, by: User, today: date
) -> Position:
    """Confirm, or ask for more with advice. Tells the applicant, and the panel when it is its turn now.

    Raises Refused for what is still to be seen at a visit, which is recorded as a finding with what was seen, and for
    a script that several mark: they agree on a mark.
    """
    reading = read(journey, today)
    model = next((one for one in reading.edition.stages if one.id == stage), None)
    if model is not None and script_of(journey, model, slot, today, reading) is not None:
        raise Refused("Several mark this. Give your own mark, and agree on one when all have given theirs.")
    if isinstance(model, VisitStage):
        item = reading.position.stages[stage].items.get(slot)
        if item is not None and item.state is ItemState.BLANK:
            raise Refused("This is looked at during the visit; record what you found in the visit's checklist.")
    with panel_hears(journey, today) as told:
        position = evidence.give_feedback(
            journey=journey, stage=stage, slot=slot, outcome=outcome, advice=advice, by=by, today=today
        )
        page = f"portfolio/{stage}" if slot == stage else f"requirements/{slot}"  # a portfolio is judged whole
        told.extend(tell_applicants(journey, Kind.FEEDBACK_GIVEN, f"/journeys/{journey.ref}/{page}/"))
    return position


@transaction.atomic
def ask_another_sample(
    *, journey: Journey, stage: str, snapshot: Snapshot, why: str, by: User, now: datetime
) -> Position:
    """Ask for another sample of the service's records than a snapshot's. Tells the applicant.

    Of what was sent, more is asked for with the reason. Of what is still to be seen at a visit nothing is judged yet:
    there it is asked for by a note in the thread. `snapshot` is in an item of the journey. Raises Refused when its
    requirement neither waits for an answer nor is to be seen, or another sample has been asked for already.
    """
    slot, today = snapshot.requirement, timezone.localdate(now)
    readiness.ask_another(snapshot=snapshot, journey=journey, by=by, now=now)
    reading = read(journey, today)
    if to_be_seen(reading.edition, reading.position, stage, slot):
        advice = f"Please draw another sample of your records. {why.strip()}".strip()
        write_remark(journey=journey, slot=slot, text=advice, side="assessor", by=by, today=today)
        return reading.position
    return give_feedback(
        journey=journey,
        stage=stage,
        slot=slot,
        outcome=Feedback.Outcome.RETURNED,
        advice=f"Please send another sample of your records. {why.strip()}".strip(),
        by=by,
        today=today,
    )


@transaction.atomic
def write_remark(*, journey: Journey, slot: str, text: str, side: str, by: User, today: date) -> Remark:
    """A note in a requirement's thread; `side` is 'applicant' or 'assessor'. Tells the other side."""
    row = evidence.remark(journey=journey, slot=slot, text=text, side=side, by=by, today=today)
    if side == "assessor":
        tell_applicants(journey, Kind.REMARK_MADE, f"/journeys/{journey.ref}/requirements/{slot}/")
    else:
        tell_assessors(journey, Kind.REMARK_MADE)
    return row


@transaction.atomic
def report_breach(
    *, journey: Journey, slot: str, item: Item, what: str, by: User | None, today: date, role: Role = Role.ASSESSOR
) -> Breach:
    """A name was left in: the document is destroyed, its requirements fail, a new one is asked for; on a journey that
    has ended the document alone is destroyed, and the body decides about the award. Tells both sides, and the assessor
    where another reports it, or nobody does (`by` None): then it was found when it was looked through again.

    The same document on the applicant's other journeys is destroyed with it. Where anybody there has had it to read,
    what it was sent for fails there too, and that journey's assessor and body are told as well.
    """
    item.journey = journey
    elsewhere = copies_elsewhere(item)
    breach = evidence.report_breach(journey=journey, slot=slot, item=item, what=what, by=by, role=role, today=today)
    readiness.empty_destroyed(journey=journey)
    told = tell_applicants(journey, Kind.BREACH_REPORTED)
    if role not in {Role.ASSESSOR, Role.PANEL, Role.CHAIR}:
        told += tell_assessors(journey, Kind.BREACH_REPORTED, but=told)
    tell_officers(journey, Kind.BREACH_REPORTED, but=told)
    for other, copies in elsewhere.items():
        struck = evidence.strike_copies(breach=breach, journey=other, copies=copies, by=by, today=today)
        readiness.empty_destroyed(journey=other)
        told = tell_applicants(other, Kind.BREACH_REPORTED)
        if struck is not None:
            told += tell_assessors(other, Kind.BREACH_REPORTED, but=told)
            tell_officers(other, Kind.BREACH_REPORTED, but=told)
    return breach


@transaction.atomic
def arrange(
    *,
    journey: Journey,
    stage: str,
    starts_at: datetime,
    by: User,
    role: Role,
    today: date,
    item: str = "",
    mode: str = "",
    place: str = "",
) -> Arrangement:
    """Set or move the time of a meeting, a visit or an interview. Tells the applicant."""
    with panel_hears(journey, today) as told:
        row = assessment.arrange(
            journey=journey,
            stage=stage,
            starts_at=starts_at,
            by=by,
            role=role,
            today=today,
            item=item,
            mode=mode,
            place=place,
        )
        told.extend(tell_applicants(journey, Kind.MEETING_ARRANGED))
    return row


@transaction.atomic
def hold(*, journey: Journey, stage: str, by: User, today: date, mode: str = "") -> Position:
    """A meeting or a visit has taken place. Tells the panel when it is its turn now."""
    with panel_hears(journey, today):
        return assessment.hold(journey=journey, stage=stage, by=by, today=today, mode=mode)


@transaction.atomic
def hold_interview(*, journey: Journey, today: date, **said: Any) -> Interview:
    """An interview that was held: see `assessment.actions.hold_interview`. Tells the panel when it is its turn now."""
    with panel_hears(journey, today):
        return assessment.hold_interview(journey=journey, today=today, **said)


@transaction.atomic
def record_findings(
    *,
    journey: Journey,
    stage: str,
    found: Mapping[str, tuple[Finding.Outcome, Finding.Seen, str]],
    by: User,
    today: date,
) -> None:
    """Several findings at once, all of them or none: slot -> (outcome, what was seen, note). Tells the applicant once.

    Raises Refused, naming the requirement, for the first that cannot be recorded.
    """
    edition = edition_of(journey.edition)
    with panel_hears(journey, today) as told:
        for slot, (outcome, seen, note) in found.items():
            try:
                assessment.find(
                    journey=journey, stage=stage, slot=slot, outcome=outcome, seen=seen, note=note, by=by, today=today
                )
            except Refused as refused:
                requirement = edition.requirement(slot)
                raise Refused(f"{requirement.number} {requirement.title}: {refused}") from None
        more = [slot for slot, (outcome, _, _) in found.items() if outcome == Finding.Outcome.MORE]
        if more:  # one is told of with its page, several with the journey's
            page = f"/journeys/{journey.ref}/requirements/{more[0]}/" if len(more) == 1 else ""
            told.extend(tell_applicants(journey, Kind.FEEDBACK_GIVEN, page))


@transaction.atomic
def agree_alternative(*, journey: Journey, stage: str, kind: str, words: str, by: User, today: date) -> Interview:
    """Nobody can be interviewed: what takes its place. Tells the applicant."""
    with panel_hears(journey, today) as told:
        row = assessment.agree_alternative(journey=journey, stage=stage, kind=kind, words=words, by=by, today=today)
        told.extend(tell_applicants(journey, Kind.FEEDBACK_GIVEN))
    return row


@transaction.atomic
def decide_award(
    *, journey: Journey, stage: str, outcome: Answer, reason: str, by: User, today: date
) -> tuple[Decision, Award | None]:
    """The body's decision; a yes grants the award in the same transaction. Tells the applicant, and the assessor of
    a 'more'.
    """
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, DecisionStage) or model.decides != "award":
        raise Refused("This is not where the award is decided.")
    return deciding.decide(
        journey=journey, stage=stage, outcome=outcome, reason=reason, by=by, role=Role.OFFICER, today=today
    )


@transaction.atomic
def change_standing(*, award: Award, kind: EntryKind, reason: str, by: User, today: date) -> Award:
    """Suspend, reinstate or withdraw an award, and its credential. Tells the holder."""
    changed = awards.change_standing(award=award, kind=kind, reason=reason, by=by, today=today)
    signing.begin()
    tell_applicants(award.journey, Kind.STANDING_CHANGED)
    return changed
