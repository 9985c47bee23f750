"""A name left in: the document is destroyed, in every copy on every journey of the applicant's, and asked for again
where that can still be done.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import line_up, log
from kithwork.evidence.actions.storing import tidy_on_commit
from kithwork.evidence.models import Breach, BreachStep, Feedback, Found, Item, Offer
from kithwork.evidence.passing import seal_of
from kithwork.evidence.queries import Struck, copies_of, struck_by, struck_copies
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act

_GONE = "A name or another detail that identifies somebody was left in. The document has been destroyed. "
_GONE_TOO = (
    "A name or another detail that identifies somebody was found in this document where it is used elsewhere. It has "
    "been destroyed here as well. "
)
_AGAIN = "Redact it, every name down to one initial, and send it again."
_ENOUGH = "Nothing more is asked of you for this."


@transaction.atomic
def report_breach(
    *, journey: Journey, slot: str, item: Item, what: str, by: User | None, role: Role, today: date
) -> Breach:
    """A name was left in: the item and every copy of it in this journey are destroyed; what `struck_by` names fails.

    The files go when the transaction commits; the digest and who reported it stay. `what` names the kind of detail,
    never the detail. `by` None: no person reports it, it was found when it was looked through again. Writes the
    ledger, with the digest of what was destroyed, also where nothing fails: on a journey that has ended, and for what
    was confirmed on something sent later. Raises Refused when the item was neither sent nor prepared for this, or is
    destroyed already.
    """
    if not what.strip():
        raise Refused("Say what kind of detail was left in, without repeating it.")
    line_up(journey)
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.destroyed_at is not None:
        raise Refused("This document has been destroyed already.")
    struck = struck_by(read(journey, today), slot, locked)
    if struck is None:
        raise Refused("This document was not sent for this.")
    found = Found.PERSON if by else Found.LATER
    proof = locked.digest or seal_of(locked)  # words and links have no file
    _fail(journey, struck, (*struck.failing, slot), _GONE, by=by, found=found, role=role, today=today)
    breach = Breach.objects.create(
        journey=journey,
        stage=struck.stages[slot],
        slot=slot,
        item=locked,
        what=what.strip(),
        digest=locked.digest,
        reported_on=today,
        reported_by=by,
        found=found,
    )
    copies = _destroy(copies_of(locked))
    log(
        Act.EVIDENCE_BREACHED,
        journey,
        by,
        slot=slot,
        item=locked.ref,
        digest=proof,
        slots=len(struck.failing),
        copies=copies,
    )
    tidy_on_commit(journey)
    return breach


@transaction.atomic
def strike_copies(
    *, breach: Breach, journey: Journey, copies: Sequence[Item], by: User | None, today: date
) -> Breach | None:
    """A document in breach is destroyed in another of the applicant's journeys too; what `struck_copies` names fails.

    Gives the breach as it stands in that journey's register; None where nobody there but the applicant has had it to
    read. Who reported it and where is in the ledger alone, in a record that no body reads: a body hears that it was
    reported elsewhere, and not of the applicant's business with another. The files go when the transaction commits.
    """
    line_up(journey)
    struck = struck_copies(read(journey, today), copies)
    first = copies[0]
    made = None
    if struck is not None:
        slot = next(iter(struck.failing or struck.stages))
        _fail(
            journey,
            struck,
            struck.failing or (slot,),
            _GONE_TOO,
            by=None,
            found=Found.ELSEWHERE,
            role=Role.OFFICER,
            today=today,
        )
        made = Breach.objects.create(
            journey=journey,
            stage=struck.stages[slot],
            slot=slot,
            item=first,
            what=breach.what,
            digest=first.digest,
            reported_on=today,
            found=Found.ELSEWHERE,
        )
        write(
            act=Act.EVIDENCE_BREACHED,
            actor="system",
            subject=f"journey:{journey.ref}",
            organisation=journey.edition.body.ref,
            facts={
                "slot": slot,
                "item": first.ref,
                "digest": first.digest or seal_of(first),
                "slots": len(struck.failing),
            },
        )
    destroyed = _destroy(Item.objects.filter(pk__in=[one.pk for one in copies]))
    log(
        Act.EVIDENCE_BREACHED, journey, by, private=True,
        item=first.ref, copies=destroyed, source=breach.item.ref, source_journey=breach.journey.ref,
    )  # fmt: skip
    tidy_on_commit(journey)
    return made


def _fail(
    journey: Journey,
    struck: Struck,
    told: Sequence[str],
    gone: str,
    *,
    by: User | None,
    found: Found,
    role: Role,
    today: date,
) -> None:
    """Enter what fails, and say so in the thread of each slot of `told`."""
    if struck.failing:
        record(
            journey=journey,
            entries=[Entry(today, EntryKind.BREACHED, role, stage=struck.stages[s], item=s) for s in struck.failing],
            by=by,
            today=today,
        )
    for slot in dict.fromkeys(told):
        Feedback.objects.create(
            journey=journey,
            stage=struck.stages[slot],
            slot=slot,
            round_id=struck.rounds.get(slot),
            outcome=Feedback.Outcome.BREACHED,
            advice=gone + (_AGAIN if slot in struck.failing else _ENOUGH),
            on=today,
            by=by,
            found=found,
        )


def _destroy(items: QuerySet[Item]) -> int:
    """What rows hold of these, and what they are offered for. How many there were."""
    copies = list(items.values_list("pk", flat=True))
    Offer.objects.filter(item__in=copies).delete()
    return Item.objects.filter(pk__in=copies).update(
        destroyed_at=timezone.now(), text="", url="", file_name="", title="Destroyed document"
    )


@transaction.atomic
def note_step(
    *, breach: Breach, side: BreachStep.Side, kind: BreachStep.Kind, text: str, on: date, by: User
) -> BreachStep:
    """Note in one side's register what was done about a breach. The other side does not see it. Writes the ledger.

    Raises Refused for a day before it was reported, and for a decision not to report without a reason.
    """
    if on < breach.reported_on:
        raise Refused("It was reported on a later day than this.")
    if kind in {BreachStep.Kind.NOT_REPORTED, BreachStep.Kind.DONE} and not text.strip():
        raise Refused("Say why." if kind == BreachStep.Kind.NOT_REPORTED else "Say what was done.")
    step = BreachStep.objects.create(breach=breach, side=side, kind=kind, text=text.strip(), on=on, by=by)
    journey = breach.journey
    service = journey.service
    whose = journey.edition.body.ref if side == BreachStep.Side.BODY else service.organisation.ref if service else ""
    write(
        act=Act.EVIDENCE_BREACH_HANDLED,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=whose,
        facts={"breach": breach.ref, "side": str(side), "kind": str(kind)},
    )
    return step
