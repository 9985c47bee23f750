"""Evidence to and fro, visits, interviews, the recommendation, the decision and what is granted."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Arrangement, Decision, Finding, Interview, Recommendation
from kithwork.awards import actions as awards
from kithwork.awards.models import Award
from kithwork.core.journey import Answer, EntryKind, Position
from kithwork.core.schemes import DecisionStage, Role
from kithwork.core.verdict import Refused
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Breach, Feedback, Item, Remark
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.notices.words import Kind
from kithwork.procedures.people import tell_applicants, tell_assessors, tell_officers


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
    """Confirm, or ask for more with advice. Tells the applicant."""
    position = evidence.give_feedback(
        journey=journey, stage=stage, slot=slot, outcome=outcome, advice=advice, by=by, today=today
    )
    tell_applicants(journey, Kind.FEEDBACK_GIVEN, f"/journeys/{journey.ref}/requirements/{slot}/")
    return position


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
    *, journey: Journey, slot: str, item: Item, what: str, by: User, today: date, role: Role = Role.ASSESSOR
) -> Breach:
    """A name was left in: the document is destroyed, its requirements fail, a new one is asked for. Tells both
    sides.
    """
    breach = evidence.report_breach(journey=journey, slot=slot, item=item, what=what, by=by, role=role, today=today)
    tell_applicants(journey, Kind.BREACH_REPORTED)
    tell_officers(journey, Kind.BREACH_REPORTED)
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
    tell_applicants(journey, Kind.MEETING_ARRANGED)
    return row


@transaction.atomic
def hold(*, journey: Journey, stage: str, by: User, today: date, mode: str = "") -> Position:
    """A meeting or visit has taken place."""
    return assessment.hold(journey=journey, stage=stage, by=by, today=today, mode=mode)


@transaction.atomic
def record_finding(
    *,
    journey: Journey,
    stage: str,
    slot: str,
    outcome: Finding.Outcome,
    seen: Finding.Seen,
    note: str,
    by: User,
    today: date,
) -> Position:
    """A finding at the visit; more asked for starts the supplementary time. Tells the applicant then."""
    position = assessment.find(
        journey=journey, stage=stage, slot=slot, outcome=outcome, seen=seen, note=note, by=by, today=today
    )
    if outcome == Finding.Outcome.MORE:
        tell_applicants(journey, Kind.FEEDBACK_GIVEN, f"/journeys/{journey.ref}/requirements/{slot}/")
    return position


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
    for slot, (outcome, seen, note) in found.items():
        try:
            assessment.find(
                journey=journey, stage=stage, slot=slot, outcome=outcome, seen=seen, note=note, by=by, today=today
            )
        except Refused as refused:
            requirement = edition.requirement(slot)
            raise Refused(f"{requirement.number} {requirement.title}: {refused}") from None
    if any(outcome == Finding.Outcome.MORE for outcome, _, _ in found.values()):
        tell_applicants(journey, Kind.FEEDBACK_GIVEN)


@transaction.atomic
def record_interview(
    *,
    journey: Journey,
    stage: str,
    kind: str,
    form: str,
    mode: str,
    people: int,
    minutes: int,
    supported: bool,
    eligible: bool,
    notes: Mapping[str, str],
    by: User,
    today: date,
) -> Interview:
    """An interview that was held; `form` is 'individual' or 'group', `minutes` its length."""
    return assessment.hold_interview(
        journey=journey,
        stage=stage,
        kind=kind,
        form=form,
        mode=mode,
        people=people,
        minutes=minutes,
        supported=supported,
        eligible=eligible,
        notes=notes,
        by=by,
        today=today,
    )


@transaction.atomic
def agree_alternative(*, journey: Journey, stage: str, kind: str, words: str, by: User, today: date) -> Interview:
    """Nobody can be interviewed: what takes its place. Tells the applicant."""
    row = assessment.agree_alternative(journey=journey, stage=stage, kind=kind, words=words, by=by, today=today)
    tell_applicants(journey, Kind.FEEDBACK_GIVEN)
    return row


@transaction.atomic
def recommend(
    *,
    journey: Journey,
    stage: str,
    outcome: Answer,
    summary: str,
    strengths: str,
    next_time: str,
    by: User,
    today: date,
    role: Role = Role.ASSESSOR,
) -> Recommendation:
    """The assessor's recommendation. Tells the officers."""
    row = assessment.recommend(
        journey=journey,
        stage=stage,
        outcome=outcome,
        summary=summary,
        strengths=strengths,
        next_time=next_time,
        by=by,
        role=role,
        today=today,
    )
    tell_officers(journey, Kind.RECOMMENDED)
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
    decision, _ = assessment.decide(
        journey=journey, stage=stage, outcome=outcome, reason=reason, by=by, role=Role.OFFICER, today=today
    )
    award = awards.grant(journey=journey, by=by, today=today) if outcome is Answer.YES else None
    tell_applicants(journey, Kind.AWARDED if award else Kind.DECIDED)
    if outcome is Answer.MORE:
        tell_assessors(journey, Kind.DECIDED)
    return decision, award


@transaction.atomic
def change_standing(*, award: Award, kind: EntryKind, reason: str, by: User, today: date) -> Award:
    """Suspend, reinstate or withdraw an award. Tells the holder."""
    changed = awards.change_standing(award=award, kind=kind, reason=reason, by=by, today=today)
    tell_applicants(award.journey, Kind.STANDING_CHANGED)
    return changed
