"""Faults about matches: how they were made, how they are followed, how they ended."""

from collections.abc import Callable
from datetime import date, timedelta

from kithwork.caseload.models import BoundaryChange, Contact, Questionnaire, RiskAssessment
from kithwork.core.readiness import YEAR
from kithwork.procedures.plausible.book import Fault, MatchLife, Said, moment
from kithwork.procedures.plausible.faults.hand import Breaker, Hand

ACTIVITY = RiskAssessment.Kind.ACTIVITY


def _introduced(life: MatchLife, first: date, last: date) -> bool:
    """Whether it runs since some day between these two."""
    return life.runs and life.row.introduced_on is not None and first <= life.row.introduced_on <= last


def activity_risk_old(hand: Hand) -> Fault | None:
    since = hand.months_before(hand.book.practice.risk_months, 10)
    life = hand.match(lambda one: _introduced(one, date.min, since))
    if life is None:
        return None
    looked = [one for one in life.mentee.risks if one.kind == ACTIVITY and one.on < since]
    life.mentee.risks = [one for one in life.mentee.risks if one.kind != ACTIVITY] + looked
    return Fault("43", "activity-risk-old", life.row.ref)


def activity_risk_missing(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: one.runs and len(one.mentee.matches) == 1)
    if life is None:
        return None
    life.mentee.risks = [one for one in life.mentee.risks if one.kind != ACTIVITY]
    return Fault("43", "activity-risk-missing", life.row.ref)


def plan_missing(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: _introduced(one, date.min, hand.before(1)))
    if life is None:
        return None
    life.plan, life.goals = None, []
    return Fault("44", "plan-missing", life.row.ref)


def review_late(hand: Hand) -> Fault | None:
    edge = hand.months_before(hand.book.practice.review_months, 4)
    life = hand.match(lambda one: _introduced(one, date.min, edge) and not one.mentee.pauses)
    if life is None:
        return None
    life.reviews = [one for one in life.reviews if one.on < edge]
    return Fault("44", "review-late", life.row.ref)


def review_question_missing(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: one.runs and bool(one.reviews) and one.reviews[-1].on < hand.at)
    if life is None:
        return None
    life.reviews[-1].needed = None
    return Fault("44", "review-question-missing", life.reviews[-1].ref)


def reasons_missing(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: one.runs)
    if life is None:
        return None
    life.row.rationale = ""
    return Fault("56", "reasons-missing", life.row.ref)


def reasons_not_told(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: one.runs)
    if life is None:
        return None
    life.row.mentee_told_on = None
    return Fault("56", "reasons-not-told", life.row.ref)


def answered_late(hand: Hand) -> Fault | None:
    """The mentee was asked when the two had been introduced already."""
    life = hand.match(lambda one: _introduced(one, date.min, hand.before(10)))
    if life is None or life.row.introduced_on is None:
        return None
    life.row.mentee_answered_on = life.row.introduced_on + timedelta(days=2)
    return Fault("56", "answered-after-introduction", life.row.ref)


def introducer_missing(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: one.runs)
    if life is None:
        return None
    life.row.introduced_by = ""
    return Fault("57", "introducer-missing", life.row.ref)


def first_week_missed(hand: Hand) -> Fault | None:
    """The mentee was rung the day before the first meeting, and not since."""

    def fits(one: MatchLife) -> bool:
        first, accepted = one.row.first_met_on, one.mentee.row.accepted_on
        if first is None or accepted is None or not one.runs:
            return False
        return hand.before(26) <= first < hand.before(9) and accepted < first - timedelta(days=2)

    life = hand.match(fits)
    if life is None or life.row.first_met_on is None:
        return None
    first = life.row.first_met_on
    kept = [one for one in life.mentee.heard if one.kind != Contact.Kind.MENTEE or one.on < first]
    life.mentee.heard = [*kept, _rung(hand, first - timedelta(days=1))]
    return Fault("58", "first-week-missed", life.row.ref)


def fifth_meeting_missed(hand: Hand) -> Fault | None:
    """One contact in the first week, and no other, though they have met more than five times since."""

    def fits(one: MatchLife) -> bool:
        first, met = one.row.first_met_on, sum(said.reached for said in one.meetings)
        return one.runs and first is not None and hand.before(80) <= first <= hand.before(30) and met > 5

    life = hand.match(fits)
    if life is None or life.row.first_met_on is None:
        return None
    since = [one.on for one in life.mentee.heard if one.kind == Contact.Kind.MENTEE and one.on >= life.row.first_met_on]
    only = min(since)
    life.mentee.heard = [one for one in life.mentee.heard if one.kind != Contact.Kind.MENTEE or one.on <= only]
    return Fault("58", "fifth-meeting-missed", life.row.ref)


