"""What a match is made of once it runs: plan, agreement, reviews, meetings; and what is said to staff meanwhile."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Consent,
    Contact,
    ExtraSupport,
    Goal,
    Plan,
    Review,
)
from kithwork.procedures.plausible import words
from kithwork.procedures.plausible.book import Book, MatchLife, MenteeLife, MentorLife, Said, moment
from kithwork.procedures.plausible.mentees import agrees
from kithwork.procedures.plausible.rhythm import Stretch, between, closer, days, every, weekday, within

READ_AFTER = 6  # days after which a meeting has been read by staff


def fill(book: Book, life: MatchLife) -> None:
    """Everything that hangs on a match from its introduction on."""
    introduced = life.row.introduced_on
    if introduced is None:
        return
    last = min(life.row.ended_on or book.at, book.at)
    _plan(book, life, introduced, last)
    _agree(book, life, introduced, last)
    _review(book, life, introduced, last)
    _meet(book, life, last)
    if life.ending is not None and life.ending.kind == "sudden" and book.past(life.ending.known_on):
        life.supports.append(_support(book, life, life.ending.known_on, words.SUPPORT))
    if book.rng.random() < 0.06 and introduced + days(70) < last:
        _trouble(book, life, introduced + days(40), last)


def _plan(book: Book, life: MatchLife, introduced: date, last: date) -> None:
    life.plan = Plan(ref=book.ref(), match=life.row, on=introduced, aims=book.one(words.AIMS), at=moment(introduced))
    for what in book.rng.sample(words.GOALS, 2):
        by_when = introduced + between(book.rng, 60, 200)
        met = by_when <= last and book.rng.random() < 0.7
        dropped = not met and life.row.ended_on is not None and life.row.ended_on <= book.at
        life.goals.append(
            Goal(
                ref=book.ref(),
                plan=life.plan,
                what=what,
                by_when=by_when if met or dropped or by_when > book.at else last + days(30),
                state=Goal.State.MET if met else Goal.State.DROPPED if dropped else Goal.State.OPEN,
                settled_on=by_when if met else last if dropped else None,
            )
        )


def _agree(book: Book, life: MatchLife, introduced: date, last: date) -> None:
    row, first = life.row, introduced
    day = first + between(book.rng, 0, 20)
    signed = day if day <= last else first
    if book.practice.agreement_first:
        drawn = signed = row.mentor_answered_on or first
    else:
        drawn = first
    meant = row.ended_on if life.ending is not None and life.ending.kind == "planned" else None
    life.agreement = Agreement(
        ref=book.ref(),
        match=row,
        drawn_up_on=drawn,
        until=meant or max(book.at + days(90), introduced + days(365)),
        time="Two hours each time",
        face_to_face=80,
        roles=words.ROLES,
        boundaries=words.BOUNDARIES,
        disputes=words.DISPUTES,
        notice=f"{book.practice.notice_days} days",
        mentee_on=signed,
        mentor_on=signed,
        service_on=signed,
        by=row.looks_after or book.by,
        at=moment(drawn),
    )


def _review(book: Book, life: MatchLife, introduced: date, last: date) -> None:
    shares = agrees(life.mentee, Consent.Kind.REVIEWS)
    outside = life.mentee.row.referrer_involved
    degrees = [degree.value for degree in Review.Degree]
    for number, day in enumerate(every(book.rng, introduced, last, within(book.practice.review_months))):
        life.reviews.append(
            Review(
                ref=book.ref(),
                match=life.row,
                on=day,
                achieved=degrees[min(3, number + book.rng.randrange(2))],
                aims="Two small steps taken since the last time.",
                goes_on=True,
                needed=True,
                of_service=book.one(words.OF_SERVICE),
                outcome=book.one(words.REVIEW_OUTCOME),
                how=book.one(("in person", "by telephone")),
                mentor_shared_on=day if shares else None,
                referrer_shared_on=day if shares and outside else None,
                by=life.row.looks_after,
                at=moment(day),
            )
        )


def _meet(book: Book, life: MatchLife, last: date) -> None:
    """Meetings at their pace; never two missed in a row, none over Christmas or while the mentor is away."""
    first = life.row.first_met_on
    if first is None:
        return
    rng, interests = book.rng, life.mentee.row.interests
    spans = [(one.begins, one.ends or date.max) for one in life.mentor.pauses]
    missed = False
    steps = (last - first).days // life.apart + 1
    for number in range(steps):
        on = first + timedelta(days=number * life.apart + (rng.randint(-1, 1) if number else 0))
        if on > last:
            break
        away = (on.month, on.day) >= (12, 24) or any(begins <= on <= ends for begins, ends in spans)
        if away and number:
            continue
        missed = bool(number) and not missed and rng.random() < 0.07
        life.meetings.append(
            Said(
                Contact.Kind.MEETING,
                on,
                Contact.Way.MET if rng.random() < 0.85 else Contact.Way.PHONE,
                rng.choice(words.MISSED) if missed else rng.choice(words.MET).format(a=interests[number % 3]),
                reached=not missed,
                minutes=None if missed else rng.choice((45, 60, 60, 90, 90, 120)),
                read=on <= book.at - days(READ_AFTER),
                by=life.mentor.row.user,
            )
        )


def _support(book: Book, life: MatchLife, on: date, what: str) -> ExtraSupport:
    return ExtraSupport(
        match=life.row, to=ExtraSupport.To.BOTH, on=on, what=what, by=life.row.looks_after or book.by, at=moment(on)
    )


def _trouble(book: Book, life: MatchLife, on: date, last: date) -> None:
    """Something moved out of what was agreed, and was talked over; where it does not gel, more support."""
    by = life.row.looks_after or book.by
    life.boundaries.append(
        BoundaryChange(
            match=life.row,
            noticed_on=on,
            what="They began to meet at home.",
            done="Talked with both; they meet in the library again.",
            done_on=on + days(3),
            by=by,
            at=moment(on),
        )
    )
    life.supports.append(_support(book, life, on + days(4), "Talked with both together, and rang after each meeting."))
    if life.runs and on > book.at - days(120):
        life.row.difficult_since = on


# what staff say to each side


def _close(life: MatchLife, book: Book) -> Stretch | None:
    """The days in which the mentor hears more often: while the match is new, and while it is difficult."""
    introduced = life.row.introduced_on
    if introduced is None:
        return None
    last = min(life.row.ended_on or book.at, book.at)
    return introduced, last if life.row.difficult_since else min(
        last, introduced + timedelta(weeks=book.practice.new_weeks + 1)
    )


def _after_first(book: Book, matches: Iterable[MatchLife]) -> list[date]:
    """Within a week of the first meeting, and again before the fifth (indicator 58)."""
    found: list[date] = []
    for life in matches:
        first = life.row.first_met_on
        if first is None:
            continue
        last = min(life.row.ended_on or book.at, book.at)
        found += [day for day in (weekday(first + between(book.rng, 1, 4)), weekday(first + between(book.rng, 11, 18)))
                  if day <= last]  # fmt: skip
    return found


def hear_mentee(book: Book, life: MenteeLife) -> None:
    """Staff's contact with a mentee while they wait and while they are matched, at least quarterly (indicator 42)."""
    accepted = life.row.accepted_on
    if accepted is None:
        return
    spans = [
        (one.row.introduced_on, one.row.ended_on or date.max)
        for one in life.matches
        if one.row.introduced_on is not None
    ]
    last = min(life.row.left_on or book.at, book.at)
    apart = within(book.practice.contact_months)
    soon = weekday(accepted + between(book.rng, 12, 30))
    for day in every(book.rng, accepted, last, apart, [soon, *_after_first(book, life.matches)]):
        matched = any(begins <= day <= ends for begins, ends in spans)
        life.heard.append(_said(book, Contact.Kind.MENTEE, day, words.WITH_MENTEE if matched else words.WAITING))
    if not life.row.referrer_involved:
        return
    told: list[date] = []
    if life.matches and life.matches[0].row.introduced_on is not None:
        told.append(life.matches[0].row.introduced_on)
        life.heard.append(_said(book, Contact.Kind.REFERRER, told[0], words.WITH_REFERRER))
    rng = Random(life.row.ref)  # noqa: S311  # of their own, so that nothing else is drawn otherwise
    for day in every(rng, accepted, last, apart, told):
        if day not in told:
            said = rng.choice(words.WITH_REFERRER)
            life.heard.append(Said(Contact.Kind.REFERRER, day, Contact.Way.PHONE, said, minutes=5, by=book.by))


