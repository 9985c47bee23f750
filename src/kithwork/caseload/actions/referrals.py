"""A referral's way from its arrival to its answer, and the door through which referrals come."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Mentee, OneTimeLink, Practice, Referral
from kithwork.caseload.queries.referrals import lacks, openness
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail

Source = Referral.Source
Outcome = Referral.Outcome


@transaction.atomic
def receive(
    *,
    practice: Practice,
    source: Referral.Source,
    on: date,
    person: Mapping[str, Any],
    agreed: bool,
    now: datetime,
    by: User | None,
    why: str = "",
    name: str = "",
    organisation: str = "",
    email: str = "",
    phone: str = "",
) -> Referral:
    """A referral of somebody new. `person` holds fields of the mentee; the others are the referrer's, and stay empty
    when people refer themselves. `by` None is the public form.

    The referrer gets a link by which to follow it, which acknowledges it, where an address is known; coordinators hear
    of what came by the public form. Writes the ledger. Raises Refused when the service takes no referrals just now, or
    the day is still to come; staff may record one all the same, for the service may be bound to take it.
    """
    service = practice.service
    if by is None:
        door = openness(practice, timezone.localdate(now), lock=True)
        if not door.open:
            raise Refused(door.because)
    if on > timezone.localdate(now):
        raise Refused("The day of this referral is still to come.")
    family = {"carer": name, "carer_email": email, "carer_phone": phone} if source == Source.FAMILY else {}
    mentee = Mentee.objects.create(service=service, came_on=on, **{**family, **person})
    if source == Source.SELF:
        name, organisation, email, phone = "", "", mentee.email, mentee.phone
    referral = Referral.objects.create(
        mentee=mentee,
        source=source,
        came_on=on,
        name=name,
        organisation=organisation,
        email=email,
        phone=phone,
        why=why,
        agreed=agreed,
    )
    log(Act.CASELOAD_RECORDED, referral, service=service, by=by, source=str(source), on=on.isoformat())
    if email:
        _mail(referral, Mail.REFERRAL_RECEIVED, now=now, by=by)
        referral.acknowledged_on = timezone.localdate(now)
        referral.save(update_fields=["acknowledged_on"])
    if by is None:
        tell(
            kind=Mail.REFERRAL_ARRIVED,
            to=coordinators_of(service),
            organisation=service.organisation,
            path=f"/run/{service.slug}/referrals/{referral.ref}/",
            about=service.name,
        )
    return referral


def _mail(referral: Referral, kind: Mail, *, now: datetime, by: User | None) -> None:
    service = referral.mentee.service
    link, token = links.make(
        service=service, purpose=OneTimeLink.Purpose.TRACK, now=now, by=by, referral=referral, mentee=referral.mentee
    )
    links.send(link=link, service=service, kind=kind, email=referral.email, path=f"/link/{token}/")


def _open(referral: Referral) -> Referral:
    locked = Referral.objects.select_for_update(of=("self",)).select_related("mentee__service").get(pk=referral.pk)
    if locked.outcome:
        raise Refused("This referral has been decided meanwhile.")
    return locked


def _past(referral: Referral, on: date) -> None:
    if on < referral.came_on:
        raise Refused("This day is before the referral came.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")


@transaction.atomic
def acknowledge(*, referral: Referral, on: date, by: User, now: datetime, mail: bool = False) -> Referral:
    """The referrer knows that it has arrived: told by mail now, where `mail`, or in another way on that day.

    Writes the ledger. Raises Refused when it is decided, the day cannot be, or there is no address to write to.
    """
    locked = _open(referral)
    _past(locked, on)
    if mail and not locked.email:
        raise Refused("No e-mail address of the referrer is on record.")
    locked.acknowledged_on = on
    locked.save(update_fields=["acknowledged_on"])
    if mail:
        _mail(locked, Mail.REFERRAL_RECEIVED, now=now, by=by)
    log(Act.CASELOAD_CHANGED, locked, service=locked.mentee.service, by=by, step="acknowledged", on=on.isoformat())
    return locked


@transaction.atomic
def talk(*, referral: Referral, on: date, agreed: bool, by: User) -> Referral:
    """The first talk with the person, and whether they agree to the referral. Writes the ledger. Raises Refused."""
    locked = _open(referral)
    _past(locked, on)
    locked.seen_on, locked.agreed = on, agreed
    locked.save(update_fields=["seen_on", "agreed"])
    log(Act.CASELOAD_CHANGED, locked, service=locked.mentee.service, by=by, step="talked", on=on.isoformat())
    return locked


@transaction.atomic
def judge(*, referral: Referral, eligible: Mapping[str, bool], on: date, by: User) -> Referral:
    """Each criterion of the service, and whether the person meets it. Writes the ledger. Raises Refused when the
    referral is decided.
    """
    locked = _open(referral)
    locked.eligible, locked.eligible_on = dict(eligible), on
    locked.save(update_fields=["eligible", "eligible_on"])
    log(
        Act.CASELOAD_CHANGED,
        locked,
        service=locked.mentee.service,
        by=by,
        step="eligibility",
        met=sum(eligible.values()),
        asked=len(eligible),
    )
    return locked


@transaction.atomic
def correct(*, referral: Referral, by: User, **changes: Any) -> Referral:
    """Mend what the referral says (`name`, `organisation`, `email`, `phone`, `why`, `agreed`, `source`); only what
    differs is saved. Writes the ledger, naming the fields.
    """
    locked = Referral.objects.select_for_update(of=("self",)).select_related("mentee__service").get(pk=referral.pk)
    changed = sorted(field for field, value in changes.items() if getattr(locked, field) != value)
    for field in changed:
        setattr(locked, field, changes[field])
    if changed:
        locked.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, locked, service=locked.mentee.service, by=by, fields=changed)
    return locked


@transaction.atomic
def accept(*, referral: Referral, practice: Practice, on: date, reason: str, by: User) -> Referral:
    """Put the person onto the waiting list. Writes the ledger. Raises Refused, with what is missing, unless the form is
    complete, every criterion is met, and needs and risk are assessed; or when it is decided.
    """
    locked = _open(referral)
    _past(locked, on)
    missing = lacks(locked, practice)
    if missing:
        raise Refused(f"Nobody goes onto the waiting list before this is done: {'; '.join(m.value for m in missing)}.")
    _decide(locked, Outcome.ACCEPTED, on=on, reason=reason, by=by)
    Mentee.objects.filter(pk=locked.mentee_id).update(accepted_on=on, waiting_since=on, changed_at=timezone.now())
    return locked


@transaction.atomic
def signpost(*, referral: Referral, on: date, reason: str, to: str, by: User) -> Referral:
    """Say no, why, and where the person is pointed to instead. Their record ends. Writes the ledger. Raises Refused."""
    locked = _open(referral)
    _past(locked, on)
    locked.signposted_to = to
    _decide(locked, Outcome.SIGNPOSTED, on=on, reason=reason, by=by)
    _gone(locked, on, "Pointed to something more suitable.")
    return locked


@transaction.atomic
def withdraw(*, referral: Referral, on: date, reason: str, by: User) -> Referral:
    """The person does not want it after all. Their record ends. Writes the ledger. Raises Refused."""
    locked = _open(referral)
    _past(locked, on)
    _decide(locked, Outcome.WITHDRAWN, on=on, reason=reason, by=by)
    _gone(locked, on, "Withdrew the referral.")
    return locked


def _decide(locked: Referral, outcome: Referral.Outcome, *, on: date, reason: str, by: User) -> None:
    locked.outcome, locked.decided_on, locked.decided_by, locked.reason = outcome, on, by, reason
    locked.save(update_fields=["outcome", "decided_on", "decided_by", "reason", "signposted_to"])
    log(Act.CASELOAD_DECIDED, locked, service=locked.mentee.service, by=by, outcome=outcome.value, on=on.isoformat())


def _gone(locked: Referral, on: date, because: str) -> None:
    Mentee.objects.filter(pk=locked.mentee_id, accepted_on__isnull=True).update(
        left_on=on, left_because=because, changed_at=timezone.now()
    )


@transaction.atomic
def tell_referrer(*, referral: Referral, on: date, by: User, now: datetime, mail: bool = False) -> Referral:
    """The referrer knows the outcome: by a mail with a link and no detail, where `mail`, or in another way on that day.

    Writes the ledger. Raises Refused before the decision, or when there is no address to write to.
    """
    locked = Referral.objects.select_for_update(of=("self",)).select_related("mentee__service").get(pk=referral.pk)
    if not locked.decided_on:
        raise Refused("Nothing has been decided yet that could be told.")
    if on < locked.decided_on or on > timezone.localdate(now):
        raise Refused("This day is before the decision, or still to come.")
    if mail:
        if not locked.email:
            raise Refused("No e-mail address of the referrer is on record.")
        _mail(locked, Mail.REFERRAL_NEWS, now=now, by=by)
    locked.told_on = on
    locked.save(update_fields=["told_on"])
    log(Act.CASELOAD_CHANGED, locked, service=locked.mentee.service, by=by, step="told", on=on.isoformat())
    return locked


@transaction.atomic
def close_door(*, practice: Practice, because: str, until: date | None, by: User, today: date) -> Practice:
    """Take no referrals, from today. `until` is the day on which they are taken again, where it is known.

    Writes the ledger. Raises Refused when that day is not to come, or somebody has closed them meanwhile.
    """
    locked = Practice.objects.select_for_update(of=("self",)).select_related("service").get(pk=practice.pk)
    if until is not None and until <= today:
        raise Refused("The day from which referrals are taken again must be to come.")
    if not openness(locked, today, count=False).open and practice.takes_referrals:
        raise Refused("Somebody has closed referrals meanwhile.")
    locked.takes_referrals, locked.closed_until, locked.closed_because = False, until, because
    locked.save(update_fields=["takes_referrals", "closed_until", "closed_because"])
    log(
        Act.CASELOAD_CHANGED,
        locked,
        service=locked.service,
        by=by,
        what="practice",
        referrals="closed",
        until=until.isoformat() if until else "",
    )
    return locked


@transaction.atomic
def open_door(*, practice: Practice, waiting_limit: int, by: User) -> Practice:
    """Take referrals again, or go on taking them, until so many wait; 0 is without limit. Writes the ledger."""
    locked = Practice.objects.select_for_update(of=("self",)).select_related("service").get(pk=practice.pk)
    locked.takes_referrals, locked.closed_until, locked.closed_because = True, None, ""
    locked.waiting_limit = waiting_limit
    locked.save(update_fields=["takes_referrals", "closed_until", "closed_because", "waiting_limit"])
    log(
        Act.CASELOAD_CHANGED,
        locked,
        service=locked.service,
        by=by,
        what="practice",
        referrals="open",
        limit=waiting_limit,
    )
    return locked
