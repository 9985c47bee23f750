"""Faults about mentees and how they came."""

from kithwork.caseload.models import Consent, Contact, Referral, RiskAssessment
from kithwork.procedures.plausible.book import Fault, MenteeLife
from kithwork.procedures.plausible.faults.hand import Breaker, Hand


def referrer_not_told(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: bool(one.referral.outcome))
    if life is None:
        return None
    life.referral.told_on = None
    return Fault("39", "referrer-not-told", life.referral.ref)


def eligibility_not_checked(hand: Hand) -> Fault | None:
    if not hand.book.practice.eligibility:
        return None
    life = hand.mentee(_accepted)
    if life is None:
        return None
    life.referral.eligible = {}
    return Fault("40", "eligibility-not-checked", life.referral.ref)


def risk_not_assessed(hand: Hand) -> Fault | None:
    life = hand.mentee(_accepted)
    if life is None:
        return None
    life.risks = [one for one in life.risks if one.kind != RiskAssessment.Kind.PERSON]
    return Fault("40", "risk-not-assessed", life.referral.ref)


def consent_not_asked(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: _accepted(one) and one.here)
    if life is None:
        return None
    life.consents = [one for one in life.consents if one.kind != Consent.Kind.THIRD_PARTIES]
    return Fault("41", "consent-not-asked", life.row.ref)


def mentee_not_heard(hand: Hand) -> Fault | None:
    """No contact for more than a quarter; not with somebody whose match is so new that other contact is owed too."""
    edge = hand.months_before(3, 4)

    def fits(one: MenteeLife) -> bool:
        accepted = one.row.accepted_on
        quiet = all(m.row.introduced_on is None or m.row.introduced_on < hand.before(200) for m in one.matches)
        return one.here and quiet and accepted is not None and accepted < edge

    life = hand.mentee(fits)
    if life is None:
        return None
    life.heard = [one for one in life.heard if one.kind != Contact.Kind.MENTEE or one.on < edge]
    return Fault("42", "mentee-not-heard", life.row.ref)


def mentee_without_profile(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: one.here and any(match.runs for match in one.matches))
    if life is None:
        return None
    life.row.profile = ""
    return Fault("55", "mentee-without-profile", life.row.ref)


def _accepted(life: MenteeLife) -> bool:
    return life.referral.outcome == Referral.Outcome.ACCEPTED


BREAKERS: tuple[Breaker, ...] = (
    referrer_not_told,
    eligibility_not_checked,
    risk_not_assessed,
    consent_not_asked,
    mentee_not_heard,
    mentee_without_profile,
)
