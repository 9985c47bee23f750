"""Credentials of awards: asked for, given their place, signed and kept, revoked; and the lists that say so."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.actions.ground import alone, log
from kithwork.awards.actions.keys import key_in_use, opened, retire_key
from kithwork.awards.models import Award, Credential, SigningKey, StatusList
from kithwork.awards.queries.credentials import (
    TRIES,
    did_of,
    elsewhere,
    facts_of,
    issuer_of,
    list_address,
    list_issuer,
    local_zone,
)
from kithwork.core.credentials.openbadge import (
    Bits,
    NoList,
    Purpose,
    Unreadable,
    build,
    free_index,
    sign,
    status_list,
)
from kithwork.core.sealing import Broken
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation

ELSEWHERE = (
    "Credentials were signed here when the site had another address. Set KITHWORK_URL to that address; or, if the site "
    "has moved for good, run `kithwork credential readdress`, which revokes them and signs them anew."
)


@transaction.atomic
def ask(*, award: Award) -> Credential:
    """See to it that an award has a credential: the one that is good or waits to be signed, or a new one."""
    found, _ = Credential.objects.get_or_create(award=award, revoked_at__isnull=True, defaults={})
    return found


@transaction.atomic
def ask_for(*, awards: Iterable[Award], now: datetime) -> int:
    """The same for many awards that have none. How many."""
    rows = [Credential(award=award, asked_at=now) for award in awards]
    return len(Credential.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500))


@transaction.atomic
def place(*, credential: Credential, now: datetime) -> Credential | None:
    """Give a credential that waits its place in a list, its key and its salt; None when it waits no more.

    What it was given once it keeps, whatever happens before it is signed; no other ever gets its place. Raises Refused
    where the body's credentials were signed under another address of the site.
    """
    body = credential.award.journey.edition.body
    alone(body)
    if elsewhere(body):
        raise Refused(ELSEWHERE)
    key = key_in_use(body=body, now=now)
    row = Credential.objects.select_for_update(of=("self",)).filter(pk=credential.pk).first()
    if row is None or row.signed_at is not None or row.revoked_at is not None:
        return None
    if row.list_id is None:
        row.list, row.index = _free_place(body, key, now)
        row.salt = secrets.token_urlsafe(12)
    row.key = key
    row.tries += 1
    row.save()
    for name in ("list", "index", "salt", "key", "tries"):
        setattr(credential, name, getattr(row, name))
    assert credential.list is not None
    credential.list.body = body
    return credential


@transaction.atomic
def try_again(*, body: Organisation) -> int:
    """Let those be tried again that could not be signed three times. How many."""
    rows = Credential.objects.filter(award__journey__edition__body=body, signed_at=None, revoked_at=None)
    ids = list(rows.filter(tries__gte=TRIES).values_list("pk", flat=True))
    return Credential.objects.filter(pk__in=ids, signed_at=None).update(tries=0, fault="")


class _Taken:
    """The places of a list that some credential has had, asked one at a time."""

    def __init__(self, held: StatusList) -> None:
        self._rows = Credential.objects.filter(list=held)

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self._rows.filter(index=index).exists()


def _free_place(body: Organisation, key: SigningKey, now: datetime) -> tuple[StatusList, int]:
    held = StatusList.objects.filter(body=body, full_at__isnull=True).first()
    if held is not None:
        try:
            return held, free_index(_Taken(held), secrets.randbelow)
        except NoList:
            held.full_at = now
            held.save(update_fields=["full_at"])
    held = StatusList(body=body, begun_at=now)
    _sign_list(held, key, now)
    return held, secrets.randbelow(len(Bits()))


def _sign_list(held: StatusList, key: SigningKey, now: datetime) -> None:
    bits = Bits()
    if held.pk is not None:
        gone = Credential.objects.filter(list=held, revoked_at__isnull=False)
        for index in gone.values_list("index", flat=True):
            if index is not None:
                bits.set(index, True)
    issuer = replace(issuer_of(held.body), did=list_issuer(held))
    bare = status_list(list_address(held), issuer, Purpose.REVOCATION, bits, since=held.begun_at)
    signed = sign(bare, key=opened(key), issuer=issuer.did, created=now)
    held.document, held.signed_at = json.dumps(signed, ensure_ascii=False, separators=(",", ":")), now
    held.save()


def sign_placed(*, credential: Credential, now: datetime) -> bool:
    """Build, sign and keep a credential that has its place. False when it waited no more, or could not be signed; why
    is kept then. Writes the ledger. Signing itself holds no lock: it takes some hundredths of a second.
    """
    assert credential.key is not None
    body = credential.award.journey.edition.body
    try:
        signed = sign(
            build(facts_of(credential), local_zone()), key=opened(credential.key), issuer=did_of(body), created=now
        )
    except (ValueError, KeyError, Unreadable, Broken) as fault:
        Credential.objects.filter(pk=credential.pk, signed_at__isnull=True).update(fault=str(fault)[:500])
        return False
    return _kept(credential, json.dumps(signed, ensure_ascii=False, separators=(",", ":")), now)


@transaction.atomic
def _kept(credential: Credential, document: str, now: datetime) -> bool:
    """Whoever comes second finds it signed, and keeps nothing: one award has one good credential."""
    waits = Credential.objects.filter(pk=credential.pk, signed_at__isnull=True, revoked_at__isnull=True)
    if not waits.update(document=document, signed_at=now, fault=""):
        return False
    award = credential.award
    log(Act.CREDENTIAL_ISSUED, f"credential:{credential.ref}", award.journey.edition.body, None, award=award.ref)
    return True


@transaction.atomic
def revoke(*, awards: Iterable[Award], by: User | None, now: datetime) -> int:
    """Revoke the good credentials of awards; their lists say so from the end of this transaction on. How many."""
    rows = Credential.objects.filter(award__in=list(awards), revoked_at__isnull=True)
    return _revoke(rows, by, now)


def _revoke(rows: QuerySet[Credential], by: User | None, now: datetime) -> int:
    found = list(rows.select_related("award__journey__edition__body").defer("award__journey__edition__texts"))
    Credential.objects.filter(pk__in=[row.pk for row in found]).update(revoked_at=now)
    bodies = {row.award.journey.edition.body_id: row.award.journey.edition.body for row in found}
    for body in bodies.values():
        alone(body)
        key = key_in_use(body=body, now=now)
        for held in StatusList.objects.filter(pk__in={row.list_id for row in found if row.list_id}, body=body):
            held.body = body
            _sign_list(held, key, now)
    for row in found:
        log(Act.CREDENTIAL_REVOKED, f"credential:{row.ref}", row.award.journey.edition.body, by, award=row.award.ref)
    return len(found)


@transaction.atomic
def follow(*, award: Award, by: User | None, now: datetime | None = None) -> None:
    """Bring the credential of an award in line with how the award stands: revoked while it does not hold, asked for
    when it holds again. Bitstring Status List calls a revocation final, so what is reinstated gets a new credential.
    """
    if award.revoked_on or award.suspended_on or award.superseded_on:
        revoke(awards=[award], by=by, now=now or timezone.now())
    else:
        ask(award=award)


@transaction.atomic
def rotate(*, body: Organisation, by: User | None, now: datetime, stolen: bool = False) -> int:
    """Put a new key in the place of the one in use, and sign the body's lists with it. What a `stolen` key signed is
    revoked, and asked for anew. How many credentials that are. Writes the ledger.
    """
    old = retire_key(body=body, now=now, by=by, stolen=stolen)
    key = key_in_use(body=body, now=now)
    void = 0
    if stolen:
        rows = Credential.objects.filter(key=old, revoked_at__isnull=True)
        again = list(Award.objects.filter(pk__in=rows.values("award_id")))
        void = _revoke(rows, by, now)
        ask_for(awards=again, now=now)
    for held in StatusList.objects.filter(body=body):
        held.body = body
        _sign_list(held, key, now)
    return void


@transaction.atomic
def readdress(*, body: Organisation, by: User | None, now: datetime) -> int:
    """The site has another address for good: what was signed under the old one is revoked, and asked for anew in a
    list of its own. How many credentials that are. Writes the ledger.
    """
    alone(body)
    lists = elsewhere(body)
    rows = Credential.objects.filter(list__in=lists, revoked_at__isnull=True)
    again = list(Award.objects.filter(pk__in=rows.values("award_id")))
    _revoke(rows, by, now)
    StatusList.objects.filter(pk__in=[held.pk for held in lists]).update(full_at=now)
    return ask_for(awards=again, now=now)
