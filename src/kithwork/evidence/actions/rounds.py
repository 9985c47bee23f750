"""To the assessor and back: what is sent, and the answer to it."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import log
from kithwork.evidence.models import Feedback, Item, Offer, Round
from kithwork.evidence.queries import may_leave
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act


@transaction.atomic
def send(*, journey: Journey, stage: str, slots: Collection[str], by: User, today: date, note: str = "") -> Position:
    """Send what is offered for some slots to the assessor: all of them or none.

    Raises Refused when a slot is empty, may not be sent now, or a document in it is too old, has no date, shows
    casework that nobody has declared redacted, or has not been through the privacy gate.
    """
    if not slots:
        raise Refused("Choose what you want to send.")
    edition = edition_of(journey.edition)
    requirements = {r.id: r for r in edition.requirements}
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.SUBMITTED, Role.APPLICANT, stage=stage, item=slot) for slot in slots],
        by=by,
        today=today,
    )
    offers = Offer.objects.filter(
        journey=journey, slot__in=slots, item__removed_at__isnull=True, item__destroyed_at__isnull=True
    ).select_related("item")
    items: dict[str, list[Item]] = {slot: [] for slot in slots}
    for one in offers:
        items[one.slot].append(one.item)
    numbers = dict(
        Round.objects.filter(journey=journey, slot__in=slots).values_list("slot").annotate(last=Max("number"))
    )
    for slot in slots:
        requirement = requirements.get(slot)
        label = f"{requirement.number} {requirement.title}" if requirement else slot
        if not items[slot]:
            raise Refused(f"{label}: add evidence before you send it.")
        for item in items[slot]:
            verdict = may_leave(requirement, item, today)
            if not verdict:
                raise Refused(f"{label}, '{item.title}': {verdict.because}")
        row = Round.objects.create(
            journey=journey,
            stage=stage,
            slot=slot,
            number=numbers.get(slot, 0) + 1,
            note=note.strip(),
            sent_on=today,
            sent_by=by,
        )
        row.items.set(items[slot])
    log(Act.EVIDENCE_SENT, journey, by, stage=stage, slots=len(slots))
    return position


@transaction.atomic
def give_feedback(
    *, journey: Journey, stage: str, slot: str, outcome: Feedback.Outcome, advice: str, by: User, today: date
) -> Position:
    """Confirm a slot, or ask for more with advice; a portfolio is judged whole, and its slot is its stage.

    Raises Refused without advice, or when the slot is not to be judged.
    """
    if outcome == Feedback.Outcome.BREACHED:
        raise Refused("A breach is reported, not given as feedback.")
    if outcome == Feedback.Outcome.RETURNED and not advice.strip():
        raise Refused("Say what fell short and what would help.")
    kind = EntryKind.CONFIRMED if outcome == Feedback.Outcome.CONFIRMED else EntryKind.RETURNED
    position = record(
        journey=journey,
        entries=[Entry(today, kind, Role.ASSESSOR, stage=stage, item="" if slot == stage else slot)],
        by=by,
        today=today,
    )
    latest = Round.objects.filter(journey=journey, slot=slot).order_by("-number").first()
    Feedback.objects.create(
        journey=journey, stage=stage, slot=slot, round=latest, outcome=outcome, advice=advice.strip(), on=today, by=by
    )
    log(Act.EVIDENCE_JUDGED, journey, by, slot=slot, outcome=str(outcome))
    return position
