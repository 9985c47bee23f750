"""A name left in: the document is destroyed, in every copy, and asked for again where that can still be done."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import line_up, log
from kithwork.evidence.actions.storing import tidy_on_commit
from kithwork.evidence.models import Breach, BreachStep, Feedback, Item, Offer
from kithwork.evidence.queries import copies_of, struck_by
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act

_GONE = "A name or another detail that identifies somebody was left in. The document has been destroyed. "
_AGAIN = "Redact it, every name down to one initial, and send it again."
_ENOUGH = "Nothing more is asked of you for this."


@transaction.atomic
def report_breach(*, journey: Journey, slot: str, item: Item, what: str, by: User, role: Role, today: date) -> Breach:
    """A name was left in: the item and every copy of it in this journey are destroyed; what `struck_by` names fails.

    The files go when the transaction commits; the digest and who reported it stay. `what` names the kind of detail,
    never the detail. Writes the ledger, also where nothing fails: on a journey that has ended, and for what was
    confirmed on something sent later. Raises Refused when the item was neither sent nor prepared for this, or is
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
    if struck.failing:
        record(
            journey=journey,
            entries=[Entry(today, EntryKind.BREACHED, role, stage=struck.stages[s], item=s) for s in struck.failing],
            by=by,
            today=today,
        )
    for told in dict.fromkeys((*struck.failing, slot)):
        Feedback.objects.create(
            journey=journey,
            stage=struck.stages[told],
            slot=told,
            round_id=struck.rounds.get(told),
            outcome=Feedback.Outcome.BREACHED,
            advice=_GONE + (_AGAIN if told in struck.failing else _ENOUGH),
            on=today,
            by=by,
        )
    breach = Breach.objects.create(
        journey=journey,
        stage=struck.stages[slot],
        slot=slot,
        item=locked,
        what=what.strip(),
        digest=locked.digest,
        reported_on=today,
        reported_by=by,
    )
    copies = list(copies_of(locked).values_list("pk", flat=True))
    Offer.objects.filter(item__in=copies).delete()
    Item.objects.filter(pk__in=copies).update(
        destroyed_at=timezone.now(), text="", url="", file_name="", title="Destroyed document"
    )
    log(
        Act.EVIDENCE_BREACHED,
        journey,
        by,
        slot=slot,
        item=locked.ref,
        digest=breach.digest,
        slots=len(struck.failing),
        copies=len(copies),
    )
    tidy_on_commit(journey)
    return breach


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
