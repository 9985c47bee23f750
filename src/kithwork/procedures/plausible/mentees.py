"""Mentees: how they come, what is agreed and looked at before the waiting list, what is asked again each year."""

from datetime import date, timedelta

from kithwork.caseload.models import Consent, Mentee, Referral, RiskAssessment
from kithwork.caseload.queries.consents import words_for
from kithwork.core.days import add_months
from kithwork.core.service.slots import SLOTS
from kithwork.procedures.plausible import names, words
from kithwork.procedures.plausible.book import Book, MenteeLife, moment
from kithwork.procedures.plausible.rhythm import YEARLY, between, days, every, weekday, within

ASKED = (Consent.Kind.DATA, Consent.Kind.THIRD_PARTIES, Consent.Kind.RISK, Consent.Kind.REVIEWS)
OPEN_FOR = 18  # days: a referral younger than that may be undecided
LEVELS = ("low", "low", "low", "medium", "medium", "high")


def arrive(book: Book, number: int, came: date) -> MenteeLife:
    """Somebody is referred on that day; accepted, pointed elsewhere, or still being looked at on the last day."""
    rng = book.rng
    row = _person(book, number, came)
    life = MenteeLife(row, _referral(book, row, came))
    referral = life.referral
    seen = min(weekday(came + between(rng, 2, 7)), book.at)
    decided = weekday(seen + between(rng, 1, 7))
    if came > book.at - days(OPEN_FOR) and (decided > book.at or rng.random() < 0.6):
        if seen < book.at:
            referral.seen_on, referral.agreed = seen, True
            row.equalities_asked_on = seen
        return life
    row.equalities_asked_on = seen
    referral.seen_on, referral.agreed, referral.eligible_on = seen, True, seen
    referral.decided_on, referral.decided_by, referral.told_on = decided, book.who(), decided
    luck = rng.random()
    if luck < 0.08:
        _signpost(book, life, decided)
    elif luck < 0.11:
        referral.outcome, referral.reason = Referral.Outcome.WITHDRAWN, "Found company elsewhere."
        row.left_on, row.left_because = decided, "Withdrew the referral."
    else:
        _accept(book, life, seen, decided)
    return life


def _person(book: Book, number: int, came: date) -> Mentee:
    rng = book.rng
    name = names.full_name(rng)
    home = names.place(rng, book.centre)
    a, b = rng.sample(words.INTERESTS, 2)
    return Mentee(
        ref=book.ref(),
        service=book.service,
        name=name,
        known_as=name.split()[0],
        born=names.born(rng, came, 15, 84),
        email=names.email(name, number) if rng.random() < 0.6 else "",
        phone=names.phone(rng),
        address=home.address,
        postcode=home.postcode,
        lat=home.lat,
        lon=home.lon,
        contact_wishes=rng.choice(words.CONTACT_WISHES),
        emergency=f"{names.full_name(rng)}, {names.phone(rng)}",
        gender=rng.choice(names.GENDERS),
        interests=[a, b, *rng.sample(words.INTERESTS, 1)],
        languages=sorted({"English", rng.choice(names.LANGUAGES)}),
        availability=sorted(rng.sample(tuple(SLOTS), 5), key=tuple(SLOTS).index),
        wishes=rng.choice(words.WISHES),
        profile=rng.choice(words.PROFILE).format(a=a, b=b),
        number=f"sample {number}",
        came_on=came,
        needs=rng.sample(words.NEEDS, 2),
        made_at=moment(came),
        changed_at=moment(came),
    )


def _referral(book: Book, row: Mentee, came: date) -> Referral:
    rng = book.rng
    source = rng.choices(tuple(Referral.Source), (25, 25, 50))[0]
    told = weekday(came + between(rng, 0, 2))
    made = Referral(
        ref=book.ref(),
        mentee=row,
        source=source,
        came_on=came,
        why=rng.choice(words.WHY),
        agreed=True,
        acknowledged_on=told if book.past(told) else None,
        at=moment(came),
    )
    if source == Referral.Source.SELF:
        made.email, made.phone = row.email, row.phone
        row.referrer_involved = False
        return made
    made.name, made.phone = names.full_name(rng), names.phone(rng)
    made.email = names.email(made.name, 0)
    if source == Referral.Source.FAMILY:
        row.carer, row.carer_email, row.carer_phone = made.name, made.email, made.phone
    else:
        made.name = f"{made.name}, {rng.choice(words.REFERRER_ROLES)}"
        made.organisation = rng.choice(words.AGENCIES)
    return made


