"""What holds the service up: policies, insurance, money, risks, board, aims; each within its figure throughout."""

from datetime import date, timedelta

from kithwork.core.days import add_months
from kithwork.governance.models import (
    Acknowledgement,
    Change,
    Complaint,
    Evaluation,
    Funding,
    Insurance,
    Meeting,
    Outcome,
    Policy,
    PolicyVersion,
    Practised,
    Resource,
    ResourceVersion,
    Risk,
    Target,
    Trustee,
)
from kithwork.governance.policies import REPEATED, months_for
from kithwork.procedures.plausible import names
from kithwork.procedures.plausible.book import Book, moment
from kithwork.procedures.plausible.rhythm import YEARLY, between, days, every

RISKS = (
    ("Money runs out when the main grant ends", 2, 3, "Apply to two more funders."),
    ("Too few mentors for those who wait", 2, 2, "Open evening at the college each term."),
    ("A coordinator is away for long", 1, 3, "A colleague knows each match; cover is written down."),
    ("Records are lost or read by others", 1, 3, "Copies every night; accounts with a second factor."),
)

PRACTISED = {
    Practised.Kind.ADAPTED: "The welcome letter in large print and in Polish",
    Practised.Kind.STORY: "A mentee's story in the local paper, told with consent",
    Practised.Kind.RESEARCH: "Read the regional report on loneliness, and talked it over in the team",
    Practised.Kind.NEED: "Figures on people who live alone in the area, with the council's plan",
    Practised.Kind.PRESENCE: "The website's pages for mentors are up to date",
}


def lay(book: Book) -> None:
    """Everything that is about the service and not about people; staff files are in `staff.py`."""
    _policies(book)
    _insurance(book)
    _money(book)
    _risks(book)
    _board(book)
    _aims(book)
    _heard(book)
    _shared(book)


def _years(book: Book) -> list[date]:
    """The first day, and each anniversary up to the last."""
    found = [book.start]
    while add_months(found[-1], 12) <= book.at:
        found.append(add_months(found[-1], 12))
    return found


def _policies(book: Book) -> None:
    if Policy.objects.filter(service=book.service, ended_on__isnull=True).exists():
        return
    for number, subject in enumerate(one for one in Policy.Subject if one not in REPEATED):
        row = Policy(
            ref=book.ref(),
            service=book.service,
            subject=subject,
            title=subject.label,
            owner="Chair of the board" if number % 4 == 0 else book.coordinators[0].name,
            review_months=months_for(subject),
            covers_volunteers=subject == Policy.Subject.LONE_WORKING,
            made_at=moment(book.start),
        )
        book.ground.append(row)
        approved = book.start - between(book.rng, 20, 200)
        version = 1
        while approved <= book.at:
            affects = version > 1 and subject in (Policy.Subject.MATCHING, Policy.Subject.COMPLAINTS)
            _version(book, row, version, approved, affects)
            version, approved = version + 1, add_months(approved, row.review_months) - between(book.rng, 10, 60)


def _version(book: Book, row: Policy, number: int, approved: date, affects: bool) -> None:
    made = PolicyVersion(
        ref=book.ref(),
        policy=row,
        number=number,
        approved_on=approved,
        approved_by="The board",
        review_due=add_months(approved, row.review_months),
        changed=number == 1 or affects,
        affects_people=affects,
        summary="Plainer words, and who decides in the end." if affects else "",
        by=book.by,
        at=moment(approved),
    )
    book.ground.append(made)
    if affects:
        book.ground += [
            Acknowledgement(version=made, group=group, on=approved, how="newsletter", people=10, by=book.by)
            for group in (Acknowledgement.Group.MENTEES, Acknowledgement.Group.MENTORS)
        ]


def _insurance(book: Book) -> None:
    """Two for each year: liability, and one that names volunteers."""
    for begins in _years(book):
        ends = add_months(begins, 12) - days(1)
        for cover, insurer, volunteers in (
            (Insurance.Cover.BOTH, "Anchor Mutual (sample)", False),
            (Insurance.Cover.PUBLIC, "Ferry & Oak (sample)", True),
        ):
            book.ground.append(
                Insurance(
                    ref=book.ref(),
                    service=book.service,
                    cover=cover,
                    insurer=insurer,
                    number=f"S-{begins.year}-{book.rng.randrange(1000, 9999)}",
                    volunteers=volunteers,
                    begins=begins,
                    ends=ends,
                )
            )


def _money(book: Book) -> None:
    """Three years at a time, the last beyond the next twelve months; a training budget beside it (indicators 2, 31)."""
    begins = book.start
    while begins <= add_months(book.at, 12):
        ends = add_months(begins, 36) - days(1)
        secured = begins <= book.at
        book.ground += [
            Funding(
                ref=book.ref(),
                service=book.service,
                source=source,
                pounds=pounds,
                begins=begins,
                ends=ends,
                state=Funding.State.SECURED if secured else Funding.State.APPLIED,
                on=min(begins - days(60), book.at),
                for_training=training,
            )
            for source, pounds, training in (
                ("Ferry Street Foundation (sample)", 180_000, False),
                ("Training fund of the trust", 4_500, True),
            )
        ]
        begins = ends + days(1)


def _risks(book: Book) -> None:
    for number, (what, likelihood, impact, action) in enumerate(RISKS):
        reviewed = book.at - between(book.rng, 20, 150)
        done = number == 3
        book.ground.append(
            Risk(
                ref=book.ref(),
                service=book.service,
                what=what,
                likelihood=likelihood,
                impact=impact,
                action=action,
                owner=book.coordinators[number % len(book.coordinators)].name,
                due_on=book.at - days(30) if done else book.at + between(book.rng, 14, 160),
                done_on=book.at - days(35) if done else None,
                reviewed_on=reviewed,
                made_at=moment(max(book.start, reviewed - days(100))),
            )
        )


