"""What may be done to the journey as a whole: assessors, the clock, the award and what the holder keeps up."""

from kithwork.core.journey.entries import Entry
from kithwork.core.journey.moves.opens import is_open, stage_of
from kithwork.core.journey.position import Position, Status
from kithwork.core.journey.term import term
from kithwork.core.schemes.model import AwardStage, DutyKind, Edition, Role
from kithwork.core.verdict import YES, Verdict, no

HELD = frozenset({Status.AWARDED, Status.SUSPENDED})


def appointed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if position.assessors < edition.most_assessors:
        return YES
    return no(
        "An assessor is appointed already." if position.assessors == 1 else "All assessors are appointed already."
    )


def released(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.assessors else no("No assessor is appointed.")


def extended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if entry.until is None or not entry.stage:
        return no("Say which stage is extended and until when.")
    if entry.until < position.today:
        return no("An extension ends today or later.")
    ready = is_open(position, entry)
    found = position.stages[entry.stage]
    # with no other limit than the day of lapsing, that is what is extended, also while a day is planned before it
    due = found.lapses if found.lapses and not edition.stage(entry.stage).within else found.due
    if ready and due and entry.until <= due:
        return no(f"It runs until {due:%-d %B %Y} already; an extension must end later.")
    return ready


def stopped(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if position.clock.stopped:
        return no("The clock stands still already.")
    if entry.until is not None and entry.until <= entry.on:
        return no("The day on which it goes on must lie ahead.")
    return YES if position.acts else no("Nothing is running.")


def resumed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.clock.stopped else no("The clock is running.")


def granted(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(stage_of(edition, entry), AwardStage):
        return no("Nothing is granted here.")
    if position.status is Status.SUSPENDED:
        return no("The award held now is suspended. Reinstate it before anything is granted.")
    if not position.earned:
        return no("What has been confirmed does not come to any level.")
    if entry.level != position.earned:
        by_share = edition.level(position.earned).share is not None
        return no("What is granted is the level " + ("that was reached." if by_share else "aimed at."))
    if entry.until != (last := term(edition, position, entry.on)):
        return no(f"It holds until {last:%-d %B %Y}." if last else "It has no end.")
    return is_open(position, entry)


def raised(edition: Edition, position: Position, entry: Entry) -> Verdict:
    known = [level.id for level in edition.levels]
    if entry.level not in known:
        return no("This scheme has no such level.")
    below = edition.level(entry.level).includes
    if position.granted:  # shares may have won more than was aimed at; and who failed higher up may try again
        above = position.granted.level in below and (position.level in below or not position.climbing)
    else:
        # where levels are reached by shares of the same requirements, one may also aim lower before anything is granted
        above = position.level in below or (
            edition.level(entry.level).share is not None and entry.level != position.level
        )
    if not above:
        return no("This level is not above the one you have.")
    if position.status is Status.SUSPENDED:
        return no("The award is suspended. The awarding body reinstates it before a higher level is aimed at.")
    return YES


def suspended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.status is Status.AWARDED else no("There is no award to suspend.")


def reinstated(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.status is Status.SUSPENDED else no("The award is not suspended.")


def revoked(edition: Edition, position: Position, entry: Entry) -> Verdict:
    held = position.status in HELD
    return YES if held else no("There is no award to withdraw.")


def given_up(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if position.status in HELD and not position.climbing:
        return no("The award is held; there is nothing to withdraw from.")
    return YES


def asked(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """At a renewal: a requirement that was recommended last time is asked for as well."""
    if not position.renewal or position.granted:
        return no("Only a renewal, before it is granted, asks for what was recommended last time.")
    if all(requirement.id != entry.item for requirement in edition.requirements):
        return no("This scheme has no such requirement.")
    return YES


def kept(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """A duty that recurs is kept."""
    duty = next((one for one in edition.duties if one.id == entry.item), None)
    if duty is None or duty.every is None:
        return no("This scheme has no such duty to confirm.")
    if entry.by not in {duty.by, Role.OFFICER}:
        return no("This is not yours to confirm.")
    return YES if position.status in HELD else no("There is no award whose duties could be kept.")


def reported(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """The holder tells of a change."""
    duty = next((one for one in edition.duties if one.id == entry.item), None)
    if duty is None or duty.kind is not DutyKind.REPORT:
        return no("This scheme asks for no such report.")
    return YES if position.status in HELD else no("There is no award to report for.")
