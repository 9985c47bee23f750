"""What every write to evidence stands on: its ledger record, the slots there are, and whether they may be changed."""

from collections.abc import Collection
from datetime import date

from kithwork.accounts.models import User
from kithwork.core.schemes import Edition, Requirement
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import may_gather
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


def log(
    act: Act, journey: Journey, by: User | None, *, private: bool = False, **facts: str | int | bool | None
) -> None:
    """One ledger record about a journey's evidence, by nobody where a machine acts; a `private` one is not among those
    that the body reads.
    """
    write(
        act=act,
        actor=by.actor if by else "system",
        subject=f"journey:{journey.ref}",
        organisation="" if private else journey.edition.body.ref,
        facts=facts,
    )


def line_up(journey: Journey) -> None:
    """Those who change one journey's evidence at the same time do so one after the other, until each has committed.

    `journeys.record` waits at the same row: what may be changed here is not being sent meanwhile.
    """
    Journey.objects.select_for_update().only("pk").get(pk=journey.pk)


def known_slots(edition: Edition) -> set[str]:
    """Everything of an edition that evidence can be offered for."""
    slots = {requirement.id for requirement in edition.requirements}
    for stage in edition.stages:
        slots.update(piece.id for piece in getattr(stage, "pieces", ()))
    return slots


def asked_by(edition: Edition, slot: str) -> Requirement | None:
    """The requirement a slot stands for; None for a piece."""
    return next((one for one in edition.requirements if one.id == slot), None)


def may_change(journey: Journey, slots: Collection[str], today: date) -> None:
    """Raises Refused when what is offered for a slot lies with the assessor, is confirmed, or is not asked for.

    The answer holds until the transaction ends.
    """
    line_up(journey)
    reading = read(journey, today)
    for slot in slots:
        verdict = may_gather(reading.edition, reading.position, slot)
        if not verdict:
            raise Refused(verdict)
