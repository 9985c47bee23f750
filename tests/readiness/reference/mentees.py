"""Referrals, the waiting list, and mentees, one at a time."""

from datetime import date, timedelta
from typing import Any

from kithwork.caseload.models import Mentee, Mentor, RiskAssessment
from kithwork.core.days import Period, add_months
from kithwork.core.readiness.catalogue import mentees as kinds
from kithwork.core.readiness.catalogue import referrals as coming
from kithwork.core.readiness.catalogue.mentees import Consented, Topic
from tests.readiness.reference.plain import YEAR, Answers, Row, World, last_of, latest, since

WEEK = timedelta(days=7)
MONTH = Period(1, "month")


# how people come


def capacity_kept(world: World, asked: coming.CapacityKept) -> list[Row]:
    return [Row(world.service.ref, len(world.running()) <= world.practice.capacity)]


def waiting_list_managed(world: World, asked: coming.WaitingListManaged) -> list[Row]:
    practice = world.practice
    closed = not practice.takes_referrals and (practice.closed_until is None or practice.closed_until > world.at)
    waiting = len(_waiting(world))
    for one in world.mentees:
        waiting += one.came_on <= world.at and not world.known(one.accepted_on) and not world.known(one.left_on)
    limited = practice.waiting_limit > 0 and waiting <= practice.waiting_limit
    return [Row(world.service.ref, closed or limited)]


def _waiting(world: World) -> list[Mentee]:
    return [one for one in world.current_mentees() if not world.matched(one)]


def waiting_list_timed(world: World, asked: coming.WaitingListTimed) -> list[Row]:
    rows = []
    for one in _waiting(world):
        ended = latest(
            match.ended_on
            for match in world.matches
            if match.mentee_id == one.pk and match.ended_on is not None and match.ended_on < world.at
        )
        timed = one.waiting_since is not None
        if ended is None or (one.waiting_since is not None and one.waiting_since >= ended):
            rows.append(Row(one.ref, timed))
        else:
            rows.append(Row(one.ref, timed and ended + WEEK >= world.at))
    return rows


def referrals_tracked(world: World, asked: coming.ReferralsTracked) -> list[Row]:
    rows = []
    for one in world.referrals:
        if world.mentee_of(one).erased_at is not None or one.came_on > world.at:
            continue
        if one.decided_on is None or one.decided_on > world.at:
            known = world.known(one.acknowledged_on) or one.came_on + WEEK >= world.at
            rows.append(Row(one.ref, known and MONTH.after(one.came_on) >= world.at))
        elif world.in_year(one.decided_on):
            rows.append(Row(one.ref, world.known(one.told_on) or one.decided_on + WEEK >= world.at))
    return rows


def _decided(world: World, outcome: str) -> list[Any]:
    return [
        one
        for one in world.referrals
        if one.outcome == outcome and world.in_year(one.decided_on) and world.mentee_of(one).erased_at is None
    ]


def referrals_completed(world: World, asked: coming.ReferralsCompleted) -> list[Row]:
    rows = []
    for one in _decided(world, "accepted"):
        mentee = world.mentee_of(one)
        reached = mentee.email or mentee.phone or mentee.address or mentee.contact_wishes
        rows.append(Row(one.ref, bool(mentee.name and reached and one.why and mentee.needs and one.agreed)))
    return rows


def referrals_assessed(world: World, asked: coming.ReferralsAssessed) -> list[Row]:
    rows = []
    for one in _decided(world, "accepted"):
        holds = True
        if "eligibility" in asked.matters:
            holds = one.eligible_on is not None and one.eligible_on <= one.decided_on
            answers = list(one.eligible.values())
            holds = holds and all(answers) and (bool(answers) or not world.practice.eligibility)
        if "risk" in asked.matters:
            holds = holds and any(
                risk.mentee_id == one.mentee_id and risk.kind == "person" and risk.on <= one.decided_on
                for risk in world.risks
            )
        rows.append(Row(one.ref, holds, None, True, one.decided_on))
    return rows


