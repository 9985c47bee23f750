"""A joint observation: written up, answered, signed."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import log, stage_of
from kithwork.assessment.models import WriteUp, WriteUpReply
from kithwork.assessment.queries import write_ups
from kithwork.core.journey import Entry, EntryKind, Position, StageState
from kithwork.core.schemes import ObservationStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.acts import Act


@transaction.atomic
def write_up(
    *,
    journey: Journey,
    stage: str,
    seen: str,
    notes: Mapping[str, str],
    next_steps: str,
    by: User,
    role: Role,
    today: date,
) -> WriteUp:
    """What was observed: in all, and of single requirements (id -> words). Writing it up anew takes away the
    signatures under the version before, which stays.

    Raises Refused without words, where nothing has changed, and once everybody has signed.
    """
    model = stage_of(journey, stage)
    if not isinstance(model, ObservationStage):
        raise Refused("Nothing is observed here.")
    if not seen.strip():
        raise Refused("Write what you saw.")
    said = {slot: text.strip() for slot, text in notes.items() if text.strip()}
    if not {*said} <= {one.id for one in edition_of(journey.edition).requirements}:
        raise Refused("This scheme has no such requirement.")
    entry = Entry(today, EntryKind.HELD, role, stage=stage)
    record(journey=journey, entries=[entry], by=by, today=today)  # takes the journey's lock, so versions count up
    before = write_ups(journey, stage).last()
    if before and (before.seen, before.notes, before.next_steps) == (seen.strip(), said, next_steps.strip()):
        raise Refused("Nothing has changed, so the signatures under it stay.")
    log(Act.ASSESSMENT_WRITTEN_UP, journey, by, stage=stage, version=before.number + 1 if before else 1)
    return WriteUp.objects.create(
        journey=journey,
        stage=stage,
        number=before.number + 1 if before else 1,
        seen=seen.strip(),
        notes=said,
        next_steps=next_steps.strip(),
        on=today,
        by=by,
    )


@transaction.atomic
def reply(*, journey: Journey, stage: str, text: str, by: User, today: date) -> WriteUpReply:
    """What the person observed says to the newest write-up. Raises Refused without words, before there is a write-up,
    and once everybody has signed.
    """
    if not text.strip():
        raise Refused("Write what you want to say to it.")
    stage_of(journey, stage)
    newest = write_ups(journey, stage).last()
    if newest is None:
        raise Refused("There is no write-up to answer yet.")
    if read(journey, today).position.stages[stage].state is not StageState.OPEN:
        raise Refused("This is signed by everybody, or not open; nothing can be added.")
    log(Act.ASSESSMENT_REPLIED, journey, by, stage=stage, version=newest.number)
    return WriteUpReply.objects.create(write_up=newest, text=text.strip(), on=today, by=by)


@transaction.atomic
def sign(*, journey: Journey, stage: str, by: User, role: Role, today: date, version: int | None = None) -> Position:
    """A signature under the newest write-up. Raises Refused when it is not awaited, or when `version`, the one that
    was read, is not the newest any more.
    """
    position = record(journey=journey, entries=[Entry(today, EntryKind.SIGNED, role, stage=stage)], by=by, today=today)
    newest = write_ups(journey, stage).last()
    if version is not None and newest is not None and newest.number != version:
        raise Refused("The write-up has been changed since you opened this page. Read it again, then sign.")
    return position
