"""Policies, registers and the library, one at a time."""

from datetime import date, timedelta

from kithwork.core.readiness.catalogue import service as kinds
from kithwork.core.readiness.catalogue.service.papers import Topic
from kithwork.core.readiness.catalogue.service.registers import Cover
from kithwork.governance.models import Evaluation, Insurance, Policy, PolicyVersion, Resource
from tests.readiness.reference.plain import Answers, Row, World, entered, last_of, latest

SUBJECTS = {
    Topic.EQUALITY: "equality",
    Topic.OFFENDERS: "offenders",
    Topic.DIGNITY: "dignity",
    Topic.DISCIPLINARY: "disciplinary",
    Topic.GRIEVANCE: "grievance",
    Topic.COMPLAINTS: "complaints",
    Topic.CONFIDENTIALITY: "confidentiality",
    Topic.DATA_PROTECTION: "data-protection",
    Topic.INFORMATION: "information",
    Topic.HEALTH_SAFETY: "health-safety",
    Topic.SAFEGUARDING: "safeguarding",
    Topic.SUBSTANCES: "substances",
    Topic.MONEY: "money",
    Topic.REFERRALS: "referrals",
    Topic.SUPERVISION: "supervision",
    Topic.LONE_WORKING: "lone-working",
    Topic.REVIEWS: "reviews",
    Topic.MATCHING: "matching",
    Topic.CAPACITY: "capacity",
    Topic.ASSESSMENT: "assessment",
    Topic.DRIVING: "driving",
    Topic.PHOTOGRAPHY: "photography",
    Topic.PROTOCOL: "protocol",
    Topic.CODE: "code",
}
DAY = timedelta(days=1)


def _approved(world: World, policy: Policy) -> list[PolicyVersion]:
    return [one for one in world.versions if one.policy_id == policy.pk and one.approved_on <= world.at]


def _in_force(world: World, subject: str) -> list[Policy]:
    """Not ended before the day, and by the day entered, or approved."""
    return [
        one
        for one in world.policies
        if one.subject == subject
        and (one.ended_on is None or one.ended_on >= world.at)
        and (entered(one) <= world.at or _approved(world, one))
    ]


def policies_reviewed(world: World, asked: kinds.PoliciesReviewed) -> list[Row]:
    policies = _in_force(world, SUBJECTS[asked.topic])
    if asked.topic is Topic.INFORMATION and not policies:
        policies = _in_force(world, "privacy")
    rows = []
    for policy in policies:
        last = latest(one.approved_on for one in _approved(world, policy))
        holds = last is not None and (policy.covers_volunteers or not asked.covers)
        until = asked.within.after(last) if last is not None and asked.within is not None else None
        rows.append(Row(policy.ref, holds, until))
    return rows


def resources_shared(world: World, asked: kinds.ResourcesShared) -> list[Row]:
    rows = []
    for one in world.resources:
        if not one.for_mentors or entered(one) > world.at or (one.ended_on is not None and one.ended_on < world.at):
            continue
        opened = any(version.resource_id == one.pk and version.on <= world.at for version in world.resource_versions)
        rows.append(Row(one.ref, one.kind == Resource.Kind.THING or opened))
    return rows


def insurance_current(world: World, asked: kinds.InsuranceCurrent) -> list[Row]:
    if not any(one.begins <= world.at for one in world.insurance):
        return []
    return [_cover(world, [one for one in world.insurance if _gives(one, cover)]) for cover in asked.covers]


def _gives(one: Insurance, cover: Cover) -> bool:
    if cover is Cover.VOLUNTEERS:
        return one.volunteers
    return one.cover in ("both", "employer" if cover is Cover.EMPLOYER else "public")


