"""Faults about the service itself: papers, insurance, risks, staff, what was changed and not told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model

from kithwork.core.days import add_months
from kithwork.governance.models import (
    Acknowledgement,
    Appraisal,
    Change,
    Evaluation,
    Insurance,
    Policy,
    PolicyVersion,
    Risk,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.governance.policies import INDICATOR
from kithwork.procedures.plausible.book import Fault, moment
from kithwork.procedures.plausible.faults.hand import Breaker, Hand

M = TypeVar("M", bound=Model)


def volunteers_not_insured(hand: Hand) -> Fault | None:
    """The insurance that names volunteers ended ten days ago, and none followed."""
    held = sorted(hand.rows(Insurance, lambda one: one.volunteers), key=lambda one: one.begins)
    edge = hand.before(10)
    kept = [one for one in held if one.begins < edge]
    if not kept or id(kept[-1]) in hand.touched:
        return None
    hand.touched.add(id(kept[-1]))
    hand.remove(one for one in held if one.begins >= edge)
    kept[-1].ends = edge
    return Fault("3", "volunteers-not-insured", kept[-1].ref)


def risk_action_late(hand: Hand) -> Fault | None:
    row = hand.row(Risk, lambda one: one.done_on is None)
    if row is None:
        return None
    row.due_on = hand.before(12)
    return Fault("7", "risk-action-late", row.ref)


def risk_without_owner(hand: Hand) -> Fault | None:
    """What is done owes nobody's name any more."""
    row = hand.row(Risk, lambda one: one.done_on is None)
    if row is None:
        return None
    row.owner = ""
    return Fault("7", "risk-without-owner", row.ref)


def _asked(policy: Policy) -> bool:
    return policy.subject in INDICATOR


def _indicator(policy: Policy) -> str:
    return INDICATOR[policy.subject].replace("excellence ", "e")


def _versions(hand: Hand, policy: Policy) -> list[PolicyVersion]:
    found = hand.rows(PolicyVersion, lambda one: one.policy is policy)
    return sorted(found, key=lambda one: one.number)


def _without(hand: Hand, versions: list[PolicyVersion]) -> None:
    gone = {id(one) for one in versions}
    hand.remove([*hand.rows(Acknowledgement, lambda one: id(one.version) in gone), *versions])


def policy_out_of_date(hand: Hand) -> Fault | None:
    """Guidance on capacity has to be there, and may be old (indicator 26)."""
    policy = hand.row(Policy, lambda one: _asked(one) and one.subject != Policy.Subject.CAPACITY)
    if policy is None:
        return None
    first, *later = _versions(hand, policy)
    _without(hand, later)
    first.approved_on = min(first.approved_on, add_months(hand.before(40), -policy.review_months))
    first.review_due = add_months(first.approved_on, policy.review_months)
    return Fault(_indicator(policy), "policy-out-of-date", policy.ref)


def policy_never_approved(hand: Hand) -> Fault | None:
    policy = hand.row(Policy, _asked)
    if policy is None:
        return None
    _without(hand, _versions(hand, policy))
    return Fault(_indicator(policy), "policy-never-approved", policy.ref)


def lone_working_without_volunteers(hand: Hand) -> Fault | None:
    policy = hand.row(Policy, lambda one: one.subject == Policy.Subject.LONE_WORKING)
    if policy is None:
        return None
    policy.covers_volunteers = False
    return Fault("23", "lone-working-without-volunteers", policy.ref)


def policy_change_not_told(hand: Hand) -> Fault | None:
    policy = hand.row(Policy, _asked)
    if policy is None:
        return None
    on = hand.before(30)
    hand.book.ground.append(
        PolicyVersion(
            ref=hand.book.ref(),
            policy=policy,
            number=_versions(hand, policy)[-1].number + 1,
            approved_on=on,
            approved_by="The board",
            review_due=add_months(on, policy.review_months),
            affects_people=True,
            summary="Who decides in the end.",
            by=hand.book.by,
            at=moment(on),
        )
    )
    return Fault("38", "policy-change-not-told", policy.ref)


