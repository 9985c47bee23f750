"""Mentors: how they come, how they are trained and supported, what they are asked to; one at a time."""

from datetime import date, timedelta
from typing import Any

from kithwork.caseload.models import Attendance, Mentor, MentorStep, Session, Training
from kithwork.core.days import Period
from kithwork.core.readiness.catalogue import mentors as kinds
from tests.readiness.reference.plain import Answers, Row, World, entered, last_of, latest, since

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MONTH = Period(1, "month")
FOUR_WEEKS = Period(4, "week")
TOPICS = {
    "boundaries": "boundaries",
    "aims-and-role": "aims",
    "views-and-progress": "perceptions",
    "wish-to-continue": "continue",
}


def _steps(world: World, one: Mentor, kind: str = "") -> list[MentorStep]:
    return [
        step
        for step in world.steps
        if step.mentor_id == one.pk and step.on <= world.at and (not kind or step.kind == kind)
    ]


def _latest_step(world: World, one: Mentor, kind: str) -> Any:
    return last_of(_steps(world, one, kind), lambda step: step.on)


def badges_issued(world: World, asked: kinds.MentorsBadged) -> list[Row]:
    return [Row(one.ref, bool(_steps(world, one, "badge"))) for one in world.mentors_with_us()]


def mentors_counted(world: World, asked: kinds.MentorsCounted) -> list[Row]:
    rows = []
    for one in world.mentors:
        if one.erased_at is not None:
            continue
        sessions = [
            (row.state, world.session_of(row).on)
            for row in _attended(world, one, "initial")
            if _held(world, world.session_of(row)) and world.in_year(world.session_of(row).on)
        ]
        unnoted = any(state == "invited" and day < world.at - WEEK for state, day in sessions)
        reached = []
        if "applied" in asked.stages:
            reached.append(world.in_year(one.applied_on))
        if "trained" in asked.stages:
            reached.append(unnoted or any(state == "present" for state, _ in sessions))
        if "matched" in asked.stages:
            begun = [match.introduced_on for match in world.matches if match.mentor_id == one.pk]
            reached.append(any(world.in_year(day) for day in begun))
        if any(reached):
            rows.append(Row(one.ref, "trained" not in asked.stages or not unnoted))
    return rows


def _attended(world: World, one: Mentor, kind: str) -> list[Attendance]:
    """Sessions of that kind by the day, whether they came or not."""
    return [
        row
        for row in world.attendance
        if row.mentor_id == one.pk
        and world.session_of(row).on <= world.at
        and world.training_of(world.session_of(row)).kind == kind
    ]


def _held(world: World, session: Session) -> bool:
    """Not called off by the day."""
    return not world.known(world.training_of(session).cancelled_on)


def applications_completed(world: World, asked: kinds.ApplicationsCompleted) -> list[Row]:
    return [
        Row(one.ref, bool(one.joined_by) or bool(_steps(world, one, "application")), None, True, one.applied_on)
        for one in world.mentors
        if one.erased_at is None and world.in_year(one.applied_on)
    ]


def applications_assessed(world: World, asked: kinds.ApplicationsAssessed) -> list[Row]:
    if asked.against:
        return [Row(one.ref, _suitable(world, one, "role")) for one in world.mentors_with_us()]
    rows = []
    for one in world.mentors:
        if one.erased_at is not None or not world.in_year(one.applied_on):
            continue
        stepped = any(step.kind != "application" for step in _steps(world, one))
        if stepped or (MONTH.after(one.applied_on) < world.at and not world.left(one)):
            rows.append(Row(one.ref, stepped))
    return rows


def _suitable(world: World, one: Mentor, kind: str) -> bool:
    last = _latest_step(world, one, kind)
    return last is not None and last.outcome != "no"


def interviewed(world: World, asked: kinds.MentorsInterviewed) -> list[Row]:
    kind = "interview" if asked.stage == "selection" else "post-training"
    return [Row(one.ref, _suitable(world, one, kind)) for one in world.mentors_with_us()]