def _signpost(book: Book, life: MenteeLife, decided: date) -> None:
    referral = life.referral
    referral.outcome, referral.reason = Referral.Outcome.SIGNPOSTED, book.one(words.NOT_OURS)
    referral.signposted_to = book.one(words.ELSEWHERE)
    referral.eligible = {one: index == 0 for index, one in enumerate(book.practice.eligibility)}
    life.row.left_on, life.row.left_because = decided, "Pointed to something more suitable."
    _ask(book, life, decided, (Consent.Kind.DATA,))


def _accept(book: Book, life: MenteeLife, seen: date, decided: date) -> None:
    rng, row, referral = book.rng, life.row, life.referral
    referral.outcome, referral.reason = Referral.Outcome.ACCEPTED, "Within the group the service is for."
    referral.eligible = dict.fromkeys(book.practice.eligibility, True)
    row.accepted_on = row.waiting_since = decided
    if rng.random() < 0.1:
        row.priority, row.priority_because = 1, "Very alone since the autumn."
    _ask(book, life, seen, ASKED)
    assess(book, life, RiskAssessment.Kind.PERSON, seen)


def _ask(book: Book, life: MenteeLife, day: date, kinds: tuple[Consent.Kind, ...]) -> None:
    by = book.who()
    young = life.row.born is not None and add_months(life.row.born, 16 * 12) > day
    for kind in kinds:
        no = kind != Consent.Kind.DATA and book.rng.random() < 0.08
        life.consents.append(
            Consent(
                mentee=life.row,
                kind=kind,
                answer=Consent.Answer.REFUSED if no else Consent.Answer.GIVEN,
                whose=Consent.Whose.FAMILY if young else Consent.Whose.OWN,
                on=day,
                wording=words_for(book.practice, kind),
                how="in person",
                by=by,
                at=moment(day),
            )
        )


def agrees(life: MenteeLife, kind: Consent.Kind) -> bool:
    """Whether the latest answer of a kind is yes."""
    answers = [one.answer for one in life.consents if one.kind == kind]
    return bool(answers) and answers[-1] == Consent.Answer.GIVEN


def assess(book: Book, life: MenteeLife, kind: RiskAssessment.Kind, day: date) -> None:
    """Look at a risk. What is to be done about it is done within three weeks, or still has time."""
    rng = book.rng
    person = kind == RiskAssessment.Kind.PERSON
    level = rng.choice(LEVELS) if person else "low"
    due = day + timedelta(days=28)
    done = weekday(day + between(rng, 3, 18))
    actions = words.MANAGED.get(level, "")
    life.risks.append(
        RiskAssessment(
            ref=book.ref(),
            mentee=life.row,
            kind=kind,
            on=day,
            level=level,
            findings=words.RISKS[level] if person else {"home": words.HOME}.get(kind, words.ACTIVITY),
            actions=actions,
            actions_due=due if actions else None,
            actions_done_on=done if actions and book.past(done) else None,
            by=book.who(),
            at=moment(day),
        )
    )


def reassess(book: Book, life: MenteeLife) -> None:
    """The risks of what a match does, and of the home where the service visits homes: before it, and every year."""
    kinds = [RiskAssessment.Kind.ACTIVITY]
    if book.practice.visits_homes:
        kinds.append(RiskAssessment.Kind.HOME)
    begun = [one.row.proposed_on for one in life.matches if one.row.introduced_on is not None]
    if not begun:
        return
    last = max((one.row.ended_on or book.at for one in life.matches if one.row.introduced_on), default=book.at)
    last = min(last, book.at)
    for kind in kinds:
        apart = min(YEARLY, within(book.practice.risk_months))
        for day in [min(begun), *every(book.rng, min(begun), last, apart)]:
            assess(book, life, kind, day)
