"""What was logged: the inbox of what nobody has read, the list of all contacts, a mentor's own log.

Half a million rows lie in the table. Nothing here counts them all: lists ask for one row more than they show, and go
on from the day and key of the last one (`page_after`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kithwork.accounts.models import User
from kithwork.caseload.access import COORDINATES
from kithwork.caseload.models import Contact, Match, Mentor, Reply
from kithwork.caseload.queries.matches import REACHED
from kithwork.governance.models import Staff
from kithwork.organisations.models import Membership, Service

# for pages, which hold no models
ContactRow = Contact
KINDS = Contact.Kind
WAYS = Contact.Way
USUAL = 60  # minutes of a meeting, until a match has a habit of its own; ours
_PEOPLE = ("mentee", "mentor", "match", "by")


def usual_minutes(match: Match) -> int:
    """How long these two usually meet: the middle one of their last five meetings with a length. One query."""
    rows = Contact.objects.filter(match=match, kind=KINDS.MEETING, reached__in=REACHED, minutes__gt=0).order_by(
        "-on", "-pk"
    )
    lengths = sorted(minutes or USUAL for minutes in rows.values_list("minutes", flat=True)[:5])
    return lengths[len(lengths) // 2] if lengths else USUAL


def log_of(match: Match) -> QuerySet[Contact]:
    """The meetings of a match, newest first, with how many answers each has."""
    return (
        Contact.objects.filter(match=match, kind=KINDS.MEETING)
        .annotate(answers=Count("replies"))
        .select_related("read_by")
        .order_by("-on", "-pk")
    )


def own_log(mentors: Sequence[Mentor]) -> QuerySet[Contact]:
    """All that a person has logged as a mentor, newest first."""
    return (
        Contact.objects.filter(mentor__in=mentors, kind=KINDS.MEETING, match__isnull=False)
        .annotate(answers=Count("replies"))
        .select_related("mentee", "read_by")
        .order_by("-on", "-pk")
    )


def replies_of(contact: Contact) -> QuerySet[Reply]:
    return Reply.objects.filter(contact=contact).select_related("by")


def unread(service: Service) -> QuerySet[Contact]:
    """Meetings nobody of the staff has read; those waiting longest first."""
    return (
        Contact.objects.filter(service=service, kind=KINDS.MEETING, read_at__isnull=True)
        .select_related(*_PEOPLE, "match__looks_after")
        .order_by("on", "pk")
    )


def looked_after_by(user: User, service: Service, today: date) -> Q:
    """Of meetings: those of matches that this person looks after, covers for somebody who is away, or that nobody who
    is here looks after, so that nobody is missed. Two queries.
    """
    members = set(
        Membership.objects.filter(
            organisation=service.organisation, role__in=COORDINATES, ended_at__isnull=True, user__is_active=True
        ).values_list("user_id", flat=True)
    )
    away: dict[int, int | None] = {}
    rows = Staff.objects.filter(
        Q(away_until__isnull=True) | Q(away_until__gte=today), service=service, away_from__lte=today
    )
    for pk, cover in rows.values_list("user_id", "cover__user_id"):
        if pk is not None:
            away[pk] = cover
    here = members - set(away)
    covered = {pk for pk, cover in away.items() if cover in here}
    mine = {user.pk} | {pk for pk in covered if away[pk] == user.pk}
    seen_to = here | covered
    return Q(match__looks_after__in=mine) | Q(match__looks_after__isnull=True) | ~Q(match__looks_after__in=seen_to)


def covers_for(user: User, service: Service, today: date) -> list[str]:
    """The names of colleagues who are away today and whose work this person sees to."""
    rows = Staff.objects.filter(
        Q(away_until__isnull=True) | Q(away_until__gte=today),
        service=service,
        away_from__lte=today,
        cover__user=user,
    )
    return list(rows.values_list("name", flat=True))


def answers_awaited(service: Service) -> QuerySet[Reply]:
    """Questions to mentors that are still open, the longest first."""
    return (
        # the few that are open first: SQLite would otherwise look for answers to every contact of the service
        Reply.objects.filter(flagged=True, closed_at__isnull=True)
        .filter(Exists(Contact.objects.filter(pk=OuterRef("contact"), service=service)))
        .select_related("contact__mentor", "contact__mentee", "by")
        .order_by("at", "pk")
    )


def questions_to(mentors: Sequence[Mentor]) -> QuerySet[Reply]:
    """Questions to these mentors that they have not answered."""
    return Reply.objects.filter(
        flagged=True, closed_at__isnull=True, contact__mentor__in=mentors, contact__kind=KINDS.MEETING
    ).select_related("contact__mentee")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contacts are asked for; what is empty asks for nothing."""

    kind: str = ""
    mentee: int | None = None  # primary keys
    mentor: int | None = None
    first: date | None = None
    last: date | None = None
    missed: bool = False  # only those who did not turn up or could not be reached
    words: str = ""  # in a name or a number of one of the two


