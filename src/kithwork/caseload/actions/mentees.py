"""A mentee's record: what it says, priority, pauses, leaving and coming back, their own link, and being called."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Mentee, OneTimeLink, Pause
from kithwork.caseload.queries.due import is_matched
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

PRIORITIES = {0: "usual", 1: "high", 2: "urgent"}
TOUCHED = "Somebody has changed this record since you opened it. Look at it again, then save once more."


def _locked(mentee: Mentee) -> Mentee:
    locked = Mentee.objects.select_for_update(of=("self",)).select_related("service__organisation").get(pk=mentee.pk)
    if locked.erased_at is not None:
        raise Refused("What this record said has been erased.")
    return locked


@transaction.atomic
def change(*, mentee: Mentee, by: User, now: datetime, since: datetime | None = None, **changes: Any) -> Mentee:
    """Change what a record says; only what differs is saved. `since` is when the record that was looked at was last
    changed: where somebody else has changed it after that, it raises Refused. Writes the ledger, naming the fields.
    """
    locked = _locked(mentee)
    if since is not None and locked.changed_at != since:
        raise Refused(TOUCHED)
    changed = sorted(field for field, value in changes.items() if getattr(locked, field) != value)
    for field in changed:
        setattr(locked, field, changes[field])
    if changed:
        locked.changed_at = now
        locked.save(update_fields=[*changed, "changed_at"])
        log(Act.CASELOAD_CHANGED, locked, service=locked.service, by=by, fields=changed)
    return locked


@transaction.atomic
def prioritise(*, mentee: Mentee, priority: int, because: str, by: User, now: datetime) -> Mentee:
    """How urgently a mentor is sought: 0 usual, 1 high, 2 urgent; with the reason. Writes the ledger."""
    locked = _locked(mentee)
    locked.priority, locked.priority_because, locked.changed_at = priority, because, now
    locked.save(update_fields=["priority", "priority_because", "changed_at"])
    log(Act.CASELOAD_DECIDED, locked, service=locked.service, by=by, priority=PRIORITIES[priority])
    return locked


@transaction.atomic
def pause(*, mentee: Mentee, begins: date, ends: date | None, reason: str, by: User) -> Pause:
    """Somebody is away from one day to another, or without an end that is known. Writes the ledger.

    Raises Refused when they have left, the days are the wrong way round, or another pause holds one of them.
    """
    locked = _locked(mentee)
    if locked.left_on is not None:
        raise Refused("This person has left.")
    if ends is not None and ends < begins:
        raise Refused("The last day away is before the first.")
    for other in locked.pauses.all():
        if (ends is None or other.begins <= ends) and (other.ends is None or other.ends >= begins):
            raise Refused("Another pause holds some of these days already.")
    made = Pause.objects.create(mentee=locked, begins=begins, ends=ends, reason=reason, by=by)
    log(
        Act.CASELOAD_RECORDED,
        locked,
        service=locked.service,
        by=by,
        step="paused",
        begins=begins.isoformat(),
        ends=ends.isoformat() if ends else "",
    )
    return made


@transaction.atomic
def back(*, mentee: Mentee, last: date, by: User) -> Pause:
    """A pause ends: `last` is the last day away. Writes the ledger. Raises Refused when they are not away that day."""
    locked = _locked(mentee)
    found = locked.pauses.filter(begins__lte=last).order_by("-begins", "-pk").first()
    if found is None or (found.ends is not None and found.ends <= last):
        raise Refused("This person is not away, or is back by then already.")
    found.ends = last
    found.save(update_fields=["ends"])
    log(Act.CASELOAD_ENDED, locked, service=locked.service, by=by, step="paused", ends=last.isoformat())
    return found


@transaction.atomic
def leave(*, mentee: Mentee, on: date, because: str, by: User, now: datetime) -> Mentee:
    """The last day with the service, and why. Links of theirs stop working. Writes the ledger.

    Raises Refused while a match runs (end that first, so that everybody is told), when they have left already, or the
    day cannot be.
    """
    locked = _locked(mentee)
    if locked.left_on is not None:
        raise Refused("This person has left already.")
    if on < locked.came_on or on > timezone.localdate(now):
        raise Refused("This day is before they came, or still to come.")
    if Mentee.objects.filter(is_matched("mentee", on), pk=locked.pk).exists():
        raise Refused("This person has a match that runs. End the match first, so that everybody is told.")
    open_ones = locked.matches.filter(introduced_on=None, withdrawn_on=None).exclude(mentee_answer="no")
    if open_ones.exclude(mentor_answer="no").exists():
        raise Refused("A match has been proposed for this person. Withdraw it first.")
    locked.left_on, locked.left_because, locked.changed_at, locked.call_me_at = on, because, now, None
    locked.save(update_fields=["left_on", "left_because", "changed_at", "call_me_at"])
    OneTimeLink.objects.filter(mentee=locked, purpose=OneTimeLink.Purpose.MENTEE, stopped_at=None).update(
        stopped_at=now
    )
    log(Act.CASELOAD_ENDED, locked, service=locked.service, by=by, step="left", on=on.isoformat())
    return locked


@transaction.atomic
def come_back(*, mentee: Mentee, on: date, by: User, now: datetime) -> Mentee:
    """Somebody who had left is here again, and waits from that day when they had been accepted before.

    The ledger keeps when they had left. Raises Refused when they have not left, or the day cannot be.
    """
    locked = _locked(mentee)
    if locked.left_on is None:
        raise Refused("This person has not left.")
    if on < locked.left_on or on > timezone.localdate(now):
        raise Refused("This day is before they left, or still to come.")
    if locked.accepted_on is None:
        raise Refused("This person was never on the waiting list. Record a new referral instead.")
    left = locked.left_on
    locked.left_on, locked.left_because, locked.changed_at = None, "", now
    locked.waiting_since = on
    locked.save(update_fields=["left_on", "left_because", "changed_at", "waiting_since"])
    log(
        Act.CASELOAD_CHANGED,
        locked,
        service=locked.service,
        by=by,
        step="came back",
        on=on.isoformat(),
        had_left=left.isoformat(),
    )
    return locked


@transaction.atomic
def own_link(*, mentee: Mentee, by: User, now: datetime, mail: bool) -> str:
    """A link to the person's own page, which they need no account for; the one before stops working. Gives its path.

    `mail` sends it. Writes the ledger. Raises Refused when they have left, or no address is on record.
    """
    locked = _locked(mentee)
    if locked.left_on is not None:
        raise Refused("This person has left.")
    if mail and not locked.email:
        raise Refused("No e-mail address is on record.")
    link, token = links.make(service=locked.service, purpose=OneTimeLink.Purpose.MENTEE, now=now, by=by, mentee=locked)
    path = f"/link/{token}/"
    if mail:
        links.send(link=link, service=locked.service, kind=Mail.MENTEE_LINK, email=locked.email, path=path)
    return path


@transaction.atomic
def call_me(*, mentee: Mentee, now: datetime) -> Mentee:
    """Somebody asks to be rung. Coordinators hear of it once, until it is answered by a contact. Writes the ledger."""
    locked = _locked(mentee)
    if locked.call_me_at is None:
        locked.call_me_at = now
        locked.save(update_fields=["call_me_at"])
        _news(locked, locked.service, Mail.CALL_WANTED)
        log(Act.CASELOAD_RECORDED, locked, service=locked.service, by=None, step="call me")
    return locked


def _news(mentee: Mentee, service: Service, kind: Mail) -> None:
    tell(
        kind=kind,
        to=coordinators_of(service),
        organisation=service.organisation,
        path=f"/run/{service.slug}/mentees/{mentee.ref}/",
        about=service.name,
    )
