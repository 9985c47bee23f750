"""What is gathered, sent and said: reads over items, offers, rounds and their threads."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.journey import Entry, EntryKind, ItemPosition, ItemState, Position, may
from kithwork.core.schemes import (
    CourseStage,
    Edition,
    InterviewStage,
    PortfolioStage,
    Requirement,
    Role,
    VisitStage,
)
from kithwork.core.verdict import YES, Verdict, no
from kithwork.evidence.models import Feedback, Item, Offer, Remark, Round
from kithwork.evidence.passing import has_passed, veiled
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading


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
    side: str  # applicant or assessor; empty for what was reported elsewhere
    text: str
    items: tuple[Item, ...] = ()
    number: int = 0


def thread(journey: Journey, slot: str, *, outside: bool = False) -> list[ThreadEvent]:
    """Everything sent and said for a slot, oldest first; for readers `outside` the applicant's side without what is
    held back. Three queries; a round is never empty.
    """
    events: list[ThreadEvent] = []
    sent: dict[int, tuple[Round, list[Item]]] = {}
    pairs = Round.items.through.objects.filter(round__journey=journey, round__slot=slot)
    # by item: a round's pairs are written in no order of their own
    for pair in pairs.select_related("round__sent_by", "item__added_by").order_by("item__added_at", "item_id"):
        sent.setdefault(pair.round_id, (pair.round, []))[1].append(veiled(pair.item) if outside else pair.item)
    events.extend(
        ThreadEvent("sent", r.sent_on, r.sent_at, r.sent_by.name, "applicant", r.note, tuple(items), r.number)
        for r, items in sent.values()
    )
    events.extend(
        ThreadEvent(f.outcome, f.on, f.at, f.author, "assessor" if f.by else "", f.advice)
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


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is offered now: slot -> live items in the order offered, and when the newest of them was."""

    items: dict[str, list[Item]]
    newest: dict[str, datetime]
    since: dict[tuple[str, int], datetime]  # (slot, item's id) -> when it was offered

    def all(self) -> list[Item]:
        """Every item once, in the order first offered."""
        return list({item.pk: item for items in self.items.values() for item in items}.values())

    def apart(self) -> list[Item]:
        """The same without the pieces of a portfolio, which serve that alone."""
        return [item for item in self.all() if not item.portfolio]

    def slots(self, item: Item) -> list[str]:
        return [slot for slot, items in self.items.items() if any(one.pk == item.pk for one in items)]


def gathered(journey: Journey) -> Gathered:
    """All that a journey offers. One query."""
    found = Gathered({}, {}, {})
    offers = Offer.objects.filter(journey=journey, item__removed_at__isnull=True, item__destroyed_at__isnull=True)
    for offer in offers.select_related("item__added_by").order_by("added_at", "id"):
        found.items.setdefault(offer.slot, []).append(offer.item)
        found.newest[offer.slot] = offer.added_at
        found.since[offer.slot, offer.item_id] = offer.added_at
    return found


def last_sent(journey: Journey) -> dict[str, datetime]:
    """Slot -> when it was last sent. One query."""
    rows = Round.objects.filter(journey=journey).order_by("number").values_list("slot", "sent_at")
    return dict(rows)


def item_of(edition: Edition, position: Position, slot: str) -> ItemPosition | None:
    """How a slot stands: its own state, or that of the portfolio it belongs to; None when it is not asked for."""
    for model in edition.stages:
        # a course's parts and kinds of interview have names of their own, which may be a requirement's too: '1'
        if not isinstance(model, CourseStage | InterviewStage) and slot in position.stages[model.id].items:
            return position.stages[model.id].items[slot]
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
    whole = next((one for one in edition.stages if isinstance(one, PortfolioStage) and one.id == slot), None)
    item = item_of(edition, position, slot)
    if item is None or (whole is not None and not position.stages[slot].in_play):
        return no("This is not asked of you at the level you aim at.")
    if item.state is ItemState.CONFIRMED:
        return no("This has been confirmed; nothing more is needed.")
    if item.state is ItemState.SENT and whole is not None:
        return no("Your portfolio is handed in; nothing in it can be changed unless more is asked for.")
    if item.state is ItemState.SENT:
        return no("This is with the assessor; nothing can be changed until there is feedback.")
    return YES


def to_be_seen(edition: Edition, position: Position, stage: str, slot: str) -> bool:
    """Whether what is prepared for a slot may be read for a visit, and nothing has been found on it yet."""
    here = position.stages[stage]
    item = here.items.get(slot)
    arranged = isinstance(edition.stage(stage), VisitStage) and here.planned is not None
    return arranged and not position.status.is_over and item is not None and item.state is ItemState.BLANK


def may_serve(requirement: Requirement | None, item: Item, today: date) -> Verdict:
    """Whether an item counts for a requirement today: young enough, and declared redacted where casework is shown."""
    fresh = freshness(requirement, item.dated, today).verdict
    return fresh and redacted(requirement, casework=item.casework, declared=item.redacted_at is not None)


def may_leave(requirement: Requirement | None, item: Item, today: date) -> Verdict:
    """Whether an item may be sent for a requirement today: it counts, and has been through the privacy gate."""
    return may_serve(requirement, item, today) and has_passed(item)


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
        serves = may_leave(requirement, item, position.today)
        if not serves:
            return no(f"\u2018{item.title}\u2019: {serves.because}")
    return YES


def prepared_for(journey: Journey, slots: Collection[str]) -> dict[str, list[Item]]:
    """Slot -> the live items offered for it now that may be shown, for many slots at once. One query."""
    found: dict[str, list[Item]] = defaultdict(list)
    offers = Offer.objects.filter(
        journey=journey, slot__in=slots, item__removed_at__isnull=True, item__destroyed_at__isnull=True
    ).select_related("item")
    for offer in offers.order_by("added_at", "id"):
        if has_passed(offer.item):
            found[offer.slot].append(offer.item)
    return found


@dataclass(frozen=True, slots=True)
class Stale:
    """Something that was confirmed for a requirement and counts for it no longer. `until`: the last day it did."""

    item: Item
    requirement: Requirement
    until: date


def gone_stale(reading: Reading) -> list[Stale]:
    """What was confirmed and is too old by now, in the scheme's order: of the round that was confirmed last, or of what
    was ready for a visit. It refuses nothing. Two queries at most.
    """
    journey, edition, position = reading.journey, reading.edition, reading.position
    confirmed: dict[str, Requirement] = {}
    for one in edition.requirements:
        held = item_of(edition, position, one.id) if one.fresh is not None else None
        if held is not None and held.state is ItemState.CONFIRMED:
            confirmed[one.id] = one
    if not confirmed:
        return []
    rounds: dict[str, tuple[int, list[Item]]] = {}
    pairs = Round.items.through.objects.filter(round__journey=journey, round__slot__in=confirmed)
    for pair in pairs.select_related("round", "item").order_by("round__number", "item__added_at", "item_id"):
        slot = pair.round.slot
        if slot not in rounds or rounds[slot][0] != pair.round_id:
            rounds[slot] = (pair.round_id, [])
        rounds[slot][1].append(pair.item)
    items = {slot: held for slot, (_, held) in rounds.items()}
    items |= prepared_for(journey, [one for one in confirmed if one not in items])
    found: list[Stale] = []
    for slot, requirement in confirmed.items():
        for item in items.get(slot, []):
            age = freshness(requirement, item.dated, position.today)
            if item.destroyed_at is None and not age.verdict and age.until is not None:
                found.append(Stale(item, requirement, age.until))
    return found
