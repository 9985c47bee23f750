"""Findings at a visit, interviews, and what takes their place."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import log, stage_of
from kithwork.assessment.models import Finding, Interview
from kithwork.core.interviews import keeps_to
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import InterviewStage, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import give_feedback
from kithwork.evidence.models import Feedback
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act


@transaction.atomic
def find(
    *,
    journey: Journey,
    stage: str,
    slot: str,
    outcome: Finding.Outcome,
    seen: Finding.Seen,
    note: str,
    by: User,
    today: date,
) -> Position:
    """A finding at the visit. 'More' asks for supplementary evidence, with the note as advice.

    Raises Refused at any stage that is not a visit, when more is asked for without saying what, or when a practice was
    only explained and there is no note.
    """
    if not isinstance(stage_of(journey, stage), VisitStage):
        raise Refused("Findings are recorded at a visit.")
    if outcome == Finding.Outcome.MORE and not note.strip():
        raise Refused("Say what is to be sent as supplementary evidence.")
    if outcome == Finding.Outcome.MET and seen == Finding.Seen.NOTHING:
        raise Refused("It cannot be met when nothing was seen or explained.")
    if seen == Finding.Seen.EXPLAINED and not note.strip():
        raise Refused("Note the practice that was explained and the older example.")
    said = Feedback.Outcome.CONFIRMED if outcome == Finding.Outcome.MET else Feedback.Outcome.RETURNED
    position = give_feedback(journey=journey, stage=stage, slot=slot, outcome=said, advice=note, by=by, today=today)
    Finding.objects.create(
        journey=journey, stage=stage, slot=slot, outcome=outcome, seen=seen, note=note.strip(), on=today, by=by
    )
    log(Act.ASSESSMENT_FOUND, journey, by, slot=slot, outcome=str(outcome), seen=str(seen))
    return position


@transaction.atomic
def hold_interview(
    *,
    journey: Journey,
    stage: str,
    kind: str,
    form: str,
    mode: str,
    people: int,
    minutes: int,
    supported: bool,
    eligible: bool,
    notes: Mapping[str, str],
    by: User,
    today: date,
    reason: str = "",
) -> Interview:
    """An interview that was held; `form` is 'individual' or 'group', `eligible` that the kind's own rules were kept.

    Raises Refused for one the scheme does not ask for, one without people or minutes, and, without a `reason`, for one
    that lasted longer than the scheme allows or whose rules were not kept.
    """
    model = stage_of(journey, stage)
    asked = next((k for k in model.interviews if k.id == kind), None) if isinstance(model, InterviewStage) else None
    if asked is None:
        raise Refused("This scheme asks for no such interview.")
    if minutes < 1:
        raise Refused("Say how many minutes it lasted.")
    if form == "individual" and people != 1:
        raise Refused("An individual interview is with one person.")
    if form == "group" and people < 2:
        raise Refused("A group has more than one person.")
    kept = keeps_to(asked, minutes=minutes, eligible=eligible)
    if not kept and not reason.strip():
        raise Refused(kept)
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.HELD, Role.ASSESSOR, stage=stage, item=kind, detail=form)],
        by=by,
        today=today,
    )
    log(Act.ASSESSMENT_INTERVIEWED, journey, by, kind=kind, form=form, minutes=minutes, departs=not kept)
    return Interview.objects.create(
        journey=journey,
        stage=stage,
        kind=kind,
        form=form,
        mode=mode,
        people=people,
        minutes=minutes,
        supported=supported,
        eligible=eligible,
        reason=reason.strip(),
        notes={key: text.strip() for key, text in notes.items() if text.strip()},
        on=today,
        by=by,
    )


@transaction.atomic
def agree_alternative(*, journey: Journey, stage: str, kind: str, words: str, by: User, today: date) -> Interview:
    """Nobody can be interviewed: what takes its place, in words. Raises Refused without them."""
    if not words.strip():
        raise Refused("Say why there is no interview and what takes its place.")
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.AGREED, Role.ASSESSOR, stage=stage, item=kind)],
        by=by,
        today=today,
    )
    return Interview.objects.create(
        journey=journey,
        stage=stage,
        kind=kind,
        form="alternative",
        people=0,
        alternative=words.strip(),
        on=today,
        by=by,
    )
