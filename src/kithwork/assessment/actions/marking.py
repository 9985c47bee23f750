"""A script that several markers mark: each alone at first, and then together."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import log, stage_of
from kithwork.assessment.models import AgreedMark, Mark
from kithwork.assessment.queries import Script, script_of
from kithwork.core.journey import Position
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import give_feedback
from kithwork.evidence.models import Feedback
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act


def _script(journey: Journey, stage: str, slot: str, by: User, today: date) -> Script:
    """The script on the markers' table, under the journey's lock."""
    Journey.objects.select_for_update().get(pk=journey.pk)
    script = script_of(journey, stage_of(journey, stage), slot, today)
    if script is None:
        raise Refused("This is not marked by several.")
    if not script.waits:
        raise Refused("There is nothing to mark now.")
    if by.pk not in script.markers:
        raise Refused("You are not one of its markers.")
    return script


@transaction.atomic
def mark(
    *,
    journey: Journey,
    stage: str,
    slot: str,
    outcome: Mark.Outcome,
    points: Sequence[Mark.Point],
    feedback: str,
    by: User,
    today: date,
) -> Mark:
    """One marker's own view, with what is found for each point of the piece. It counts when all agree on a mark.

    Raises Refused without feedback, and for who has marked this script already.
    """
    script = _script(journey, stage, slot, by, today)
    if not feedback.strip():
        raise Refused("Say what your mark rests on.")
    if len(points) != len(script.piece.points):
        raise Refused("Say for every point whether it is met.")
    if any(one.by_id == by.pk for one in script.marks):
        raise Refused("You have marked this already; compare now with the other markers.")
    log(Act.ASSESSMENT_MARKED, journey, by, slot=slot, round=script.round)
    return Mark.objects.create(
        journey=journey,
        stage=stage,
        slot=slot,
        round=script.round,
        outcome=outcome,
        points=[str(point) for point in points],
        feedback=feedback.strip(),
        on=today,
        by=by,
    )


@transaction.atomic
def agree_mark(
    *,
    journey: Journey,
    stage: str,
    slot: str,
    outcome: Mark.Outcome,
    reason: str,
    feedback: str,
    by: User,
    today: date,
) -> tuple[AgreedMark, Position]:
    """The mark that all markers agreed on when they compared: it is given to the applicant with its feedback.

    Raises Refused without a reason or feedback, and before every marker has marked.
    """
    script = _script(journey, stage, slot, by, today)
    if not reason.strip():
        raise Refused("Say why you agreed on this mark.")
    if not feedback.strip():
        raise Refused("Write the feedback that the applicant reads.")
    if script.missing:
        raise Refused("Not every marker has marked it yet; compare when all have.")
    said = Feedback.Outcome.CONFIRMED if outcome == Mark.Outcome.PASS else Feedback.Outcome.RETURNED
    position = give_feedback(journey=journey, stage=stage, slot=slot, outcome=said, advice=feedback, by=by, today=today)
    row = AgreedMark.objects.create(
        journey=journey,
        stage=stage,
        slot=slot,
        round=script.round,
        outcome=outcome,
        reason=reason.strip(),
        feedback=feedback.strip(),
        on=today,
        by=by,
    )
    row.marks.set([one for one in script.marks if one.by_id in script.markers])
    log(Act.ASSESSMENT_MARK_AGREED, journey, by, slot=slot, round=script.round, outcome=str(outcome))
    return row, position
