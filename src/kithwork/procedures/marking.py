"""Standardisation: several markers mark the same script, compare, and agree."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import AgreedMark, Mark
from kithwork.assessment.queries import script_of
from kithwork.journeys.models import Journey
from kithwork.notices.words import Kind
from kithwork.procedures.people import panel_hears, tell_applicants, tell_assessors


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
    """One marker's own view. Tells the markers when it was the last one awaited; the applicant hears of none."""
    row = assessment.mark(
        journey=journey, stage=stage, slot=slot, outcome=outcome, points=points, feedback=feedback, by=by, today=today
    )
    script = script_of(journey, assessment.stage_of(journey, stage), slot, today)
    if script is not None and not script.missing:
        tell_assessors(journey, Kind.SCRIPT_MARKED, but=[by])
    return row


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
) -> AgreedMark:
    """The mark that all markers came to. Tells the applicant."""
    with panel_hears(journey, today) as told:
        row, _ = assessment.agree_mark(
            journey=journey,
            stage=stage,
            slot=slot,
            outcome=outcome,
            reason=reason,
            feedback=feedback,
            by=by,
            today=today,
        )
        told.extend(tell_applicants(journey, Kind.FEEDBACK_GIVEN, f"/journeys/{journey.ref}/pieces/{slot}/"))
    return row
