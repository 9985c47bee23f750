"""Every write to assessment."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment.models import Arrangement, Decision, Finding, Interview, Recommendation
from kithwork.core.interviews import keeps_to
from kithwork.core.journey import ActKind, Answer, Entry, EntryKind, Position
from kithwork.core.schemes import DecisionStage, InterviewStage, MeetingStage, Role, Stage, VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import give_feedback
from kithwork.evidence.models import Feedback
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


def _log(act: Act, journey: Journey, by: User, **facts: str | int | bool | None) -> None:
    write(
        act=act,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts=facts,
    )


def _stage(journey: Journey, stage: str) -> Stage:
    try:
        return edition_of(journey.edition).stage(stage)
    except KeyError:
        raise Refused("This scheme has no such stage.") from None


@transaction.atomic
def arrange(
    *,
    journey: Journey,
    stage: str,
    starts_at: datetime,
    by: User,
    role: Role,
    today: date,
    item: str = "",
    mode: str = "",
    place: str = "",
) -> Arrangement:
    """Agree a time, or move it. Raises Refused for a day gone by or a stage that is not open."""
    day = timezone.localtime(starts_at).date()
    if day < today:
        raise Refused("The day lies in the past.")
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.ARRANGED, role, stage=stage, item=item, until=day, detail=mode)],
        by=by,
        today=today,
    )
    return Arrangement.objects.create(
        journey=journey, stage=stage, item=item, starts_at=starts_at, mode=mode, place=place.strip(), made_by=by
    )


@transaction.atomic
def hold(*, journey: Journey, stage: str, by: User, today: date, mode: str = "") -> Position:
    """A meeting or a visit has taken place. Raises Refused for any other stage, or one that cannot be held now."""
    model = _stage(journey, stage)
    if not isinstance(model, MeetingStage | VisitStage):
        raise Refused("There is nothing to hold here.")
    return record(
        journey=journey,
        entries=[Entry(today, EntryKind.HELD, model.by, stage=stage, detail=mode)],
        by=by,
        today=today,
    )


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
    if not isinstance(_stage(journey, stage), VisitStage):
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
    _log(Act.ASSESSMENT_FOUND, journey, by, slot=slot, outcome=str(outcome), seen=str(seen))
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
    model = _stage(journey, stage)
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
    _log(Act.ASSESSMENT_INTERVIEWED, journey, by, kind=kind, form=form, minutes=minutes, departs=not kept)
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


@transaction.atomic
def recommend(
    *,
    journey: Journey,
    stage: str,
    outcome: Answer,
    summary: str,
    strengths: str,
    next_time: str,
    by: User,
    role: Role,
    today: date,
    asked_again: Collection[str] = (),
) -> Recommendation:
    """What the assessor, or a panel member, recommends to the body; `asked_again` are requirements that a renewal
    should look at, whatever its edition marks.

    Raises Refused without a summary, or when the same person has recommended already in this round.
    """
    if not summary.strip():
        raise Refused("Sum up what the recommendation rests on.")
    decided = Decision.objects.filter(journey=journey, stage=stage).last()
    earlier = Recommendation.objects.filter(journey=journey, stage=stage, by=by)
    if (earlier.filter(at__gt=decided.at) if decided else earlier).exists() and role is Role.PANEL:
        raise Refused("You have recommended already; another member of the panel does.")
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.RECOMMENDED, role, stage=stage, outcome=outcome)],
        by=by,
        today=today,
    )
    _log(Act.ASSESSMENT_RECOMMENDED, journey, by, stage=stage, outcome=outcome.value)
    return Recommendation.objects.create(
        journey=journey,
        stage=stage,
        level=position.level,
        outcome=outcome.value,
        summary=summary.strip(),
        strengths=strengths.strip(),
        next_time=next_time.strip(),
        asked_again=sorted(asked_again),
        on=today,
        by=by,
    )


@transaction.atomic
def decide(
    *, journey: Journey, stage: str, outcome: Answer, reason: str, by: User, role: Role, today: date
) -> tuple[Decision, Position]:
    """What the body decides, or one of several who decide together. Anything but yes needs a reason.

    Raises Refused when the same person has had their say in this round already.
    """
    if outcome is not Answer.YES and not reason.strip():
        raise Refused("Give the reason; the applicant will read it.")
    if by.pk in _voices(journey, stage, today):
        raise Refused("You have decided already; the others decide next.")
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.DECIDED, role, stage=stage, outcome=outcome)],
        by=by,
        today=today,
    )
    _log(Act.ASSESSMENT_DECIDED, journey, by, stage=stage, outcome=outcome.value)
    decision = Decision.objects.create(
        journey=journey, stage=stage, outcome=outcome.value, reason=reason.strip(), on=today, by=by
    )
    return decision, position


def _voices(journey: Journey, stage: str, today: date) -> set[int]:
    """Who has decided since the last decision that counted, where several decide together."""
    model = _stage(journey, stage)
    deciders = model.deciders if isinstance(model, DecisionStage) else 1
    if deciders == 1:
        return set()
    acts = read(journey, today).position.acts
    left = next((act.count for act in acts if act.stage == stage and act.what is ActKind.DECIDE), deciders)
    newest = Decision.objects.filter(journey=journey, stage=stage).order_by("-at", "-id")[: deciders - left]
    return {decision.by_id for decision in newest}
