"""Named reads over assessment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kithwork.accounts.models import User
from kithwork.assessment.models import (
    AgreedMark,
    Arrangement,
    Decision,
    Finding,
    Interview,
    Mark,
    PanelNote,
    PanelRecord,
    Recommendation,
    WriteUp,
)
from kithwork.core.journey import OWED, ItemState
from kithwork.core.schemes import AssignmentStage, DecisionStage, PanelStage, Piece, Stage
from kithwork.journeys.models import Appointment, Journey
from kithwork.journeys.queries import Reading, read


def arranged(journey: Journey) -> dict[tuple[str, str], Arrangement]:
    """(stage, item) -> the time that counts, the latest one made."""
    rows = Arrangement.objects.filter(journey=journey).order_by("made_at", "id")
    return {(row.stage, row.item): row for row in rows}


def arranged_for(journeys: Iterable[Journey]) -> dict[int, dict[tuple[str, str], tuple[datetime, datetime]]]:
    """Journey id -> (stage, item) -> the time that counts, and when it was set. One query."""
    found: dict[int, dict[tuple[str, str], tuple[datetime, datetime]]] = {}
    rows = Arrangement.objects.filter(journey__in=list(journeys)).order_by("made_at", "id")
    for journey, stage, item, starts, made in rows.values_list("journey_id", "stage", "item", "starts_at", "made_at"):
        found.setdefault(journey, {})[stage, item] = (starts, made)
    return found


def findings(journey: Journey) -> dict[str, Finding]:
    """Slot -> the latest finding."""
    return {row.slot: row for row in Finding.objects.filter(journey=journey).select_related("by")}


def interviews(journey: Journey) -> QuerySet[Interview]:
    return Interview.objects.filter(journey=journey).select_related("by")


def latest_recommendation(journey: Journey) -> Recommendation | None:
    return Recommendation.objects.filter(journey=journey).select_related("by").order_by("-at", "-id").first()


def recommendations(journey: Journey) -> QuerySet[Recommendation]:
    """All that was ever recommended, oldest first."""
    return Recommendation.objects.filter(journey=journey).select_related("by")


def decisions(journey: Journey) -> QuerySet[Decision]:
    return Decision.objects.filter(journey=journey).select_related("by")


RecommendationRow = Recommendation  # the type's name for pages, which never touch the table
FindingOutcome = Finding.Outcome  # these two for pages, which import no models
FindingSeen = Finding.Seen


def asked_again(journey: Journey) -> list[str]:
    """The requirements that the last recommendations want looked at again at a renewal: of all who recommended in the
    last round of the stage.
    """
    return list(dict.fromkeys(one for row in last_recommended(journey) for one in row.asked_again))


def last_recommended(journey: Journey) -> list[Recommendation]:
    """What was recommended last: by all who spoke in the last round of the stage in which somebody did."""
    rows = list(recommendations(journey))
    if not rows:
        return []
    stage = rows[-1].stage
    mores = Decision.objects.filter(journey=journey, stage=stage, outcome="more", at__lt=rows[-1].at).last()
    return [row for row in rows if row.stage == stage and (mores is None or row.at > mores.at)]


# Several who decide


@dataclass(frozen=True, slots=True)
class Round:
    """Decisions given in one round: they agreed on `outcome`, disagreed (None), or still wait for others."""

    outcome: str | None
    rows: tuple[Decision, ...]
    closed: bool


def rounds(rows: Sequence[Decision], stage: Stage) -> list[Round]:
    """A stage's decisions, oldest first, by the rounds in which they were given: as many as decide together, or
    fewer where they disagreed before all had spoken. The last may be open.
    """
    wanted = stage.deciders if isinstance(stage, DecisionStage) else 1
    found: list[Round] = []
    voices: list[Decision] = []
    for row in rows:
        voices.append(row)
        if len({one.outcome for one in voices}) > 1:
            found.append(Round(None, tuple(voices), closed=True))
            voices = []
        elif len(voices) == wanted:
            found.append(Round(row.outcome, tuple(voices), closed=True))
            voices = []
    if voices:
        found.append(Round(None, tuple(voices), closed=False))
    return found


def decided(journey: Journey, stage: Stage) -> list[Decision]:
    """The decisions that count, oldest first, each reason with them; one voice of several is not yet a decision."""
    own = [row for row in decisions(journey) if row.stage == stage.id]
    return [row for one in rounds(own, stage) if one.outcome is not None for row in one.rows]


# Observations


def write_ups(journey: Journey, stage: str) -> QuerySet[WriteUp]:
    """Every version, oldest first, with what was said to it."""
    return (
        WriteUp.objects.filter(journey=journey, stage=stage)
        .order_by("number")
        .select_related("by")
        .prefetch_related("replies__by")
    )


# Panels


def _since(journey: Journey, stage: str, *, over: bool = False) -> datetime | None:
    """When the panel decided last; what it does now came after that. Once it is `over`, the time before that."""
    times = list(
        Decision.objects.filter(journey=journey, stage=stage).order_by("at", "id").values_list("at", flat=True)
    )
    times = times[:-1] if over else times
    return times[-1] if times else None


@dataclass(frozen=True, slots=True)
class PanelTable:
    """What a panel has before it in this round: notes of members, its record, and who has recommended."""

    notes: tuple[PanelNote, ...]  # the newest of each member
    record: PanelRecord | None
    given: frozenset[int | None]  # ids of those who have recommended

    def notes_for(self, reader: User, *, member: bool, chair: bool) -> list[PanelNote]:
        """The notes that somebody may read: their own; a member who has recommended, those of others who have; the
        chair, all of them, unless their own recommendation as a member is still awaited.
        """
        awaited = member and reader.pk not in self.given
        if chair and not awaited:
            return list(self.notes)
        mine = [one for one in self.notes if one.by_id == reader.pk]
        if not member or awaited:
            return mine
        return [*mine, *(one for one in self.notes if one.by_id != reader.pk and one.by_id in self.given)]


def panel_table(journey: Journey, stage: str, *, over: bool) -> PanelTable:
    """The panel's present round; once it is `over`, its last one. Four queries."""
    since = _since(journey, stage, over=over)
    later = Q(at__gt=since) if since else Q()
    notes = PanelNote.objects.filter(later, journey=journey, stage=stage).select_related("by").order_by("at", "id")
    record = PanelRecord.objects.filter(later, journey=journey, stage=stage).select_related("by").last()
    said = Recommendation.objects.filter(later, journey=journey, stage=stage).values_list("by_id", flat=True)
    return PanelTable(tuple({one.by_id: one for one in notes}.values()), record, frozenset(said))


