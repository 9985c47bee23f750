"""Matches, from the reasons to the ending, one at a time."""

from datetime import date, timedelta
from typing import Any

from kithwork.caseload.models import Agreement, DropoutRisk, Ending, Match, Mentee
from kithwork.core.readiness.catalogue import bank
from kithwork.core.readiness.catalogue import endings as ends
from kithwork.core.readiness.catalogue import matches as kinds
from tests.readiness.reference.mentees import has_referrer
from tests.readiness.reference.plain import Answers, Row, World, earliest, last_of, since

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def profiles_completed(world: World, asked: kinds.MenteeProfiles | kinds.MentorProfiles) -> list[Row]:
    people: list[Any] = world.mentees if asked.of == "mentees" else world.mentors
    return [
        Row(one.ref, bool(one.profile and one.interests and one.availability)) for one in people if world.matched(one)
    ]


def reasoned(world: World, asked: kinds.MatchesReasoned) -> list[Row]:
    return [world.row(one, one.rationale != "") for one in world.ran_in_year()]


def explained(world: World, asked: kinds.MatchesExplained) -> list[Row]:
    rows = []
    for one in world.ran_in_year():
        days = [one.mentee_told_on if side == "mentees" else one.mentor_told_on for side in asked.whom]
        rows.append(world.row(one, all(_by(day, one.introduced_on) for day in days)))
    return rows


def _by(day: date | None, last: date | None) -> bool:
    return day is not None and last is not None and day <= last


def justified(world: World, asked: kinds.MatchesJustified) -> list[Row]:
    return [world.row(one, one.justification != "") for one in world.ran_in_year() if one.characteristic]


def agreed(world: World, asked: kinds.MatchesAgreed) -> list[Row]:
    rows = []
    for one in world.ran_in_year():
        mentee = one.mentee_answer == "yes" and _by(one.mentee_answered_on, one.introduced_on)
        mentor = one.mentor_answer == "yes" and _by(one.mentor_answered_on, one.introduced_on)
        rows.append(world.row(one, all(mentee if side == "mentees" else mentor for side in asked.whom)))
    return rows


def introduced(world: World, asked: kinds.MatchesIntroduced) -> list[Row]:
    return [world.row(one, one.introduced_by != "") for one in world.ran_in_year()]


def followed_up(world: World, asked: kinds.MatchesFollowedUp) -> list[Row]:
    rows = []
    for match in world.ran_in_year():
        first = match.first_met_on
        if first is None or first > world.at:
            continue
        over = asked.within.after(first)
        met = sorted(world.reached("meeting", "match_id", match.pk))
        holds = True
        until: date | None = None
        for side in asked.whom:
            if side == "mentees":
                heard = world.reached("mentee", "mentee_id", match.mentee_id)
            else:
                heard = world.reached("mentor", "mentor_id", match.mentor_id)
            early = any(first <= day <= over for day in heard)
            let_off = match.ended_on is not None and match.ended_on <= over
            if not early and not let_off:
                until = over
            if len(met) > asked.meetings:
                before, by = met[asked.meetings - 1], met[asked.meetings]
                twice = sum(first <= day <= by for day in heard) >= 2
                holds = holds and (twice or any(before <= day <= by for day in heard))
        rows.append(world.row(match, holds, until))
    return rows


def boundaries_acted_on(world: World, asked: kinds.BoundariesActedOn) -> list[Row]:
    rows = []
    for match in world.ran_in_year():
        for one in world.boundaries:
            if one.match_id == match.pk and one.noticed_on <= world.at:
                done = bool(one.done) and world.known(one.done_on)
                if done or one.noticed_on < world.at:
                    rows.append(world.row(match, done))
    return rows


