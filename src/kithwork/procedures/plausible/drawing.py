"""From a size and a seed to a whole service, nothing of it saved yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kithwork.accounts.models import User
from kithwork.caseload.models import Gathering, Invited, Measure, Measurement, Practice
from kithwork.core.days import add_months
from kithwork.core.verdict import Refused
from kithwork.governance.models import (
    Acknowledgement,
    Appraisal,
    Policy,
    PolicyVersion,
    ResourceVersion,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.procedures.plausible import ground, matches, matching, mentees, mentors, outcomes, staff, trainings
from kithwork.procedures.plausible.book import Book

MOST_YEARS = 12
MOST_MENTEES = 50_000
_PART_OF = {
    Measurement: Measure,
    Invited: Gathering,
    PolicyVersion: Policy,
    Acknowledgement: Policy,
    StaffReference: Staff,
    StaffVetting: Staff,
    StaffTraining: Staff,
    StaffSupervision: Staff,
    Appraisal: Staff,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large, how long, out of which seed, up to which day. The same gives the same, down to the references."""

    mentees: int
    years: int
    seed: int
    at: date

    def check(self) -> None:
        """Raises Refused for a size that cannot be made."""
        if not 1 <= self.years <= MOST_YEARS:
            raise Refused(f"A sample spans 1 to {MOST_YEARS} years.")
        if not 5 <= self.mentees <= MOST_MENTEES:
            raise Refused(f"A sample has 5 to {MOST_MENTEES:,} mentees.")


def draw(practice: Practice, wanted: Wanted, by: User, coordinators: list[User]) -> Book:
    """A service in which every rule with a figure holds throughout."""
    wanted.check()
    rng = Random(f"{wanted.seed}:{practice.service.slug}:{wanted.mentees}:{wanted.years}")  # noqa: S311  # not a secret
    book = Book(
        service=practice.service,
        practice=practice,
        rng=rng,
        start=add_months(wanted.at, -12 * wanted.years),
        at=wanted.at,
        by=by,
        coordinators=coordinators or [by],
        centre=(round(rng.uniform(53.2, 54.6), 3), round(rng.uniform(-2.9, -1.2), 3)),
    )
    trainings.initial_courses(book)
    span = (book.at - book.start).days
    arrivals = sorted(book.start + timedelta(days=rng.randrange(span)) for _ in range(wanted.mentees))
    book.mentees = [mentees.arrive(book, number, came) for number, came in enumerate(arrivals, 1)]
    matching.match_all(book)
    matching.pauses(book)
    mentors.on_their_way(book, max(2, min(60, wanted.mentees // 10)))
    mentors.turned_down(book, max(2, min(200, wanted.mentees // 12)))
    _live(book)
    ground.lay(book)
    staff.employ(book)
    outcomes.measure(book)
    outcomes.ask(book)
    _leave_what_is_there(book)
    return book


def _live(book: Book) -> None:
    for mentor in book.mentors:
        left = mentor.row.left_on
        mentor.vettings = [one for one in mentor.vettings if left is None or one.asked_on <= left]
    for match in book.matches:
        matches.fill(book, match)
    for mentee in book.mentees:
        mentees.reassess(book, mentee)
        matches.hear_mentee(book, mentee)
    for mentor in book.mentors:
        mentors.supervise(book, mentor)
        matches.hear_mentor(book, mentor)
    trainings.only_held(book)
    trainings.refreshers(book)
    trainings.gatherings(book)


def _leave_what_is_there(book: Book) -> None:
    """What a service has written down about itself stays as it is: no register is mixed with made-up entries."""
    kinds = {_PART_OF.get(type(row), type(row)) for row in book.ground if type(row) is not ResourceVersion}
    there = {
        kind
        for kind in kinds
        if any(one.name == "service" for one in kind._meta.get_fields())
        and kind._base_manager.filter(service=book.service).exists()
    }
    book.ground = [row for row in book.ground if _PART_OF.get(type(row), type(row)) not in there]
    kept = {id(row) for row in book.ground}
    book.ground = [row for row in book.ground if not isinstance(row, ResourceVersion) or id(row.resource) in kept]
