"""A person decides about a pair: to ask the two, or not."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import Side, ask_by_link, propose
from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.matching.actions.apart import note
from kithwork.matching.actions.searching import again
from kithwork.matching.models import KeptApart, Proposal
from kithwork.matching.solving import alone

MANAGES = "The mentor is their line manager."  # what `propose` lets through with a reason


@transaction.atomic
def decide(
    *,
    practice: Practice,
    mentee: Mentee,
    mentor: Mentor,
    rationale: str,
    by: User,
    now: datetime,
    ask_both: bool = False,
    **more: Any,
) -> Match:
    """Decide to ask these two, whoever found the pair; the reasons are the decider's own words. What was proposed for
    the mentee is accepted, or changed where it was somebody else, and the rest is found anew around the two.

    `ask_both`: send each of the two the link to the reasons now, where there is an address. `more` goes to
    `caseload.actions.matches.propose`. Raises Refused as that does, and for every veto but a line manager with a
    reason. Writes the ledger.
    """
    today = timezone.localdate(now)
    against = _against(practice, mentee, mentor, now)
    match = propose(practice=practice, mentee=mentee, mentor=mentor, rationale=rationale, by=by, today=today, **more)
    if against:
        raise Refused(f"{against} Change what is on record first, if that is not so any more.")
    waits = Proposal.objects.filter(run__service=practice.service, mentee=mentee, state=Proposal.State.OPEN)
    for proposal in waits.order_by("-pk")[:1]:
        same = proposal.mentor_id == mentor.pk
        _settle(proposal, Proposal.State.ACCEPTED if same else Proposal.State.CHANGED, by, now, match=match)
    if ask_both:
        for side, who in ((Side.MENTEE, mentee), (Side.MENTOR, mentor)):
            if who.email:
                ask_by_link(match=match, side=side, by=by, now=now, today=today)
    again(practice=practice, by=by, now=now)
    return match


def _against(practice: Practice, mentee: Mentee, mentor: Mentor, now: datetime) -> str:
    """What forbids the two, but for a line manager: the first in a sentence, '' when nothing does."""
    found = alone(practice, mentee, timezone.localdate(now))
    ours, theirs = found.crowd.at(mentee.ref), found.crowd.mentor_at(mentor.ref)
    if ours is None or theirs is None:
        return ""  # `propose` knows what is wrong with them
    apart = KeptApart.objects.filter(mentee=mentee, mentor=mentor, ended_at__isnull=True).first()
    if apart is not None:
        return f"These two are kept apart: {apart.because.rstrip('.')}."
    return next((why for why in found.vetoes(ours, theirs) if why != MANAGES), "")


@transaction.atomic
def refuse(
    *, practice: Practice, proposal: Proposal, because: str, kind: KeptApart.Kind, by: User, now: datetime
) -> KeptApart:
    """Not this pair, and why: it does not come back until somebody says so; the rest is found anew. Writes the ledger.

    Raises Refused without a reason, and where it has been decided already.
    """
    fresh = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if fresh.state != Proposal.State.OPEN:
        raise Refused("This proposal has been decided already.")
    row = note(practice=practice, mentee=proposal.mentee, mentor=proposal.mentor, kind=kind, because=because, by=by)
    _settle(fresh, Proposal.State.REFUSED, by, now, because=because.strip())
    log(Act.CASELOAD_DECIDED, fresh, service=practice.service, by=by, decided="refused")
    again(practice=practice, by=by, now=now)
    return row


def _settle(
    proposal: Proposal,
    state: Proposal.State,
    by: User,
    now: datetime,
    *,
    because: str = "",
    match: Match | None = None,
) -> None:
    proposal.state, proposal.because, proposal.match = state, because, match
    proposal.decided_by, proposal.decided_at = by, now
    proposal.save(update_fields=["state", "because", "match", "decided_by", "decided_at"])