def signed(world: World, asked: kinds.AgreementsSigned) -> list[Row]:
    rows = []
    for match in world.ran_in_year():
        if asked.matches == "one-to-one" and match.kind != "one":
            continue
        assert match.introduced_on is not None
        papers = [one for one in world.agreements if one.match_id == match.pk]
        if asked.within is not None:
            by = asked.within.after(match.introduced_on)
            done = any(_signed(asked, one, min(by, world.at)) for one in papers)
            rows.append(world.row(match, True, None if done else by))
        elif match.first_met_on is not None and match.first_met_on <= world.at:
            rows.append(world.row(match, any(_signed(asked, one, match.first_met_on) for one in papers)))
    return rows


def _signed(asked: kinds.AgreementsSigned, one: Agreement, by: date) -> bool:
    days = {"mentees": one.mentee_on, "mentors": one.mentor_on, "service": one.service_on}
    states = {
        "time": bool(one.time),
        "face-to-face": one.face_to_face is not None,
        "roles": bool(one.roles),
        "boundaries": bool(one.boundaries),
        "disputes": bool(one.disputes),
    }
    return all(_by(days[who], by) for who in asked.whom) and all(states[what] for what in asked.states)


# a mentor bank


def not_managed(world: World, asked: bank.MatchesNotManaged) -> list[Row]:
    rows = []
    for one in world.running():
        managed = one.manages or world.mentee_of(one).ref in world.mentor_of(one).line_manages
        rows.append(Row(one.ref, not managed or bool(one.manages_because)))
    return rows


def not_assessed(world: World, asked: bank.MatchesNotAssessed) -> list[Row]:
    return [Row(one.ref, world.mentee_of(one).ref not in world.mentor_of(one).assesses) for one in world.running()]


def _note(world: World, match: Match) -> DropoutRisk | None:
    notes = [one for one in world.dropouts if one.match_id == match.pk and one.on <= world.at]
    found: DropoutRisk | None = last_of(notes, lambda one: one.on)
    return found


def dropout_looked_at(world: World, asked: bank.DropoutLookedAt) -> list[Row]:
    rows = []
    for match in world.running():
        mentee, note = world.mentee_of(match), _note(world, match)
        if world.away(mentee):
            continue
        base = since(match.introduced_on, note.on if note else None, world.back(mentee))
        rows.append(Row(match.ref, True, earliest(asked.every.after(base), note.look_again_on if note else None)))
    return rows


def dropout_acted_on(world: World, asked: bank.DropoutActedOn) -> list[Row]:
    rows = []
    for match in world.running():
        note = _note(world, match)
        if note is None or note.level == "none":
            continue
        told = any(day >= note.on for day in world.reached("referrer", "mentee_id", match.mentee_id))
        done = bool(note.action) or told
        if done or note.on < world.at:
            rows.append(Row(match.ref, done))
    return rows


def kept(world: World, asked: bank.MatchesKept) -> list[Row]:
    rows = []
    for match in world.matches:
        last = match.ended_on
        if last is None or last >= world.at or not world.in_year(last):
            continue
        assert match.introduced_on is not None
        papers = [one for one in world.agreements if one.match_id == match.pk]
        paper = last_of([one for one in papers if one.drawn_up_on <= world.at], lambda one: one.drawn_up_on)
        left = world.mentee_of(match).left_on
        long = asked.through.after(match.introduced_on) <= last
        agreed_so = paper is not None and paper.until is not None and paper.until <= last
        stayed = left is not None and left <= last + WEEK
        rows.append(world.row(match, long or agreed_so or stayed))
    return rows


# endings


def _ended(world: World, kind: str = "") -> list[tuple[Match, Ending | None]]:
    """Those whose last day lay in the last year and before the day; old ones have no record of how they ended."""
    endings = {one.match_id: one for one in world.endings}
    found = []
    for match in world.matches:
        last, ending = match.ended_on, endings.get(match.pk)
        if last is None or not world.in_year(last) or last >= world.at:
            continue
        if not kind or (ending is not None and ending.kind == kind):
            found.append((match, ending))
    return found


def _given(world: World, match: Match, done: bool, time: timedelta = WEEK) -> list[Row]:
    """Asked about once the time for it is over, or as soon as it was done."""
    assert match.ended_on is not None
    return [world.row(match, done)] if done or match.ended_on + time < world.at else []


