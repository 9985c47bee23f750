"""From a book to rows, in an order in which each finds what it hangs on; contacts last, so many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from django.db.models import Model

from kithwork.caseload.models import Contact
from kithwork.procedures.plausible.book import Book, MatchLife, MenteeLife, MentorLife, Said

CONTACTS_AT_ONCE = 5000
_SIX = time(18)
_NINE = time(9)
_NEXT = timedelta(days=1)


def batches(book: Book) -> Iterator[Sequence[Model]]:
    """Everything but contacts by kind, then the contacts."""
    yield from _by_kind(_people(book))
    yield from _by_kind(_threads(book))
    yield from _by_kind(book.ground)
    batch: list[Contact] = []
    for contact in contacts(book):
        batch.append(contact)
        if len(batch) == CONTACTS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _by_kind(rows: Iterable[Model]) -> Iterator[list[Model]]:
    """Grouped by kind; kinds in the order in which the first of each comes."""
    found: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    yield from (some for some in found.values() if some)


def _people(book: Book) -> Iterator[Model]:
    yield from (life.row for life in book.mentees)
    yield from (life.row for life in book.mentors)
    for course in book.courses:
        yield course.row
        yield from course.sessions
    yield from (life.row for life in book.matches)


def _threads(book: Book) -> Iterator[Model]:
    for mentee in book.mentees:
        yield mentee.referral
        yield from mentee.consents
        yield from mentee.risks
        yield from mentee.pauses
    for mentor in book.mentors:
        yield from mentor.steps
        yield from mentor.references
        yield from mentor.vettings
        yield from mentor.consents
        yield from mentor.attendance
        yield from mentor.supervisions
        yield from mentor.pauses
    yield from (life.plan for life in book.matches if life.plan)  # goals hang on plans
    for match in book.matches:
        yield from match.goals
        yield from match.reviews
        yield from match.boundaries
        yield from match.supports
        yield from (one for one in (match.agreement, match.ending) if one is not None)


def contacts(book: Book) -> Iterator[Contact]:
    """The rows of all that was said and met, made as they are asked for."""
    for mentee in book.mentees:
        yield from (_row(book, said, mentee=mentee) for said in mentee.heard)
    for mentor in book.mentors:
        yield from (_row(book, said, mentor=mentor) for said in mentor.heard)
    for match in book.matches:
        yield from (_row(book, said, mentee=match.mentee, mentor=match.mentor, match=match) for said in match.meetings)


def _row(
    book: Book,
    said: Said,
    *,
    mentee: MenteeLife | None = None,
    mentor: MentorLife | None = None,
    match: MatchLife | None = None,
) -> Contact:
    reader = match.row.looks_after if match and said.read else None
    return Contact(
        ref=book.ref(),
        service_id=book.service.pk,
        kind=said.kind,
        mentee_id=mentee.row.pk if mentee else None,
        mentor_id=mentor.row.pk if mentor else None,
        match_id=match.row.pk if match else None,
        on=said.on,
        way=said.way,
        reached=said.reached,
        minutes=said.minutes,
        words=said.words,
        by_id=said.by.pk if said.by else None,
        read_at=datetime.combine(said.on + _NEXT, _NINE, tzinfo=UTC) if reader else None,
        read_by_id=reader.pk if reader else None,
        at=datetime.combine(said.on, _SIX, tzinfo=UTC),
    )
