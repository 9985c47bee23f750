"""Looking for the best set of pairs, and the rules by which that is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Practice
from kithwork.caseload.queries.due import current_mentors
from kithwork.caseload.queries.matches import waiting_for_match
from kithwork.core import matching as core
from kithwork.core.stamp import stamp
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.matching.models import AskedSearch, MatchingRules, MatchingRun, Proposal, Unmatched
from kithwork.matching.solving import Solved, solved
from kithwork.organisations.models import Service

TOLD = 200_000  # pairs of the unmatched with mentors for which the reasons are written down; the rest when asked
AT_ONCE = 60_000  # pairs of those who wait with mentors up to which a search is done within the request
RULED = ("weights", "must_share", "near_km", "floor", "objective")


def find(*, practice: Practice, by: User, now: datetime) -> MatchingRun:
    """Find the best set of pairs for all who wait, as they are now. What was proposed before and not decided goes.
    Writes the ledger: figures alone. Nothing is locked while it is worked out.
    """
    began = monotonic()
    found = solved(practice, timezone.localdate(now))
    left = _why_not(found)
    with transaction.atomic():
        Practice.objects.select_for_update().get(pk=practice.pk)  # one search is written at a time
        return _kept(practice, found, left, by, now, began)


def _kept(
    practice: Practice, found: Solved, left: dict[int, list[str]], by: User, now: datetime, began: float
) -> MatchingRun:
    best, crowd, service = found.best, found.crowd, practice.service
    run = MatchingRun.objects.create(
        service=service,
        at=now,
        day=found.today,
        by=by,
        rules=found.settled.told(),
        crowd=crowd.digest(found.settled),
        mentees=len(crowd.mentees),
        mentors=crowd.with_room,
        places=crowd.places,
        matched=best.matched,
        total=best.total,
        worst=best.worst,
        reached=str(best.certificate.reached),
        bound=str(best.certificate.bound),
        took_ms=0,
    )
    Proposal.objects.bulk_create(_proposals(run, found))
    Unmatched.objects.bulk_create(Unmatched(run=run, mentee=crowd.waiting[at], why=why) for at, why in left.items())
    run.took_ms = round(1000 * (monotonic() - began))
    run.save(update_fields=["took_ms"])
    _past(run)
    log(Act.CASELOAD_RECORDED, run, service=service, by=by, what="matching", waiting=run.mentees, proposed=run.matched)
    return run


def ask(*, practice: Practice, by: User, now: datetime) -> MatchingRun | None:
    """Find the best set of pairs: at once, or where they are many as soon as a process apart takes it; None then. That
    a process is there, `procedures.pairing` sees to.
    """
    today = timezone.localdate(now)
    mentees = waiting_for_match(practice.service, today).order_by().count()
    mentors = current_mentors(practice.service, today).order_by().count()
    if mentees * mentors <= AT_ONCE:
        return find(practice=practice, by=by, now=now)
    asked = {"at": now, "by": by, "mentees": mentees, "mentors": mentors, "failed": False}
    AskedSearch.objects.update_or_create(service=practice.service, defaults=asked)
    return None


def find_asked(asked: AskedSearch, *, now: datetime) -> bool:
    """Do a search that waits; whether it could be done. One that was asked for anew meanwhile waits on."""
    practice = Practice.objects.select_related("service").get(service=asked.service_id)
    this = AskedSearch.objects.filter(pk=asked.pk, at=asked.at)
    try:
        find(practice=practice, by=asked.by, now=now)
    except core.Inexact:
        this.update(failed=True)
        return False
    this.delete()
    return True


def again(*, practice: Practice, by: User, now: datetime) -> None:
    """After a decision: the rest solved anew around it, where somebody has ever asked for proposals."""
    if MatchingRun.objects.filter(service=practice.service).exists():
        ask(practice=practice, by=by, now=now)


def _proposals(run: MatchingRun, found: Solved) -> list[Proposal]:
    rows = []
    for mentee, mentor in found.best.pairs:
        fit = found.fit(mentee, mentor)
        rows.append(
            Proposal(
                run=run,
                mentee=found.crowd.waiting[mentee],
                mentor=found.crowd.mentoring[mentor],
                fit=fit.total,
                parts=[[one.part, one.score, one.weight, one.reason] for one in fit.parts],
            )
        )
    return rows


def _why_not(found: Solved) -> dict[int, list[str]]:
    """By position: why nobody was found for those who are left."""
    left = [at for at, mentor in enumerate(found.best.mentor_of.tolist()) if mentor < 0]
    told = len(left) * len(found.crowd.mentors) <= TOLD
    return {at: found.why_not(at) if told else [] for at in left}


def _past(run: MatchingRun) -> None:
    """Of earlier searches what was decided stays, and no more."""
    earlier = MatchingRun.objects.filter(service=run.service_id).exclude(pk=run.pk)
    Proposal.objects.filter(run__in=earlier, state=Proposal.State.OPEN).delete()
    Unmatched.objects.filter(run__in=earlier).delete()
    earlier.filter(proposals__isnull=True).delete()


@transaction.atomic
def set_rules(
    *,
    practice: Practice,
    weights: Mapping[str, int],
    must_share: Sequence[str],
    near_km: int,
    floor: int,
    objective: MatchingRules.Objective,
    seen: str,
    by: User,
    now: datetime,
) -> MatchingRules:
    """What the service weighs from now on; what is proposed is found anew. Writes the ledger, naming what differs.

    `seen` is the stamp of the rules as they were read (`rules_seen`). Raises Refused where they have changed since, or
    are none that `core.matching.Rules` takes.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)
    if seen != rules_seen(practice.service):
        raise Refused("Somebody changed the rules while you were writing. Look at them again; what you typed is below.")
    try:
        core.Rules(
            weights=dict(weights),
            must_share=frozenset(core.Sharing(one) for one in must_share),
            near_km=float(near_km),
            floor=floor,
        )
    except ValueError as fault:
        raise Refused(f"These rules cannot be: {fault}.") from fault
    given = {
        "weights": dict(weights),
        "must_share": sorted(must_share),
        "near_km": near_km,
        "floor": floor,
        "objective": objective,
    }
    row = MatchingRules.objects.filter(service=practice.service).first()
    changed = [name for name, value in given.items() if row is None or getattr(row, name) != value]
    row, _ = MatchingRules.objects.update_or_create(
        service=practice.service, defaults={**given, "changed_at": now, "changed_by": by}
    )
    log(Act.CASELOAD_CHANGED, row, service=practice.service, by=by, what="matching rules", fields=sorted(changed))
    again(practice=practice, by=by, now=now)
    return row


def rules_seen(service: Service) -> str:
    """A mark that changes when the rules do; '' while there are none."""
    row = MatchingRules.objects.filter(service=service).first()
    return stamp(row, RULED) if row else ""
