"""The doors to an offering and to a place at one. Absent and forbidden answer alike, with 404."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q, QuerySet
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.courses.models import Feed, HoursRecord, Offering, Part, Place
from kithwork.organisations.access import body_for

Anyone = User | AnonymousUser


def officer_offering(user: Anyone, slug: str, ref: str) -> Offering:
    """An offering of the body, for one of its officers."""
    body = body_for(user, slug).organisation
    found = Offering.objects.filter(body=body, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.body = body
    return found


def offerings_open_to(
    user: Anyone, today: date, *, body: str = "", scheme: str = "", stage: str = ""
) -> QuerySet[Offering]:
    """What a person who is signed in may ask for: published, open, not begun; soonest first. Those that are full are
    among them, for there is a waiting list. `body` is a body's slug. Each comes with `first_day` and its body.
    """
    if not isinstance(user, User):
        return Offering.objects.none()
    found = (
        Offering.objects.filter(published_on__isnull=False, closed_on__isnull=True, cancelled_on__isnull=True)
        .annotate(first_day=Min("parts__day"))
        .filter(first_day__gt=today)
        .select_related("body")
        .order_by("first_day", "id")
    )
    if body:
        found = found.filter(body__slug=body)
    if scheme:
        found = found.filter(scheme=scheme)
    return found.filter(stage=stage) if stage else found


def meetings_open_to(user: Anyone, today: date, among: Collection[tuple[int, str]]) -> QuerySet[Offering]:
    """What is open and serves no stage: gatherings, extra training. `among` are ids of bodies and slugs of schemes;
    what names no scheme is for everybody of its body.
    """
    own = Q(pk__in=[])
    for body, scheme in among:
        own |= Q(body_id=body, scheme__in=("", scheme))
    return offerings_open_to(user, today).filter(own, stage="").prefetch_related("parts")


def with_a_place(user: Anyone, ref: str) -> Offering | None:
    """An offering at which the person has, had or asked for a place."""
    if not isinstance(user, User):
        return None
    mine = Place.objects.filter(person=user).values("offering")
    return Offering.objects.filter(ref=ref, pk__in=mine).select_related("body").first()


def place_for(user: Anyone, ref: str) -> Place:
    """A person's own place; nobody else's."""
    if isinstance(user, User):
        found = Place.objects.filter(ref=ref, person=user).select_related("offering__body", "person").first()
        if found is not None:
            return found
    raise Http404("No such page.")


def place_of(offering: Offering, ref: str) -> Place:
    """A place at an offering that one has got through a door."""
    found = Place.objects.filter(offering=offering, ref=ref).select_related("person").first()
    if found is None:
        raise Http404("No such page.")
    found.offering = offering
    return found


def part_of(offering: Offering, number: int) -> Part:
    """A part of an offering that one has got through a door."""
    found = Part.objects.filter(offering=offering, number=number).first()
    if found is None:
        raise Http404("No such page.")
    found.offering = offering
    return found


def hours_record_for(user: Anyone, ref: str) -> HoursRecord:
    """A person's own line of hours."""
    found = (
        HoursRecord.objects.filter(ref=ref, person=user).select_related("person").first()
        if isinstance(user, User)
        else None
    )
    if found is None:
        raise Http404("No such page.")
    return found


def person_by_feed(token: str) -> User:
    """Whose calendar it is, for whoever has its secret address. Unknown and renewed ones answer alike."""
    digest = sha256(token.encode()).hexdigest()
    found = Feed.objects.filter(token_digest=digest).select_related("person").first()
    if found is None or not found.person.is_active:
        raise Http404("No such page.")
    return found.person