def hear_mentor(book: Book, life: MentorLife) -> None:
    """Staff's contact with a mentor: quarterly, and closer in a new or difficult match (indicator 53)."""
    accepted = life.row.accepted_on
    if accepted is None:
        return
    last = min(life.row.left_on or book.at, book.at)
    stretches = [stretch for stretch in (_close(one, book) for one in life.matches) if stretch is not None]
    apart = within(book.practice.contact_months)
    spoken = closer(book.rng, accepted, last, apart, _after_first(book, life.matches), stretches)
    for day in spoken:
        life.heard.append(_said(book, Contact.Kind.MENTOR, day, words.WITH_MENTOR))
    rng = Random(life.row.ref)  # noqa: S311  # of their own, so that nothing else is drawn otherwise
    for day in _in_between(life, spoken):
        said = rng.choice(words.WITH_MENTOR)
        life.heard.append(Said(Contact.Kind.MENTOR, day, Contact.Way.PHONE, said, minutes=5, by=book.by))


def _in_between(life: MentorLife, spoken: list[date]) -> list[date]:
    """Halfway from one supervision to the next, where nobody has spoken with them meanwhile (indicator 52)."""
    held = [one.on for one in life.supervisions]
    return [
        weekday(one + (following - one) // 2)
        for one, following in pairwise(held)
        if not any(one < day < following for day in spoken)
    ]


def _said(book: Book, kind: Contact.Kind, day: date, said: tuple[str, ...]) -> Said:
    way = book.rng.choice((Contact.Way.PHONE, Contact.Way.PHONE, Contact.Way.MESSAGE, Contact.Way.MET))
    return Said(kind, day, way, book.one(said), minutes=book.rng.choice((5, 10, 15, 20)), by=book.who())
