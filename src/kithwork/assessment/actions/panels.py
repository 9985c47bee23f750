"""What a panel's members note for themselves, and the record that the panel keeps."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.actions.ground import log, stage_of
from kithwork.assessment.models import PanelNote, PanelRecord
from kithwork.core.journey import StageState
from kithwork.core.schemes import PanelStage
from kithwork.core.verdict import Refused
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.acts import Act


def _open_panel(journey: Journey, stage: str, today: date) -> PanelStage:
    model = stage_of(journey, stage)
    if not isinstance(model, PanelStage):
        raise Refused("No panel meets here.")
    if read(journey, today).position.stages[stage].state is not StageState.OPEN:
        raise Refused("The panel is not at work on this now.")
    return model


@transaction.atomic
def note(*, journey: Journey, stage: str, text: str, by: User, today: date) -> PanelNote:
    """A member's notes as they stand now; what they noted before stays beside it. Raises Refused without words, and
    when the panel is not open.
    """
    if not text.strip():
        raise Refused("Write your notes first.")
    _open_panel(journey, stage, today)
    log(Act.ASSESSMENT_NOTED, journey, by, stage=stage)
    return PanelNote.objects.create(journey=journey, stage=stage, text=text.strip(), on=today, by=by)


@transaction.atomic
def keep_record(
    *, journey: Journey, stage: str, found: Sequence[tuple[PanelRecord.Found, str]], by: User, today: date
) -> PanelRecord:
    """The panel's record: for each point of the scheme's, in its order, what was found and a note.

    Raises Refused when a point is left out, when one that is not met has no note, and when the panel is not open.
    """
    model = _open_panel(journey, stage, today)
    if len(found) != len(model.record) or not model.record:
        raise Refused("Fill in every point of the record.")
    for point, (outcome, words) in zip(model.record, found, strict=True):
        if outcome != PanelRecord.Found.YES and not words.strip():
            raise Refused(f"Note what is missing: {point}")
    log(Act.ASSESSMENT_RECORD_KEPT, journey, by, stage=stage)
    points = [
        {"point": point, "found": str(outcome), "note": words.strip()}
        for point, (outcome, words) in zip(model.record, found, strict=True)
    ]
    return PanelRecord.objects.create(journey=journey, stage=stage, points=points, on=today, by=by)
