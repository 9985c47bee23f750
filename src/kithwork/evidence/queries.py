"""Named reads over evidence."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from kithwork.core.freshness import freshness
from kithwork.core.journey import Entry, EntryKind, ItemPosition, ItemState, Position, may
from kithwork.core.schemes import Edition, PortfolioStage, Role
from kithwork.core.verdict import YES, Verdict, no
from kithwork.evidence.models import Breach, Feedback, Item, Offer, Remark, Round
from kithwork.journeys.models import Journey
from kithwork.organisations.models import Organisation


def items_of(journey: Journey) -> QuerySet[Item]:
    """What the applicant has gathered and not taken out."""
    return Item.objects.filter(journey=journey, removed_at__isnull=True, destroyed_at__isnull=True)


def items_for(journey: Journey, slot: str) -> list[Item]:
    """What is offered for a slot now, in the order it was offered."""
    offers = (
        Offer.objects.filter(journey=journey, slot=slot, item__removed_at__isnull=True, item__destroyed_at__isnull=True)
        .select_related("item__added_by")
        .order_by("added_at", "id")
    )
    return [offer.item for offer in offers]


def slots_by_item(journey: Journey) -> dict[int, list[str]]:
    """Item id -> the slots it is offered for."""
    found: dict[int, list[str]] = defaultdict(list)
    for item, slot in Offer.objects.filter(journey=journey).order_by("added_at", "id").values_list("item_id", "slot"):
        found[item].append(slot)
    return found


def items_by_slot(journey: Journey) -> dict[str, int]:
    """Slot -> how many live items are offered for it."""
    found: dict[str, int] = defaultdict(int)
    offers = Offer.objects.filter(journey=journey, item__removed_at__isnull=True, item__destroyed_at__isnull=True)
    for slot in offers.values_list("slot", flat=True):
        found[slot] += 1
    return found


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    """One thing in a slot's thread, oldest first. `kind`: sent, confirmed, returned, breached, remark."""

    kind: str
    on: date
    at: datetime
    who: str
    side: str  # applicant or assessor
    text: str
    items: tuple[Item, ...] = ()
    number: int = 0


def thread(journey: Journey, slot: str) -> list[ThreadEvent]:
    """Everything sent and said for a slot, oldest first. Three queries; a round is never empty."""
    events: list[ThreadEvent] = []
    sent: dict[int, tuple[Round, list[Item]]] = {}
    pairs = Round.items.through.objects.filter(round__journey=journey, round__slot=slot)
    # by item: a round's pairs are written in no order of their own
    for pair in pairs.select_related("round__sent_by", "item__added_by").order_by("item__added_at", "item_id"):
        sent.setdefault(pair.round_id, (pair.round, []))[1].append(pair.item)
    events.extend(
        ThreadEvent("sent", r.sent_on, r.sent_at, r.sent_by.name, "applicant", r.note, tuple(items), r.number)
        for r, items in sent.values()
    )
    events.extend(
        ThreadEvent(f.outcome, f.on, f.at, f.by.name, "assessor", f.advice)
        for f in Feedback.objects.filter(journey=journey, slot=slot).select_related("by")
    )
    events.extend(
        ThreadEvent("remark", r.on, r.at, r.by.name, r.side, r.text)
        for r in Remark.objects.filter(journey=journey, slot=slot).select_related("by")
    )
    return sorted(events, key=lambda event: event.at)


def latest_round(journey: Journey, slot: str) -> Round | None:
    return (
        Round.objects.filter(journey=journey, slot=slot)
        .select_related("sent_by")
        .prefetch_related("items")
        .order_by("-number")
        .first()
    )


