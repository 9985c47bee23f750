"""Staff files: references and vetting (outcome alone), training, supervision each quarter, an appraisal each year."""

from decimal import Decimal

from kithwork.accounts.models import User
from kithwork.core.days import add_months
from kithwork.governance.models import (
    Appraisal,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.procedures.plausible import names
from kithwork.procedures.plausible.book import Book, moment
from kithwork.procedures.plausible.rhythm import YEARLY, between, days, every, within

TOPICS = (StaffTraining.Topic.PROTECTION, StaffTraining.Topic.RISK, StaffTraining.Topic.VOLUNTEERS)
MATCHES_EACH = 40  # that one member of staff looks after
AT_LEAST = 3


def employ(book: Book) -> None:
    """Those with accounts who coordinate, and as many more as the matches take."""
    live = sum(one.runs for one in book.matches)
    people: list[tuple[str, User | None]] = [(user.name, user) for user in book.coordinators]
    wanted = min(60, max(AT_LEAST, live // MATCHES_EACH))
    people += [(names.full_name(book.rng), None) for _ in range(wanted - len(people))]
    for number, (name, user) in enumerate(people):
        began = book.start - between(book.rng, 30, 400)
        row = Staff(
            ref=book.ref(),
            service=book.service,
            name=name,
            role="Service manager" if number == 0 else "Coordinator",
            user=user,
            trains=number == 0,
            line_manager="Chair of the board" if number == 0 else people[0][0],
            began_on=began,
            inducted_on=began + days(7),
            badge_on=began + days(3),
        )
        book.ground.append(row)
        _file(book, row)


def _file(book: Book, row: Staff) -> None:
    rng, began = book.rng, row.began_on
    book.ground += [
        StaffReference(staff=row, name=names.full_name(rng), received_on=began - days(10 + number))
        for number in range(2)
    ]
    checked = began - days(14)
    while checked <= book.at:
        until = add_months(checked, 36) - days(1)
        book.ground.append(
            StaffVetting(staff=row, level="enhanced", on=checked, clear=True, expires_on=until, by=book.by)
        )
        checked = until - days(30)
    book.ground += [
        StaffTraining(
            staff=row,
            topic=topic,
            title=topic.label.capitalize(),
            on=began + between(rng, 8, 25),
            hours=Decimal("3.5"),
        )
        for topic in (*TOPICS, *((StaffTraining.Topic.TRAINERS,) if row.trains else ()))
    ]
    for day in every(rng, began, book.at, within(3)):
        book.ground.append(
            StaffSupervision(
                staff=row, on=day, supervisor=row.line_manager, minutes="Workload; cover in summer; one match.",
                by=book.by, at=moment(day),
            )
        )  # fmt: skip
    for day in every(rng, began, book.at, YEARLY):
        book.ground.append(
            Appraisal(
                staff=row, on=day, needs="Supervision skills.", notes="A good year; aims agreed.", by=book.by,
                at=moment(day),
            )
        )  # fmt: skip