def lacks_record(journey: Journey, stage: Stage) -> bool:
    """Whether a panel's record is wanted before it says yes or no, and has not been filled in since the last time."""
    if not isinstance(stage, PanelStage) or not stage.record:
        return False
    rows = PanelRecord.objects.filter(journey=journey, stage=stage.id)
    since = _since(journey, stage.id)
    return not (rows.filter(at__gt=since) if since else rows).exists()


# Scripts that several mark


@dataclass(frozen=True, slots=True)
class Script:
    """One piece on the markers' table: who marks it, what they gave, and what was agreed in earlier rounds."""

    piece: Piece
    round: int
    waits: bool  # there is something to mark
    markers: tuple[int | None, ...]  # ids of those appointed
    marks: tuple[Mark, ...]  # of this round, in the order in which they were given
    agreed: tuple[AgreedMark, ...]  # of every round, oldest first

    @property
    def missing(self) -> int:
        """How many markers have not given theirs."""
        given = {one.by_id for one in self.marks}
        return sum(marker not in given for marker in self.markers)


def markers_of(journey: Journey) -> tuple[int | None, ...]:
    rows = Appointment.objects.filter(journey=journey, state=Appointment.State.APPOINTED).order_by("pk")
    return tuple(rows.values_list("assessor_id", flat=True))


def script_of(journey: Journey, stage: Stage, slot: str, today: date, reading: Reading | None = None) -> Script | None:
    """A piece as its markers see it; None where one marker alone judges it, and for anything else."""
    if not isinstance(stage, AssignmentStage) or not stage.standardised:
        return None
    piece = next((one for one in stage.pieces if one.id == slot), None)
    markers = markers_of(journey)
    if piece is None or len(markers) < 2:
        return None
    item = (reading or read(journey, today)).position.stages[stage.id].items[slot]
    agreed = tuple(AgreedMark.objects.filter(journey=journey, slot=slot).select_related("by"))
    number = len(agreed) + 1 if piece.performed else item.rounds
    waits = item.state is ItemState.SENT or (piece.performed and item.state in OWED)
    marks = Mark.objects.filter(journey=journey, slot=slot, round=number).select_related("by")
    return Script(piece, number, waits, markers, tuple(marks), agreed)


MarkOutcome = Mark.Outcome  # for pages, which import no models
MarkPoint = Mark.Point
RecordFound = PanelRecord.Found
WriteUpRow = WriteUp
MarkRow = Mark
AgreedRow = AgreedMark
DecisionRow = Decision
