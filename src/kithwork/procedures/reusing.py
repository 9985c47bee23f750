"""Evidence confirmed once, offered to another journey of the same applicant where that asks for the same."""

from dataclasses import dataclass
from datetime import date

from kithwork.accounts.models import User
from kithwork.core.schemes import Requirement
from kithwork.core.schemes.crosswalks import alike
from kithwork.core.schemes.mapping import forebears
from kithwork.core.verdict import Refused, Verdict
from kithwork.evidence.actions import reuse
from kithwork.evidence.confirmed import confirmed_items
from kithwork.evidence.models import Item
from kithwork.evidence.queries import items_of, journeys_beside, may_serve
from kithwork.journeys.crosswalks import known_crosswalks
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.procedures.renewing import steps


@dataclass(frozen=True, slots=True)
class Reusable:
    """An item of another journey, what it was confirmed for there, and whether it counts here today."""

    item: Item
    scheme: str
    edition: str
    requirement: Requirement  # of that edition
    on: date
    counts: Verdict


def reusable(journey: Journey, requirement: Requirement, today: date) -> list[Reusable]:
    """What the applicant's other journeys have had confirmed for the same: the newest first, the very same file, words
    or address once, and nothing that this journey holds already.

    The same is what a crosswalk calls so, what the requirement was in an earlier edition of its scheme, and itself. The
    number of queries grows with the number of earlier editions, and with nothing else.
    """
    others = _others(journey)
    wanted = {one: slots for one in others if (slots := _alike(journey, requirement.id, one))}
    if not wanted:
        return []
    here = {_held(item) for item in items_of(journey)}
    found: list[Reusable] = []
    for one in confirmed_items(wanted, [journey, *others]):
        if _held(one.item) in here:
            continue
        here.add(_held(one.item))
        edition = edition_of(one.item.journey.edition)
        asked = edition.requirement(one.slot)
        counts = may_serve(requirement, one.item, today)
        found.append(Reusable(one.item, edition.scheme.name, edition.scheme.edition, asked, one.on, counts))
    return found


def reuse_confirmed(*, journey: Journey, requirement: Requirement, item: str, by: User, today: date) -> Item:
    """Give this journey an item of its own from what was confirmed before; `item` is the reference of that.

    Raises Refused when it is not, or no longer, among `reusable`, and for every reason of `evidence.actions.reuse`.
    Writes the ledger. Must be called outside any transaction.
    """
    for one in reusable(journey, requirement, today):
        if one.item.ref == item:
            return reuse(source=one.item, journey=journey, slot=requirement.id, by=by, today=today)
    raise Refused("This can no longer be used here: it is not confirmed any more, or it is here already.")


def _others(journey: Journey) -> list[Journey]:
    """The applicant's other journeys: the same service's, or the same person's."""
    return list(journeys_beside(journey).order_by("pk").select_related("edition").defer("edition__texts"))


def _alike(journey: Journey, requirement_id: str, other: Journey) -> tuple[str, ...]:
    """What the other journey's edition asks for that is the same as a requirement of this one's."""
    here, there = journey.edition, other.edition
    if here.pk == there.pk:
        return (requirement_id,)
    if here.slug != there.slug:
        return alike(known_crosswalks(), edition_of(here), requirement_id, edition_of(there))
    names: tuple[str, ...] = (requirement_id,)
    for old, new in reversed(steps(there, here)):
        if new.scheme.supersedes != old.scheme.edition:  # no line of editions leads from there to here
            return ()
        before = forebears(old, new)
        names = tuple(dict.fromkeys(name for one in names for name in before.get(one, ())))
    return names


def _held(item: Item) -> tuple[str, str, str]:
    """What tells one piece of evidence from another."""
    return ("", "", item.digest) if item.digest else (item.text, item.url, "")
