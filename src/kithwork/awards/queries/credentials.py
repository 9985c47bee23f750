"""Named reads over credentials: what a body publishes of its keys and lists, and what a credential is to say."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kithwork.awards.models import Award, Credential, SigningKey, StatusList
from kithwork.core.credentials.openbadge import (
    CredentialFacts,
    Issuer,
    Listed,
    Organisation,
    Person,
    achievement,
    did_document,
    did_web,
    is_address,
    judged,
)
from kithwork.journeys.editions import edition_of
from kithwork.organisations.models import Organisation as Body

Json = dict[str, Any]
TRIES = 3  # after so many a credential is not tried again by itself
QUIET = timedelta(minutes=2)  # before what somebody began is tried again elsewhere


def did_of(body: Body) -> str:
    """The name under which a body signs: 'did:web:kithwork.example:bodies:kestrel'."""
    return did_web(settings.SITE_URL, f"bodies/{body.slug}")


def issuer_of(body: Body) -> Issuer:
    return Issuer(did_of(body), body.name, body.website if is_address(body.website) else settings.SITE_URL)


def list_address(held: StatusList) -> str:
    """Where a list of bits is served: what it was signed with once, or, of a new one, below the site's address."""
    if held.document:
        return str(json.loads(held.document)["id"])
    return f"{settings.SITE_URL}/bodies/{held.body.slug}/status/{held.ref}.json"


def list_issuer(held: StatusList) -> str:
    """In whose name a list is signed: as it was at first, or, of a new one, as the body is called now."""
    return str(json.loads(held.document)["issuer"]) if held.document else did_of(held.body)


def elsewhere(body: Body) -> list[StatusList]:
    """Lists in use that were begun when this site had another address. Nothing more is signed for them: whoever runs
    the command without the site's address must not sign in a wrong name.
    """
    rows = StatusList.objects.filter(body=body, full_at__isnull=True).exclude(document="").select_related("body")
    return [held for held in rows if list_issuer(held) != did_of(body)]


def credential_address(ref: str) -> str:
    """A credential's own name, at which it is served."""
    return f"{settings.SITE_URL}/credentials/{ref}/"


def published_keys(body: Body) -> Json | None:
    """The body's did.json: the key in use first, retired ones after it, stolen ones not. None when it has no key."""
    publics = list(SigningKey.objects.filter(body=body, stolen_at__isnull=True).values_list("public", flat=True))
    if not publics:
        return None
    return did_document(did_of(body), publics, name_of=body.website if is_address(body.website) else "")


def keys_by_slug(slug: str) -> Json | None:
    """The did.json of a body by its slug; None when there is no such body, or it has no key."""
    body = Body.objects.filter(kind=Body.Kind.BODY, slug=slug).first()
    return published_keys(body) if body else None


def served_list(slug: str, ref: str) -> tuple[str, datetime] | None:
    """A body's status list as it is served, and when it was signed; None when there is none of that name."""
    found = (
        StatusList.objects.filter(ref=ref, body__slug=slug, signed_at__isnull=False)
        .values_list("document", "signed_at")
        .first()
    )
    return (found[0], found[1]) if found is not None and found[1] is not None else None


def served(ref: str) -> Credential | None:
    """A credential that is handed out: signed, and not revoked. Its award comes with it."""
    return (
        Credential.objects.filter(ref=ref, signed_at__isnull=False, revoked_at__isnull=True)
        .exclude(document="")
        .select_related("award__journey__edition")
        .defer("award__journey__edition__texts")
        .first()
    )


def proven(ref: str) -> Credential | None:
    """A credential that is handed out, with all that it is held against: its award, its body and its list."""
    return (
        Credential.objects.filter(ref=ref, signed_at__isnull=False, revoked_at__isnull=True)
        .exclude(document="")
        .select_related("award__journey__edition__body", "list")
        .defer("award__journey__edition__texts")
        .first()
    )


def credential_of(award: Award) -> Credential | None:
    """The credential of an award that holds: signed, or waiting to be; None when there is none."""
    return Credential.objects.filter(award=award, revoked_at__isnull=True).select_related("key").first()


def to_sign(now: datetime) -> QuerySet[Credential]:
    """Those that wait to be signed, the oldest first."""
    return (
        Credential.objects.filter(signed_at__isnull=True, revoked_at__isnull=True, tries__lt=TRIES, asked_at__lte=now)
        .select_related("award__journey__edition__body", "award__journey__service__organisation")
        .select_related("award__journey__person", "list__body", "key")
        .order_by("asked_at", "id")
    )


def lacking() -> QuerySet[Award]:
    """Awards that stand and for which no credential was ever asked: those of before there were any."""
    return Award.objects.filter(
        revoked_on__isnull=True, suspended_on__isnull=True, superseded_on__isnull=True, credentials__isnull=True
    )


