"""Looking for the best set of pairs, and the rules by which that is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Practice
from kithwork.core import matching as core
from kithwork.core.stamp import stamp
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.matching.models import MatchingRules, MatchingRun, Proposal, Unmatched
from kithwork.matching.solving import Solved, solved
from kithwork.organisations.models import Service

TOLD = 200_000  # pairs of the unmatched with mentors for which the reasons are written down; the rest when asked
RULED = ("weights", "must_share", "near_km", "floor", "objective")


@transaction.atomic
def find(*, practice: Practice, by: User, now: datetime) -> MatchingRun:
    """Find the best set of pairs for all who wait, as they are now. What was proposed before and not decided goes.
    Writes the ledger: figures alone.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)  # one search at a time
    began, service = monotonic(), practice.service
    found = solved(practice, timezone.localdate(now))
    best, crowd = found.best, found.crowd
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
    Unmatched.objects.bulk_create(_unmatched(run, found))
    run.took_ms = round(1000 * (monotonic() - began))
    run.save(update_fields=["took_ms"])
    _past(run)
    log(Act.CASELOAD_RECORDED, run, service=service, by=by, what="matching", waiting=run.mentees, proposed=run.matched)
    return run


def again(*, practice: Practice, by: User, now: datetime) -> None:
    """After a decision: the rest solved anew around it, where somebody has ever asked for proposals."""
    if MatchingRun.objects.filter(service=practice.service).exists():
        find(practice=practice, by=by, now=now)


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


def _unmatched(run: MatchingRun, found: Solved) -> list[Unmatched]:
    left = [at for at, mentor in enumerate(found.best.mentor_of.tolist()) if mentor < 0]
    told = len(left) * len(found.crowd.mentors) <= TOLD
    return [Unmatched(run=run, mentee=found.crowd.waiting[at], why=found.why_not(at) if told else []) for at in left]


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
