"""A made-up service drawn and saved in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

from kithwork.accounts.models import User
from kithwork.caseload.actions import sampling
from kithwork.caseload.models import Practice, Sample
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.procedures.plausible import faults
from kithwork.procedures.plausible.book import Book, Fault
from kithwork.procedures.plausible.drawing import Wanted, draw
from kithwork.procedures.plausible.writing import batches


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made: how many of each, and what is wrong on purpose."""

    sample: Sample
    figures: dict[str, int]
    faults: tuple[Fault, ...]


def load(*, practice: Practice, wanted: Wanted, faulty: int, by: User) -> Loaded:
    """Fill an empty service with made-up people and records, with so many faults.

    Raises Refused when people are on record already, or for a size that cannot be made.
    """
    return save(draw(practice, wanted, by, coordinators_of(practice.service)), wanted.seed, faulty, by)


def save(book: Book, seed: int, faulty: int, by: User, spare: Iterable[object] = ()) -> Loaded:
    """Put the faults in, none of them about what is spared, and save."""
    faults.put_in(book, faulty, spare)
    live = sum(one.row.ended_on is None or one.row.ended_on >= book.at for one in book.matches)
    figures = {
        "mentees": len(book.mentees),
        "mentors": len(book.mentors),
        "matches": len(book.matches),
        "running": sum(
            one.row.introduced_on is not None and (one.row.ended_on is None or one.row.ended_on >= book.at)
            for one in book.matches
        ),
        "contacts": sum(len(one.heard) for one in book.mentees)
        + sum(len(one.heard) for one in book.mentors)
        + sum(len(one.meetings) for one in book.matches),
        "capacity": live + max(3, live // 10),
    }
    wait = sum(
        not one.referral.outcome or (one.here and not any(match.runs for match in one.matches)) for one in book.mentees
    )
    made_up = sampling.MadeUp(
        seed=seed,
        last_day=book.at,
        capacity=figures["capacity"],
        waiting_limit=wait + max(5, wait // 5),
        figures=figures,
        faults=[(one.indicator, one.kind, one.ref) for one in book.faults],
    )
    sample = sampling.bring_in(practice=book.practice, batches=batches(book), made_up=made_up, by=by)
    return Loaded(sample, figures, tuple(book.faults))
