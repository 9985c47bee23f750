"""The doors of the service half: a record only together with the right to it. Absent and forbidden answer alike.

Leads and coordinators of the service's own organisation see its people; safeguarding leads see concerns and whom they
are about; contributors and readers see no person's record, only figures, policies and the award's evidence. A mentor
sees their own mentees, nobody else's, and of those what a mentor needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    BoundaryChange,
    Concern,
    Contact,
    Dispute,
    Goal,
    Import,
    Match,
    Measure,
    Mentee,
    Mentor,
    OneTimeLink,
    Practice,
    Referral,
    Review,
    RiskAssessment,
)
from kithwork.caseload.queries.due import running
from kithwork.caseload.queries.matches import may_sign
from kithwork.core.verdict import Gone
from kithwork.organisations.access import Place, memberships_of
from kithwork.organisations.actions import digest_of
from kithwork.organisations.models import PROVIDER_ROLES, Membership, Role, Service

COORDINATES = frozenset({Role.LEAD, Role.COORDINATOR})
SAFEGUARDS = frozenset({Role.LEAD, Role.SAFEGUARDING})


@dataclass(frozen=True, slots=True)
class Run:
    """A service that runs its work here, and what this person may do in it."""

    service: Service
    practice: Practice
    roles: frozenset[str]

    @property
    def coordinates(self) -> bool:
        """Sees and changes people's records."""
        return bool(self.roles & COORDINATES)

    @property
    def safeguards(self) -> bool:
        """Sees concerns."""
        return bool(self.roles & SAFEGUARDS)

    @property
    def writes(self) -> bool:
        """Changes what is about the service and not about people: policies, risks, plans."""
        return bool(self.roles & (COORDINATES | {Role.CONTRIBUTOR}))

    @property
    def leads(self) -> bool:
        return Role.LEAD in self.roles


def run_for(user: User | AnonymousUser, slug: str) -> Run:
    """A service for anybody who belongs to its organisation; what they may do there, `Run` says."""
    practice = (
        Practice.objects.select_related("service__organisation").filter(service__slug=slug).first()
        if isinstance(user, User)
        else None
    )
    if practice is None:
        raise Http404("No such page.")
    service = practice.service
    roles = {m.role for m in memberships_of(user) if m.organisation_id == service.organisation_id}
    roles &= set(PROVIDER_ROLES)
    if not roles:
        raise Http404("No such page.")
    return Run(service, practice, frozenset(roles))


def coordinated_by(user: User | AnonymousUser, slug: str) -> Run:
    """A service for those who see its people's records."""
    run = run_for(user, slug)
    if not run.coordinates:
        raise Http404("No such page.")
    return run


def safeguarded_by(user: User | AnonymousUser, slug: str) -> Run:
    """A service for those who answer for safeguarding."""
    run = run_for(user, slug)
    if not run.safeguards:
        raise Http404("No such page.")
    return run


def runs_at(place: Place) -> list[Run]:
    """The services of an organisation that run their work here, for who belongs there, by name. One query."""
    practices = Practice.objects.select_related("service__organisation").filter(
        service__organisation=place.organisation
    )
    roles = place.roles & frozenset(PROVIDER_ROLES)
    return [Run(one.service, one, roles) for one in practices.order_by("service__name")] if roles else []


def runs_of(user: User | AnonymousUser, memberships: Iterable[Membership] | None = None) -> list[Run]:
    """The services a person works for, by name. `memberships` of theirs, where they are at hand."""
    if not isinstance(user, User):
        return []
    roles: dict[int, set[str]] = {}
    for membership in memberships_of(user) if memberships is None else memberships:
        if membership.role in PROVIDER_ROLES:
            roles.setdefault(membership.organisation_id, set()).add(membership.role)
    practices = (
        Practice.objects.select_related("service__organisation")
        .filter(service__organisation__in=roles)
        .order_by("service__name")
    )
    return [Run(one.service, one, frozenset(roles[one.service.organisation_id])) for one in practices]


def mentee_of(run: Run, ref: str) -> Mentee:
    """A mentee of a service that one has got through `coordinated_by`. Raises Gone for an erased record."""
    return _living(_one(Mentee.objects.filter(service=run.service, ref=ref), run))


