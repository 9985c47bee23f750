"""Faults about mentors: what is missing on their road, and what has run out since."""

from datetime import date, timedelta

from kithwork.caseload.models import Attendance, MentorStep, Practice, Training
from kithwork.core.days import Period, add_months
from kithwork.procedures.plausible.book import Course, Fault, MentorLife
from kithwork.procedures.plausible.faults.hand import Breaker, Hand

K = MentorStep.Kind


def _drop(kind: MentorStep.Kind, indicator: str, name: str) -> Breaker:
    """A step that is not on record of somebody who was selected."""

    def breaker(hand: Hand) -> Fault | None:
        if kind == K.BADGE and not hand.book.practice.badges:
            return None
        life = hand.mentor(lambda one: one.here)
        if life is None:
            return None
        life.steps = [one for one in life.steps if one.kind != kind]
        return Fault(indicator, name, life.row.ref)

    return breaker


def mentor_consent_missing(hand: Hand) -> Fault | None:
    life = hand.mentor(lambda one: one.here)
    if life is None:
        return None
    life.consents = []
    return Fault("46", "mentor-consent-missing", life.row.ref)


def reference_missing(hand: Hand) -> Fault | None:
    life = hand.mentor(lambda one: one.here)
    if life is None:
        return None
    life.references = life.references[: max(0, min(2, hand.book.practice.references) - 1)]
    return Fault("47", "reference-missing", life.row.ref)


def vetting_lapsed(hand: Hand) -> Fault | None:
    """The last check ran out, beyond the service's own grace."""
    practice = hand.book.practice
    if practice.vetting == Practice.Vetting.NONE:
        return None
    until = hand.before(20 + practice.vetting_grace_days)
    lasts = Period(practice.vetting_years, "year")
    on = add_months(until, -12 * practice.vetting_years) + timedelta(days=1)

    def fits(one: MentorLife) -> bool:
        accepted = one.row.accepted_on
        return one.here and accepted is not None and on <= accepted <= until and on > accepted - timedelta(days=1095)

    life = hand.mentor(fits)
    if life is None:
        return None
    life.vettings = life.vettings[:1]
    check = life.vettings[0]
    check.asked_on, check.on, check.expires_on = on - timedelta(days=14), on, lasts.after(on) - timedelta(days=1)
    return Fault("47", "vetting-lapsed", life.row.ref)


def training_too_short(hand: Hand) -> Fault | None:
    life = hand.mentor(lambda one: one.here)
    if life is None:
        return None
    for row in _initial(life)[1:]:
        row.state, row.performance, row.understood = Attendance.State.ABSENT, "", None
    return Fault("48", "training-too-short", life.row.ref)


def outline_not_sent(hand: Hand) -> Fault | None:
    """Of initial training, for which the indicator asks it."""
    course = _held(hand, Training.Kind.INITIAL)
    if course is None:
        return None
    course.row.outline_sent_on = None
    return Fault("48", "outline-not-sent", course.row.ref)


def feedback_not_acted_on(hand: Hand) -> Fault | None:
    course = _held(hand)
    if course is None:
        return None
    course.row.acted_on, course.row.acted_on_day = "", None
    return Fault("49", "feedback-not-acted-on", course.row.ref)


def feedback_not_gathered(hand: Hand) -> Fault | None:
    course = _held(hand)
    if course is None:
        return None
    ours = {id(one) for one in course.sessions}
    for row in (one for life in hand.book.mentors for one in life.attendance if id(one.session) in ours):
        row.satisfied = row.learnt = row.said_on = None
        row.said = ""
    return Fault("49", "feedback-not-gathered", course.row.ref)


def _year_ago(hand: Hand) -> date:
    """What happened on this day or before is out of the year that checks look at."""
    return hand.months_before(12)


def _held(hand: Hand, kind: Training.Kind | None = None) -> Course | None:
    """A course of the last year to which somebody came; with `kind`, of that kind."""
    attended = {
        id(row.session.training)
        for life in hand.book.mentors
        for row in life.attendance
        if row.state == Attendance.State.PRESENT
    }
    free = [
        one
        for one in hand.book.courses
        if id(one) not in hand.touched
        and id(one.row) in attended
        and kind in (None, one.row.kind)
        and _year_ago(hand) < one.sessions[-1].on < hand.before(45)
    ]
    if not free:
        return None
    course = hand.book.rng.choice(free)
    hand.touched.add(id(course))
    return course


def performance_not_noted(hand: Hand) -> Fault | None:
    """Nothing is noted of how somebody did at initial training who was selected in the last year."""
    life = hand.mentor(lambda one: one.here and _selected_lately(hand, one))
    if life is None:
        return None
    for row in _initial(life):
        row.performance = ""
    return Fault("50", "performance-not-noted", life.row.ref)


def attendance_not_noted(hand: Hand) -> Fault | None:
    """Of one session of three nobody noted whether they came; the others are enough."""
    life = hand.mentor(
        lambda one: (
            one.here
            and _selected_lately(hand, one)
            and len(_initial(one)) == 3
            and _initial(one)[-1].session.on > _year_ago(hand)
        )
    )
    if life is None:
        return None
    row = _initial(life)[-1]
    row.state, row.performance, row.understood = Attendance.State.INVITED, "", None
    return Fault("45", "attendance-not-noted", life.row.ref)


