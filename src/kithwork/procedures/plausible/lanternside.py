"""The demo's service as it runs: Lanternside Mentoring, with a coordinator, and Mab, who mentors and has an account."""

from datetime import date, datetime

from kithwork.accounts.models import User
from kithwork.caseload.actions import concerns, links, mentees, references
from kithwork.caseload.actions import practice as practices
from kithwork.caseload.models import Match, Mentee, OneTimeLink, Reference
from kithwork.core.days import add_months
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures.plausible.book import Book, MentorLife
from kithwork.procedures.plausible.drawing import Wanted, draw
from kithwork.procedures.plausible.loading import Loaded, save
from kithwork.procedures.sample import person

YEARS, MENTEES, SEED, FAULTS, ROOM = 2, 40, 25, 14, 5
ABOUT = (
    "We bring people together: somebody who would like company and encouragement, and a mentor who has time and "
    "listens. For anybody from fifteen on who lives around Lanternside."
)


def run_lanternside(*, service: Service, lead: User, password: str, now: datetime, today: date) -> Loaded:
    """Two years of a made-up service for the demo, with some faults, and with something waiting in every room."""
    cora = person("Cora Lyle", "cora@lanternside.example", password)
    organisations.join(organisation=service.organisation, user=cora, role=Role.COORDINATOR, by=lead)
    mab = person("Mab Sorrelby", "mab@mentors.example", password)
    begun = practices.begin(service=service, by=lead, today=add_months(today, -12 * YEARS))
    practice = practices.change(
        practice=begun,
        by=lead,
        about=ABOUT,
        signposts="The advice centre in Saltmouth; the Friday group in the Old Ferry House.",
        mentor_role="Meets one person for two hours a week, listens, encourages, and keeps to what was agreed.",
        call_first="Cora, on 01632 960112",
    )
    practice.service = service
    book = draw(practice, Wanted(MENTEES, YEARS, SEED, today), lead, [lead, cora])
    spared = [*_named(book, mab), *_with_room(book, mab)]
    done = save(book, SEED, FAULTS, lead, spare=spared)
    _waiting(service, lead, mab, now)
    return done


def _named(book: Book, mab: User) -> list[object]:
    """One of the mentors becomes Mab: somebody with a match that runs, and with all in order, so that no fault may be
    about what is returned.
    """
    life = max((one for one in book.mentors if one.here), key=_meets)
    life.row.name, life.row.known_as, life.row.email, life.row.user = mab.name, "Mab", mab.email, mab
    for match in life.matches:
        for said in match.meetings:
            said.by = mab
    return [life, *life.matches, *(match.mentee for match in life.matches)]


def _with_room(book: Book, mab: User) -> list[object]:
    """Some who mentor already would take on a second, so that whoever proposes a match has a choice of mentors."""
    willing = [one for one in book.mentors if one.here and not one.pauses and one.row.user is not mab][:ROOM]
    for life in willing:
        life.row.places = 2
    return [*willing]


def _meets(life: MentorLife) -> tuple[int, int]:
    return sum(match.runs for match in life.matches), sum(len(match.meetings) for match in life.matches)


def _waiting(service: Service, lead: User, mab: User, now: datetime) -> None:
    """A worry, somebody who asks to be rung, and two links that nobody has used yet."""
    match = (
        Match.objects.filter(service=service, mentor__user=mab, ended_on__isnull=True).select_related("mentee").first()
    )
    if match is not None:
        concerns.raise_concern(
            service=service,
            words="They said twice that somebody they do not know waits outside the college for them.",
            urgency=concerns.Urgency.SOON,
            raised_as=concerns.RaisedAs.MENTOR,
            now=now,
            by=mab,
            mentee=match.mentee,
        )
        links.make(service=service, purpose=OneTimeLink.Purpose.MENTEE, now=now, by=lead, mentee=match.mentee)
    here = Mentee.objects.filter(service=service, left_on__isnull=True, accepted_on__isnull=False)
    for mentee in here.exclude(matches__mentor__user=mab).order_by("pk")[3:4]:
        mentees.call_me(mentee=mentee, now=now)
    asked = Reference.objects.filter(mentor__service=service, received_on__isnull=True, mentor__left_on__isnull=True)
    for reference in asked.exclude(email="").order_by("pk")[:1]:
        references.ask(reference=reference, by=lead, now=now)
