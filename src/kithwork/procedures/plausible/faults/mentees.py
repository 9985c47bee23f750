"""Faults about mentees and how they came."""

from datetime import date

from kithwork.caseload.models import Consent, Contact, Measurement, Referral, RiskAssessment
from kithwork.procedures.plausible.book import Fault, MatchLife, MenteeLife
from kithwork.procedures.plausible.faults.hand import Breaker, Hand


def referrer_not_told(hand: Hand) -> Fault | None:
    """Decided within the last year, and more than a week ago."""
    life = hand.mentee(lambda one: bool(one.referral.outcome) and _lately(hand, one, hand.before(8)))
    if life is None:
        return None
    life.referral.told_on = None
    return Fault("39", "referrer-not-told", life.referral.ref)


def waits_without_day(hand: Hand) -> Fault | None:
    """Somebody on the waiting list, and nobody wrote down since when."""

    def over(one: MatchLife) -> bool:
        ended = one.row.ended_on
        return one.row.introduced_on is None or (ended is not None and ended < hand.at)

    life = hand.mentee(lambda one: one.here and all(over(match) for match in one.matches))
    if life is None:
        return None
    life.row.waiting_since = None
    return Fault("39", "waits-without-day", life.row.ref)


def equalities_not_asked(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: one.here and one.row.came_on < hand.months_before(1, 3))
    if life is None:
        return None
    life.row.equalities_asked_on = None
    return Fault("36", "equalities-not-asked", life.row.ref)


def change_not_measured(hand: Hand) -> Fault | None:
    """Somebody who has met their mentor for more than six months was measured at the start, and never again."""
    edge = hand.months_before(6, 10)
    life = hand.match(lambda one: one.runs and len(one.mentee.matches) == 1 and _before(one.row.introduced_on, edge))
    if life is None:
        return None
    row = life.mentee.row
    figures = hand.rows(Measurement, lambda one: one.mentee is row and one.on != life.row.introduced_on)
    if not figures:
        return None
    hand.remove(figures)
    return Fault("37", "change-not-measured", life.row.ref)


def form_incomplete(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: _accepted(one) and _lately(hand, one, hand.at))
    if life is None:
        return None
    life.referral.why = ""
    return Fault("40", "form-incomplete", life.referral.ref)


def eligibility_not_checked(hand: Hand) -> Fault | None:
    if not hand.book.practice.eligibility:
        return None
    life = hand.mentee(lambda one: _accepted(one) and _lately(hand, one, hand.at))
    if life is None:
        return None
    life.referral.eligible = {}
    return Fault("40", "eligibility-not-checked", life.referral.ref)


def risk_not_assessed(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: _accepted(one) and _lately(hand, one, hand.at))
    if life is None:
        return None
    life.risks = [one for one in life.risks if one.kind != RiskAssessment.Kind.PERSON]
    return Fault("40", "risk-not-assessed", life.referral.ref)


def consent_not_asked(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: one.here and _lately(hand, one, hand.before(1), date.min))
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


def referrer_not_heard(hand: Hand) -> Fault | None:
    """Whoever referred a mentee was told nothing for more than a quarter, of reviews neither."""
    edge = hand.months_before(3, 4)

    def fits(one: MenteeLife) -> bool:
        untold = one.row.referrer_involved and all(match.ending is None for match in one.matches)
        return one.here and untold and _before(one.row.accepted_on, edge)

    life = hand.mentee(fits)
    if life is None:
        return None
    life.heard = [one for one in life.heard if one.kind != Contact.Kind.REFERRER or one.on < edge]
    for match in life.matches:
        for review in match.reviews:
            if review.on >= edge:
                review.referrer_shared_on = None
    return Fault("42", "referrer-not-heard", life.row.ref)


def mentee_without_profile(hand: Hand) -> Fault | None:
    life = hand.mentee(lambda one: one.here and any(match.runs for match in one.matches))
    if life is None:
        return None
    life.row.profile = ""
    return Fault("55", "mentee-without-profile", life.row.ref)


def _before(day: date | None, edge: date) -> bool:
    return day is not None and day < edge


def _lately(hand: Hand, life: MenteeLife, last: date, first: date | None = None) -> bool:
    """Whether the referral was decided within the last year, or since `first`; by `last`."""
    decided = life.referral.decided_on
    return decided is not None and (first or hand.months_before(12, -1)) <= decided <= last


def _accepted(life: MenteeLife) -> bool:
    return life.referral.outcome == Referral.Outcome.ACCEPTED


BREAKERS: tuple[Breaker, ...] = (
    referrer_not_told,
    eligibility_not_checked,
    risk_not_assessed,
    consent_not_asked,
    mentee_not_heard,
    mentee_without_profile,
    referrer_not_heard,
    equalities_not_asked,
    change_not_measured,
    form_incomplete,
    waits_without_day,
)