def references_taken(world: World, asked: kinds.MentorsReferenced) -> list[Row]:
    rows = []
    for one in world.mentors_with_us():
        good = [
            row
            for row in world.references
            if row.mentor_id == one.pk and row.suitable is True and world.known(row.received_on)
        ]
        rows.append(Row(one.ref, len(good) >= asked.count))
    return rows


def vetting_cleared(world: World, asked: kinds.MentorsVetted) -> list[Row]:
    if world.practice.vetting == "none":
        return []
    rows = []
    for one in world.mentors_with_us():
        checks: list[Any] = [row for row in world.vettings if row.mentor_id == one.pk and row.on is not None]
        last = last_of([row for row in checks if row.on <= world.at], lambda row: row.on)
        holds = last is not None and last.outcome == "clear"
        if asked.before and world.in_year(one.accepted_on) and not one.joined_by:
            then = last_of([row for row in checks if row.on <= one.accepted_on], lambda row: row.on)
            clear = then is not None and then.outcome == "clear"
            holds = holds and clear and (then.expires_on is None or then.expires_on >= one.accepted_on)
        rows.append(Row(one.ref, holds, last.expires_on if last else None))
    return rows


def _decided_in_year(world: World) -> list[Mentor]:
    return [
        one
        for one in world.mentors
        if one.erased_at is None
        and (world.in_year(one.accepted_on) or any(world.in_year(step.on) for step in _steps(world, one, "selection")))
    ]


def selections_explained(world: World, asked: kinds.SelectionsExplained) -> list[Row]:
    rows = []
    for one in _decided_in_year(world):
        last = _latest_step(world, one, "selection")
        rows.append(Row(one.ref, last is not None and bool(last.note)))
    return rows


def _turned_down(world: World) -> list[tuple[Mentor, date]]:
    found = []
    for one in world.mentors:
        last = _latest_step(world, one, "selection")
        if one.erased_at is None and last is not None and last.outcome == "no" and world.in_year(last.on):
            found.append((one, last.on))
    return found


def applicants_answered(world: World, asked: kinds.ApplicantsAnswered) -> list[Row]:
    rows = []
    for one, day in _turned_down(world):
        told = any(step.on >= day for step in _steps(world, one, "feedback"))
        if told or day + WEEK < world.at:
            rows.append(Row(one.ref, told))
    return rows


def applicants_signposted(world: World, asked: kinds.ApplicantsSignposted) -> list[Row]:
    rows = []
    for one, day in _turned_down(world):
        told = [step for step in _steps(world, one, "feedback") if step.on >= day]
        if told:
            rows.append(Row(one.ref, any(step.signposted_to for step in told)))
    return rows


# training


def trained(world: World, asked: kinds.MentorsTrained) -> list[Row]:
    rows = []
    for one in world.mentors_with_us():
        there = [world.session_of(row).on for row in _attended(world, one, asked.kind) if row.state == "present"]
        if asked.before and world.in_year(one.accepted_on):
            there = [day for day in there if one.accepted_on is not None and day <= one.accepted_on]
        joined = asked.kind == "initial" and bool(one.joined_by)
        rows.append(Row(one.ref, joined or len(there) >= asked.sessions))
    return rows


def _sessions(world: World, course: Training) -> list[Session]:
    return [one for one in world.sessions if one.training_id == course.pk]


def _rows(world: World, course: Training) -> list[Attendance]:
    """Everybody invited to a session of it that has been held by the day."""
    pks = {one.pk for one in _sessions(world, course)}
    return [row for row in world.attendance if row.session_id in pks]


def _of_the_year(world: World, kind: str = "") -> list[Training]:
    """With a session in the last year to which somebody came, and not called off."""
    found = []
    for course in world.trainings:
        if world.known(course.cancelled_on) or (kind and course.kind != kind):
            continue
        came = any(row.state == "present" and world.session_of(row).on <= world.at for row in _rows(world, course))
        if came and any(world.in_year(one.on) for one in _sessions(world, course)):
            found.append(course)
    return found


