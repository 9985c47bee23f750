"""What is recommended, and what is decided."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import log, stage_of
from kithwork.assessment.models import Decision, Recommendation
from kithwork.assessment.queries import lacks_record
from kithwork.core.journey import ActKind, Answer, Entry, EntryKind, Position
from kithwork.core.schemes import DecisionStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.acts import Act


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
    role: Role,
    today: date,
    asked_again: Collection[str] = (),
) -> Recommendation:
    """What the assessor, or a panel member, recommends to the body; `asked_again` are requirements that a renewal
    should look at, whatever its edition marks.

    Raises Refused without a summary, or when the same person has recommended already in this round.
    """
    if not summary.strip():
        raise Refused("Sum up what the recommendation rests on.")
    if not {*asked_again} <= {one.id for one in edition_of(journey.edition).requirements}:
        raise Refused("This scheme has no such requirement.")
    decided = Decision.objects.filter(journey=journey, stage=stage).last()
    earlier = Recommendation.objects.filter(journey=journey, stage=stage, by=by)
    if (earlier.filter(at__gt=decided.at) if decided else earlier).exists() and role is Role.PANEL:
        raise Refused("You have recommended already; another member of the panel does.")
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.RECOMMENDED, role, stage=stage, outcome=outcome)],
        by=by,
        today=today,
    )
    log(Act.ASSESSMENT_RECOMMENDED, journey, by, stage=stage, outcome=outcome.value)
    return Recommendation.objects.create(
        journey=journey,
        stage=stage,
        level=position.level,
        outcome=outcome.value,
        summary=summary.strip(),
        strengths=strengths.strip(),
        next_time=next_time.strip(),
        asked_again=sorted(asked_again),
        on=today,
        by=by,
    )


@transaction.atomic
def decide(
    *, journey: Journey, stage: str, outcome: Answer, reason: str, by: User, role: Role, today: date
) -> tuple[Decision, Position]:
    """What the body decides, or one of several who decide together. Anything but yes needs a reason.

    Raises Refused when the same person has had their say in this round already, and for a panel's yes or no without
    the record that its scheme asks for.
    """
    if outcome is not Answer.YES and not reason.strip():
        raise Refused("Give the reason; the applicant will read it.")
    if outcome is not Answer.MORE and lacks_record(journey, stage_of(journey, stage)):
        raise Refused("Fill in the panel's record first: it is kept with what you decide.")
    if by.pk in _voices(journey, stage, today):
        raise Refused("You have decided already; the others decide next.")
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.DECIDED, role, stage=stage, outcome=outcome)],
        by=by,
        today=today,
    )
    log(Act.ASSESSMENT_DECIDED, journey, by, stage=stage, outcome=outcome.value)
    decision = Decision.objects.create(
        journey=journey, stage=stage, outcome=outcome.value, reason=reason.strip(), on=today, by=by
    )
    return decision, position


def _voices(journey: Journey, stage: str, today: date) -> set[int]:
    """Who has decided since the last decision that counted, where several decide together."""
    model = stage_of(journey, stage)
    deciders = model.deciders if isinstance(model, DecisionStage) else 1
    if deciders == 1:
        return set()
    acts = read(journey, today).position.acts
    left = next((act.count for act in acts if act.stage == stage and act.what is ActKind.DECIDE), deciders)
    newest = Decision.objects.filter(journey=journey, stage=stage).order_by("-at", "-id")[: deciders - left]
    return {decision.by_id for decision in newest}