def measure_of(run: Run, ref: str) -> Measure:
    """A scale by which a service measures, that one has got through `run_for`."""
    found = Measure.objects.filter(service=run.service, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def mentor_of(run: Run, ref: str) -> Mentor:
    """A mentor of a service that one has got through `coordinated_by`. Raises Gone for an erased record."""
    return _living(_one(Mentor.objects.filter(service=run.service, ref=ref), run))


def match_of(run: Run, ref: str) -> Match:
    """A match, with both its people, of a service that one has got through `coordinated_by`."""
    return _one(Match.objects.filter(service=run.service, ref=ref).select_related("mentee", "mentor"), run)


def concern_of(run: Run, ref: str) -> Concern:
    """A concern, for a service that one has got through `safeguarded_by`."""
    return _one(
        Concern.objects.filter(service=run.service, ref=ref).select_related("mentee", "mentor", "raised_by"), run
    )


def concern_raised_by(user: User, run: Run, ref: str) -> Concern:
    """A concern, for whoever answers for safeguarding, or raised it."""
    if run.safeguards:
        return concern_of(run, ref)
    return _one(
        Concern.objects.filter(service=run.service, ref=ref, raised_by=user).select_related(
            "mentee", "mentor", "raised_by"
        ),
        run,
    )


def referral_of(run: Run, ref: str) -> Referral:
    """A referral, with its person, of a service that one has got through `coordinated_by`."""
    found = Referral.objects.filter(mentee__service=run.service, ref=ref).select_related("mentee", "decided_by").first()
    if found is None or found.mentee.erased_at is not None:
        raise Http404("No such page.")
    found.mentee.service = run.service
    return found


def import_of(run: Run, ref: str) -> Import:
    """A spreadsheet that was read, of a service that one has got through `coordinated_by`."""
    found = Import.objects.filter(service=run.service, ref=ref).select_related("by").first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def risk_of(run: Run, mentee: Mentee, ref: str) -> RiskAssessment:
    """A risk assessment of a mentee whom one has got through `mentee_of`."""
    found = RiskAssessment.objects.filter(mentee=mentee, ref=ref, mentee__service=run.service).first()
    if found is None:
        raise Http404("No such page.")
    return found


def public_practice(slug: str) -> Practice:
    """A service that runs its work here, for anybody: what it says of itself, and whether it takes people."""
    found = Practice.objects.select_related("service__organisation").filter(service__slug=slug).first()
    if found is None:
        raise Http404("No such page.")
    return found


Part = TypeVar("Part", Review, Goal, Dispute, BoundaryChange)
Row = TypeVar("Row", Mentee, Mentor, Match, Concern)
Person = TypeVar("Person", Mentee, Mentor)


def _one(rows: QuerySet[Row], run: Run) -> Row:
    found = rows.first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def _living(person: Person) -> Person:
    """The same, unless it was erased. Raises Gone, for whoever may know that it was there."""
    if person.erased_at is not None:
        raise Gone(f"This record was erased on {timezone.localdate(person.erased_at):%d/%m/%Y}.")
    return person


def link_by(token: str, *purposes: OneTimeLink.Purpose, now: datetime) -> OneTimeLink:
    """A link that still works, for whoever holds it. Unknown, used, stopped and expired ones answer alike."""
    found = (
        OneTimeLink.objects.filter(
            token_digest=digest_of(token), purpose__in=purposes, used_at=None, stopped_at=None, expires_at__gt=now
        )
        .select_related(
            "mentee__service__practice",
            "mentor__service__practice",
            "referral__mentee__service__practice",
            "reference__mentor__service__practice",
            "match__mentee",
            "match__mentor",
            "match__service__practice",
            "ending__match__service__practice",
            "attendance__mentor__user",
            "attendance__session__training__service__practice",
        )
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    return found


# the mentor's own side


def mentoring_of(user: User | AnonymousUser) -> list[Mentor]:
    """A person's own records as a mentor, one for each service, while they have not left."""
    if not isinstance(user, User):
        return []
    return list(
        Mentor.objects.filter(user=user, left_on__isnull=True, erased_at__isnull=True)
        .select_related("service__organisation", "service__practice")
        .order_by("service__name")
    )


def _own_matches(user: User | AnonymousUser) -> QuerySet[Match]:
    """A mentor's own matches while they have not left, of any standing."""
    own = Match.objects.filter(mentor__user=user) if isinstance(user, User) else Match.objects.none()
    return own.filter(mentor__left_on__isnull=True).select_related(
        "mentee", "mentor", "service__organisation", "service__practice"
    )


def _only(rows: QuerySet[Match], ref: str) -> Match:
    found = rows.filter(ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    return found


def own_match_for(user: User | AnonymousUser, ref: str) -> Match:
    """A mentor's own match, once both have said yes and they were introduced; and for as long as it runs."""
    return _only(_own_matches(user).filter(running(timezone.localdate())), ref)


def asked_match_for(user: User | AnonymousUser, ref: str) -> Match:
    """A match about which a mentor with an account is being asked, until they have answered."""
    asked = _own_matches(user).filter(
        mentor_answer=Match.Answer.OPEN, introduced_on__isnull=True, withdrawn_on__isnull=True
    )
    return _only(asked.exclude(mentee_answer=Match.Answer.NO), ref)


def agreeing_match_for(user: User | AnonymousUser, ref: str) -> Match:
    """A mentor's own match, running or proposed and accepted by them, whose agreement they may read and sign."""
    return _only(_own_matches(user).filter(may_sign(timezone.localdate())), ref)


def own_entry_for(user: User | AnonymousUser, ref: str) -> Contact:
    """What a mentor logged of a match that still runs; entries of ended ones belong to the service alone."""
    if not isinstance(user, User):
        raise Http404("No such page.")
    found = (
        Contact.objects.filter(ref=ref, kind=Contact.Kind.MEETING, mentor__user=user, match__isnull=False)
        .select_related("mentee", "mentor", "service__organisation", "service__practice", "read_by")
        .first()
    )
    if found is None or found.match is None:
        raise Http404("No such page.")
    found.match = own_match_for(user, found.match.ref)
    return found


def contact_of(run: Run, ref: str) -> Contact:
    """One contact of a service that one has got through `coordinated_by`."""
    found = (
        Contact.objects.filter(service=run.service, ref=ref)
        .select_related("mentee", "mentor__user", "match", "by", "read_by")
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def part_of_match(match: Match, model: type[Part], key: str) -> Part:
    """A review, goal, dispute or boundary change of a match that one has got through a door; by its reference, or by
    its number where it has none.
    """
    field = "plan__match" if model is Goal else "match"
    name = "pk" if model is BoundaryChange else "ref"
    if name == "pk" and not key.isdecimal():
        raise Http404("No such page.")
    found = model._default_manager.filter(**{field: match, name: key}).first()
    if found is None:
        raise Http404("No such page.")
    return found