def change_not_told(hand: Hand) -> Fault | None:
    edge = hand.months_before(12)
    row = hand.row(Change, lambda one: one.affects_people and one.changed_on is not None and one.changed_on > edge)
    if row is None:
        return None
    row.mentees_told_on = None
    return Fault("38", "change-not-told", row.ref)


def evaluation_without_baseline(hand: Hand) -> Fault | None:
    """None of the last three years was compared with it; the latest is where that shows."""
    recent = hand.rows(Evaluation, lambda one: add_months(one.on, 36) >= hand.at)
    recent.sort(key=lambda one: one.on)
    if not recent or id(recent[-1]) in hand.touched:
        return None
    hand.touched.add(id(recent[-1]))
    for row in recent:
        row.baseline = False
    return Fault("37", "evaluation-without-baseline", recent[-1].ref)


# staff: one person may lack several things, each of them a rule of its own


def _staff(hand: Hand, kind: str) -> Staff | None:
    """Somebody whose file has no fault yet; when there is nobody, nobody."""
    return hand.row(Staff, lambda one: one.began_on < hand.months_before(12, 30) or kind == "always")


def _file(hand: Hand, kind: type[M], staff: Staff, fits: Callable[[Any], bool] = lambda _: True) -> list[M]:
    return hand.rows(kind, lambda one: getattr(one, "staff", None) is staff and fits(one))


def staff_reference_missing(hand: Hand) -> Fault | None:
    staff = _staff(hand, "always")
    if staff is None:
        return None
    hand.remove(_file(hand, StaffReference, staff)[:1])
    return Fault("27", "staff-reference-missing", staff.ref)


def staff_vetting_lapsed(hand: Hand) -> Fault | None:
    until = hand.before(15)
    staff = hand.row(Staff, lambda one: one.began_on < until)
    if staff is None:
        return None
    first, *later = _file(hand, StaffVetting, staff)
    hand.remove(later)
    first.on, first.expires_on = min(first.on, add_months(until, -36) + timedelta(days=1)), until
    return Fault("27", "staff-vetting-lapsed", staff.ref)


def staff_not_trained(hand: Hand) -> Fault | None:
    staff = _staff(hand, "always")
    if staff is None:
        return None
    hand.remove(_file(hand, StaffTraining, staff, lambda one: one.topic == StaffTraining.Topic.RISK))
    return Fault("28", "staff-not-trained", staff.ref)


def staff_supervision_late(hand: Hand) -> Fault | None:
    staff = _staff(hand, "long")
    if staff is None:
        return None
    edge = hand.months_before(3, 4)
    hand.remove(_file(hand, StaffSupervision, staff, lambda one: one.on >= edge))
    return Fault("29", "staff-supervision-late", staff.ref)


def appraisal_late(hand: Hand) -> Fault | None:
    staff = _staff(hand, "long")
    if staff is None:
        return None
    edge = hand.months_before(12, 4)
    hand.remove(_file(hand, Appraisal, staff, lambda one: one.on >= edge))
    return Fault("30", "appraisal-late", staff.ref)


def training_needs_not_assessed(hand: Hand) -> Fault | None:
    """The appraisals of the last year went by the job description, and said nothing of training."""
    staff = _staff(hand, "long")
    if staff is None:
        return None
    edge = hand.months_before(12, 4)
    for row in _file(hand, Appraisal, staff, lambda one: one.on >= edge):
        row.needs, row.needs_assessed = "", False
    return Fault("30", "training-needs-not-assessed", staff.ref)


def staff_without_badge(hand: Hand) -> Fault | None:
    staff = _staff(hand, "always")
    if staff is None:
        return None
    staff.badge_on = None
    return Fault("32", "staff-without-badge", staff.ref)


BREAKERS: tuple[Breaker, ...] = (
    policy_out_of_date,
    staff_supervision_late,
    risk_action_late,
    policy_never_approved,
    volunteers_not_insured,
    change_not_told,
    staff_vetting_lapsed,
    risk_without_owner,
    policy_change_not_told,
    lone_working_without_volunteers,
    evaluation_without_baseline,
    appraisal_late,
    training_needs_not_assessed,
    staff_reference_missing,
    staff_not_trained,
    staff_without_badge,
)
