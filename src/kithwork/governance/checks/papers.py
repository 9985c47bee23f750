"""Checks of policies and of the library."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from kithwork.checks import Rule, Told
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue.service import (
    PoliciesNotifiedMentees,
    PoliciesNotifiedMentors,
    PoliciesReviewed,
    ResourcesShared,
    Topic,
)
from kithwork.governance.checks.ground import Ground
from kithwork.governance.models import Acknowledgement, Policy, Resource, ResourceVersion

S = Policy.Subject
SUBJECT: Mapping[Topic, Policy.Subject] = {
    Topic.EQUALITY: S.EQUALITY,
    Topic.OFFENDERS: S.OFFENDERS,
    Topic.DIGNITY: S.DIGNITY,
    Topic.DISCIPLINARY: S.DISCIPLINARY,
    Topic.GRIEVANCE: S.GRIEVANCE,
    Topic.COMPLAINTS: S.COMPLAINTS,
    Topic.CONFIDENTIALITY: S.CONFIDENTIALITY,
    Topic.DATA_PROTECTION: S.DATA_PROTECTION,
    Topic.INFORMATION: S.INFORMATION,
    Topic.HEALTH_SAFETY: S.HEALTH_SAFETY,
    Topic.SAFEGUARDING: S.SAFEGUARDING,
    Topic.SUBSTANCES: S.SUBSTANCES,
    Topic.MONEY: S.MONEY,
    Topic.REFERRALS: S.REFERRALS,
    Topic.SUPERVISION: S.SUPERVISION,
    Topic.LONE_WORKING: S.LONE_WORKING,
    Topic.REVIEWS: S.REVIEWS,
    Topic.MATCHING: S.MATCHING,
    Topic.CAPACITY: S.CAPACITY,
    Topic.ASSESSMENT: S.ASSESSMENT,
    Topic.DRIVING: S.DRIVING,
    Topic.PHOTOGRAPHY: S.PHOTOGRAPHY,
    Topic.PROTOCOL: S.PROTOCOL,
    Topic.CODE: S.CODE,
}


def policies_reviewed(ground: Ground, asked: PoliciesReviewed) -> Rule:
    """Indicators 8 to 26 and 40, excellence 3, protocols and codes of 002. A policy that was never approved fails; one
    that was approved after the day counts from then. The policy's own shorter rhythm is not what the scheme asks.
    """
    subject = Q(subject=SUBJECT[asked.topic])
    if asked.topic is Topic.INFORMATION:  # 'a policy or privacy statement' (16)
        subject |= Q(subject=S.PRIVACY) & ground.no_paper_on_information
    holds = Q(approved__isnull=False)
    if asked.covers:
        holds &= Q(covers_volunteers=True)
    if asked.within is None:
        return Rule(ground.policies, (subject,), holds=holds)
    return Rule(ground.policies, (subject,), holds=holds, day=F("approved"), lasts=asked.within)


def policies_notified(ground: Ground, asked: PoliciesNotifiedMentees) -> Rule:
    """Indicator 38. As Today's list has it: telling of the latest change makes up for an earlier one."""
    group = {"mentees": Acknowledgement.Group.MENTEES, "mentors": Acknowledgement.Group.MENTORS}[asked.of]
    told = Q(Exists(Acknowledgement.objects.filter(version=OuterRef("pk"), group=group, on__lte=ground.at)))
    return Rule(ground.changed_policies, (Q(approved_on__lt=ground.at) | told,), holds=told)


def resources_shared(ground: Ground, asked: ResourcesShared) -> Rule:
    """The shared library of 002."""
    there = Exists(ResourceVersion.objects.filter(resource=OuterRef("pk"), on__lte=ground.at))
    return Rule(ground.resources, holds=Q(kind=Resource.Kind.THING) | Q(there))


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    PoliciesReviewed: policies_reviewed,
    PoliciesNotifiedMentees: policies_notified,
    PoliciesNotifiedMentors: policies_notified,
    ResourcesShared: resources_shared,
}