def _selected_lately(hand: Hand, life: MentorLife) -> bool:
    accepted = life.row.accepted_on
    return accepted is not None and _year_ago(hand) < accepted < hand.before(10)


def _initial(life: MentorLife) -> list[Attendance]:
    return [one for one in life.attendance if one.session.training.kind == Training.Kind.INITIAL]


def application_missing(hand: Hand) -> Fault | None:
    """Somebody who applied in the last year, without a form."""
    life = hand.mentor(lambda one: one.here and one.row.applied_on > _year_ago(hand))
    if life is None:
        return None
    life.steps = [one for one in life.steps if one.kind != K.APPLICATION]
    return Fault("46", "application-missing", life.row.ref)


def unsuccessful_not_told(hand: Hand) -> Fault | None:
    life = _turned_down(hand)
    if life is None:
        return None
    life.steps = [one for one in life.steps if one.kind != K.FEEDBACK]
    return Fault("51", "unsuccessful-not-told", life.row.ref)


def unsuccessful_not_signposted(hand: Hand) -> Fault | None:
    life = _turned_down(hand)
    if life is None:
        return None
    for step in life.steps:
        step.signposted_to = ""
    return Fault("51", "unsuccessful-not-signposted", life.row.ref)


def _turned_down(hand: Hand) -> MentorLife | None:
    """Somebody about whom it was decided in the last year, and more than a week ago, that they are not selected."""

    def fits(one: MentorLife) -> bool:
        decided = [step.on for step in one.steps if step.kind == K.SELECTION and step.outcome == "no"]
        told = any(step.kind == K.FEEDBACK for step in one.steps)
        return told and bool(decided) and _year_ago(hand) < decided[-1] < hand.before(10)

    return hand.mentor(fits)


def supervision_late(hand: Hand) -> Fault | None:
    """None for longer than the service allows."""
    edge = hand.months_before(hand.book.practice.supervision_months, 4)
    life = hand.mentor(lambda one: one.here and one.row.accepted_on is not None and one.row.accepted_on < edge)
    if life is None:
        return None
    life.supervisions = [one for one in life.supervisions if one.on < edge]
    return Fault("52", "supervision-late", life.row.ref)


def supervision_not_quarterly(hand: Hand) -> Fault | None:
    """More than a quarter since the last one, and less than half a year, so that the Award's own rule still holds."""
    if hand.book.practice.supervision_months < 6:
        return None
    edge = hand.before(95)
    life = hand.mentor(
        lambda one: one.here and any(hand.before(170) < session.on <= edge for session in one.supervisions)
    )
    if life is None:
        return None
    life.supervisions = [one for one in life.supervisions if one.on <= edge]
    return Fault("e16", "supervision-not-quarterly", life.row.ref)


def supervision_without_topic(hand: Hand) -> Fault | None:
    life = hand.mentor(lambda one: one.here and bool(one.supervisions))
    if life is None:
        return None
    session = life.supervisions[-1]
    session.topics = session.topics[1:]
    return Fault("52", "supervision-without-topic", session.ref)


def mentor_not_heard(hand: Hand) -> Fault | None:
    edge = hand.months_before(3, 4)

    def fits(one: MentorLife) -> bool:
        accepted = one.row.accepted_on
        quiet = all(
            m.row.difficult_since is None and (m.row.introduced_on is None or m.row.introduced_on < hand.before(200))
            for m in one.matches
        )
        held = [session.on for session in one.supervisions[-2:]]
        between = len(held) < 2 or any(held[0] < said.on < min(held[1], edge) for said in one.heard)
        return one.here and quiet and between and accepted is not None and accepted < edge

    life = hand.mentor(fits)
    if life is None:
        return None
    life.heard = [one for one in life.heard if one.on < edge]
    return Fault("53", "mentor-not-heard", life.row.ref)


def refresher_not_offered(hand: Hand) -> Fault | None:
    since = hand.months_before(12)
    life = hand.mentor(lambda one: one.here and one.row.accepted_on is not None and one.row.accepted_on < since)
    if life is None:
        return None
    life.attendance = [
        one for one in life.attendance if one.session.training.kind != Training.Kind.REFRESHER or one.session.on < since
    ]
    return Fault("54", "refresher-not-offered", life.row.ref)


def mentor_without_profile(hand: Hand) -> Fault | None:
    life = hand.mentor(lambda one: one.here and any(match.runs for match in one.matches))
    if life is None:
        return None
    life.row.profile = ""
    return Fault("55", "mentor-without-profile", life.row.ref)


BREAKERS: tuple[Breaker, ...] = (
    vetting_lapsed,
    reference_missing,
    supervision_late,
    mentor_not_heard,
    _drop(K.INTERVIEW, "47", "interview-missing"),
    _drop(K.ROLE, "47", "role-not-assessed"),
    mentor_consent_missing,
    training_too_short,
    outline_not_sent,
    feedback_not_acted_on,
    performance_not_noted,
    unsuccessful_not_told,
    supervision_without_topic,
    refresher_not_offered,
    mentor_without_profile,
    _drop(K.BADGE, "32", "mentor-without-badge"),
    _drop(K.POST_TRAINING, "e15", "no-talk-after-training"),
    supervision_not_quarterly,
    application_missing,
    unsuccessful_not_signposted,
    feedback_not_gathered,
    attendance_not_noted,
)
