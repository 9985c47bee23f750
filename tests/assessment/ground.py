"""What these tests share."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kithwork.assessment.models import Arrangement, Decision, Finding, Interview, Recommendation
from kithwork.awards.models import Award
from kithwork.core.schemes import Role
from kithwork.evidence.models import Feedback
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import assessing
from kithwork.procedures.sample import Walk

Walking = Callable[..., Walk]


def counts() -> tuple[int, ...]:
    models = (Arrangement, Finding, Interview, Recommendation, Decision, Award, Feedback, EntryRow, Record)
    return tuple(model._default_manager.count() for model in models)


def stage_at(way: Walk, stage: str) -> Any:
    return read(way.journey, way.today).position.stages[stage]


def arrange(way: Walk, days: int, stage: str = "first-meeting", **more: Any) -> Arrangement:
    starts = timezone.make_aware(datetime.combine(way.today + timedelta(days=days), time(10)))
    asked = {"by": way.cast.dot, "role": Role.ASSESSOR, "today": way.today, **more}
    return assessing.arrange(journey=way.journey, stage=stage, starts_at=starts, **asked)