def referrals_signposted(world: World, asked: coming.ReferralsSignposted) -> list[Row]:
    return [Row(one.ref, bool(one.reason and one.signposted_to)) for one in _decided(world, "signposted")]


# who they are, what is agreed with them


def equalities_monitored(world: World, asked: kinds.MenteesMonitored | kinds.MentorsMonitored) -> list[Row]:
    rows = []
    everybody: list[Any] = world.mentees if asked.of == "mentees" else world.mentors
    for one in everybody:
        came = one.came_on if asked.of == "mentees" else one.applied_on
        if came > world.at or world.left(one) or world.away(one):
            continue
        done = world.known(one.equalities_asked_on)
        if done or MONTH.after(came) < world.at:
            rows.append(Row(one.ref, done))
    return rows


def outcomes_compared(world: World, asked: kinds.OutcomesCompared) -> list[Row]:
    scales = [one for one in world.measures if one.whose == "mentee" and one.begun_on <= world.at]
    if not scales:
        return []
    rows = []
    for match in world.running():
        mentee = world.mentee_of(match)
        assert match.introduced_on is not None
        if add_months(match.introduced_on, 6) >= world.at or world.away(mentee):
            continue
        compared: list[date] = []
        for scale in world.measures:
            days = [
                one.on
                for one in world.measurements
                if one.measure_id == scale.pk and one.mentee_id == mentee.pk and one.on <= world.at
            ]
            if days and max(days) > min(days):
                compared.append(max(days))
        last = latest(compared)
        rows.append(Row(match.ref, last is not None, YEAR.after(last) if last else None))
    return rows


CONSENTS = {
    Consented.HOLD: "data",
    Consented.THIRD_PARTIES: "third-parties",
    Consented.RISKS: "risk",
    Consented.REVIEWS: "reviews",
}


def consents_given(world: World, asked: kinds.MenteesConsented | kinds.MentorsConsented) -> list[Row]:
    rows = []
    people: list[Mentee] | list[Mentor]
    if asked.of == "mentees":
        people = [one for one in world.mentees if world.accepted(one, yesterday=True)]
    else:
        people = [one for one in world.mentors if one.applied_on < world.at and not world.left(one)]
    for one in people:
        if world.away(one):
            continue
        side = "mentee_id" if asked.of == "mentees" else "mentor_id"
        answers = [row for row in world.consents if getattr(row, side) == one.pk and row.on <= world.at]
        holds = True
        for what in asked.to:
            last = last_of([row for row in answers if row.kind == CONSENTS[what]], lambda row: row.on)
            holds = holds and last is not None and (what is not Consented.HOLD or last.answer == "given")
        rows.append(Row(one.ref, holds))
    return rows


def mentees_contacted(world: World, asked: kinds.MenteesContacted) -> list[Row]:
    rows = []
    for one in world.current_mentees():
        if world.away(one) or ("matched" if world.matched(one) else "unmatched") not in asked.who:
            continue
        heard = latest(world.reached("mentee", "mentee_id", one.pk))
        rows.append(Row(one.ref, True, asked.every.after(since(one.accepted_on, heard, world.back(one)))))
    return rows


def referrers_contacted(world: World, asked: kinds.ReferrersContacted) -> list[Row]:
    rows = []
    for one in world.current_mentees():
        if world.away(one) or not has_referrer(world, one):
            continue
        matches = {match.pk for match in world.matches if match.mentee_id == one.pk}
        told = [
            *world.reached("referrer", "mentee_id", one.pk),
            *(row.referrer_shared_on for row in world.reviews if row.match_id in matches),
            *(row.referrer_told_on for row in world.endings if row.match_id in matches),
        ]
        heard = latest(day for day in told if world.known(day))
        rows.append(Row(one.ref, True, asked.every.after(since(one.accepted_on, heard, world.back(one)))))
    return rows


def has_referrer(world: World, mentee: Mentee) -> bool:
    """Somebody else referred them, and is still to be told how things go."""
    return mentee.referrer_involved and any(
        one.mentee_id == mentee.pk and one.source != "self" and one.came_on <= world.at for one in world.referrals
    )


