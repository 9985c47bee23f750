"""Trainings, and what mentors are asked to: peer groups, social events, newsletters."""

from datetime import date, time
from decimal import Decimal

from kithwork.caseload.models import Attendance, Gathering, Invited, Session, Training
from kithwork.core.service.asked import TOPICS
from kithwork.procedures.plausible import words
from kithwork.procedures.plausible.book import Book, Course, MentorLife, moment
from kithwork.procedures.plausible.rhythm import between, days, every, weekday

BETWEEN_COURSES = 42  # days
COHORT = 14
PLACE = "The Old Ferry House"


def initial_courses(book: Book) -> None:
    """One course of initial training every six weeks, from before the first day on; the next one is to come."""
    first = weekday(book.start - days(75))
    while first <= book.at + days(30):
        title = f"Beginning to mentor, {first:%B %Y}"
        book.courses.append(_course(book, Training.Kind.INITIAL, title, first, 3))
        first = weekday(first + days(BETWEEN_COURSES) + between(book.rng, -4, 4))


def only_held(book: Book) -> None:
    """Courses to which nobody came never took place."""
    attended = {id(row.session) for life in book.mentors for row in life.attendance}
    book.courses = [
        one for one in book.courses if one.sessions[0].on > book.at or any(id(s) in attended for s in one.sessions)
    ]


def refreshers(book: Book) -> None:
    """A refresher every five months, to which everybody selected and here is invited (indicator 54)."""
    for number, day in enumerate(every(book.rng, book.start + days(60), book.at, (130, 160))):
        title = ("Endings", "Boundaries again", "Mental health first aid", "Keeping safe")[number % 4]
        course = _course(book, Training.Kind.REFRESHER, title, day, 1)
        book.courses.append(course)
        for life in _here(book, day):
            came = book.rng.random() < 0.7
            attend(book, course, life, Attendance.State.PRESENT if came else Attendance.State.ABSENT)


def _course(book: Book, kind: Training.Kind, title: str, first: date, sessions: int) -> Course:
    over = first + days(7 * sessions + 10)
    row = Training(
        ref=book.ref(),
        service=book.service,
        kind=kind,
        title=title,
        outline="What the role is and is not; listening; boundaries; keeping safe; beginnings and endings.",
        outline_sent_on=first - days(14) if book.past(first - days(14)) else None,
        topics=list(TOPICS) if kind == Training.Kind.INITIAL else [TOPICS[1], TOPICS[6]],
        trainer=book.coordinators[0].name,
        peers_come=kind == Training.Kind.INITIAL,
        acted_on=words.ACTED_ON if book.past(over) else "",
        acted_on_day=over if book.past(over) else None,
        made_at=moment(first - days(60)),
    )
    made = [
        Session(
            ref=book.ref(),
            training=row,
            number=number + 1,
            on=first + days(7 * number),
            starts=time(18),
            hours=Decimal("3.0"),
            title=("Beginning", "Being there", "Ending")[number % 3] if sessions > 1 else title,
            place=PLACE,
        )
        for number in range(sessions)
    ]
    return Course(row, made)


def attend(book: Book, course: Course, life: MentorLife, state: Attendance.State) -> None:
    """One mentor at all sessions of a course; those still to come are invitations."""
    rng = book.rng
    opinion = None
    for session in course.sessions:
        past = book.past(session.on)
        row = Attendance(session=session, mentor=life.row, state=state if past else Attendance.State.INVITED)
        if row.state == Attendance.State.PRESENT:
            row.performance, row.understood = rng.choice(words.PERFORMANCE), True
            opinion = opinion or row
        life.attendance.append(row)
    if opinion is not None and book.past(course.sessions[-1].on):
        opinion.satisfied, opinion.learnt = rng.randint(3, 5), rng.randint(3, 5)
        opinion.said, opinion.said_on = rng.choice(words.FEEDBACK), course.sessions[-1].on


def gatherings(book: Book) -> None:
    """Peer groups each quarter, a social event every half year, three newsletters a year (excellence 17, 19, 20)."""
    for kind, apart, title in (
        (Gathering.Kind.PEERS, (70, 90), "Mentors meet mentors"),
        (Gathering.Kind.SOCIAL, (160, 180), "An evening together"),
        (Gathering.Kind.NEWSLETTER, (110, 130), "News from the service"),
    ):
        for day in every(book.rng, book.start, book.at, apart):
            row = Gathering(
                ref=book.ref(),
                service=book.service,
                kind=kind,
                on=day,
                title=title,
                with_mentees=kind == Gathering.Kind.SOCIAL,
                by=book.who(),
                at=moment(day),
            )
            book.ground.append(row)
            paper = kind == Gathering.Kind.NEWSLETTER
            book.ground.extend(
                Invited(gathering=row, mentor=life.row, came=None if paper else book.rng.random() < 0.5)
                for life in _here(book, day)
            )


def _here(book: Book, day: date) -> list[MentorLife]:
    return [
        life
        for life in book.mentors
        if life.row.accepted_on is not None
        and life.row.accepted_on <= day
        and (life.row.left_on is None or life.row.left_on >= day)
    ]