def breaches_of(journey: Journey) -> QuerySet[Breach]:
    return Breach.objects.filter(journey=journey).select_related("reported_by", "item")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is offered now: slot -> live items in the order offered, and when the newest of them was."""

    items: dict[str, list[Item]]
    newest: dict[str, datetime]

    def all(self) -> list[Item]:
        """Every item once, in the order first offered."""
        return list({item.pk: item for items in self.items.values() for item in items}.values())

    def slots(self, item: Item) -> list[str]:
        return [slot for slot, items in self.items.items() if any(one.pk == item.pk for one in items)]


def gathered(journey: Journey) -> Gathered:
    """All that a journey offers. One query."""
    found = Gathered({}, {})
    offers = Offer.objects.filter(journey=journey, item__removed_at__isnull=True, item__destroyed_at__isnull=True)
    for offer in offers.select_related("item__added_by").order_by("added_at", "id"):
        found.items.setdefault(offer.slot, []).append(offer.item)
        found.newest[offer.slot] = offer.added_at
    return found


def last_sent(journey: Journey) -> dict[str, datetime]:
    """Slot -> when it was last sent. One query."""
    rows = Round.objects.filter(journey=journey).order_by("number").values_list("slot", "sent_at")
    return dict(rows)


def item_of(edition: Edition, position: Position, slot: str) -> ItemPosition | None:
    """How a slot stands: its own state, or that of the portfolio it belongs to; None when it is not asked for."""
    for stage in position.stages.values():
        if slot in stage.items:
            return stage.items[slot]
    for model in edition.stages:
        if isinstance(model, PortfolioStage) and any(
            one.id == slot for one in edition.asked_at(position.level, model.assessed)
        ):
            whole = position.stages[model.id].items[model.id]
            return ItemPosition(slot, whole.state, whole.since, whole.rounds)
    return None


def may_gather(edition: Edition, position: Position, slot: str) -> Verdict:
    """Whether what is offered for a slot may be changed now: not while the assessor has it, nor once it is
    confirmed.
    """
    if position.status.is_over:
        return no("This journey has ended; nothing can be added to it.")
    item = item_of(edition, position, slot)
    if item is None:
        return no("This is not asked of you at the level you aim at.")
    if item.state is ItemState.CONFIRMED:
        return no("This has been confirmed; nothing more is needed.")
    if item.state is ItemState.SENT:
        return no("This is with the assessor; nothing can be changed until there is feedback.")
    return YES


def may_send(edition: Edition, position: Position, stage: str, slot: str, items: list[Item]) -> Verdict:
    """Whether what is offered for a slot could be sent today, and if not, why."""
    entry = Entry(position.today, EntryKind.SUBMITTED, Role.APPLICANT, stage=stage, item=slot)
    verdict = may(edition, position, entry)
    if not verdict:
        return verdict
    if not items:
        return no("Add evidence before you send it.")
    requirement = next((one for one in edition.requirements if one.id == slot), None)
    for item in items:
        fresh = freshness(requirement, item.dated, position.today).verdict
        if not fresh:
            return no(f"\u2018{item.title}\u2019: {fresh.because}")
    return YES


def breaches_of_body(body: Organisation) -> QuerySet[Breach]:
    """A body's register of data breaches, newest first."""
    return (
        Breach.objects.filter(journey__edition__body=body)
        .select_related("reported_by", "journey__edition", "journey__service__organisation", "journey__person")
        .defer("journey__edition__texts")
        .order_by("-reported_at", "-id")
    )


FeedbackOutcome = Feedback.Outcome  # for pages, which import no models


def last_sent_for(item: Item) -> list[str]:
    """The slots in whose latest round this item was sent. Two queries."""
    numbers = dict(item.rounds.values_list("slot").annotate(last=Max("number")))
    latest = dict(
        Round.objects.filter(journey=item.journey, slot__in=numbers).values_list("slot").annotate(last=Max("number"))
    )
    return [slot for slot, number in numbers.items() if latest[slot] == number]


def prepared_for(journey: Journey, slots: Collection[str]) -> dict[str, list[Item]]:
    """Slot -> the live items offered for it now, for many slots at once. One query."""
    found: dict[str, list[Item]] = defaultdict(list)
    offers = Offer.objects.filter(
        journey=journey, slot__in=slots, item__removed_at__isnull=True, item__destroyed_at__isnull=True
    ).select_related("item")
    for offer in offers.order_by("added_at", "id"):
        found[offer.slot].append(offer.item)
    return found


BreachRow = Breach  # the type's name for pages, which never touch the table
