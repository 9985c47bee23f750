"""What all writes here share: the ledger's record, and a stage found by its name."""

from kithwork.accounts.models import User
from kithwork.core.schemes import Stage
from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


def log(act: Act, journey: Journey, by: User, **facts: str | int | bool | None) -> None:
    write(
        act=act,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts=facts,
    )


def stage_of(journey: Journey, stage: str) -> Stage:
    try:
        return edition_of(journey.edition).stage(stage)
    except KeyError:
        raise Refused("This scheme has no such stage.") from None
