"""Named reads over awards: what the public may see, and how an award stands on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import OuterRef, Q, QuerySet, Subquery

from kithwork.awards.models import Award, Credential
from kithwork.core.schemes import DutyKind, Paper
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.organisations.models import Organisation


class Standing(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "replaced by a higher level"
    UPCOMING = "granted, and not begun"


def standing(award: Award, today: date) -> Standing:
    """How an award stands; what takes it away weighs more than its running out."""
    if award.revoked_on is not None:
        return Standing.WITHDRAWN
    if award.superseded_on is not None:
        return Standing.SUPERSEDED
    if award.valid_until is not None and today > award.valid_until:
        return Standing.EXPIRED
    if award.suspended_on is not None:
        return Standing.SUSPENDED
    if today < award.starts_on:
        return Standing.UPCOMING
    return Standing.VALID


def holders(
    today: date, slug: str | None = None, search: str = "", place: str = "", level: str = ""
) -> QuerySet[Award]:
    """Awards that hold today and whose holders are listed, by holder's name. The edition's texts, 100 KB a
    row, stay behind.
    """
    found = (
        Award.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today),
            revoked_on__isnull=True,
            suspended_on__isnull=True,
            superseded_on__isnull=True,
            starts_on__lte=today,
            listed=True,
        )
        .select_related("journey__edition")
        .defer("journey__edition__texts")
    )
    if slug:
        found = found.filter(journey__edition__slug=slug)
    if search:
        found = found.filter(Q(holder__icontains=search) | Q(of__icontains=search) | Q(number__iexact=search))
    if place:
        found = found.filter(place__icontains=place)
    if level:
        found = found.filter(level=level)
    return found.order_by("holder", "id")


def aiming(slug: str | None = None, search: str = "", place: str = "") -> QuerySet[Journey]:
    """Services listed as working towards an award, by name."""
    found = (
        Journey.objects.filter(listed="aiming", service__isnull=False)
        .select_related("service__organisation", "edition")
        .defer("edition__texts")
    )
    if slug:
        found = found.filter(edition__slug=slug)
    if search:
        found = found.filter(Q(service__name__icontains=search) | Q(service__organisation__name__icontains=search))
    if place:
        found = found.filter(service__place__icontains=place)
    return found.order_by("service__name", "id")


@dataclass(frozen=True, slots=True)
class PublicAward:
    """What the page of one award says."""

    ref: str
    number: str
    holder: str
    of: str
    place: str
    scheme: str
    body: str
    level: str
    granted_on: date
    starts_on: date
    valid_until: date | None
    standing: Standing
    changed_on: date | None  # when it was suspended, withdrawn or replaced
    papers: tuple[Paper, ...]  # what the holder must show to others: what it means, and what it does not
    worth: str  # its credits of higher education, in words; '' where it carries none
    for_service: bool  # a person's credential is handed to the person alone
    credential: str  # the reference of its signed credential; '' while there is none


def public_award(ref: str, today: date) -> PublicAward | None:
    """Any award ever granted, with how it stands now; None when there is none of that reference."""
    good = Credential.objects.filter(award=OuterRef("pk"), revoked_at__isnull=True, signed_at__isnull=False)
    award = (
        Award.objects.filter(ref=ref)
        .select_related("journey__edition")
        .defer("journey__edition__texts")
        .annotate(credential=Subquery(good.exclude(document="").values("ref")[:1]))
        .first()
    )
    if award is None:
        return None
    return PublicAward(
        award.ref,
        award.number,
        award.holder,
        award.of,
        award.place,
        award.scheme_name,
        award.body_name,
        award.level_title,
        award.granted_on,
        award.starts_on,
        award.valid_until,
        standing(award, today),
        award.revoked_on or award.superseded_on or award.suspended_on,
        _shown(award),
        edition_of(award.journey.edition).credential.worth,
        award.journey.service_id is not None,
        award.credential or "",
    )


def _shown(award: Award) -> tuple[Paper, ...]:
    edition = edition_of(award.journey.edition)
    shown = {duty.id for duty in edition.duties if duty.kind is DutyKind.SHOW}
    return tuple(paper for paper in edition.papers if paper.id in shown and paper.public)


def awards_of(journey: Journey) -> QuerySet[Award]:
    return Award.objects.filter(journey=journey)


def agreed_to_listing(journey: Journey) -> bool:
    """Whether a person has chosen to stand in the register with what they hold already: a lower level of this journey,
    or what it renews. One query.
    """
    held = Q(journey=journey) | Q(journey=journey.renews_id) if journey.renews_id else Q(journey=journey)
    last = Award.objects.filter(held).order_by("-id").values_list("listed", flat=True).first()
    return bool(last)


def awards_of_body(body: Organisation) -> QuerySet[Award]:
    """Every award a body has granted, with its journey and scheme."""
    return (
        Award.objects.filter(journey__edition__body=body)
        .select_related("journey__edition", "journey__service__organisation")
        .defer("journey__edition__texts")
    )


def aiming_of_body(body: Organisation) -> QuerySet[Journey]:
    """Those listed as working towards an award of the body, services and persons."""
    return (
        Journey.objects.filter(listed="aiming", edition__body=body)
        .select_related("edition", "service__organisation", "person")
        .defer("edition__texts")
    )


def ref_of(said: str) -> str | None:
    """The reference of an award from what a person typed: its reference or its number, in any case and spacing."""
    text = "".join(said.split())
    return Award.objects.filter(Q(ref=text.lower()) | Q(number__iexact=text)).values_list("ref", flat=True).first()


AwardRow = Award  # the type's name for pages, which never touch the table