def outlined(world: World, asked: kinds.TrainingOutlined) -> list[Row]:
    rows = []
    for course in _of_the_year(world, asked.kind):
        days = [one.on for one in _sessions(world, course)]
        sent = course.outline_sent_on is not None and course.outline_sent_on < min(days)
        rows.append(Row(course.ref, sent, None, True, max(days)))
    return rows


def _said(world: World) -> list[tuple[Training, date, bool]]:
    """Courses of the year, the last day of all their sessions, and whether anybody has said what they think."""
    found = []
    for course in _of_the_year(world):
        last = max(one.on for one in _sessions(world, course))
        said = any(
            row.satisfied is not None and row.learnt is not None and world.known(row.said_on)
            for row in _rows(world, course)
        )
        found.append((course, last, said))
    return found


def feedback_gathered(world: World, asked: kinds.FeedbackGathered) -> list[Row]:
    return [Row(course.ref, said) for course, last, said in _said(world) if said or last + 2 * WEEK < world.at]


def feedback_acted_on(world: World, asked: kinds.FeedbackActedOn) -> list[Row]:
    rows = []
    for course, last, said in _said(world):
        acted = bool(course.acted_on) and world.known(course.acted_on_day)
        if said and (acted or last + 30 * DAY < world.at):
            rows.append(Row(course.ref, acted))
    return rows


def observed(world: World, asked: kinds.TrainingObserved) -> list[Row]:
    rows = []
    for one in _decided_in_year(world):
        there = [row for row in _attended(world, one, "initial") if row.state == "present"]
        if there:
            noted = any(row.performance for row in there) and any(row.understood is not None for row in there)
            rows.append(Row(one.ref, noted))
    return rows


def offered(world: World, asked: kinds.TrainingOffered) -> list[Row]:
    rows = []
    for one in world.current_mentors():
        days = []
        for row in world.attendance:
            session = world.session_of(row)
            course = world.training_of(session)
            if row.mentor_id != one.pk or course.kind != asked.kind or world.known(course.cancelled_on):
                continue
            if session.on <= world.at or entered(course) <= world.at:
                days.append(session.on)
        rows.append(Row(one.ref, True, asked.every.after(since(one.accepted_on, latest(days), world.back(one)))))
    return rows


# support


def supervised(world: World, asked: kinds.MentorsSupervised) -> list[Row]:
    rows = []
    for one in world.current_mentors():
        held = [row for row in world.supervisions if row.mentor_id == one.pk and row.on <= world.at]
        last = last_of(held, lambda row: row.on)
        spoken = last is None or all(TOPICS[topic] in last.topics for topic in asked.topics)
        base = since(one.accepted_on, last.on if last else None, world.back(one))
        rows.append(Row(one.ref, spoken, asked.every.after(base)))
    return rows


def contacted(world: World, asked: kinds.MentorsContacted) -> list[Row]:
    rows = []
    for one in world.current_mentors():
        if ("matched" if world.matched(one) else "unmatched") not in asked.who:
            continue
        heard = world.reached("mentor", "mentor_id", one.pk)
        if asked.every is not None:
            rows.append(Row(one.ref, True, asked.every.after(since(one.accepted_on, latest(heard), world.back(one)))))
            continue
        held = sorted({row.on for row in world.supervisions if row.mentor_id == one.pk and row.on <= world.at})
        if len(held) < 2 or not world.in_year(held[-1]):
            continue
        first, second = held[-2:]
        if any(p.begins <= second and (p.ends is None or p.ends >= first) for p in world.pauses_of(one)):
            continue
        rows.append(Row(one.ref, any(first < day < second for day in heard)))
    return rows


