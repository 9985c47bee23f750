"""Mentors: the same road for everybody, from the application to the badge; checks renewed, supervision kept up."""

from datetime import date, timedelta

from kithwork.caseload.models import Attendance, Consent, Mentor, MentorStep, Practice, Reference, Supervision, Vetting
from kithwork.caseload.queries.consents import words_for
from kithwork.core.days import Period
from kithwork.core.service.asked import APPLICATION, REFERENCE
from kithwork.core.service.slots import SLOTS
from kithwork.procedures.plausible import names, words
from kithwork.procedures.plausible.book import Book, Course, MentorLife, moment
from kithwork.procedures.plausible.rhythm import between, days, every, within
from kithwork.procedures.plausible.trainings import COHORT, attend

K = MentorStep.Kind
LEVEL = {Practice.Vetting.PVG: Vetting.Level.PVG, Practice.Vetting.ACCESS_NI: Vetting.Level.ENHANCED}


def comes_for(book: Book, wanted: date) -> MentorLife:
    """Somebody who has gone the whole road by about that day: by the last course before it, or the first there was."""
    before = [one for one in _initial(book) if one.sessions[-1].on + days(12) <= wanted]
    course = before[-1] if before else _initial(book)[0]
    return select(book, course)


def _initial(book: Book) -> list[Course]:
    return [one for one in book.courses if one.row.kind == "initial"]


def select(book: Book, course: Course) -> MentorLife:
    """The whole road to the badge, through this course; ready from a day in `free_on`, which may be to come."""
    rng = book.rng
    first, last = course.sessions[0].on, course.sessions[-1].on
    life = apply(book, first - between(rng, 28, 45))
    interview = _interviewed(book, life)
    _refer(book, life, interview)
    vet(book, life, interview + days(1), interview + between(rng, 8, 14))
    attend(book, course, life, Attendance.State.PRESENT)
    selected = last + between(rng, 2, 6)
    step(book, life, K.POST_TRAINING, selected - days(1), note="Ready, and looks forward to it.")
    step(book, life, K.SELECTION, selected, outcome="yes", note=rng.choice(words.SELECTED))
    step(book, life, K.INDUCTION, selected + days(2))
    step(book, life, K.BADGE, selected + days(2))
    if book.past(selected + days(2)):
        life.row.accepted_on = selected
    life.free_on = selected + days(3)
    return life


def apply(book: Book, on: date) -> MentorLife:
    """Somebody applies."""
    rng, number = book.rng, len(book.mentors) + 1
    name = names.full_name(rng)
    home = names.place(rng, book.centre)
    a, b = rng.sample(words.INTERESTS, 2)
    row = Mentor(
        ref=book.ref(),
        service=book.service,
        name=name,
        known_as=name.split()[0],
        born=names.born(rng, on, 19, 78),
        email=names.email(name, 5000 + number),
        phone=names.phone(rng),
        address=home.address,
        postcode=home.postcode,
        lat=home.lat,
        lon=home.lon,
        emergency=f"{names.full_name(rng)}, {names.phone(rng)}",
        gender=rng.choice(names.GENDERS),
        interests=[a, b, *rng.sample(words.INTERESTS, 2)],
        languages=sorted({"English", rng.choice(names.LANGUAGES)}),
        availability=sorted(rng.sample(tuple(SLOTS), 6), key=tuple(SLOTS).index),
        profile=rng.choice(words.PROFILE).format(a=a, b=b),
        skills=rng.sample(words.SKILLS, 2),
        places=2 if rng.random() < 0.12 else 1,
        max_km=rng.choice((0, 10, 15, 20)),
        number=f"sample {number}",
        applied_on=on,
        equalities_asked_on=on,
        made_at=moment(on),
        changed_at=moment(on),
    )
    life = MentorLife(row, free_on=date.max)
    book.mentors.append(life)
    life.consents.append(
        Consent(
            mentor=row,
            kind=Consent.Kind.DATA,
            answer=Consent.Answer.GIVEN,
            on=on,
            wording=words_for(book.practice, Consent.Kind.DATA),
            how="with the application",
            at=moment(on),
        )
    )
    answers = dict.fromkeys(APPLICATION, "I had somebody like that myself, and have time now.")
    step(book, life, K.APPLICATION, on, answers=answers, by_themselves=True)
    return life