def _board(book: Book) -> None:
    for office in ("Chair", "Treasurer", "Secretary", "", ""):
        book.ground.append(
            Trustee(
                ref=book.ref(),
                service=book.service,
                name=names.full_name(book.rng),
                office=office,
                since=book.start - between(book.rng, 100, 900),
            )
        )
    for kind, apart, about in (
        (Meeting.Kind.BOARD, (80, 100), "Figures, money, what mentees and mentors say"),
        (Meeting.Kind.INVOLVED, (160, 190), "Trustees at the mentors' evening"),
        (Meeting.Kind.NETWORK, (170, 200), "Regional network of mentoring services"),
    ):
        for day in every(book.rng, book.start, book.at, apart):
            book.ground.append(
                Meeting(ref=book.ref(), service=book.service, kind=kind, on=day, about=about, by=book.by)
            )


def _aims(book: Book) -> None:
    for what, seen_by in (
        ("Mentees feel less alone", "Reviews each quarter, and the questionnaire at the end"),
        ("Mentees take part in one more thing in town", "The goals of their plans"),
        ("Mentors learn and enjoy it", "Supervision, and feedback on training"),
    ):
        book.ground.append(
            Outcome(
                ref=book.ref(),
                service=book.service,
                what=what,
                seen_by=seen_by,
                begun_on=book.start,
                reviewed_on=max(book.start, book.at - days(90)),
            )
        )
    size = max(4, len(book.mentees) // max(1, len(_years(book))))
    book.ground.append(
        Target(  # of the year before its work came here, so that a public report is never more than a year old
            ref=book.ref(),
            service=book.service,
            year=book.start.year - 1,
            counts=Target.Counts.OTHER,
            what="People supported, by the report on paper",
            aim=size,
            reached=size,
            published_on=date(book.start.year, 3, 1),
        )
    )
    for year in range(book.start.year, book.at.year + 1):
        for counts, aim in (
            (Target.Counts.MATCHED, size * 2 // 3),
            (Target.Counts.TRAINED, size // 2),
            (Target.Counts.REFERRED, size),
        ):
            published = date(year + 1, 3, 1)
            book.ground.append(
                Target(
                    ref=book.ref(),
                    service=book.service,
                    year=year,
                    counts=counts,
                    aim=aim,
                    published_on=published if book.past(published) else None,
                )
            )
    for day in every(book.rng, book.start, book.at, YEARLY):
        book.ground.append(
            Evaluation(
                ref=book.ref(),
                service=book.service,
                on=day,
                title=f"What people say, {day.year}",
                groups=[group.value for group in Evaluation.Group],
                figures=True,
                words=True,
                baseline=True,
                survey=True,
                found="Most feel less alone than at the start; some would like a longer goodbye.",
                by=book.by,
            )
        )


def _heard(book: Book) -> None:
    for number, day in enumerate(every(book.rng, book.start, book.at - days(12), (90, 150))):
        book.ground.append(
            Complaint(
                ref=book.ref(),
                service=book.service,
                kind=tuple(Complaint.Kind)[number % 3],
                on=day,
                whose=("a mentee", "a mentor", "a carer")[number % 3],
                what="The room was double-booked." if number % 3 == 0 else "A list of places to go would help.",
                answer="Thanked, and put right.",
                acknowledged_on=day + days(2),
                answered_on=day + days(9),
                upheld=True if number % 3 == 0 else None,
                learnt="Rooms are booked for a term.",
                at=moment(day),
            )
        )
    for number, day in enumerate(every(book.rng, book.start, book.at - days(60), (200, 260))):
        told = day + timedelta(days=21)
        book.ground.append(
            Change(
                ref=book.ref(),
                service=book.service,
                seen_on=day,
                weakness=("People wait too long for a first answer.", "Endings come as a surprise.")[number % 2],
                change=("Answers go out within two days.", "The last month is planned together.")[number % 2],
                changed_on=day + days(14),
                affects_people=True,
                mentees_told_on=told,
                mentors_told_on=told,
                told_how="letter and newsletter",
                success="Asked again after four months: clearly better." if book.past(day + days(150)) else "",
                success_on=day + days(140) if book.past(day + days(150)) else None,
                by=book.by,
            )
        )


def _shared(book: Book) -> None:
    for kind in Practised.Kind:
        for day in every(book.rng, book.start, book.at, (300, 350)):
            book.ground.append(
                Practised(
                    ref=book.ref(),
                    service=book.service,
                    kind=kind,
                    on=day,
                    what=PRACTISED[kind],
                    at=moment(day),
                    by=book.by,
                )
            )
    for title, topic, about in (
        ("A hundred things to do for nothing", "Ideas", "For weeks without an idea."),
        ("Talking about endings", "Endings", "Before the last month of a match."),
    ):
        row = Resource(
            ref=book.ref(),
            service=book.service,
            kind=Resource.Kind.LINK,
            title=title,
            about=about,
            topic=topic,
            made_at=moment(book.start),
        )
        book.ground += [
            row,
            ResourceVersion(
                ref=book.ref(),
                resource=row,
                number=1,
                url="https://resources.example/mentoring",
                on=book.start,
                by=book.by,
                at=moment(book.start),
            ),
        ]