# risks, plans, reviews


def _risks(world: World, mentee_id: int, kind: str) -> list[RiskAssessment]:
    return [one for one in world.risks if one.mentee_id == mentee_id and one.kind == kind and one.on <= world.at]


def homes_assessed(world: World, asked: kinds.HomesAssessed) -> list[Row]:
    if not world.practice.visits_homes:
        return []
    rows = []
    for match in world.matches:
        first = match.first_met_on
        days = [one.on for one in _risks(world, match.mentee_id, "home")]
        if first is not None and world.in_year(first):
            over = match.ended_on is not None and match.ended_on <= world.at
            counted = first if days or over else None  # never assessed, it fails for as long as the match runs
            rows.append(Row(match.ref, any(day <= first for day in days), None, True, counted))
        elif world.known(first) and world.runs(match):
            rows.append(Row(match.ref, bool(days), None, True))
    return rows


def activities_assessed(world: World, asked: kinds.ActivitiesAssessed) -> list[Row]:
    return [Row(one.ref, bool(_risks(world, one.mentee_id, "activity"))) for one in world.running()]


def activities_reviewed(world: World, asked: kinds.ActivitiesReviewed) -> list[Row]:
    rows = []
    for match in world.running():
        risks = _risks(world, match.mentee_id, "activity")
        if risks:
            undone = [one.actions_due for one in risks if one.actions_due and not world.known(one.actions_done_on)]
            late = any(day < world.at for day in undone)
            rows.append(Row(match.ref, not late, asked.every.after(max(one.on for one in risks))))
    return rows


def plans_agreed(world: World, asked: kinds.PlansAgreed) -> list[Row]:
    return [
        Row(match.ref, any(one.match_id == match.pk and one.on <= world.at and one.aims for one in world.plans))
        for match in world.running()
        if match.introduced_on != world.at
    ]


def mentees_reviewed(world: World, asked: kinds.MenteesReviewed) -> list[Row]:
    rows = []
    for match in world.running():
        mentee = world.mentee_of(match)
        if world.away(mentee):
            continue
        reviews = [one for one in world.reviews if one.match_id == match.pk and one.on <= world.at]
        last = last_of([one for one in reviews if one.on < world.at], lambda one: one.on)
        holds = True
        if last is not None:
            holds = Topic.OUTCOME not in asked.topics or bool(last.outcome)
            if not last.mentor_there:
                holds = holds and (Topic.AIMS not in asked.topics or bool(last.achieved))
                holds = holds and (
                    Topic.CONTINUE not in asked.topics or (last.goes_on is not None and last.needed is not None)
                )
                holds = holds and (Topic.SERVICE not in asked.topics or bool(last.of_service))
        held = latest(one.on for one in reviews)
        rows.append(Row(match.ref, holds, asked.every.after(since(match.introduced_on, held, world.back(mentee)))))
    return rows


ANSWERS: Answers = {
    coming.CapacityKept: capacity_kept,
    coming.WaitingListManaged: waiting_list_managed,
    coming.WaitingListTimed: waiting_list_timed,
    coming.ReferralsTracked: referrals_tracked,
    coming.ReferralsCompleted: referrals_completed,
    coming.ReferralsAssessed: referrals_assessed,
    coming.ReferralsSignposted: referrals_signposted,
    kinds.MenteesMonitored: equalities_monitored,
    kinds.MentorsMonitored: equalities_monitored,
    kinds.OutcomesCompared: outcomes_compared,
    kinds.MenteesConsented: consents_given,
    kinds.MentorsConsented: consents_given,
    kinds.MenteesContacted: mentees_contacted,
    kinds.ReferrersContacted: referrers_contacted,
    kinds.HomesAssessed: homes_assessed,
    kinds.ActivitiesAssessed: activities_assessed,
    kinds.ActivitiesReviewed: activities_reviewed,
    kinds.PlansAgreed: plans_agreed,
    kinds.MenteesReviewed: mentees_reviewed,
}