def boundary_not_acted_on(hand: Hand) -> Fault | None:
    life = hand.match(lambda one: _introduced(one, date.min, hand.before(40)))
    if life is None:
        return None
    life.boundaries.append(
        BoundaryChange(
            match=life.row,
            noticed_on=hand.before(20),
            what="They have begun to lend each other money.",
            by=life.row.looks_after or hand.book.by,
            at=moment(hand.before(20)),
        )
    )
    return Fault("58", "boundary-not-acted-on", life.row.ref)


def difficult_not_followed(hand: Hand) -> Fault | None:
    """A match that became difficult two months ago; its mentor was rung once since, and then no more."""

    def fits(one: MatchLife) -> bool:
        alone = sum(other.row.ended_on is None for other in one.mentor.matches) == 1
        return one.row.difficult_since is None and alone and _introduced(one, date.min, hand.before(150))

    life = hand.match(fits)
    if life is None:
        return None
    life.row.difficult_since = hand.before(60)
    edge = hand.before(42)
    life.mentor.heard = [one for one in life.mentor.heard if one.on < edge]
    life.mentor.heard.append(_rung(hand, edge, Contact.Kind.MENTOR))
    return Fault("53", "difficult-match-not-followed", life.row.ref)


def agreement_not_signed(hand: Hand) -> Fault | None:
    if hand.book.practice.agreement_first:
        return None
    edge = hand.months_before(hand.book.practice.agreement_months, 5)
    life = hand.match(lambda one: _introduced(one, date.min, edge))
    if life is None or life.agreement is None:
        return None
    life.agreement.mentee_on = None
    return Fault("e22", "agreement-not-signed", life.row.ref)


# endings


def _ended(hand: Hand, kind: str, fits: Callable[[MatchLife], bool] = lambda _: True) -> MatchLife | None:
    """One that ended within the year that counts as casework, and long enough ago for all to be done."""
    since = YEAR.before(hand.at)
    return hand.match(
        lambda one: (
            one.ending is not None
            and one.ending.kind == kind
            and since < one.ending.last_day < hand.before(21)
            and fits(one)
        )
    )


def notice_too_short(hand: Hand) -> Fault | None:
    if hand.book.practice.notice_days < 5:
        return None
    life = _ended(hand, "planned")
    if life is None or life.ending is None:
        return None
    ending = life.ending
    known = ending.last_day - timedelta(days=3)
    ending.known_on = ending.mentee_told_on = ending.mentor_told_on = known
    return Fault("59", "notice-too-short", life.row.ref)


def not_looked_back(hand: Hand) -> Fault | None:
    life = _ended(hand, "planned")
    if life is None or life.ending is None:
        return None
    life.ending.looked_back_on, life.ending.looked_back = None, ""
    return Fault("59", "not-looked-back", life.row.ref)


def no_support_after(hand: Hand) -> Fault | None:
    life = _ended(hand, "sudden")
    if life is None:
        return None
    life.supports = []
    return Fault("60", "no-support-after", life.row.ref)


def ending_not_explained(hand: Hand) -> Fault | None:
    life = _ended(hand, "planned")
    if life is None or life.ending is None:
        return None
    life.ending.mentor_told_on = None
    return Fault("61", "ending-not-explained", life.row.ref)


def referrer_not_told_why(hand: Hand) -> Fault | None:
    life = _ended(hand, "planned", lambda one: one.mentee.row.referrer_involved)
    if life is None or life.ending is None:
        return None
    life.ending.referrer_told_on = None
    return Fault("61", "ending-not-told-to-referrer", life.row.ref)


def ending_not_confirmed(hand: Hand) -> Fault | None:
    life = _ended(hand, "planned")
    if life is None or life.ending is None:
        return None
    life.ending.mentee_confirmed_on = None
    return Fault("61", "ending-not-confirmed", life.row.ref)


def exit_not_asked(hand: Hand) -> Fault | None:
    """Neither asked nor answered, though there was somebody to ask."""
    life = _ended(hand, "planned", lambda one: one.mentee.row.referrer_involved or bool(one.mentee.row.carer))
    if life is None or life.ending is None:
        return None
    life.ending.asked_exit_on = None
    said = [one for one in hand.rows(Questionnaire) if one.match is life.row]
    hand.remove(said)
    return Fault("e9", "exit-not-asked", life.row.ref)


def _rung(hand: Hand, on: date, kind: Contact.Kind = Contact.Kind.MENTEE) -> Said:
    return Said(kind, on, Contact.Way.PHONE, "Rang briefly.", minutes=5, by=hand.book.by)


BREAKERS: tuple[Breaker, ...] = (
    review_late,
    first_week_missed,
    fifth_meeting_missed,
    difficult_not_followed,
    plan_missing,
    activity_risk_old,
    boundary_not_acted_on,
    reasons_missing,
    introducer_missing,
    ending_not_confirmed,
    no_support_after,
    not_looked_back,
    notice_too_short,
    ending_not_explained,
    agreement_not_signed,
    exit_not_asked,
    review_question_missing,
    reasons_not_told,
    activity_risk_missing,
    answered_late,
    referrer_not_told_why,
)