def contacts_of(service: Service, wanted: Wanted) -> QuerySet[Contact]:
    """The contacts of a service, newest first. Unevaluated and uncounted: take a slice of it."""
    rows = Contact.objects.filter(service=service)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.mentee:
        rows = rows.filter(mentee=wanted.mentee)
    if wanted.mentor:
        rows = rows.filter(mentor=wanted.mentor)
    if wanted.first:
        rows = rows.filter(on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(on__lte=wanted.last)
    if wanted.missed:
        rows = rows.filter(reached=False)
    if wanted.words:
        # the few people of that name first: otherwise every contact would be joined to both people
        field = (
            {"name__icontains": wanted.words},
            {"number__iexact": wanted.words},
            {"known_as__icontains": wanted.words},
        )
        either = Q(**field[0]) | Q(**field[1]) | Q(**field[2])
        mentees = list(service.mentees.filter(either).values_list("pk", flat=True)[:_NAMESAKES])
        mentors = list(service.mentors.filter(either).values_list("pk", flat=True)[:_NAMESAKES])
        # by their keys: SQLite would otherwise go through all contacts by day, looking for them
        theirs = Contact.objects.filter(mentee__in=mentees).order_by().values("pk")
        rows = rows.filter(pk__in=theirs.union(Contact.objects.filter(mentor__in=mentors).order_by().values("pk")))
    return rows.select_related("mentee", "mentor", "by").order_by("-on", "-pk")


_NAMESAKES = 200


def page_after(rows: QuerySet[Contact], cursor: str, size: int) -> tuple[list[Contact], str]:
    """So many rows after the one that `cursor` ('2027-03-03.512') names, and the cursor of the next page, '' at the
    end. A cursor that makes no sense gives the first page.
    """
    day, _, key = cursor.partition(".")
    try:
        on, pk = date.fromisoformat(day), int(key)
    except ValueError:
        pass
    else:
        rows = rows.filter(Q(on=on, pk__lt=pk) | Q(on__lt=on), on__lte=on)
    found = list(rows[: size + 1])
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], f"{last.on.isoformat()}.{last.pk}"


def missed_lately(match: Match) -> bool:
    """Whether the last two meetings that were planned did not take place."""
    last = list(
        Contact.objects.filter(match=match, kind=KINDS.MEETING)
        .order_by("-on", "-pk")
        .values_list("reached", flat=True)[:2]
    )
    return len(last) == 2 and not any(last)


def last_met(match: Match) -> date | None:
    rows = Contact.objects.filter(match=match, kind=KINDS.MEETING, reached__in=REACHED).order_by("-on")
    return rows.values_list("on", flat=True).first()


def with_question(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """The same rows with `asked`: whether an answer of the mentor is awaited."""
    open_ones = Reply.objects.filter(contact=OuterRef("pk"), flagged=True, closed_at__isnull=True)
    return rows.annotate(asked=Exists(open_ones))