def planned(world: World, asked: ends.EndingsPlanned) -> list[Row]:
    rows = []
    for match, one in _ended(world, "planned"):
        assert one is not None
        notice = (one.last_day - one.known_on).days
        rows.append(world.row(match, notice >= world.practice.notice_days or bool(one.short_because)))
    return rows


def reflected_on(world: World, asked: ends.EndingsReflectedOn) -> list[Row]:
    rows = []
    for match, one in _ended(world, "planned"):
        rows += _given(world, match, one is not None and world.known(one.looked_back_on))
    return rows


def supported(world: World, asked: ends.EndingsSupported) -> list[Row]:
    rows = []
    for match, one in _ended(world, "sudden"):
        days = [row.on for row in world.supports if row.match_id == match.pk]
        rows += _given(world, match, one is not None and any(one.known_on <= day <= world.at for day in days))
    return rows


def ending_explained(world: World, asked: ends.EndingsExplained) -> list[Row]:
    rows = []
    for match, one in _ended(world):
        mentee = world.mentee_of(match)
        days: list[date | None] = []
        if "mentees" in asked.whom:
            days.append(one.mentee_told_on if one else None)
        if "mentors" in asked.whom:
            days.append(one.mentor_told_on if one else None)
        if "carers" in asked.whom and mentee.carer:
            days.append(one.carer_told_on if one else None)
        if "referrers" in asked.whom and has_referrer(world, mentee):
            days.append(one.referrer_told_on if one else None)
        rows += _given(world, match, all(world.known(day) for day in days))
    return rows


def confirmed(world: World, asked: ends.EndingsConfirmed) -> list[Row]:
    rows = []
    for match, one in _ended(world):
        done = one is not None and bool(one.follows)
        if one is not None and "mentees" in asked.whom:
            done = done and world.known(one.mentee_confirmed_on)
        if one is not None and "mentors" in asked.whom:
            done = done and world.known(one.mentor_confirmed_on)
        rows += _given(world, match, done)
    return rows


def surveyed(world: World, asked: ends.EndingsSurveyed) -> list[Row]:
    rows = []
    names = {"carers": "family", "referrers": "referrer"}
    for match, one in _ended(world):
        if not _somebody_to_ask(world, asked, world.mentee_of(match)):
            continue
        said = any(
            row.match_id == match.pk and row.whose in [names[whom] for whom in asked.whom] and row.on <= world.at
            for row in world.questionnaires
        )
        rows += _given(world, match, said or (one is not None and world.known(one.asked_exit_on)), 2 * WEEK)
    return rows


def _somebody_to_ask(world: World, asked: ends.EndingsSurveyed, mentee: Mentee) -> bool:
    return ("carers" in asked.whom and bool(mentee.carer)) or (
        "referrers" in asked.whom and has_referrer(world, mentee)
    )


ANSWERS: Answers = {
    kinds.MenteeProfiles: profiles_completed,
    kinds.MentorProfiles: profiles_completed,
    kinds.MatchesReasoned: reasoned,
    kinds.MatchesExplained: explained,
    kinds.MatchesJustified: justified,
    kinds.MatchesAgreed: agreed,
    kinds.MatchesIntroduced: introduced,
    kinds.MatchesFollowedUp: followed_up,
    kinds.BoundariesActedOn: boundaries_acted_on,
    kinds.AgreementsSigned: signed,
    bank.MatchesNotManaged: not_managed,
    bank.MatchesNotAssessed: not_assessed,
    bank.DropoutLookedAt: dropout_looked_at,
    bank.DropoutActedOn: dropout_acted_on,
    bank.MatchesKept: kept,
    ends.EndingsPlanned: planned,
    ends.EndingsReflectedOn: reflected_on,
    ends.EndingsSupported: supported,
    ends.EndingsExplained: ending_explained,
    ends.EndingsConfirmed: confirmed,
    ends.EndingsSurveyed: surveyed,
}
