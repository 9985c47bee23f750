"""Breaches: the registers, what each side noted, every copy of a document, and what a name left in it strikes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from kithwork.core.journey import ActKind, Entry, EntryKind, ItemState, Status, may
from kithwork.core.schemes import Edition, Role, VisitStage
from kithwork.evidence.models import Breach, BreachStep, Item, Offer, Round
from kithwork.evidence.queries.gathering import to_be_seen
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading
from kithwork.organisations.models import Organisation, Service

_SETTLING = (BreachStep.Kind.REPORTED, BreachStep.Kind.NOT_REPORTED)


def breaches_of(journey: Journey) -> QuerySet[Breach]:
    return Breach.objects.filter(journey=journey).select_related("reported_by", "item")


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


def unsettled_of_provider(organisation: Organisation) -> QuerySet[Breach]:
    """Those of them of which it is not said yet whether they go to the regulator, the oldest first. One query."""
    return _unsettled(breaches_of_provider(organisation), BreachStep.Side.SERVICE)


def saying_what_is_unsettled(services: QuerySet[Service]) -> QuerySet[Service]:
    """The same services, each with `unsettled`: whether there is such a breach. No query of its own."""
    rows = _unsettled(Breach.objects.filter(journey__service=OuterRef("pk")), BreachStep.Side.SERVICE)
    return services.annotate(unsettled=Exists(rows))


def owing(services: Collection[Service]) -> bool:
    """Whether any of them, asked for so, has a breach that is not settled."""
    return any(vars(service).get("unsettled") for service in services)


def unsettled_of_body(body: Organisation) -> QuerySet[Breach]:
    """The same of a body's register. One query."""
    return _unsettled(breaches_of_body(body), BreachStep.Side.BODY)


def _unsettled(rows: QuerySet[Breach], side: "BreachStep.Side") -> QuerySet[Breach]:
    said = BreachStep.objects.filter(side=side, kind__in=_SETTLING).values("breach_id")
    return rows.exclude(pk__in=said).order_by("reported_at", "id")


def steps_of(breach: Breach, side: "BreachStep.Side") -> list[BreachStep]:
    """What one side noted of a breach, oldest first. One query."""
    return list(BreachStep.objects.filter(breach=breach, side=side).select_related("by"))


def settled(breaches: Collection[Breach], side: "BreachStep.Side") -> set[int]:
    """Which of these breaches one side has reported to the regulator, or decided not to. One query."""
    rows = BreachStep.objects.filter(breach__in=[one.pk for one in breaches], side=side, kind__in=_SETTLING)
    return set(rows.values_list("breach_id", flat=True))


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
    return _as_far_as_it_can(reading, found) if slot in found.stages else None


def _as_far_as_it_can(reading: Reading, found: Struck) -> Struck:
    """Without what cannot fail any more: a portfolio that is judged as a whole, say."""

    def can_fail(slot: str) -> bool:
        entry = Entry(reading.position.today, EntryKind.BREACHED, Role.OFFICER, stage=found.stages[slot], item=slot)
        return bool(may(reading.edition, reading.position, entry))

    return replace(found, failing=tuple(slot for slot in found.failing if can_fail(slot)))


def slot_in_breach(reading: Reading, item: Item) -> str | None:
    """Under which slot a breach in an item is reported: what it, or a copy of it, was last sent for, or is ready to be
    shown for. None for one that nobody but the applicant has had to read.
    """
    copies = copies_of(item).values("pk")
    sent = Round.objects.filter(items__in=copies).order_by("-sent_at", "-number").values_list("slot", flat=True)
    shown = Offer.objects.filter(item__in=copies).order_by("added_at").values_list("slot", flat=True)
    slots = dict.fromkeys([*sent, *shown])
    return next((slot for slot in slots if struck_by(reading, slot, item) is not None), None)


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
    return _as_far_as_it_can(reading, found)


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