def _cover(world: World, held: list[Insurance]) -> Row:
    """From the day on, as long as one of them holds on the next day too."""
    day = world.at
    last: Insurance | None = None
    while on := [one for one in held if one.begins <= day <= one.ends]:
        last = max(on, key=lambda one: (one.ends, -one.pk))
        day = last.ends + DAY
    if last is not None:
        return Row(last.ref, True, last.ends)
    over = max((one for one in held if one.ends < world.at), key=lambda one: (one.ends, -one.pk), default=None)
    return Row(over.ref if over else "", False)


def service_risks_assessed(world: World, asked: kinds.ServiceRisksAssessed) -> list[Row]:
    rows = []
    for one in world.dangers:
        if entered(one) > world.at or world.known(one.closed_on):
            continue
        if world.known(one.done_on):
            rows.append(Row(one.ref))
            continue
        holds = ("owner" not in asked.actions or one.owner != "") and (
            "due-date" not in asked.actions or one.due_on is not None
        )
        rows.append(Row(one.ref, holds, one.due_on if "due-date" in asked.actions else None))
    return rows


def targets_set(world: World, asked: kinds.TargetsSet) -> list[Row]:
    year = world.at.year
    following = any(one.year == year + 1 for one in world.targets)
    until = date(year + 1 if following else year, 12, 31)
    return [Row(one.ref, True, until) for one in world.targets if one.year == year]


def reports_published(world: World, asked: kinds.ReportsPublished) -> list[Row]:
    last = latest(one.published_on for one in world.targets if world.known(one.published_on))
    return [] if last is None else [Row(world.service.ref, True, asked.every.after(last))]


def evaluations_completed(world: World, asked: kinds.EvaluationsCompleted) -> list[Row]:
    held = [one for one in world.evaluations if one.on <= world.at]
    if not held:
        return []

    def complete(one: Evaluation) -> bool:
        everybody = all(group.value in one.groups for group in asked.stakeholders)
        return everybody and one.figures and one.words and one.baseline

    good = last_of([one for one in held if complete(one)], lambda one: one.on)
    if good is not None and asked.every.after(good.on) >= world.at:
        return [Row(good.ref, True, asked.every.after(good.on))]
    return [Row(last_of(held, lambda one: one.on).ref, False)]


def changes_notified(world: World, asked: kinds.ChangesNotifiedMentees | kinds.ChangesNotifiedMentors) -> list[Row]:
    rows = []
    for one in world.changes:
        if not one.affects_people or not world.in_year(one.changed_on):
            continue
        told = world.known(one.mentees_told_on if asked.of == "mentees" else one.mentors_told_on)
        if told or one.changed_on != world.at:
            rows.append(Row(one.ref, told))
    return rows


def policies_notified(world: World, asked: kinds.PoliciesNotifiedMentees | kinds.PoliciesNotifiedMentors) -> list[Row]:
    rows = []
    for policy in world.policies:
        if policy.ended_on is not None and policy.ended_on < world.at:
            continue
        changed = [one for one in _approved(world, policy) if one.changed]
        last = max(changed, key=lambda one: (one.approved_on, one.number), default=None)
        if last is None or not last.affects_people or not world.in_year(last.approved_on):
            continue
        told = any(
            one.version_id == last.pk and one.group == asked.of and one.on <= world.at for one in world.acknowledgements
        )
        if told or last.approved_on != world.at:
            rows.append(Row(policy.ref, told))
    return rows


ANSWERS: Answers = {
    kinds.PoliciesReviewed: policies_reviewed,
    kinds.ResourcesShared: resources_shared,
    kinds.InsuranceCurrent: insurance_current,
    kinds.ServiceRisksAssessed: service_risks_assessed,
    kinds.TargetsSet: targets_set,
    kinds.ReportsPublished: reports_published,
    kinds.EvaluationsCompleted: evaluations_completed,
    kinds.ChangesNotifiedMentees: changes_notified,
    kinds.ChangesNotifiedMentors: changes_notified,
    kinds.PoliciesNotifiedMentees: policies_notified,
    kinds.PoliciesNotifiedMentors: policies_notified,
}