def bodies_without_key() -> QuerySet[Body]:
    """Awarding bodies that cannot sign yet."""
    in_use = SigningKey.objects.filter(body=OuterRef("pk"), retired_at__isnull=True)
    return Body.objects.filter(~Exists(in_use), kind=Body.Kind.BODY)


def signing_progress(body: Body) -> tuple[int, int, int]:
    """How many credentials of a body are signed, wait, and could not be signed."""
    rows = Credential.objects.filter(award__journey__edition__body=body, revoked_at__isnull=True)
    signed = rows.filter(signed_at__isnull=False).count()
    failed = rows.filter(signed_at__isnull=True, tries__gte=TRIES).count()
    return signed, rows.filter(signed_at__isnull=True).count() - failed, failed


def keys_of_body(body: Body) -> QuerySet[SigningKey]:
    """A body's keys, newest first, each with how many good credentials it has signed (`signed`)."""
    good = Q(credentials__signed_at__isnull=False, credentials__revoked_at__isnull=True)
    return SigningKey.objects.filter(body=body).annotate(signed=Count("credentials", filter=good)).defer("sealed")


def places_of_body(body: Body) -> QuerySet[StatusList]:
    """A body's status lists, oldest first, each with its places that are taken (`taken`) and revoked (`gone`)."""
    return (
        lists_of_body(body)
        .annotate(
            taken=Count("credentials"), gone=Count("credentials", filter=Q(credentials__revoked_at__isnull=False))
        )
        .order_by("begun_at")
    )


def failed_of_body(body: Body) -> QuerySet[Credential]:
    """Credentials that could not be signed, with why; each is left until somebody says so."""
    return (
        Credential.objects.filter(
            award__journey__edition__body=body, signed_at__isnull=True, revoked_at__isnull=True, tries__gte=TRIES
        )
        .select_related("award")
        .order_by("award__number")
    )


def facts_of(credential: Credential) -> CredentialFacts:
    """What a credential says, made of its award as it was granted. It has its place in a list, and a salt."""
    award, held = credential.award, credential.list
    journey = award.journey
    edition = edition_of(journey.edition)
    assert held is not None  # given to it before it is built
    assert credential.index is not None
    holder: Organisation | Person
    if journey.service is not None:
        site = journey.service.website
        holder = Organisation(award.holder, site if is_address(site) else "", award.of)
    else:
        assert journey.person is not None  # whoever applies is a service or a person
        holder = Person(award.holder, journey.person.email, credential.salt)
    about = edition.scheme
    image = f"{settings.SITE_URL}/schemes/{about.slug}/badges/{about.edition}/{award.level}.png"
    return CredentialFacts(
        id=credential_address(credential.ref),
        issuer=issuer_of(journey.edition.body),
        achievement=achievement(edition, award.level, base=settings.SITE_URL, image=image),
        holder=holder,
        number=award.number,
        awarded_on=award.granted_on,
        valid_from=award.starts_on,
        valid_until=award.valid_until,
        evidence=judged(edition, award.level),
        status=Listed(list_address(held), credential.index),
    )


def issuers_known(dids: Iterable[str]) -> list[Json]:
    """The did.json of those of `dids` who are bodies of this site."""
    wanted = set(dids)
    found = (published_keys(body) for body in Body.objects.filter(kind=Body.Kind.BODY) if did_of(body) in wanted)
    return [document for document in found if document is not None]


def lists_known(addresses: Iterable[str]) -> list[Json]:
    """The status lists at those of `addresses` that are this site's."""
    here = f"{settings.SITE_URL}/bodies/"
    refs = [address.rsplit("/", 1)[-1].removesuffix(".json") for address in addresses if address.startswith(here)]
    rows = StatusList.objects.filter(ref__in=refs, signed_at__isnull=False).select_related("body")
    return [json.loads(row.document) for row in rows if list_address(row) in set(addresses)]


def issued_of_body(body: Body) -> QuerySet[Credential]:
    """Every credential that a body has signed and not revoked, with its award."""
    return (
        Credential.objects.filter(award__journey__edition__body=body, signed_at__isnull=False, revoked_at__isnull=True)
        .exclude(document="")
        .select_related("award")
        .order_by("award__number")
    )


def lists_of_body(body: Body) -> QuerySet[StatusList]:
    return StatusList.objects.filter(body=body, signed_at__isnull=False).select_related("body").order_by("begun_at")


def local_zone() -> Any:
    """Where the awarding bodies' days begin and end."""
    return timezone.get_default_timezone()


CredentialRow = Credential  # the types' names for pages, which never touch the tables
KeyRow = SigningKey
