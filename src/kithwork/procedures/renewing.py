"""What a renewal asks for: what the scheme marks, what was recommended last time, and what a newer edition changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from kithwork.assessment.models import Recommendation
from kithwork.assessment.queries import asked_again, last_recommended
from kithwork.core.journey import EntryKind, ItemState, Position
from kithwork.core.schemes import Edition, EvidenceStage, VisitStage
from kithwork.core.schemes.mapping import carried, mapping
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import edition_on_offer, read


@dataclass(frozen=True, slots=True)
class LastTime:
    """What a renewal takes over from the time before: requirement ids of the edition that it runs on."""

    recommended: tuple[Recommendation, ...]
    again: tuple[str, ...]  # asked for because somebody recommended it
    anew: tuple[str, ...]  # asked for because the edition is newer and what was confirmed does not cover it
    marked: tuple[str, ...]  # asked for at every renewal
    carried: int  # requirements that are not asked for, for what was confirmed counts on


def asked_at_renewal(journey: Journey, today: date) -> list[str]:
    """The requirements, of the newest edition on offer, that a renewal asks for besides those that it marks."""
    newest = edition_on_offer(journey.edition.slug)
    if newest is None:
        return []
    again, anew = _besides(journey, newest, today)
    return list(dict.fromkeys([*again, *anew]))


def looking_ahead(journey: Journey, today: date) -> LastTime | None:
    """What a renewal begun today would ask for; None where the scheme takes nobody any more."""
    newest = edition_on_offer(journey.edition.slug)
    if newest is None:
        return None
    again, anew = _besides(journey, newest, today)
    return _last_time(journey, edition_of(newest), _level(journey, newest, today), again, anew)


def last_time(renewal: Journey) -> LastTime | None:
    """What this journey, which renews another, was told to look at; None for one that renews nothing."""
    before = renewal.renews
    if before is None:
        return None
    edition = edition_of(renewal.edition)
    reading = read(renewal, renewal.created_at.date())
    asked = [entry.item for entry in reading.entries if entry.kind is EntryKind.ASKED]
    wanted = set(_follow(before, renewal.edition, asked_again(before)))
    again = [one for one in asked if one in wanted]
    anew = [one for one in asked if one not in wanted]
    return _last_time(before, edition, reading.entries[0].level, again, anew)


def _last_time(
    before: Journey, edition: Edition, level: str, again: Collection[str], anew: Collection[str]
) -> LastTime:
    scope = _scope(edition, level)
    lighter = edition.renewal is not None and edition.renewal.asks == "marked"
    known = {one.id: one for one in edition.requirements}
    marked = tuple(one for one in scope if not lighter or known[one].renewal)
    again = tuple(one for one in again if one not in marked or not lighter)
    rest = {*scope} - {*marked, *again, *anew}
    extra = tuple(one for one in anew if one not in marked)
    return LastTime(tuple(last_recommended(before)), again, extra, marked, len(rest))


def _besides(journey: Journey, newest: PublishedEdition, today: date) -> tuple[list[str], list[str]]:
    """What was recommended, and what a newer edition asks for that nothing confirmed covers."""
    new = edition_of(newest)
    again = _follow(journey, newest, asked_again(journey))
    if newest.pk == journey.edition_id or new.renewal is None or new.renewal.asks == "all":
        return again, []  # the same edition, or all of it: nothing needs to carry over
    covered = {*_carry(journey.edition, newest, _confirmed(journey, today))}
    scope = _scope(new, _level(journey, newest, today))
    return again, [one for one in scope if one not in covered and one not in again]


def _level(journey: Journey, newest: PublishedEdition, today: date) -> str:
    """The level that is renewed; the first, where the newer edition has no such level."""
    position: Position = read(journey, today).position
    new = edition_of(newest)
    held = position.granted.level if position.granted else position.level
    return held if held in {level.id for level in new.levels} else new.levels[0].id


def _scope(edition: Edition, level: str) -> list[str]:
    """Everything that a renewal could ask for at a level."""
    return [
        one.id
        for stage in edition.stages
        if isinstance(stage, EvidenceStage | VisitStage) and edition.in_play(stage, level, renewal=True)
        for one in edition.asked_at(level, stage.assessed)
    ]


def _confirmed(journey: Journey, today: date) -> set[str]:
    """What was confirmed on a journey, and what had carried over to it from those that it renewed."""
    position = read(journey, today).position
    found = {
        item.id
        for stage in position.stages.values()
        for item in stage.items.values()
        if item.state is ItemState.CONFIRMED
    }
    if journey.renews is not None:
        earlier = _carry(journey.renews.edition, journey.edition, _confirmed(journey.renews, today))
        looked_at = {item for stage in position.stages.values() for item in stage.items}
        found |= {one for one in earlier if one not in looked_at}
    return found


def _carry(old: PublishedEdition, new: PublishedEdition, confirmed: Collection[str]) -> list[str]:
    """What was confirmed under an older edition and counts under a newer one, through every edition between them."""
    found = list(confirmed)
    for one, other in steps(old, new):
        found = list(carried(one, other, found).values())
    return found


def _follow(journey: Journey, new: PublishedEdition, ids: Iterable[str]) -> list[str]:
    """What requirements of a journey's edition have become in a newer one, whatever their fate."""
    found = list(ids)
    for one, other in steps(journey.edition, new):
        links = mapping(one, other)
        found = [name for link in links if {*link.old} & {*found} for name in link.new]
    return list(dict.fromkeys(found))


def steps(old: PublishedEdition, new: PublishedEdition) -> list[tuple[Edition, Edition]]:
    """The pairs of editions of one scheme that lead from one to the other, each superseding the one before; one
    step where the editions between are not to be found.
    """
    if old.pk == new.pk:
        return []
    known = {row.edition: row for row in PublishedEdition.objects.filter(slug=new.slug).defer("texts")}
    chain = [edition_of(new)]
    while (name := chain[-1].scheme.supersedes) in known and len(chain) <= len(known):
        chain.append(edition_of(known[name]))
        if name == old.edition:
            return list(zip(chain[:0:-1], chain[-2::-1], strict=True))
    return [(edition_of(old), edition_of(new))]