def step(
    book: Book,
    life: MentorLife,
    kind: MentorStep.Kind,
    on: date,
    *,
    outcome: str = "done",
    note: str = "",
    answers: dict[str, str] | None = None,
    signposted: str = "",
    by_themselves: bool = False,
) -> None:
    """One step of the road, unless its day is still to come."""
    if not book.past(on):
        return
    life.steps.append(
        MentorStep(
            mentor=life.row,
            kind=kind,
            on=on,
            outcome=outcome,
            note=note,
            answers=answers or {},
            signposted_to=signposted,
            by=None if by_themselves else book.who(),
            at=moment(on),
        )
    )


def _interviewed(book: Book, life: MentorLife) -> date:
    role = life.row.applied_on + between(book.rng, 4, 8)
    interview = role + between(book.rng, 1, 5)
    step(book, life, K.ROLE, role, note="Meets what the role asks for.")
    step(book, life, K.INTERVIEW, interview, outcome="yes", note="A good talk; listens before answering.")
    return interview


def _refer(book: Book, life: MentorLife, asked: date) -> None:
    if not book.past(asked):
        return
    for _ in range(max(2, book.practice.references)):
        received = asked + between(book.rng, 4, 12)
        came = book.past(received)
        name = names.full_name(book.rng)
        life.references.append(
            Reference(
                ref=book.ref(),
                mentor=life.row,
                name=name,
                relation=book.one(words.REFEREES),
                email=names.email(name, 1),
                asked_on=asked,
                received_on=received if came else None,
                answers=dict(zip(REFERENCE, words.REFERENCE_ANSWERS, strict=True)) if came else {},
                suitable=True if came else None,
                at=moment(asked),
            )
        )


def vet(book: Book, life: MentorLife, asked: date, on: date) -> None:
    """A check, and its renewals, each a month before the last day of the one before."""
    if book.practice.vetting == Practice.Vetting.NONE:
        return
    lasts = Period(book.practice.vetting_years, "year")
    last = life.row.left_on or book.at
    while asked <= last:
        came = book.past(on)
        until = lasts.after(on) - days(1)
        life.vettings.append(
            Vetting(
                ref=book.ref(),
                mentor=life.row,
                level=LEVEL.get(Practice.Vetting(book.practice.vetting), Vetting.Level.ENHANCED),
                asked_on=asked,
                outcome=Vetting.Outcome.CLEAR if came else Vetting.Outcome.ASKED,
                on=on if came else None,
                expires_on=until if came else None,
                by=book.who(),
                at=moment(asked),
            )
        )
        asked, on = until - days(55), until - days(30)


def supervise(book: Book, life: MentorLife) -> None:
    """Support and supervision each quarter, with the four topics (indicator 52, excellence 16)."""
    if life.row.accepted_on is None:
        return
    apart = within(min(3, book.practice.supervision_months))
    for day in every(book.rng, life.row.accepted_on, life.row.left_on or book.at, apart):
        life.supervisions.append(
            Supervision(
                ref=book.ref(),
                mentor=life.row,
                on=day,
                face_to_face=book.rng.random() < 0.7,
                topics=[topic.value for topic in Supervision.Topic],
                notes=book.one(words.SUPERVISED),
                wellbeing=book.one(words.WELLBEING),
                learning=book.one(words.LEARNING),
                goes_on=True,
                by=book.who(),
                at=moment(day),
            )
        )


def on_their_way(book: Book, number: int) -> None:
    """So many who have applied lately: at the interview, waiting for references, or invited to the next course."""
    coming = [one for one in _initial(book) if one.sessions[0].on > book.at]
    for index in range(number):
        life = apply(book, book.at - between(book.rng, 2, 26))
        if index % 3:
            interview = _interviewed(book, life)
            if book.past(interview):
                _refer(book, life, interview)
                vet(book, life, interview, interview + days(14))
            if coming and len(coming[0].sessions) and index < COHORT:
                attend(book, coming[0], life, Attendance.State.INVITED)


def turned_down(book: Book, number: int) -> None:
    """So many who were not selected: told why, and pointed to something else (indicator 51)."""
    for _ in range(number):
        span = max(60, (book.at - book.start).days - 60)
        life = apply(book, book.start + timedelta(days=book.rng.randrange(span)))
        interview = _interviewed(book, life)
        if not book.past(interview + days(10)):
            continue
        decided = interview + days(3)
        step(book, life, K.SELECTION, decided, outcome="no", note=book.one(words.NOT_SELECTED))
        step(
            book, life, K.FEEDBACK, decided + days(2), note="Rang and explained.", signposted=book.one(words.SIGNPOSTED)
        )
        life.row.left_on, life.row.left_because = decided + days(2), "Not selected."