def followed_up(world: World, asked: kinds.MentorsFollowedUp) -> list[Row]:
    rows = []
    for match in world.running():
        mentor = world.mentor_of(match)
        assert match.introduced_on is not None
        new = world.at < match.introduced_on + world.practice.new_weeks * WEEK
        difficult = world.known(match.difficult_since)
        if not (("new" in asked.who and new) or ("in-difficulty" in asked.who and difficult)) or world.away(mentor):
            continue
        heard = latest(world.reached("mentor", "mentor_id", mentor.pk))
        base = since(match.introduced_on, match.difficult_since if difficult else None, heard, world.back(mentor))
        rows.append(Row(match.ref, True, FOUR_WEEKS.after(base)))
    return rows


def wellbeing_followed(world: World, asked: kinds.WellbeingFollowed) -> list[Row]:
    rows = []
    scales = {one.pk for one in world.measures if one.whose == "mentor"}
    for one in world.current_mentors():
        said = {row.on for row in world.supervisions if row.mentor_id == one.pk and row.wellbeing}
        said |= {row.on for row in world.measurements if row.mentor_id == one.pk and row.measure_id in scales}
        days = {day for day in said if day <= world.at}
        assert one.accepted_on is not None
        long = asked.every.after(one.accepted_on) < world.at
        base = since(one.accepted_on, latest(days), world.back(one))
        rows.append(Row(one.ref, not long or len(days) != 1, asked.every.after(base)))
    return rows


# what all are asked to


def _held_lately(world: World, kind: str, count: int, within: Period) -> list[Row]:
    asked_to = {row.gathering_id for row in world.invited}
    days = sorted(
        (one.on for one in world.gatherings if one.kind == kind and one.on <= world.at and one.pk in asked_to),
        reverse=True,
    )
    if len(days) < count:
        return [Row(world.service.ref, False)]
    return [Row(world.service.ref, True, within.after(days[count - 1]))]


def events_held(world: World, asked: kinds.EventsHeld) -> list[Row]:
    return _held_lately(world, asked.kind, asked.count, asked.within)


def newsletters_sent(world: World, asked: kinds.NewslettersSent) -> list[Row]:
    return _held_lately(world, "newsletter", asked.count, asked.within)


def standardisation_attended(world: World, asked: kinds.StandardisationAttended) -> list[Row]:
    meetings = {one.pk: one.on for one in world.gatherings if one.kind == "standards" and one.on <= world.at}
    rows = []
    for one in world.current_mentors():
        days = [
            meetings[row.gathering_id]
            for row in world.invited
            if row.mentor_id == one.pk and row.came and row.gathering_id in meetings
        ]
        rows.append(Row(one.ref, True, asked.every.after(since(one.accepted_on, latest(days), world.back(one)))))
    return rows


ANSWERS: Answers = {
    kinds.MentorsBadged: badges_issued,
    kinds.MentorsCounted: mentors_counted,
    kinds.ApplicationsCompleted: applications_completed,
    kinds.ApplicationsAssessed: applications_assessed,
    kinds.MentorsInterviewed: interviewed,
    kinds.MentorsReferenced: references_taken,
    kinds.MentorsVetted: vetting_cleared,
    kinds.SelectionsExplained: selections_explained,
    kinds.ApplicantsAnswered: applicants_answered,
    kinds.ApplicantsSignposted: applicants_signposted,
    kinds.MentorsTrained: trained,
    kinds.TrainingOutlined: outlined,
    kinds.FeedbackGathered: feedback_gathered,
    kinds.FeedbackActedOn: feedback_acted_on,
    kinds.TrainingObserved: observed,
    kinds.TrainingOffered: offered,
    kinds.MentorsSupervised: supervised,
    kinds.MentorsContacted: contacted,
    kinds.MentorsFollowedUp: followed_up,
    kinds.WellbeingFollowed: wellbeing_followed,
    kinds.EventsHeld: events_held,
    kinds.NewslettersSent: newsletters_sent,
    kinds.StandardisationAttended: standardisation_attended,
}
