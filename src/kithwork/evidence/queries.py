"""Named reads over evidence."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.journey import ActKind, Entry, EntryKind, ItemPosition, ItemState, Position, Status, may
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
from kithwork.evidence.models import Breach, BreachStep, Feedback, Item, Offer, Remark, Round
from kithwork.evidence.passing import has_passed, veiled
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading
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


def breaches_of(journey: Journey) -> QuerySet[Breach]:
    return Breach.objects.filter(journey=journey).select_related("reported_by", "item")


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


def breaches_of_body(body: Organisation) -> QuerySet[Breach]:
    """A body's register of data breaches, newest first."""
    return (
        Breach.objects.filter(journey__edition__body=body)
        .select_related("reported_by", "journey__edition", "journey__service__organisation", "journey__person")
        .defer("journey__edition__texts")
        .order_by("-reported_at", "-id")
    )


def breaches_of_provider(organisation: Organisation) -> QuerySet[Breach]:
    """The register of data breaches of an organisation that runs services, newest first."""
    return (
        Breach.objects.filter(journey__service__organisation=organisation)
        .select_related("reported_by", "journey__edition__body", "journey__service")
        .defer("journey__edition__texts")
        .order_by("-reported_at", "-id")
    )


def steps_of(breach: Breach, side: "BreachStep.Side") -> list[BreachStep]:
    """What one side noted of a breach, oldest first. One query."""
    return list(BreachStep.objects.filter(breach=breach, side=side).select_related("by"))


def settled(breaches: Collection[Breach], side: "BreachStep.Side") -> set[int]:
    """Which of these breaches one side has reported to the regulator, or decided not to. One query."""
    kinds = (BreachStep.Kind.REPORTED, BreachStep.Kind.NOT_REPORTED)
    rows = BreachStep.objects.filter(breach__in=[one.pk for one in breaches], side=side, kind__in=kinds)
    return set(rows.values_list("breach_id", flat=True))


BreachSide = BreachStep.Side
StepKind = BreachStep.Kind
FeedbackOutcome = Feedback.Outcome  # for pages, which import no models


def copies_of(item: Item) -> QuerySet[Item]:
    """The item, and all else in its journey that holds the very same: the same file, the same words, the same address.
    Not what is destroyed already.
    """
    same = Q(pk=item.pk)
    for field in ("digest", "text", "url"):
        if held := getattr(item, field):
            same |= Q(**{field: held})
    return Item.objects.filter(same, journey=item.journey_id, destroyed_at__isnull=True)


def journeys_beside(journey: Journey) -> QuerySet[Journey]:
    """The other journeys of the same service, or of the same person."""
    whose = {"person": journey.person_id} if journey.service_id is None else {"service": journey.service_id}
    return Journey.objects.filter(**whose).exclude(pk=journey.pk)


def copies_elsewhere(item: Item) -> dict[Journey, list[Item]]:
    """The same file, address or words in the applicant's other journeys, by journey in the order of their ids. One
    query.
    """
    field = next((one for one in ("digest", "url", "text") if getattr(item, one)), None)
    if field is None:
        return {}
    rows = Item.objects.filter(**{field: getattr(item, field)}, journey__in=journeys_beside(item.journey))
    found: dict[Journey, list[Item]] = {}
    for one in rows.filter(destroyed_at__isnull=True).select_related("journey__edition__body", "journey__service"):
        found.setdefault(one.journey, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: pair[0].pk))


@dataclass(frozen=True, slots=True)
class Struck:
    """What a breach in a document strikes. `failing`: the slots that fail at once and are asked for again.

    `stages` and `rounds`, by slot: where it was last sent, and in which round (its id); what was only prepared for a
    visit has no round. `ended`: nothing can fail any more; what follows for an award is the body's to decide.
    """

    failing: tuple[str, ...]
    stages: dict[str, str]
    rounds: dict[str, int]
    ended: bool


def struck_by(reading: Reading, slot: str, item: Item) -> Struck | None:
    """What a breach found in an item under a slot strikes; None when it was neither sent nor prepared for that.

    Everything fails that it, or a copy of it, was last sent for. What was sent for this slot once and replaced since
    fails it too, unless that has been confirmed on what took its place. Four queries at most.
    """
    copies = [one.pk for one in copies_of(item).only("pk")]
    visit = _visit_of(reading.edition, slot)
    offered = visit is not None and Offer.objects.filter(item__in=copies, slot=slot).exists()
    found = _struck(reading, slot, copies, {slot: visit} if visit and offered else {})
    return found if slot in found.stages else None


def struck_copies(reading: Reading, copies: Collection[Item]) -> Struck | None:
    """What a breach that was found in the same document elsewhere strikes: all that a copy was last sent for, as far as
    that can still fail. None when nobody on this journey but the applicant has had one to read.
    """
    pks = [one.pk for one in copies]
    edition, position = reading.edition, reading.position
    ready: dict[str, str] = {}
    for slot in Offer.objects.filter(item__in=pks).values_list("slot", flat=True):
        visit = _visit_of(edition, slot)
        if visit is not None and to_be_seen(edition, position, visit, slot):
            ready[slot] = visit
    found = _struck(reading, "", pks, ready)
    if not found.stages:
        return None

    def can_fail(slot: str) -> bool:
        entry = Entry(position.today, EntryKind.BREACHED, Role.OFFICER, stage=found.stages[slot], item=slot)
        return bool(may(edition, position, entry))

    return replace(found, failing=tuple(slot for slot in found.failing if can_fail(slot)))


def _struck(reading: Reading, found_at: str, copies: Collection[int], prepared: Mapping[str, str]) -> Struck:
    """The same of items by their ids: `found_at` a slot, or nowhere; `prepared`, by slot, for which visit."""
    journey, position = reading.journey, reading.position
    stages: dict[str, str] = {}
    rounds: dict[str, int] = {}
    numbers: dict[str, int] = {}
    sent = Round.objects.filter(journey=journey, items__in=copies).order_by("number")
    for at, stage, pk, number in sent.values_list("slot", "stage", "pk", "number"):
        stages[at], rounds[at], numbers[at] = stage, pk, number
    stages |= {slot: visit for slot, visit in prepared.items() if slot not in rounds}
    latest = dict(
        Round.objects.filter(journey=journey, slot__in=rounds).values_list("slot").annotate(last=Max("number"))
    )
    resting = position.status in {Status.AWARDED, Status.SUSPENDED} and all(
        act.what in {ActKind.RENEW, ActKind.KEEP} for act in position.acts
    )
    ended = position.status.is_over or resting
    failing: list[str] = []
    for at, stage in stages.items():
        state = position.stages[stage].items.get(at)
        if ended or state is None:
            continue
        replaced = at in rounds and numbers[at] != latest[at]
        if not replaced or (at == found_at and state.state is not ItemState.CONFIRMED):
            failing.append(at)
    return Struck(tuple(failing), stages, rounds, ended)


def _visit_of(edition: Edition, slot: str) -> str | None:
    """The visit at which a requirement is looked at; None for one that is sent."""
    requirement = next((one for one in edition.requirements if one.id == slot), None)
    stage = edition.stage_for(requirement) if requirement else None
    return stage.id if isinstance(stage, VisitStage) else None


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


# The types' names for pages, which never touch the tables
BreachRow = Breach
ItemRow = Item
