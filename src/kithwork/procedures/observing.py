"""A joint observation, from what was seen to the signatures under it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import WriteUp, WriteUpReply
from kithwork.core.journey import Position
from kithwork.core.schemes import Role
from kithwork.journeys.models import Journey
from kithwork.notices.words import Kind
from kithwork.procedures.people import panel_hears, tell_applicants, tell_assessors, tell_officers


def _tell_others(journey: Journey, kind: Kind, role: Role, stage: str, by: User) -> list[User]:
    """Tells the sides of an observation that did not act themselves."""
    path = f"/journeys/{journey.ref}/stages/{stage}/"
    told = [by]
    if role is not Role.APPLICANT:
        told += tell_applicants(journey, kind, path, but=told)
    if role is not Role.ASSESSOR:
        told += tell_assessors(journey, kind, but=told)
    if role is not Role.OFFICER and _officers_sign(journey, stage):
        told += tell_officers(journey, kind, but=told)
    return told


def _officers_sign(journey: Journey, stage: str) -> bool:
    model = assessment.stage_of(journey, stage)
    return Role.OFFICER in {model.by, *getattr(model, "signatures", ())}


@transaction.atomic
def write_up(
    *,
    journey: Journey,
    stage: str,
    seen: str,
    notes: Mapping[str, str],
    next_steps: str,
    by: User,
    today: date,
    role: Role = Role.ASSESSOR,
) -> WriteUp:
    """What was observed, or the same written anew, which takes the signatures under it away. Tells the other sides."""
    row = assessment.write_up(
        journey=journey, stage=stage, seen=seen, notes=notes, next_steps=next_steps, by=by, role=role, today=today
    )
    _tell_others(journey, Kind.WRITTEN_UP, role, stage, by)
    return row


@transaction.atomic
def reply(*, journey: Journey, stage: str, text: str, by: User, today: date) -> WriteUpReply:
    """The applicant's answer to what was written up, without signing it. Tells the others."""
    row = assessment.reply(journey=journey, stage=stage, text=text, by=by, today=today)
    _tell_others(journey, Kind.WRITE_UP_ANSWERED, Role.APPLICANT, stage, by)
    return row


@transaction.atomic
def sign(
    *,
    journey: Journey,
    stage: str,
    by: User,
    today: date,
    role: Role = Role.APPLICANT,
    version: int | None = None,
    text: str = "",
) -> Position:
    """A signature under what was written up, in one's role; `version` is the one that was read, `text` an applicant's
    answer to it. Tells the others.
    """
    with panel_hears(journey, today) as told:
        if text.strip():
            assessment.reply(journey=journey, stage=stage, text=text, by=by, today=today)
        position = assessment.sign(journey=journey, stage=stage, by=by, role=role, today=today, version=version)
        told.extend(_tell_others(journey, Kind.WRITE_UP_ANSWERED, role, stage, by))
    return position
