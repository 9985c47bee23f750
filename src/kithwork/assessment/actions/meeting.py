"""Times agreed, and what took place at them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import stage_of
from kithwork.assessment.models import Arrangement
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import MeetingStage, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey


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
    """Agree a time, or move it. Raises Refused for a day gone by or a stage that is not open."""
    day = timezone.localtime(starts_at).date()
    if day < today:
        raise Refused("The day lies in the past.")
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.ARRANGED, role, stage=stage, item=item, until=day, detail=mode)],
        by=by,
        today=today,
    )
    return Arrangement.objects.create(
        journey=journey, stage=stage, item=item, starts_at=starts_at, mode=mode, place=place.strip(), made_by=by
    )


@transaction.atomic
def hold(*, journey: Journey, stage: str, by: User, today: date, mode: str = "") -> Position:
    """A meeting or a visit has taken place. Raises Refused for any other stage, or one that cannot be held now."""
    model = stage_of(journey, stage)
    if not isinstance(model, MeetingStage | VisitStage):
        raise Refused("There is nothing to hold here.")
    return record(
        journey=journey,
        entries=[Entry(today, EntryKind.HELD, model.by, stage=stage, detail=mode)],
        by=by,
        today=today,
    )
