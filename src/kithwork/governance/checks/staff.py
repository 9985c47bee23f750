"""Checks of staff files."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from kithwork.checks import Rule, Told
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue.staff import (
    AppraisalsHeld,
    StaffBadgesIssued,
    StaffReferencesTaken,
    StaffSupervisionHeld,
    StaffTopic,
    StaffTrainingCompleted,
    StaffTrainingRecorded,
    StaffVettingCleared,
    TrainingNeedsAssessed,
)
from kithwork.governance.checks.ground import Ground
from kithwork.governance.models import StaffTraining

T = StaffTraining.Topic
TOPIC: Mapping[StaffTopic, StaffTraining.Topic] = {
    StaffTopic.PROTECTION: T.PROTECTION,
    StaffTopic.RISK: T.RISK,
    StaffTopic.VOLUNTEERS: T.VOLUNTEERS,
    StaffTopic.TRAINERS: T.TRAINERS,
    StaffTopic.CHALLENGES: T.CHALLENGES,
}


def references_taken(ground: Ground, asked: StaffReferencesTaken) -> Rule:
    """Indicator 27. Suitable references alone, received by the day."""
    among = (ground.staff_here, ground.staff_settled, ground.staff_one_to_one)
    return Rule(ground.staff, among, holds=Q(referenced__gte=asked.count))


def vetting_cleared(ground: Ground, asked: StaffVettingCleared) -> Rule:
    """Indicator 27. The latest check alone, so that one which is not clear is not made up for by an older one."""
    among = (ground.staff_here, ground.staff_settled, ground.staff_one_to_one)
    return Rule(ground.staff, among, holds=Q(cleared=True), day=F("vetted_until"), endless=True)


def training_completed(ground: Ground, asked: StaffTrainingCompleted) -> Rule:
    """Indicator 28. Each of the subjects at any time before."""
    holds = Q()
    for topic in asked.topics:
        holds &= Q(Exists(_trained(ground).filter(topic=TOPIC[topic])))
    return Rule(ground.staff, (ground.staff_here, ground.staff_settled), holds=holds)


def training_recorded(ground: Ground, asked: StaffTrainingRecorded) -> Rule:
    """Indicator 30."""
    return Rule(ground.staff, (ground.staff_here, ground.staff_settled), holds=Q(Exists(_trained(ground))))


def _trained(ground: Ground) -> Any:
    return StaffTraining.objects.filter(staff=OuterRef("pk"), on__lte=ground.at)


def supervision_held(ground: Ground, asked: StaffSupervisionHeld) -> Rule:
    """Indicator 29. A session without minutes does not count where minutes are asked."""
    day = ground.staff_supervised_with_minutes if asked.minuted else ground.staff_supervised
    return Rule(ground.staff, (ground.staff_here,), day=day, lasts=asked.every)


def appraisals_held(ground: Ground, asked: AppraisalsHeld) -> Rule:
    """Indicator 30. One that did not go by the job description is not what the indicator asks."""
    return Rule(ground.staff, (ground.staff_here,), day=ground.staff_appraised, lasts=asked.every)


def training_needs_assessed(ground: Ground, asked: TrainingNeedsAssessed) -> Rule:
    """Indicator 30."""
    return Rule(ground.staff, (ground.staff_here,), day=ground.staff_needs_assessed, lasts=asked.every)


def id_badges_issued(ground: Ground, asked: StaffBadgesIssued) -> Rule:
    """Indicator 32."""
    return Rule(ground.staff, (ground.staff_here, ground.staff_settled), holds=Q(badge_on__lte=ground.at))


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    StaffReferencesTaken: references_taken,
    StaffVettingCleared: vetting_cleared,
    StaffTrainingCompleted: training_completed,
    StaffTrainingRecorded: training_recorded,
    StaffSupervisionHeld: supervision_held,
    AppraisalsHeld: appraisals_held,
    TrainingNeedsAssessed: training_needs_assessed,
    StaffBadgesIssued: id_badges_issued,
}
