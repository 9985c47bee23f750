"""What a body recommends, decides and grants, whoever of it speaks: officers, a panel's members, its chair.

Where several speak together, each does so once; what they said counts when all of them have.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Decision, Recommendation
from kithwork.awards import actions as awards
from kithwork.awards.models import Award
from kithwork.core.journey import Act, ActKind, Answer, Entry, EntryKind, Position
from kithwork.core.schemes import DecisionStage, Outcome, PanelStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading, Voices, read, voices
from kithwork.notices.words import Kind
from kithwork.procedures import signing
from kithwork.procedures.joining import join_bank
from kithwork.procedures.learning import hours_owed
from kithwork.procedures.people import panel_hears, tell_applicants, tell_assessors, tell_officers


@transaction.atomic
def recommend(
    *,
    journey: Journey,
    stage: str,
    outcome: Answer,
    summary: str,
    strengths: str = "",
    next_time: str = "",
    by: User,
    today: date,
    role: Role = Role.ASSESSOR,
    asked_again: Collection[str] = (),
) -> Recommendation:
    """What the assessor, a panel's member, or somebody else of the body recommends. Tells the officers, and the chair
    once all have. `asked_again` are requirements to look at again at a renewal.

    Raises Refused for who has recommended already, since the last decision.
    """
    with panel_hears(journey, today) as told:
        _awaited(journey, stage, ActKind.RECOMMEND, by, today)
        row = assessment.recommend(
            journey=journey,
            stage=stage,
            outcome=outcome,
            summary=summary,
            strengths=strengths,
            next_time=next_time,
            asked_again=asked_again,
            by=by,
            role=role,
            today=today,
        )
        told.extend(tell_officers(journey, Kind.RECOMMENDED))
    return row


@transaction.atomic
def decide(
    *, journey: Journey, stage: str, outcome: Answer, reason: str, by: User, role: Role, today: date
) -> tuple[Decision, Award | None]:
    """One voice in a decision; the only one, unless the scheme lets several decide together.

    Where the award itself is decided, the yes of all grants it in the same transaction; after a panel's yes an officer
    grants it. Tells the applicant once it is decided, and the assessor of a 'more' on the award. Raises Refused for
    who has spoken already and waits for the others.
    """
    with panel_hears(journey, today) as told:
        left = _awaited(journey, stage, ActKind.DECIDE, by, today)
        decision, position = assessment.decide(
            journey=journey, stage=stage, outcome=outcome, reason=reason, by=by, role=role, today=today
        )
        model = edition_of(journey.edition).stage(stage)
        award = None
        granting = isinstance(model, DecisionStage) and model.decides == "award" and role is Role.OFFICER
        if granting and position.stages[stage].holds(Outcome.YES):
            award = awards.grant(journey=journey, by=by, today=today)
            join_bank(award=award, by=by, today=today)
            signing.begin()
        if left == 1 and not position.stages[stage].disagreed:
            told.extend(_tell(journey, model, outcome, award))
        elif _fell_apart(position, stage, left):
            tell_others = tell_assessors if role is Role.ASSESSOR else tell_officers
            told.extend(tell_others(journey, Kind.VOICES_DIFFER))
    return decision, award


def _fell_apart(position: Position, stage: str, left: int) -> bool:
    """Whether the voice just given, one of `left` that were awaited, said something else than those before it."""
    act = next((act for act in position.acts if act.stage == stage and act.what is ActKind.DECIDE), None)
    return position.stages[stage].disagreed and act is not None and act.count > left


_KINDS = {ActKind.RECOMMEND: EntryKind.RECOMMENDED, ActKind.DECIDE: EntryKind.DECIDED}


def _awaited(journey: Journey, stage: str, what: ActKind, by: User, today: date) -> int:
    """How many voices are awaited in a stage, this one among them. Raises Refused for who has given theirs."""
    Journey.objects.select_for_update().get(pk=journey.pk)  # one voice at a time, or two clicks would be two voices
    reading = read(journey, today)
    act = next((act for act in reading.position.acts if act.stage == stage and act.what is what), None)
    if act is None:
        return 0  # whether anything may be said at all is asked when it is recorded
    if has_spoken(by, act, reading, voices([journey])):
        raise Refused("You have said what you think; it waits for the others now.")
    return act.count


def has_spoken(person: User, act: Act, reading: Reading, said: Voices) -> bool:
    """Whether somebody's voice is among those already given for an act that awaits further ones."""
    if act.what not in _KINDS:
        return False
    model = reading.edition.stage(act.stage)
    together: int = getattr(model, "members" if act.what is ActKind.RECOMMEND else "deciders", 1)
    given = together - act.count
    return given > 0 and person.pk in said.get((reading.journey.pk, act.stage, _KINDS[act.what].value), [])[-given:]


def _tell(journey: Journey, model: object, outcome: Answer, award: Award | None) -> list[User]:
    if isinstance(model, PanelStage):
        told = tell_officers(journey, Kind.DECIDED)
        if outcome is not Answer.YES:  # after a yes the applicant hears of the award itself
            told += tell_applicants(journey, Kind.DECIDED, but=told)
        return told
    if isinstance(model, DecisionStage) and model.decides != "award":
        return tell_applicants(journey, Kind.ELIGIBILITY_DECIDED)
    told = tell_applicants(journey, Kind.AWARDED if award else Kind.DECIDED)
    if isinstance(model, DecisionStage) and model.by is Role.ASSESSOR:  # the officers grant it
        told += tell_officers(journey, Kind.DECIDED, but=told)
    elif outcome is Answer.MORE:
        told += tell_assessors(journey, Kind.DECIDED, but=told)
    return told


@transaction.atomic
def grant(*, journey: Journey, by: User, today: date) -> Award:
    """Grant what has been earned, where a decision has opened the way to it. Tells the applicant."""
    award = awards.grant(journey=journey, by=by, today=today)
    join_bank(award=award, by=by, today=today)
    signing.begin()
    tell_applicants(journey, Kind.AWARDED)
    return award


@transaction.atomic
def confirm_duty(*, journey: Journey, duty: str, by: User, today: date, role: Role = Role.OFFICER) -> Position:
    """Whoever the duty is for says that it is kept, such as a membership that recurs.

    Raises Refused for a holder whose hours do not come to what a duty of hours asks; an officer may have seen others.
    """
    model = next((one for one in edition_of(journey.edition).duties if one.id == duty), None)
    owed = hours_owed(journey, model, today) if model and role is Role.APPLICANT else None
    if owed is not None:
        so_far = f"{owed.done.normalize():f} of {owed.wanted} hours"
        raise Refused(f"{so_far} are written down. Write the others down first.")
    entry = Entry(today, EntryKind.KEPT, role, item=duty)
    return journeys.record(journey=journey, entries=[entry], by=by, today=today)


@transaction.atomic
def report_change(*, journey: Journey, duty: str, changes: Mapping[str, str], by: User, today: date) -> Position:
    """A holder tells of changes: what changed -> how it is now. The words stay beside the journey; the officers are
    told that there are some. Raises Refused when nothing is told.
    """
    told = {what: new.strip() for what, new in changes.items() if new.strip()}
    if not told:
        raise Refused("Say what has changed.")
    position = journeys.record(
        journey=journey,
        entries=[Entry(today, EntryKind.REPORTED, Role.APPLICANT, item=duty)],
        by=by,
        today=today,
    )
    journeys.keep_response(journey=journey, stage=f"duty-{duty}"[:60], answers=told, by=by, today=today)
    tell_officers(journey, Kind.CHANGE_REPORTED)
    return position
